#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "algorithms/card.hpp"
#include "cli/session.hpp"

namespace entente {

/// The card of that name among these. Errors: bad_argument, naming what the name means elsewhere, or else the known ones.
Result<const Card*> card_named(const std::string& name, const std::vector<const Card*>& cards, const std::string& what, const Session& session);

/// The options of cards on the command line: one flag for each distinct option name of the cards given,
/// `max_iterations` as --max-iterations, with the cards that have it named in the help.
class CardOptions {
 public:
  /// Declares the flags on `command`; keeps what the user gives.
  static std::shared_ptr<CardOptions> declare(CLI::App& command, const std::vector<const Card*>& cards);

  /// The values given that `card` has, in the type its specification asks for.
  /// Errors: bad_argument for a value that the option does not take.
  Result<OptionValues> values_for(const Card& card) const;

  /// Errors: bad_argument for an option given that none of these cards has.
  Result<void> all_used_by(const std::vector<const Card*>& cards) const;

 private:
  std::map<std::string, std::string> given_;  // option name -> text
  std::map<std::string, bool> flags_;
};

}  // namespace entente

#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "algorithms/analysis.hpp"
#include "algorithms/card.hpp"
#include "cli/session.hpp"
#include "query/findings_tables.hpp"

namespace entente {

/// What a card is to be run on, in the user's words.
struct CardInput {
  std::string from, to;  // names, country:CC, kind:KIND, separated by commas, each option on its line; empty: not given
  std::string group;     // kind, country or a column
  std::string cost;      // numeric columns of ties
  std::string least;
};

/// What a card was asked, for the answer to say: the ends and columns that were given, then every option of the card with
/// its value, given or default.
std::vector<std::pair<std::string, OptionValue>> parameters_of(const Card& card, const OptionValues& values, const CardInput& input);

/// Declares --from, --to, --group, --cost and --least. What is given to a card that has no use for it is said in a note.
void declare_card_input(CLI::App& command, CardInput& input);

/// One run of a card over a selection. `problem` points into `analysis`, so this is moved as a whole or not at all.
struct CardRun {
  std::unique_ptr<Analysis> analysis;
  std::unique_ptr<TieMoney> capacities;  // plain numbers in place of amounts; null: amounts
  std::string capacity_column;
  Problem problem;
  std::vector<NodeId> from, to;  // as named, in the network's ids, whether in the selection or not
  Findings findings;
  std::vector<std::string> notes;  // of the analysis, of the card, and what was given but is of no use to it
  std::optional<std::string> verdict;  // the sentence of the certificate, where one was asked for and exists

  /// Of a card that needs money: what ties can carry, and in what.
  const TieMoney& money() const { return capacities ? *capacities : *analysis->money(); }
  std::string money_unit() const { return capacities ? capacity_column : std::string(money().column.currency.text()); }
  FindingsTables tables(const Card& card, const std::vector<std::string>& languages) const;
};

/// Where the answer is that there is none, as of a flow that is not feasible, a pipe gets the reasons as its table: their
/// first row then says so, in the note's words, in the first column of text.
void say_no_in_the_table(const CardRun& run, std::vector<Table>& tables);

/// Errors: bad_argument (an end or a group that the card needs is not given, a node at both ends, no node of an end
/// in the selection), those of resolving names, preparing, the card and its certificate.
Result<CardRun> run_card(Session& session, const Card& card, const OptionValues& values, const Selection& selection,
                         const CardInput& input, const std::optional<Currency>& currency, bool verify);

}  // namespace entente

#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/job.hpp"
#include "engine/selection.hpp"
#include "engine/table.hpp"
#include "viz/styles.hpp"

namespace entente {

/// What passes from one group to another over ties of one status.
struct FundsPassage {
  std::string from, to;      // countries, or the names of two bodies
  bool countries = true;
  std::string status, family;  // of all its ties; the family is the first word of their kinds
  Money value;               // the most that can pass
  std::vector<std::pair<std::vector<NodeId>, Money>> routes;  // the widest first
  bool all_routes = true;    // false: there are more
  std::vector<EdgeId> bottleneck;  // ties of a minimum cut
  std::optional<Money> put_in;     // what the givers give to others at this status
  std::optional<Money> at_targets, at_least, at_most;  // how much of it ended at the takers, and the range it must lie in
};

/// What a report says of the money in one currency. Ids are the network's.
struct FundsPart {
  Currency currency;
  struct Drawing {
    StatusClass status = StatusClass::open;
    std::string stage;  // of the money: commitment, pledge ...; empty for what is paid or names no stage
    std::string svg;
  };
  std::vector<Drawing> sankeys;  // what is done and what is wanted are no one sum, nor are the stages of a payment
  std::vector<std::pair<StatusClass, std::size_t>> by_class;  // ties that state an amount: of what is done, intended, the rest
  struct Accounts {
    StatusClass status = StatusClass::open;
    std::string family;  // "funding", "technology_transfer"
    Table table;
  };
  std::vector<Accounts> indicators;  // intended money is no income, and the value of a technology no grant
  std::vector<FundsPassage> passages;
};

/// "in-force", "intended" or "open": for names of files and tables.
std::string class_word(StatusClass status);

/// The money of a selection, one part a currency, most ties first, five currencies at most.
///
/// Passages: between the three pairs of countries with most stated money between them, or, where no money crosses a
/// border, from the largest giver to the largest keeper; for each status and family of kinds apart.
/// What cannot be computed is left out with a note. Errors: interrupted.
Result<std::vector<FundsPart>> funds_of(const Selection& selection, const std::vector<std::string>& languages,
                                        std::vector<std::string>& notes, const Job& job);

}  // namespace entente

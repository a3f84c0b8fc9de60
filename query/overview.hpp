#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/analysis.hpp"
#include "engine/money.hpp"
#include "engine/selection.hpp"

namespace entente {

/// What was promised, sought or paid under one kind and one status, in one currency. Kinds, statuses and
/// currencies are never added up: a grant that is sought is not a grant that was given.
struct MoneyRow {
  std::string kind;
  std::string status;
  MoneyTotal total;  // a row without a sum counts ties of a money kind that state no amount
};

/// Counts of a selection, each list by falling count and then by name.
struct Overview {
  std::size_t agreements = 0;  // distinct values of the column agreement
  std::vector<std::pair<std::string, std::size_t>> nodes_by_kind, nodes_by_country, ties_by_kind, ties_by_status;
  std::vector<std::pair<std::optional<int>, std::size_t>> ties_by_year;  // by start, or by end where only that is stated; ascending, not stated last
  std::vector<MoneyRow> money;  // by kind, status, currency
  std::vector<std::pair<std::string, std::size_t>> quality;  // "ties without evidence" and the like
};

/// The ties that are about money: those that state an amount, those of kind funding, and those of a kind of which another
/// tie of the selection states an amount; in the order of the selection. O(m).
std::vector<EdgeId> money_ties(const Selection& selection);

/// O(n + m). Ties about money that state no amount are counted. Errors: overflow of a sum.
Result<Overview> overview_of(const Selection& selection);

struct OverviewFigures {
  std::vector<std::pair<std::string, FigureValue>> values;
  std::vector<std::string> notes;  // figures that do not exist here or were left out, and why
};

/// The figures of the network as a whole: those of the registry's card `statistics`, then assortativity by kind
/// and by country of the nodes, where they exist. Errors: those of the card.
Result<OverviewFigures> overview_figures(const Analysis& analysis, const Job& job);

}  // namespace entente

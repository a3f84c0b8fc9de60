#include "algorithms/flow/unstated.hpp"

#include <algorithm>

namespace entente {

std::size_t unstated_ties(const Problem& problem) {
  if (!problem.stated) return 0;
  return static_cast<std::size_t>(std::ranges::count(problem.stated->values(), std::uint8_t{0}));
}

std::string counted(std::size_t count, const char* noun) {
  return std::to_string(count) + " " + noun + (count == 1 ? "" : "s");
}

std::string unstated_note(std::size_t ties) {
  return counted(ties, "tie") + (ties == 1 ? " states" : " state") + " no amount and can carry nothing here.";
}

Result<const MoneyColumn*> money_of(const Problem& problem, const Graph& graph) {
  if (!problem.money) return fail(ErrorCode::bad_argument, "This needs an amount on each tie: what it can carry.");
  if (problem.money->units.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of amounts has " + std::to_string(problem.money->units.size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " ties.");
  }
  return problem.money;
}

std::string money_text(std::int64_t units, const MoneyColumn& money) {
  return to_string(Money{units, money.decimals, money.currency});
}

}  // namespace entente

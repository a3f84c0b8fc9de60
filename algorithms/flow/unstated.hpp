#pragma once

#include <cstddef>
#include <string>

#include "algorithms/card.hpp"

namespace entente {

/// Ties that state no amount: what they can carry is unknown, so they carry nothing, and are counted.
std::size_t unstated_ties(const Problem& problem);

/// "3 ties state no amount and can carry nothing here."
std::string unstated_note(std::size_t ties);

/// "1 tie", "2 ties": a count with its noun.
std::string counted(std::size_t count, const char* noun);

/// The money column of a problem. Errors: bad_argument where there is none, or where its size is not the graph's.
Result<const MoneyColumn*> money_of(const Problem& problem, const Graph& graph);

/// An amount in its currency: "USD 1250.50".
std::string money_text(std::int64_t units, const MoneyColumn& money);

}  // namespace entente

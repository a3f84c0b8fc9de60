#pragma once

#include <string>
#include <vector>

#include "engine/network.hpp"
#include "engine/table.hpp"

namespace entente {

/// The columns that describe a tie in tables: kind, direction, status, start, end, amount, currency,
/// sources and quotes.
std::vector<TableColumn> tie_columns();

/// The cells for them.
std::vector<TableCell> tie_cells(const Network& network, EdgeId tie);

}  // namespace entente

#pragma once

#include <vector>

#include "engine/table.hpp"
#include "viz/sankey_data.hpp"

namespace entente {

/// The diagram in words, in three tables:
///
///     flows      each flow drawn (self-flows too), its ties, amount, share of all money and documents; then a total
///     balances   each node: own + in = out + kept, and what passes within; then a total, where own equals kept
///     bundled    what each "other" holds: one row for each body; left out where nothing was bundled
std::vector<Table> sankey_tables(const SankeyData& data, const SankeySpec& spec = {});

}  // namespace entente

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Whether routes fit into a flow side by side: each leads from a source to a target along what the flow
/// carries, the amounts never increase, and no edge is asked for more than it carries. Returns what they carry
/// together. O(m + length of the routes). Errors: bad_argument with what does not hold; overflow of the sum.
Result<std::int64_t> amount_of_partial_routes(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                              std::span<const NodeId> sources, std::span<const NodeId> targets,
                                              const std::vector<Walk>& routes);

}  // namespace entente

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/column.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Which nodes could still send something to a target on top of a maximum flow: 1 for a target and for each node
/// from which residual arcs lead to one. All other nodes form the source side of the minimum cut nearest the
/// targets, as `MaxFlow::source_side` is that of the one nearest the sources. It is the same for every maximum flow.
/// O(n + m). `flow` must be a flow within the capacities of the graph.
NodeColumn<std::uint8_t> target_side(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                     const EdgeColumn<std::int64_t>& flow, std::span<const NodeId> targets);

/// Which edges of the minimum cut nearest the sources are in every minimum cut: those that lead from the source
/// side to the target side [picard1980structure]. Raised by one unit alone, such an edge lets one unit more pass,
/// and no other edge with a capacity does. `cut` and `source_side` as max_flow gives them; 1 or 0 for each edge of
/// the cut, in its order.
std::vector<std::uint8_t> in_every_minimum_cut(const Graph& graph, std::span<const EdgeId> cut,
                                               const NodeColumn<std::uint8_t>& source_side,
                                               const NodeColumn<std::uint8_t>& target_side);

}  // namespace entente

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Whether a flow is possible: within the capacity on every edge (backwards only on mutual edges), and
/// balanced at every node that is no source or target. Returns its value, what leaves the sources. O(n + m).
/// Errors: bad_argument with the first edge or node where it does not hold; overflow of the value.
Result<std::int64_t> feasible_flow_value(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                         std::span<const NodeId> sources, std::span<const NodeId> targets,
                                         const EdgeColumn<std::int64_t>& flow);

/// The capacity of the edges that lead from the nodes whose side is not 0 to the others. No flow between
/// the two sides can exceed it. O(n + m). Errors: overflow; bad_argument for columns of the wrong size.
Result<std::int64_t> cut_capacity(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side);

/// Whether a flow is the largest, by the theorem of [ford1956maximal]: it is possible, all sources and no
/// target lie on the side, and its value is the capacity of the edges that leave the side. Returns the value.
/// Errors: bad_argument with what does not hold.
Result<std::int64_t> greatest_flow_value(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                         std::span<const NodeId> sources, std::span<const NodeId> targets,
                                         const EdgeColumn<std::int64_t>& flow, const NodeColumn<std::uint8_t>& side);

/// Whether routes and circles, each of a positive amount, add up to the flow on every edge; routes lead
/// from a source to a target. Errors: bad_argument with what does not hold.
Result<void> check_routes(const Graph& graph, const EdgeColumn<std::int64_t>& flow, std::span<const NodeId> sources,
                          std::span<const NodeId> targets, const std::vector<Walk>& routes,
                          const std::vector<Walk>& circles = {});

}  // namespace entente

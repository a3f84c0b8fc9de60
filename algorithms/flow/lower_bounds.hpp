#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// Why an amount cannot pass, or lower bounds cannot be met: a set of nodes that more must enter than can leave.
///
///     enters + asked > leaves + taken
struct Shortfall {
  NodeColumn<std::uint8_t> set;   // 1: in the set
  std::int64_t enters = 0;        // lower bounds of the edges into the set
  std::int64_t asked = 0;         // what its sources are asked to send; 0 where it holds none
  std::int64_t leaves = 0;        // capacity of the edges out of the set
  std::int64_t taken = 0;         // what its targets take; 0 where it holds none
  std::vector<EdgeId> must_enter, can_leave;  // these edges, ascending
  std::optional<EdgeId> tie;      // instead of a set: one edge whose lower bound exceeds its capacity
};

/// What a flow within bounds looks like before anyone asks what it costs.
struct BoundedFlow {
  std::optional<Shortfall> shortfall;
  std::int64_t amount = 0;           // the one asked for, or the most that can pass
  NodeColumn<std::uint8_t> most_by;  // where none was asked for: a set around the sources that no more can leave
};

/// Whether `amount` (empty: the most that can) passes from the sources to the targets, while every edge carries at
/// least its lower bound, by the maximum flow of a network with what the bounds bring to each node
/// [hoffman1960some; ahuja1993network]. Mutual edges, self-loops and errors as for min_cost_flow. One maximum flow,
/// or two where lower bounds are to be met first and the amount then raised.
Result<BoundedFlow> bounded_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                 const EdgeColumn<std::int64_t>* least, std::span<const NodeId> sources,
                                 std::span<const NodeId> targets, std::optional<std::int64_t> amount, const Job& job);

/// 1 for each edge that may carry against its stated direction: mutual, no self-loop, without a lower bound.
EdgeColumn<std::uint8_t> edges_either_way(const Graph& graph, const EdgeColumn<std::int64_t>* least);

}  // namespace entente

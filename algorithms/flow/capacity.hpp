#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// What the edges of a graph can carry, checked at the door: the part that many questions about flow share. Graph and
/// column must outlive it.
struct FlowCapacities {
  /// Which edges carry either way.
  enum class Mutual : std::uint8_t { none, some, all };

  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* capacity = nullptr;
  Mutual mutual = Mutual::none;
  bool any_empty = false;  // whether an edge has the capacity 0
};

/// A question about flow, checked at the door: what the kernels of this folder work on.
struct FlowQuestion {
  std::vector<NodeId> from, to;  // sorted, each once, none in both
  NodeColumn<std::uint8_t> starts, ends;
  std::int64_t most = 0;    // no flow can exceed what leaves the sources or reaches the targets
  bool targets_fit = true;  // whether all that could reach the targets fits 64 bits
};

/// Errors: bad_argument for a capacity below 0 or a column of the wrong size; overflow where a mutual edge exceeds
/// 2^62. O(m), sequential.
Result<FlowCapacities> flow_capacities(const Graph& graph, const EdgeColumn<std::int64_t>& capacity);

/// Errors: bad_argument for a node that the graph does not have, for no node at either end and for a node at both;
/// overflow where what could leave the sources and what could reach the targets both exceed 64 bits. O(n), and the
/// arcs of the ends.
Result<FlowQuestion> flow_question(const FlowCapacities& network, std::span<const NodeId> from,
                                   std::span<const NodeId> to);

/// Both, where there is but one question.
Result<FlowQuestion> flow_question(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                   std::span<const NodeId> from, std::span<const NodeId> to);

/// Which edges other than self-loops run both ways, from the counts alone. O(m), without rows.
FlowCapacities::Mutual mutual_among(const Graph& graph);

/// The same edge by edge; a self-loop never counts as mutual.
EdgeColumn<std::uint8_t> mutual_edges(const Graph& graph);

}  // namespace entente

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// A question about flow, checked at the door: what the kernels of this folder work on.
struct FlowQuestion {
  /// Which edges carry either way.
  enum class Mutual : std::uint8_t { none, some, all };

  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* capacity = nullptr;
  std::vector<NodeId> from, to;  // sorted, each once, none in both
  NodeColumn<std::uint8_t> starts, ends;
  Mutual mutual = Mutual::none;
  EdgeColumn<std::uint8_t> mutual_edge;  // not 0: the edge carries either way; only where some do and some do not
  std::int64_t most = 0;                 // no flow can exceed what leaves the sources or reaches the targets
  bool targets_fit = true;               // whether all that could reach the targets fits 64 bits
  bool any_empty = false;                // whether an edge has the capacity 0

  bool is_mutual(EdgeId edge) const {
    return mutual == Mutual::all || (mutual == Mutual::some && mutual_edge[edge] != 0);
  }
};

/// Errors: bad_argument for a capacity below 0 or a column of the wrong size, for a node that the graph
/// does not have, for no node at either end and for a node at both; overflow where what could leave the
/// sources and what could reach the targets both exceed 64 bits, or a mutual edge exceeds 2^62.
Result<FlowQuestion> flow_question(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                   std::span<const NodeId> from, std::span<const NodeId> to);

/// Which edges other than self-loops run both ways, from the counts alone. O(m), without rows.
FlowQuestion::Mutual mutual_among(const Graph& graph);

/// The same edge by edge; a self-loop never counts as mutual.
EdgeColumn<std::uint8_t> mutual_edges(const Graph& graph);

}  // namespace entente

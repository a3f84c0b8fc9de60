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
  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* capacity = nullptr;
  std::vector<NodeId> from, to;  // sorted, each once, none in both
  NodeColumn<std::uint8_t> starts, ends;
  EdgeColumn<std::uint8_t> mutual;  // not 0: the edge carries either way
};

/// Errors: bad_argument for a capacity below 0 or a column of the wrong size, for a node that the graph
/// does not have, for no node at either end and for a node at both; overflow where what could leave the
/// sources and what could reach the targets both exceed 64 bits, or a mutual edge exceeds 2^62.
Result<FlowQuestion> flow_question(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                   std::span<const NodeId> from, std::span<const NodeId> to);

/// Which edges run both ways; a self-loop never counts as one.
EdgeColumn<std::uint8_t> mutual_edges(const Graph& graph);

}  // namespace entente

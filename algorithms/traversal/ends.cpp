#include "algorithms/traversal/ends.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace entente {

Result<void> check_sources(const Graph& graph, std::span<const NodeId> sources) {
  if (sources.empty()) return fail(ErrorCode::bad_argument, "A search needs at least one node to start from.");
  for (const NodeId source : sources) {
    if (source.index < graph.node_count()) continue;
    return fail(ErrorCode::bad_argument, "There is no node " + std::to_string(source.index) +
                                             " to start from; the graph has " + std::to_string(graph.node_count()) +
                                             " nodes.");
  }
  return {};
}

Result<void> check_arc_lengths(const Graph& graph, const EdgeColumn<double>* length) {
  if (!length) return {};
  if (length->size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of lengths has " + std::to_string(length->size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  double total = 0;
  for (const EdgeId edge : graph.edges()) {
    const double value = (*length)[edge];
    if (!std::isfinite(value) || value < 0) {
      std::array<char, 32> text{};
      const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the length " +
                                               std::string(text.data(), end) +
                                               "; a length must be a number of at least 0.");
    }
    total += value;
  }
  if (!std::isfinite(total)) {
    return fail(ErrorCode::bad_argument, "The sum of the lengths is beyond 1.8e308; give them in a larger unit.");
  }
  return {};
}

Result<const Graph*> graph_to_search(const Problem& problem) {
  if (problem.undirected && problem.symmetric) return &problem.symmetric->both_ways();
  if (problem.graph) return problem.graph;
  return fail(ErrorCode::bad_argument, "This search follows directions, but the problem holds no directed graph.");
}

}  // namespace entente

#include "algorithms/statistics/density.hpp"

namespace entente {

Density density(const Symmetric& graph, const SimpleRows& rows) {
  Density result;
  result.pairs = static_cast<std::int64_t>(rows.pair_count());
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    if (source == target) ++result.self_loops;
  }
  const auto n = static_cast<double>(graph.node_count());
  const double possible = n * (n - 1) / 2;
  if (possible > 0) {
    result.density = static_cast<double>(result.pairs) / possible;
    result.edges_per_pair = static_cast<double>(graph.edge_count()) / possible;
  }
  return result;
}

Density density(const Symmetric& graph) { return density(graph, SimpleRows(graph)); }

std::optional<double> directed_density(const Graph& graph) {
  const auto n = static_cast<double>(graph.node_count());
  if (n < 2) return {};
  std::size_t pairs = 0;
  for (const NodeId u : graph.nodes()) {
    NodeId last = u;
    for (const NodeId v : graph.out_neighbours(u)) {  // ascending
      if (v != u && v != last) ++pairs;
      if (v != u) last = v;
    }
  }
  return static_cast<double>(pairs) / (n * (n - 1));
}

}  // namespace entente

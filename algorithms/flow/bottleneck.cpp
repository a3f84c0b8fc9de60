#include "algorithms/flow/bottleneck.hpp"

namespace entente {

NodeColumn<std::uint8_t> target_side(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                     const EdgeColumn<std::int64_t>& flow, std::span<const NodeId> targets) {
  NodeColumn<std::uint8_t> side(graph.node_count());
  std::vector<NodeId> queue;
  const auto reach = [&](NodeId v) {
    if (!side[v]) queue.push_back(v);
    side[v] = 1;
  };
  for (const NodeId target : targets) reach(target);
  const auto carried_from = [&](NodeId u, EdgeId edge) {
    return graph.ends(edge).source == u ? flow[edge] : -flow[edge];
  };
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const NodeId v = queue[next];
    for (const auto [u, edge] : graph.in(v)) {
      if (!side[u] && carried_from(u, edge) < capacity[edge]) reach(u);
    }
    for (const auto [w, edge] : graph.out(v)) {  // what comes from v can be sent back
      if (!side[w] && carried_from(v, edge) > 0) reach(w);
    }
  }
  return side;
}

std::vector<std::uint8_t> in_every_minimum_cut(const Graph& graph, std::span<const EdgeId> cut,
                                               const NodeColumn<std::uint8_t>& source_side,
                                               const NodeColumn<std::uint8_t>& target_side) {
  std::vector<std::uint8_t> in_every(cut.size());
  for (std::size_t i = 0; i < cut.size(); ++i) {
    const auto [a, b] = graph.ends(cut[i]);
    in_every[i] = target_side[source_side[a] ? b : a];
  }
  return in_every;
}

}  // namespace entente

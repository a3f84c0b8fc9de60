#include "algorithms/statistics/reciprocity.hpp"

#include <algorithm>
#include <cstdint>
#include <vector>

namespace entente {

std::optional<double> reciprocity(const Graph& graph) {
  // A mutual tie has an arc against the order of its ends.
  EdgeColumn<std::uint8_t> mutual(graph.edge_count(), 0);
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) {
      if (graph.ends(edge).source != u) mutual[edge] = 1;
    }
  }
  std::vector<std::uint64_t> begin{0};
  std::vector<NodeId> target;
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) {
      const bool again = target.size() > begin.back() && target.back() == v;
      if (v != u && !mutual[edge] && !again) target.push_back(v);
    }
    begin.push_back(target.size());
  }
  if (target.empty()) return {};

  const auto runs = [&](NodeId from, NodeId to) {
    const auto row = target.begin();
    return std::binary_search(row + static_cast<std::ptrdiff_t>(begin[from.index]),
                              row + static_cast<std::ptrdiff_t>(begin[from.index + 1]), to);
  };
  std::size_t returned = 0;
  for (const NodeId u : graph.nodes()) {
    for (std::uint64_t i = begin[u.index]; i < begin[u.index + 1]; ++i) {
      if (runs(target[i], u)) ++returned;
    }
  }
  return static_cast<double>(returned) / static_cast<double>(target.size());
}

}  // namespace entente

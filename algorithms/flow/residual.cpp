#include "algorithms/flow/residual.hpp"

namespace entente {

Residual::Residual(const FlowQuestion& question)
    : begin_(question.graph->node_count() + 1), arc_of_edge_(question.graph->edge_count(), no_arc) {
  const Graph& graph = *question.graph;
  const EdgeColumn<std::int64_t>& capacity = *question.capacity;
  const auto carries = [&](EdgeId edge) {
    return capacity[edge] > 0 && graph.ends(edge).source != graph.ends(edge).target;
  };
  for (const EdgeId edge : graph.edges()) {
    if (!carries(edge)) continue;
    ++begin_[graph.ends(edge).source.index + 1];
    ++begin_[graph.ends(edge).target.index + 1];
  }
  for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
  arcs_.resize(begin_.back());
  std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
  for (const EdgeId edge : graph.edges()) {
    if (!carries(edge)) continue;
    const auto [source, target] = graph.ends(edge);
    const std::uint32_t there = next[source.index]++, back = next[target.index]++;
    arcs_[there] = {capacity[edge], target.index, back};
    arcs_[back] = {question.mutual[edge] ? capacity[edge] : 0, source.index, there};
    arc_of_edge_[edge.index] = there;
  }
}

EdgeColumn<std::int64_t> Residual::flow(const EdgeColumn<std::int64_t>& capacity) const {
  EdgeColumn<std::int64_t> flow(capacity.size());
  for (const EdgeId edge : ids_below<EdgeId>(capacity.size())) {
    const std::uint32_t arc = arc_of_edge_[edge.index];
    if (arc != no_arc) flow[edge] = capacity[edge] - arcs_[arc].left;
  }
  return flow;
}

}  // namespace entente

#include "algorithms/centrality/core.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/centrality/distances.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

/// The nodes sorted by their remaining degree, kept sorted while single degrees fall by one.
class DegreeQueue {
 public:
  explicit DegreeQueue(NodeColumn<std::uint32_t> degree) : degree_(std::move(degree)), place_(degree_.size()) {
    const auto most = std::ranges::max_element(degree_.values());
    start_.assign(degree_.empty() ? 1 : *most + 2, 0);
    for (const std::uint32_t d : degree_.values()) ++start_[d + 1];
    for (std::size_t d = 1; d < start_.size(); ++d) start_[d] += start_[d - 1];
    std::vector<std::uint32_t> next = start_;
    order_.resize(degree_.size());
    for (const NodeId v : ids_below<NodeId>(degree_.size())) put(v, next[degree_[v]]++);
  }

  std::uint32_t degree(NodeId v) const { return degree_[v]; }
  NodeId operator[](std::size_t i) const { return order_[i]; }

  /// Moves v to the front of its bucket and the border of the buckets behind it.
  void lower(NodeId v) {
    const std::uint32_t front = start_[degree_[v]]++;
    const NodeId other = order_[front];
    put(other, place_[v]);
    put(v, front);
    --degree_[v];
  }

 private:
  void put(NodeId v, std::uint32_t place) {
    order_[place] = v;
    place_[v] = place;
  }

  NodeColumn<std::uint32_t> degree_;
  NodeColumn<std::uint32_t> place_;
  std::vector<NodeId> order_;
  std::vector<std::uint32_t> start_;  // of each degree's bucket in order_
};

}  // namespace

Core core_numbers(const Symmetric& graph) {
  const Graph& arcs = graph.both_ways();
  NodeColumn<std::uint32_t> partners(graph.node_count());
  for (const NodeId v : graph.nodes()) {
    for_each_next_node(arcs, nullptr, v, [&](NodeId, double) { ++partners[v]; });
  }

  // Take the node of least degree, again and again: its degree then is its core number, for all that
  // remain have at least as many partners among themselves. A degree never falls below the current one,
  // so what was taken stays in front.
  Core result{NodeColumn<std::int64_t>(graph.node_count()), 0};
  DegreeQueue queue(std::move(partners));
  for (std::size_t i = 0; i < graph.node_count(); ++i) {
    const NodeId v = queue[i];
    result.core[v] = queue.degree(v);
    result.degeneracy = std::max(result.degeneracy, result.core[v]);
    for_each_next_node(arcs, nullptr, v, [&](NodeId u, double) {
      if (queue.degree(u) > queue.degree(v)) queue.lower(u);
    });
  }
  return result;
}

Card core_card() {
  return describe<CoreOptions, Core>("core", "centrality")
      .summary("The largest k such that a node belongs to a group in which everyone has k partners.")
      .cost("O(n + m)")
      .convention(
          "Directions and weights are ignored. Partners are distinct other nodes: parallel ties count once, self-loops "
          "not at all. Isolates have 0.")
      .per_node("core", &Core::core, "partners", "the k of the innermost k-core that holds the node")
      .figure("degeneracy", &Core::degeneracy, "partners", "the largest core number")
      .source("seidman1983network")
      .source("batagelj2003cores")
      .runs([](const Problem& problem, const CoreOptions&, const Job&) -> Result<Core> {
        return symmetric_graph(problem).map([](const Symmetric* graph) { return core_numbers(*graph); });
      });
}

}  // namespace entente

#include "algorithms/centrality/distances.hpp"

#include <algorithm>
#include <functional>

namespace entente {

Distances::Distances(const Graph& graph, const EdgeColumn<double>* length)
    : graph_(graph), length_(length), distance_(graph.node_count(), unreached), rank_(graph.node_count()) {
  reached_.reserve(graph.node_count());
}

void Distances::search_from(NodeId source) {
  for (const NodeId v : reached_) distance_[v] = unreached;
  reached_.clear();
  if (length_) {
    add_lengths(source);
  } else {
    count_hops(source);
  }
}

void Distances::count_hops(NodeId source) {
  distance_[source] = 0;
  settle(source);
  for (std::size_t head = 0; head < reached_.size(); ++head) {  // the list of reached nodes is the queue
    const NodeId u = reached_[head];
    for (const NodeId v : graph_.out_neighbours(u)) {
      if (distance_[v] != unreached) continue;
      distance_[v] = distance_[u] + 1;
      settle(v);
    }
  }
}

void Distances::add_lengths(NodeId source) {
  const auto nearest_on_top = std::greater<>();
  distance_[source] = 0;
  waiting_.assign(1, {0.0, source});
  while (!waiting_.empty()) {
    std::ranges::pop_heap(waiting_, nearest_on_top);
    const auto [distance, u] = waiting_.back();
    waiting_.pop_back();
    // A better entry of u came earlier. Equal entries do not exist: each push was a strict improvement.
    if (distance > distance_[u]) continue;
    settle(u);
    for_each_next_node(graph_, length_, u, [&, from = distance](NodeId v, double length) {
      if (from + length >= distance_[v]) return;
      distance_[v] = from + length;
      waiting_.emplace_back(distance_[v], v);
      std::ranges::push_heap(waiting_, nearest_on_top);
    });
  }
}

}  // namespace entente

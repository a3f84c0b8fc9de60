#pragma once

#include <algorithm>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "engine/column.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Calls `visit(v, length)` once for each node v != u that an arc from u leads to, with the length of the
/// shortest such arc: parallel arcs are one way to go, and a self-loop leads nowhere. Null: all 1.
template <class Visit>
void for_each_next_node(const Graph& graph, const EdgeColumn<double>* length, NodeId u, Visit&& visit) {
  if (!length) {
    NodeId last = u;
    for (const NodeId v : graph.out_neighbours(u)) {  // sorted, so parallel arcs are neighbours
      if (v != last && v != u) visit(v, 1.0);
      last = v;
    }
    return;
  }
  const ArcRange arcs = graph.out(u);
  for (auto arc = arcs.begin(); arc != arcs.end();) {
    const NodeId v = (*arc).node;
    double shortest = (*length)[(*arc).edge];
    for (++arc; arc != arcs.end() && (*arc).node == v; ++arc) {
      shortest = std::min(shortest, (*length)[(*arc).edge]);
    }
    if (v != u) visit(v, shortest);
  }
}

/// Distances from one source after the other: breadth-first search in hops, Dijkstra's algorithm
/// [dijkstra1959note] with lengths. Made once for many sources; a search leaves no trace in the next.
///
/// Memory: 20 bytes a node. A search costs O(n + arcs) in hops, O(n + arcs log arcs) with lengths.
class Distances {
 public:
  static constexpr double unreached = std::numeric_limits<double>::infinity();

  /// The lengths must be positive and finite; null: hops.
  Distances(const Graph& graph, const EdgeColumn<double>* length);

  void search_from(NodeId source);

  /// The nodes reached, nearest first; the source is the first.
  std::span<const NodeId> reached() const { return reached_; }

  double to(NodeId v) const { return distance_[v]; }

  /// The place of a reached node in reached().
  std::uint32_t rank(NodeId v) const { return rank_[v]; }

 private:
  void count_hops(NodeId source);
  void add_lengths(NodeId source);
  void settle(NodeId v) {
    rank_[v] = static_cast<std::uint32_t>(reached_.size());
    reached_.push_back(v);
  }

  const Graph& graph_;
  const EdgeColumn<double>* length_;
  NodeColumn<double> distance_;
  NodeColumn<std::uint32_t> rank_;
  std::vector<NodeId> reached_;
  std::vector<std::pair<double, NodeId>> waiting_;  // a heap, nearest on top; may hold outdated entries
};

}  // namespace entente

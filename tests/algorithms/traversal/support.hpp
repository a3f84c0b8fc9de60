#pragma once

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <queue>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/simd.hpp"
#include "support/random_graphs.hpp"

/// What the tests of this folder share: the textbook versions of its searches.
namespace entente::test {

inline constexpr double far_away = std::numeric_limits<double>::infinity();

inline Job on_threads(int threads) {
  Job job;
  job.threads = threads;
  return job;
}

template <class Value>
std::vector<Value> listed(const NodeColumn<Value>& column) {
  return {column.values().begin(), column.values().end()};
}

/// Hops from the nearest source, by a queue of nodes.
inline std::vector<double> textbook_hops(const Graph& graph, const std::vector<NodeId>& sources) {
  std::vector<double> hops(graph.node_count(), far_away);
  std::queue<NodeId> queue;
  for (const NodeId s : sources) {
    if (hops[s.index] != 0) queue.push(s);
    hops[s.index] = 0;
  }
  for (; !queue.empty(); queue.pop()) {
    for (const NodeId v : graph.out_neighbours(queue.front())) {
      if (hops[v.index] != far_away) continue;
      hops[v.index] = hops[queue.front().index] + 1;
      queue.push(v);
    }
  }
  return hops;
}

/// Lengths from the nearest source: Dijkstra's algorithm with a binary heap of doubles.
inline std::vector<double> textbook_lengths(const Graph& graph, const std::vector<NodeId>& sources,
                                            const EdgeColumn<double>& length) {
  using Waiting = std::pair<double, std::uint32_t>;
  std::vector<double> distance(graph.node_count(), far_away);
  std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> queue;
  for (const NodeId s : sources) {
    distance[s.index] = 0;
    queue.push({0, s.index});
  }
  while (!queue.empty()) {
    const auto [d, u] = queue.top();
    queue.pop();
    if (d > distance[u]) continue;
    for (const auto [v, edge] : graph.out(NodeId{u})) {
      const double there = d + length[edge];
      if (there >= distance[v.index]) continue;
      distance[v.index] = there;
      queue.push({there, v.index});
    }
  }
  return distance;
}

/// Runs `body()` once on each instruction set of this machine.
template <class Body>
void on_each_isa(Body&& body) {
  for (const simd::Isa isa : {simd::Isa::portable, simd::Isa::avx2, simd::Isa::avx512}) {
    const simd::ForcedIsa forced(isa);
    CAPTURE(static_cast<int>(simd::isa()));
    body();
  }
}

/// A graph with hubs, so that a search goes up as well as down: each node is tied to `ties` others, low ids
/// far more often.
inline std::vector<Ends> hub_edges(std::size_t n, std::size_t ties, Seed seed) {
  Random random(seed, 0x687562);
  std::vector<Ends> edges;
  for (std::size_t v = 1; v < n; ++v) {
    for (std::size_t i = 0; i < ties; ++i) edges.push_back(ends_of(v, random.below(1 + random.below(v))));
  }
  return edges;
}

}  // namespace entente::test

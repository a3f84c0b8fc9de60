#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/paths/rules.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

/// Slow oracle: every path in the sense of PathRules by trying all, sorted by length, then node sequence.
/// Lengths must be small whole numbers.
inline std::vector<Walk> all_simple_paths(const Graph& graph, const std::vector<NodeId>& from,
                                          const std::vector<NodeId>& to, const PathRules& rules = {},
                                          std::size_t max_steps = 1000) {
  const auto among = [](const std::vector<NodeId>& set, NodeId v) { return std::ranges::count(set, v) > 0; };
  std::map<std::vector<NodeId>, Walk> found;
  Walk walk;
  const std::function<void(NodeId)> extend = [&](NodeId u) {
    walk.nodes.push_back(u);
    if (among(to, u)) {
      Walk& kept = found.try_emplace(walk.nodes, walk).first->second;
      if (std::pair(walk.length, walk.edges) < std::pair(kept.length, kept.edges)) kept = walk;
    } else if (walk.nodes.size() == 1 ||
               (!among(from, u) && (!rules.no_stepping_stone || !(*rules.no_stepping_stone)[u]))) {
      for (const auto [v, edge] : graph.out(u)) {
        if (rules.closed && (*rules.closed)[edge]) continue;
        if (among(walk.nodes, v) || walk.edges.size() == max_steps) continue;
        const double length = rules.length ? (*rules.length)[edge] : 1;
        walk.edges.push_back(edge);
        walk.length += length;
        extend(v);
        walk.length -= length;
        walk.edges.pop_back();
      }
    }
    walk.nodes.pop_back();
  };
  std::vector<NodeId> starts = from;
  std::ranges::sort(starts);
  starts.erase(std::ranges::unique(starts).begin(), starts.end());
  for (const NodeId start : starts) extend(start);
  std::vector<Walk> paths;
  for (const auto& [nodes, path] : found) {
    const bool passes_a_start =
        std::any_of(nodes.begin() + 1, nodes.end(), [&](NodeId v) { return among(from, v); });
    if (!passes_a_start) paths.push_back(path);
  }
  std::ranges::stable_sort(paths, {}, &Walk::length);
  return paths;
}

/// A small random question: mixed directions, loops, parallel edges, some nodes that are no stepping
/// stones, some closed edges, mostly one, at times up to three nodes at either end.
struct RandomPathQuestion {
  Graph graph;
  EdgeColumn<double> length;
  NodeColumn<std::uint8_t> no_stepping_stone;
  EdgeColumn<std::uint8_t> closed;
  std::vector<NodeId> from, to;
};

inline RandomPathQuestion random_path_question(Seed seed, std::size_t most_nodes = 8) {
  Random random(seed, 0x70617468);
  const std::size_t n = seed % 10 == 0 ? 1 + random.below(3) : most_nodes - random.below(most_nodes / 2);
  const std::vector<Ends> edges = random_arcs(n, n + random.below(3 * n), seed, true, true);
  EdgeColumn<std::uint8_t> directed(edges.size()), closed(edges.size());
  for (std::size_t i = 0; i < edges.size(); ++i) {
    directed.values()[i] = random.below(2) == 0;
    closed.values()[i] = random.below(10) == 0;
  }
  NodeColumn<std::uint8_t> barred(n);
  for (auto& flag : barred.values()) flag = random.below(10) == 0;
  std::vector<NodeId> from, to;
  for (std::size_t i = 0; i < (seed % 3 == 0 ? 1 + random.below(3) : 1); ++i) {
    from.push_back(NodeId{static_cast<std::uint32_t>(random.below(n))});
    const std::uint64_t away = n > 1 && seed % 7 != 0 ? 1 + random.below(n - 1) : random.below(n);
    to.push_back(NodeId{static_cast<std::uint32_t>((from.back().index + away) % n)});
  }
  return {make_mixed_graph(n, edges, directed).value(), random_whole_values(edges.size(), seed, 1, 4), barred, closed,
          from, to};
}

inline bool same_walks(const std::vector<Walk>& a, const std::vector<Walk>& b) {
  return std::ranges::equal(a, b, [](const Walk& x, const Walk& y) {
    return x.nodes == y.nodes && x.edges == y.edges && x.length == y.length;
  });
}

}  // namespace entente::test

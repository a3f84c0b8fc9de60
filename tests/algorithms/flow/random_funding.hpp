#pragma once

#include <algorithm>
#include <cstdint>
#include <initializer_list>
#include <limits>
#include <vector>

#include "engine/column.hpp"
#include "engine/graph.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

struct Funding {
  Graph graph;
  EdgeColumn<std::int64_t> capacity;
  std::vector<NodeId> from, to;
  std::vector<Ends> edges;
  EdgeColumn<std::uint8_t> one_way;
};

inline std::vector<NodeId> node_list(std::initializer_list<std::uint32_t> ids) {
  std::vector<NodeId> nodes;
  for (const std::uint32_t id : ids) nodes.push_back(NodeId{id});
  return nodes;
}

/// Grants among up to `most_nodes` nodes: loops, parallel and mutual ties, amounts 0 ... 9, one to two sources
/// and targets.
inline Funding random_funding(Seed seed, std::size_t most_nodes = 40) {
  Random random(seed, 0x666C6F77);
  const std::size_t n = std::max<std::size_t>(4, most_nodes - random.below(most_nodes));
  Funding f;
  f.edges = random_arcs(n, n + random.below(4 * n), seed, true, true);
  for (std::size_t i = 0; i < f.edges.size(); ++i) {
    f.capacity.push_back(static_cast<std::int64_t>(random.below(10)));
    f.one_way.push_back(random.below(4) != 0);
  }
  std::vector<NodeId> nodes;
  for (const NodeId v : ids_below<NodeId>(n)) nodes.push_back(v);
  shuffle(nodes, random);
  f.from = {nodes[0]};
  f.to = {nodes[1]};
  if (seed % 3 == 0) f.from.push_back(nodes[2]);
  if (seed % 4 == 0) f.to.push_back(nodes[3]);
  f.graph = make_mixed_graph(n, f.edges, f.one_way).value();
  return f;
}

/// Slow oracle: the least capacity that leaves any set which holds all sources and no target.
inline std::int64_t smallest_cut_by_trying(const Funding& f) {
  const std::size_t n = f.graph.node_count();
  std::uint32_t sources = 0, targets = 0;
  for (const NodeId v : f.from) sources |= 1u << v.index;
  for (const NodeId v : f.to) targets |= 1u << v.index;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (std::uint32_t set = 0; set < 1u << n; ++set) {
    if ((set & sources) != sources || (set & targets) != 0) continue;
    std::int64_t leaving = 0;
    for (const NodeId u : f.graph.nodes()) {
      if (!(set >> u.index & 1u)) continue;
      for (const auto [v, edge] : f.graph.out(u)) leaving += set >> v.index & 1u ? 0 : f.capacity[edge];
    }
    least = std::min(least, leaving);
  }
  return least;
}

}  // namespace entente::test

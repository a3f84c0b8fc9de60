#pragma once

#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <utility>
#include <vector>

#include "algorithms/community/modularity.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

using Membership = NodeColumn<std::int64_t>;

inline EdgeColumn<double> unit_weights(const NamedGraph& graph) { return EdgeColumn<double>(graph.edges.size(), 1.0); }

/// Modularity word by word from the definition over pairs of nodes:
/// 1/2m sum over i, j of (A(i,j) - k(i) k(j) / 2m) where i and j share a cluster; a loop adds 2w to A(i,i).
inline double modularity_by_pairs(const NamedGraph& graph, const EdgeColumn<double>& weight,
                                  const Membership& cluster, double resolution = 1) {
  const std::size_t n = graph.node_count;
  std::vector<std::vector<double>> a(n, std::vector<double>(n, 0));
  std::vector<double> k(n, 0);
  double doubled = 0;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const auto [u, v] = graph.edges[e];
    a[u.index][v.index] += weight[EdgeId{e}];
    a[v.index][u.index] += weight[EdgeId{e}];
    k[u.index] += weight[EdgeId{e}];
    k[v.index] += weight[EdgeId{e}];
    doubled += 2 * weight[EdgeId{e}];
  }
  double q = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (cluster[NodeId{i}] == cluster[NodeId{j}]) q += a[i][j] - resolution * k[i] * k[j] / doubled;
    }
  }
  return q / doubled;
}

/// Modularity of a directed network, word by word from [leicht2008community]:
/// 1/m sum over i, j of (A(i,j) - kout(i) kin(j) / m) where i and j share a cluster; A(i,j) is the weight from i to j.
inline double directed_modularity_by_pairs(const NamedGraph& graph, const EdgeColumn<double>& weight,
                                           const Membership& cluster, double resolution = 1) {
  const std::size_t n = graph.node_count;
  std::vector<std::vector<double>> a(n, std::vector<double>(n, 0));
  std::vector<double> out(n, 0), in(n, 0);
  double m = 0;
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const auto [u, v] = graph.edges[e];
    a[u.index][v.index] += weight[EdgeId{e}];
    out[u.index] += weight[EdgeId{e}];
    in[v.index] += weight[EdgeId{e}];
    m += weight[EdgeId{e}];
  }
  double q = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    for (std::uint32_t j = 0; j < n; ++j) {
      if (cluster[NodeId{i}] == cluster[NodeId{j}]) q += a[i][j] - resolution * out[i] * in[j] / m;
    }
  }
  return q / m;
}

/// Calls `body` with every partition of n nodes, as restricted growth strings.
inline void for_each_partition(std::size_t n, const std::function<void(const Membership&)>& body) {
  Membership cluster(n, 0);
  const std::function<void(std::size_t, std::int64_t)> extend = [&](std::size_t i, std::int64_t used) {
    if (i == n) return body(cluster);
    for (std::int64_t c = 0; c <= used && c < static_cast<std::int64_t>(n); ++c) {
      cluster[NodeId{static_cast<std::uint32_t>(i)}] = c;
      extend(i + 1, std::max(used, c + 1));
    }
  };
  extend(0, 0);
}

/// How many pieces the clusters have in all, joined by edges of positive weight; equal to the number of
/// clusters exactly where each is connected.
inline std::int64_t connected_pieces(const NamedGraph& graph, const EdgeColumn<double>& weight,
                                     const Membership& cluster) {
  std::vector<std::size_t> root(graph.node_count);
  for (std::size_t i = 0; i < root.size(); ++i) root[i] = i;
  const auto find = [&](std::size_t u) {
    while (root[u] != u) u = root[u] = root[root[u]];
    return u;
  };
  auto pieces = static_cast<std::int64_t>(root.size());
  for (std::uint32_t e = 0; e < graph.edges.size(); ++e) {
    const auto [u, v] = graph.edges[e];
    if (cluster[u] != cluster[v] || !(weight[EdgeId{e}] > 0)) continue;
    const std::size_t a = find(u.index), b = find(v.index);
    if (a == b) continue;
    root[a] = b;
    --pieces;
  }
  return pieces;
}

/// n nodes in `groups` groups of equal size; of m random edges a share `mixing` runs anywhere.
inline NamedGraph planted_groups(std::size_t n, std::size_t groups, std::size_t m, double mixing, Seed seed) {
  NamedGraph graph{"planted groups", n, {}};
  Random random(seed, 77);
  const std::size_t size = n / groups;
  while (graph.edges.size() < m) {
    const std::size_t u = random.below(size * groups);
    const std::size_t v = random.unit() < mixing ? random.below(n) : u / size * size + random.below(size);
    if (u != v) graph.edges.push_back(ends_of(u, v));
  }
  return graph;
}

/// Up to 40 nodes with self-loops and parallel edges.
inline NamedGraph any_graph(Seed seed) {
  Random random(seed);
  const std::size_t n = 1 + random.below(40);
  return {"random", n, random_edges(n, random.below(3 * n), seed, true, true)};
}

/// Whole weights from 1 to 10^12: a few ties outweigh all others.
inline EdgeColumn<double> heavy_tail(std::size_t edges, Seed seed) {
  Random random(seed, 4);
  EdgeColumn<double> weight(edges);
  for (double& w : weight.values()) w = std::floor(std::pow(10.0, 12 * std::pow(random.unit(), 4)));
  return weight;
}

/// Normalised mutual information, over the arithmetic mean of the entropies; 1 for the same partition.
inline double normalised_mutual_information(const Membership& a, const Membership& b) {
  std::map<std::int64_t, double> in_a, in_b;
  std::map<std::pair<std::int64_t, std::int64_t>, double> in_both;
  const auto n = static_cast<double>(a.size());
  for (std::uint32_t v = 0; v < a.size(); ++v) {
    in_a[a[NodeId{v}]] += 1 / n;
    in_b[b[NodeId{v}]] += 1 / n;
    in_both[{a[NodeId{v}], b[NodeId{v}]}] += 1 / n;
  }
  double entropy = 0, information = 0;
  for (const auto& [c, p] : in_a) entropy -= p * std::log(p);
  for (const auto& [c, p] : in_b) entropy -= p * std::log(p);
  for (const auto& [c, p] : in_both) information += p * std::log(p / (in_a[c.first] * in_b[c.second]));
  return entropy > 0 ? 2 * information / entropy : 1;
}

}  // namespace entente::test

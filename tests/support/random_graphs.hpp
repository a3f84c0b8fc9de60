#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/graph.hpp"
#include "engine/random.hpp"

/// Graphs for tests: seeded random ones, families with known answers, the odd shapes that break
/// kernels, and three small networks of the literature. A graph is its node count and its edges.
namespace entente::test {

struct NamedGraph {
  std::string name;
  std::size_t node_count = 0;
  std::vector<Ends> edges;
};

inline Ends ends_of(std::size_t source, std::size_t target) {
  return {NodeId{static_cast<std::uint32_t>(source)}, NodeId{static_cast<std::uint32_t>(target)}};
}

inline std::vector<Ends> edges_of(std::initializer_list<std::pair<std::size_t, std::size_t>> pairs) {
  std::vector<Ends> edges;
  for (const auto& [source, target] : pairs) edges.push_back(ends_of(source, target));
  return edges;
}

inline Graph directed(std::size_t node_count, const std::vector<Ends>& edges) {
  return make_graph(node_count, edges).value();
}
inline Graph directed(const NamedGraph& graph) { return directed(graph.node_count, graph.edges); }

inline Symmetric undirected(std::size_t node_count, const std::vector<Ends>& edges) {
  return make_symmetric(node_count, edges).value();
}
inline Symmetric undirected(const NamedGraph& graph) { return undirected(graph.node_count, graph.edges); }

/// Runs `body(seed)` for seeds 1 … count; a failure prints its seed.
template <class Body>
void for_each_seed(std::uint64_t count, Body&& body) {
  for (Seed seed = 1; seed <= count; ++seed) {
    CAPTURE(seed);
    body(seed);
  }
}

namespace detail {

inline std::vector<Ends> random_pairs(std::size_t n, std::size_t m, Seed seed, bool allow_loops, bool allow_parallel,
                                      bool ordered) {
  std::vector<Ends> edges;
  if (n == 0 || (n == 1 && !allow_loops)) return edges;
  const std::size_t pairs = (ordered ? n * (n - 1) : n * (n - 1) / 2) + (allow_loops ? n : 0);
  if (!allow_parallel) m = std::min(m, pairs);
  Random random(seed, 0x6E6574);
  std::set<Ends> taken;
  while (edges.size() < m) {
    const Ends edge = ends_of(random.below(n), random.below(n));
    if (!allow_loops && edge.source == edge.target) continue;
    if (!allow_parallel) {
      const Ends key = ordered ? edge : Ends{std::min(edge.source, edge.target), std::max(edge.source, edge.target)};
      if (!taken.insert(key).second) continue;
    }
    edges.push_back(edge);
  }
  return edges;
}

}  // namespace detail

/// m random pairs of n nodes. Without `allow_parallel` no two edges join the same two nodes, whatever
/// their direction (m is cut to the number of pairs), so the graph is simple as an undirected one.
inline std::vector<Ends> random_edges(std::size_t n, std::size_t m, Seed seed, bool allow_loops = false,
                                      bool allow_parallel = false) {
  return detail::random_pairs(n, m, seed, allow_loops, allow_parallel, false);
}

/// The same with direction: u -> v and v -> u may both occur in a simple graph.
inline std::vector<Ends> random_arcs(std::size_t n, std::size_t m, Seed seed, bool allow_loops = false,
                                     bool allow_parallel = false) {
  return detail::random_pairs(n, m, seed, allow_loops, allow_parallel, true);
}

/// One value per edge, uniform among the whole numbers least … most: their sums are exact.
inline EdgeColumn<double> random_whole_values(std::size_t edge_count, Seed seed, std::uint64_t least = 1,
                                              std::uint64_t most = 9) {
  Random random(seed, 0x776874);
  EdgeColumn<double> values(edge_count);
  for (double& value : values.values()) value = static_cast<double>(least + random.below(most - least + 1));
  return values;
}

/// A random order of the nodes: new id of each old one.
inline NodeColumn<NodeId> random_renaming(std::size_t n, Seed seed) {
  std::vector<NodeId> name(n);
  for (std::size_t i = 0; i < n; ++i) name[i] = NodeId{static_cast<std::uint32_t>(i)};
  Random random(seed, 0x6E616D);
  shuffle(name, random);
  return NodeColumn<NodeId>(std::move(name));
}

inline std::vector<Ends> renamed(const std::vector<Ends>& edges, const NodeColumn<NodeId>& name) {
  std::vector<Ends> result;
  for (const auto& [source, target] : edges) result.push_back({name[source], name[target]});
  return result;
}

/// 0 - 1 - … - n-1.
inline NamedGraph path_graph(std::size_t n) {
  NamedGraph graph{"path of " + std::to_string(n), n, {}};
  for (std::size_t i = 1; i < n; ++i) graph.edges.push_back(ends_of(i - 1, i));
  return graph;
}

/// 0 -> 1 -> … -> n-1 -> 0.
inline NamedGraph cycle_graph(std::size_t n) {
  NamedGraph graph{"cycle of " + std::to_string(n), n, {}};
  for (std::size_t i = 0; i < n; ++i) graph.edges.push_back(ends_of(i, (i + 1) % n));
  return graph;
}

/// Every pair once, from the lower to the higher id.
inline NamedGraph complete_graph(std::size_t n) {
  NamedGraph graph{"complete graph of " + std::to_string(n), n, {}};
  for (std::size_t i = 0; i < n; ++i) {
    for (std::size_t j = i + 1; j < n; ++j) graph.edges.push_back(ends_of(i, j));
  }
  return graph;
}

/// Node 0 tied to 1 … leaves.
inline NamedGraph star_graph(std::size_t leaves) {
  NamedGraph graph{"star of " + std::to_string(leaves) + " leaves", leaves + 1, {}};
  for (std::size_t i = 1; i <= leaves; ++i) graph.edges.push_back(ends_of(0, i));
  return graph;
}

/// Node row * width + column tied to its right and lower neighbour.
inline NamedGraph grid_graph(std::size_t height, std::size_t width) {
  NamedGraph graph{"grid of " + std::to_string(height) + " by " + std::to_string(width), height * width, {}};
  for (std::size_t row = 0; row < height; ++row) {
    for (std::size_t column = 0; column < width; ++column) {
      const std::size_t here = row * width + column;
      if (column + 1 < width) graph.edges.push_back(ends_of(here, here + 1));
      if (row + 1 < height) graph.edges.push_back(ends_of(here, here + width));
    }
  }
  return graph;
}

/// What breaks kernels: nothing at all, isolates, loops, parallel and opposite edges, several parts.
inline std::vector<NamedGraph> odd_shapes() {
  std::vector<NamedGraph> shapes{
      {"empty graph", 0, {}},
      {"one node", 1, {}},
      {"one node with a loop", 1, edges_of({{0, 0}})},
      {"one node with two loops", 1, edges_of({{0, 0}, {0, 0}})},
      {"two isolates", 2, {}},
      {"one edge", 2, edges_of({{0, 1}})},
      {"one edge backwards", 2, edges_of({{1, 0}})},
      {"three parallel edges", 2, edges_of({{0, 1}, {0, 1}, {0, 1}})},
      {"opposite edges", 2, edges_of({{0, 1}, {1, 0}})},
      {"edge, loop and isolate", 3, edges_of({{0, 1}, {1, 1}})},
      {"triangle with loops and parallel edges", 3, edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 0}, {0, 0}, {1, 1}})},
      {"two triangles", 6, edges_of({{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}})},
      {"triangle and path, apart", 7, edges_of({{0, 1}, {1, 2}, {2, 0}, {4, 5}, {5, 6}})},
      {"bow tie", 5, edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 2}})},
      {"diamond", 4, edges_of({{0, 1}, {0, 2}, {1, 3}, {2, 3}})},
      {"edges out of order", 4, edges_of({{3, 2}, {0, 3}, {2, 1}, {1, 0}, {3, 1}})},
  };
  for (const NamedGraph& graph : {path_graph(4), cycle_graph(4), cycle_graph(5), complete_graph(5)}) {
    shapes.push_back(graph);
  }
  for (const NamedGraph& graph : {star_graph(4), grid_graph(3, 3)}) shapes.push_back(graph);
  return shapes;
}

/// Zachary's karate club: 34 members, 78 friendships; node i is member i + 1.
/// W. W. Zachary, "An information flow model for conflict and fission in small groups",
/// Journal of Anthropological Research 33 (1977) 452-473, matrix E.
inline NamedGraph karate_club() {
  return {"karate club", 34,
          edges_of({{0, 1},   {0, 2},   {0, 3},   {0, 4},   {0, 5},   {0, 6},   {0, 7},   {0, 8},   {0, 10},  {0, 11},
                    {0, 12},  {0, 13},  {0, 17},  {0, 19},  {0, 21},  {0, 31},  {1, 2},   {1, 3},   {1, 7},   {1, 13},
                    {1, 17},  {1, 19},  {1, 21},  {1, 30},  {2, 3},   {2, 7},   {2, 8},   {2, 9},   {2, 13},  {2, 27},
                    {2, 28},  {2, 32},  {3, 7},   {3, 12},  {3, 13},  {4, 6},   {4, 10},  {5, 6},   {5, 10},  {5, 16},
                    {6, 16},  {8, 30},  {8, 32},  {8, 33},  {9, 33},  {13, 33}, {14, 32}, {14, 33}, {15, 32}, {15, 33},
                    {18, 32}, {18, 33}, {19, 33}, {20, 32}, {20, 33}, {22, 32}, {22, 33}, {23, 25}, {23, 27}, {23, 29},
                    {23, 32}, {23, 33}, {24, 25}, {24, 27}, {24, 31}, {25, 31}, {26, 29}, {26, 33}, {27, 33}, {28, 31},
                    {28, 33}, {29, 32}, {29, 33}, {30, 32}, {30, 33}, {31, 32}, {31, 33}, {32, 33}})};
}

/// How many contexts each friendship of karate_club() spans; matrix C of the same paper.
inline EdgeColumn<double> karate_club_strengths() {
  return {4, 5, 3, 3, 3, 3, 2, 2, 2, 3, 1, 3, 2, 2, 2, 2, 6, 3, 4, 5, 1, 2, 2, 2, 3, 4,
          5, 1, 3, 2, 2, 2, 3, 3, 3, 2, 3, 5, 3, 3, 3, 3, 3, 4, 2, 3, 3, 2, 3, 4, 1, 2,
          1, 3, 1, 2, 3, 5, 4, 3, 5, 4, 2, 3, 2, 7, 4, 2, 4, 2, 2, 4, 2, 3, 3, 4, 4, 5};
}

/// Krackhardt's kite: 10 managers; nodes 0 … 9 are Andre, Beverley, Carol, Diane, Ed, Fernando, Garth,
/// Heather, Ike, Jane. D. Krackhardt, "Assessing the political landscape: structure, cognition, and
/// power in organizations", Administrative Science Quarterly 35 (1990) 342-369.
inline NamedGraph krackhardt_kite() {
  return {"Krackhardt kite", 10,
          edges_of({{0, 1}, {0, 2}, {0, 3}, {0, 5}, {1, 3}, {1, 4}, {1, 6}, {2, 3}, {2, 5},
                    {3, 4}, {3, 5}, {3, 6}, {4, 6}, {5, 6}, {5, 7}, {6, 7}, {7, 8}, {8, 9}})};
}

/// The 16 families of florentine_marriages(), in node order.
inline std::vector<std::string> florentine_families() {
  return {"Acciaiuoli", "Albizzi", "Barbadori", "Bischeri", "Castellani", "Ginori",  "Guadagni", "Lamberteschi",
          "Medici",     "Pazzi",   "Peruzzi",   "Pucci",    "Ridolfi",    "Salviati", "Strozzi",  "Tornabuoni"};
}

/// Marriages among 16 Florentine families, 20 ties; Pucci has none. Collected by J. Padgett, printed in
/// R. L. Breiger and P. E. Pattison, "Cumulated social roles: the duality of persons and their
/// algebras", Social Networks 8 (1986) 215-256.
inline NamedGraph florentine_marriages() {
  return {"Florentine marriages", 16,
          edges_of({{0, 8},  {1, 5},  {1, 6},  {1, 8},  {2, 4},  {2, 8},  {3, 6},  {3, 10}, {3, 14},  {4, 10},
                    {4, 14}, {6, 7},  {6, 15}, {8, 12}, {8, 13}, {8, 15}, {9, 13}, {10, 14}, {12, 14}, {12, 15}})};
}

}  // namespace entente::test

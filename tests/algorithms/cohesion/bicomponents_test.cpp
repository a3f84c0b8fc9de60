#include "algorithms/cohesion/bicomponents.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "algorithms/cohesion/components.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

using Numbers = EdgeColumn<std::int64_t>;
using EdgeFlags = EdgeColumn<std::uint8_t>;
using NodeFlags = NodeColumn<std::uint8_t>;

std::int64_t parts_of(std::size_t n, const std::vector<Ends>& edges) {
  return components(undirected(n, edges))->count;
}

/// By definition: an edge is a bridge where there are more components without it.
bool is_bridge_by_removal(std::size_t n, const std::vector<Ends>& edges, std::size_t at) {
  std::vector<Ends> others = edges;
  others.erase(others.begin() + static_cast<std::ptrdiff_t>(at));
  return parts_of(n, others) > parts_of(n, edges);
}

/// By definition: a node is an articulation point where the others have more components without it. It stays
/// behind as an isolate, which is one component more.
bool is_articulation_by_removal(std::size_t n, const std::vector<Ends>& edges, NodeId node) {
  std::vector<Ends> others;
  bool tied = false;
  for (const Ends& edge : edges) {
    const bool at_node = edge.source == node || edge.target == node;
    if (!at_node) others.push_back(edge);
    if (at_node && edge.source != edge.target) tied = true;
  }
  return tied && parts_of(n, others) > parts_of(n, edges) + 1;
}

}  // namespace

TEST_CASE("bicomponents: two triangles that share a node meet in an articulation point") {
  const auto found = bicomponents(undirected(5, edges_of({{2, 3}, {0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 2}}))).value();
  CHECK(found.bicomponent == Numbers{0, 1, 1, 1, 0, 0});  // equal sizes: the one with edge 0 first
  CHECK(found.articulation == NodeFlags{0, 0, 1, 0, 0});
  CHECK(found.count == 2);
  CHECK(found.bridges == 0);
  CHECK(found.largest == 3);
}

TEST_CASE("bicomponents: of two triangles and the edge between them only the edge is a bridge") {
  const auto found =
      bicomponents(undirected(6, edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 5}, {5, 3}}))).value();
  CHECK(found.bicomponent == Numbers{0, 0, 0, 2, 1, 1, 1});
  CHECK(found.bridge == EdgeFlags{0, 0, 0, 1, 0, 0, 0});
  CHECK(found.articulation == NodeFlags{0, 0, 1, 1, 0, 0});
  CHECK(found.articulation_points == 2);
}

TEST_CASE("bicomponents: parallel edges are no bridges and a self-loop is in no bicomponent") {
  const auto found = bicomponents(undirected(4, edges_of({{0, 1}, {1, 0}, {1, 1}, {1, 2}}))).value();
  CHECK(found.bicomponent == Numbers{0, 0, -1, 1});
  CHECK(found.bridge == EdgeFlags{0, 0, 0, 1});
  CHECK(found.articulation == NodeFlags{0, 1, 0, 0});
  CHECK(found.count == 2);
}

TEST_CASE("bicomponents: the karate club hangs on Mr Hi, and one friendship is a bridge") {
  // networkx 2.8.8 and igraph 0.10.2: 3 bicomponents, articulation point member 1, bridge 1-12.
  const auto shape = karate_club();
  const auto found = bicomponents(undirected(shape)).value();
  CHECK(found.count == 3);
  CHECK(found.articulation_points == 1);
  CHECK(found.articulation[NodeId{0}] == 1);
  CHECK(found.bridges == 1);
  const auto bridge = std::ranges::find(found.bridge.values(), 1) - found.bridge.values().begin();
  CHECK(shape.edges[static_cast<std::size_t>(bridge)] == ends_of(0, 11));
}

TEST_CASE("bicomponents: bridges and articulation points are what parts the network when removed") {
  for_each_seed(200, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(14);
    const auto edges = random_edges(n, random.below(2 * n), seed, true, true);
    const auto found = bicomponents(undirected(n, edges)).value();
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      CHECK((found.bridge[EdgeId{e}] == 1) == is_bridge_by_removal(n, edges, e));
    }
    for (const NodeId u : ids_below<NodeId>(n)) {
      CHECK((found.articulation[u] == 1) == is_articulation_by_removal(n, edges, u));
    }
  });
}

TEST_CASE("bicomponents: each holds together without any one of its nodes, and two share at most one node") {
  for_each_seed(100, [](Seed seed) {
    const std::size_t n = 12;
    const auto edges = random_edges(n, 6 + seed % 14, seed, false, true);
    const auto found = bicomponents(undirected(n, edges)).value();
    std::vector<std::set<NodeId>> nodes(static_cast<std::size_t>(found.count));
    for (std::uint32_t e = 0; e < edges.size(); ++e) {
      REQUIRE(found.bicomponent[EdgeId{e}] >= 0);
      auto& of_part = nodes[static_cast<std::size_t>(found.bicomponent[EdgeId{e}])];
      of_part.insert({edges[e].source, edges[e].target});
    }
    for (std::size_t a = 0; a < nodes.size(); ++a) {
      if (a > 0) CHECK(nodes[a - 1].size() >= nodes[a].size());
      for (const NodeId without : nodes[a]) {
        std::vector<Ends> inside;
        for (std::uint32_t e = 0; e < edges.size(); ++e) {
          const bool kept = edges[e].source != without && edges[e].target != without;
          if (kept && found.bicomponent[EdgeId{e}] == static_cast<std::int64_t>(a)) inside.push_back(edges[e]);
        }
        // One component of the others; every node that is not among them is a component by itself.
        CHECK(parts_of(n, inside) == static_cast<std::int64_t>(1 + n - (nodes[a].size() - 1)));
      }
      for (std::size_t b = 0; b < a; ++b) {
        std::vector<NodeId> common;
        std::ranges::set_intersection(nodes[a], nodes[b], std::back_inserter(common));
        CHECK(common.size() <= 1);
      }
    }
  });
}

TEST_CASE("bicomponents: odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const auto found = bicomponents(undirected(shape)).value();
    CHECK(found.bicomponent.size() == shape.edges.size());
    for (std::uint32_t e = 0; e < shape.edges.size(); ++e) {
      CHECK((found.bicomponent[EdgeId{e}] == -1) == (shape.edges[e].source == shape.edges[e].target));
    }
  }
  CHECK(bicomponents(Symmetric{})->count == 0);
  CHECK(bicomponents(undirected(grid_graph(3, 3)))->count == 1);
}

TEST_CASE("bicomponents: a path of 1,000,000 nodes needs no deep stack") {
  const auto found = bicomponents(undirected(path_graph(1000000))).value();
  CHECK(found.count == 999999);
  CHECK(found.bridges == 999999);
  CHECK(found.articulation_points == 999998);
  CHECK(found.bicomponent[EdgeId{999998}] == 999998);
}

TEST_CASE("bicomponents: a cancelled job is an error") {
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(bicomponents(undirected(path_graph(3)), job).error().code == ErrorCode::interrupted);
}

}  // namespace entente::test

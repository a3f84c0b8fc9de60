#include "engine/graph.hpp"

#include <algorithm>
#include <limits>
#include <vector>

#include <catch2/catch.hpp>

#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

namespace {

std::vector<Arc> listed(ArcRange arcs) { return {arcs.begin(), arcs.end()}; }

Arc arc(std::uint32_t node, std::uint32_t edge) { return {NodeId{node}, EdgeId{edge}}; }

/// The arcs of a node by looking at every edge: what the rows must hold.
std::vector<Arc> arcs_by_search(const std::vector<Ends>& edges, NodeId u, bool forwards, bool backwards) {
  std::vector<Arc> found;
  for (std::uint32_t i = 0; i < edges.size(); ++i) {
    const auto [source, target] = edges[i];
    if (forwards && source == u) found.push_back({target, EdgeId{i}});
    if (backwards && target == u && !(forwards && source == u)) found.push_back({source, EdgeId{i}});
  }
  std::ranges::sort(found);
  return found;
}

}  // namespace

TEST_CASE("graph: a row holds the arcs of its node, sorted by neighbour and then by edge") {
  const Graph graph = directed(4, edges_of({{0, 2}, {0, 1}, {2, 0}, {0, 1}, {3, 3}}));
  CHECK(graph.node_count() == 4);
  CHECK(graph.edge_count() == 5);
  CHECK(graph.arc_count() == 5);
  CHECK(listed(graph.out(NodeId{0})) == std::vector{arc(1, 1), arc(1, 3), arc(2, 0)});
  CHECK(listed(graph.in(NodeId{0})) == std::vector{arc(2, 2)});
  CHECK(listed(graph.in(NodeId{1})) == std::vector{arc(0, 1), arc(0, 3)});
  CHECK(graph.out(NodeId{1}).empty());
  CHECK(listed(graph.out(NodeId{3})) == std::vector{arc(3, 4)});
  CHECK(listed(graph.in(NodeId{3})) == std::vector{arc(3, 4)});
  CHECK(graph.ends(EdgeId{2}) == ends_of(2, 0));
}

TEST_CASE("graph: a mutual edge of a mixed graph is an arc each way with one id, a mutual loop one arc") {
  const Graph graph =
      make_mixed_graph(3, edges_of({{0, 1}, {1, 2}, {2, 2}, {2, 2}}), EdgeColumn<std::uint8_t>{1, 0, 0, 1}).value();
  CHECK(graph.edge_count() == 4);
  CHECK(graph.arc_count() == 5);
  CHECK(listed(graph.out(NodeId{0})) == std::vector{arc(1, 0)});
  CHECK(graph.in(NodeId{0}).empty());
  CHECK(listed(graph.out(NodeId{1})) == std::vector{arc(2, 1)});
  CHECK(listed(graph.in(NodeId{1})) == std::vector{arc(0, 0), arc(2, 1)});
  CHECK(listed(graph.out(NodeId{2})) == std::vector{arc(1, 1), arc(2, 2), arc(2, 3)});
  CHECK(graph.ends(EdgeId{1}) == ends_of(1, 2));
}

TEST_CASE("graph: in a symmetric graph an edge stands in the rows of both ends and a loop once") {
  const Symmetric graph = undirected(3, edges_of({{0, 1}, {1, 0}, {2, 2}}));
  CHECK(graph.edge_count() == 3);
  CHECK(graph.arc_count() == 5);
  CHECK(listed(graph.arcs(NodeId{0})) == std::vector{arc(1, 0), arc(1, 1)});
  CHECK(listed(graph.arcs(NodeId{1})) == std::vector{arc(0, 0), arc(0, 1)});
  CHECK(listed(graph.arcs(NodeId{2})) == std::vector{arc(2, 2)});
  CHECK(graph.ends(EdgeId{1}) == ends_of(1, 0));
}

TEST_CASE("graph: the rows hold what a search through all edges finds") {
  for_each_seed(100, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(12);
    const auto edges = random_arcs(n, random.below(40), seed, true, true);
    const Graph graph = directed(n, edges);
    const Symmetric symmetric = undirected(n, edges);
    for (const NodeId u : graph.nodes()) {
      CHECK(listed(graph.out(u)) == arcs_by_search(edges, u, true, false));
      CHECK(listed(graph.in(u)) == arcs_by_search(edges, u, false, true));
      CHECK(listed(symmetric.arcs(u)) == arcs_by_search(edges, u, true, true));
      CHECK(listed(symmetric.both_ways().in(u)) == listed(symmetric.both_ways().out(u)));
      CHECK(std::ranges::equal(graph.out_neighbours(u), graph.out(u), {}, {}, &Arc::node));
      CHECK(std::ranges::equal(graph.in_neighbours(u), graph.in(u), {}, {}, &Arc::node));
      CHECK(std::ranges::equal(symmetric.neighbours(u), symmetric.arcs(u), {}, {}, &Arc::node));
    }
  });
}

TEST_CASE("graph: mixed with every edge one way is directed, with every edge mutual symmetric") {
  for_each_seed(50, [](Seed seed) {
    const auto edges = random_arcs(8, 20, seed, true, true);
    const Graph one_way = make_mixed_graph(8, edges, EdgeColumn<std::uint8_t>(edges.size(), 1)).value();
    const Graph mutual = make_mixed_graph(8, edges, EdgeColumn<std::uint8_t>(edges.size(), 0)).value();
    const Graph graph = directed(8, edges);
    const Symmetric symmetric = undirected(8, edges);
    for (const NodeId u : graph.nodes()) {
      CHECK(listed(one_way.out(u)) == listed(graph.out(u)));
      CHECK(listed(one_way.in(u)) == listed(graph.in(u)));
      CHECK(listed(mutual.out(u)) == listed(symmetric.arcs(u)));
      CHECK(listed(mutual.in(u)) == listed(symmetric.arcs(u)));
    }
  });
}

TEST_CASE("graph: graphs of no nodes and of no edges have empty rows") {
  CHECK(Graph().node_count() == 0);
  CHECK(Graph().edge_count() == 0);
  CHECK(Symmetric().arc_count() == 0);
  CHECK(Graph().nodes().empty());
  const Graph isolates = directed(3, {});
  for (const NodeId u : isolates.nodes()) CHECK(isolates.out(u).empty());
}

TEST_CASE("graph: a copy shows the same rows after the original is gone") {
  Graph copy;
  {
    const Graph original = directed(2, edges_of({{0, 1}}));
    copy = original;
  }
  CHECK(listed(copy.out(NodeId{0})) == std::vector{arc(1, 0)});
}

TEST_CASE("graph: an end that does not exist is refused by name") {
  const auto refused = make_graph(2, edges_of({{0, 1}, {1, 2}}));
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::bad_argument);
  CHECK(refused.error().what == "edge 1 runs from node 1 to node 2, but there are only 2 nodes.");
  CHECK(!make_symmetric(0, edges_of({{0, 0}})));
}

TEST_CASE("graph: too many nodes are refused before memory is asked for") {
  const auto refused = make_graph(std::numeric_limits<std::size_t>::max() / 2, std::vector<Ends>{});
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::bad_argument);
  CHECK(!make_symmetric(std::size_t{1} << 32, std::vector<Ends>{}));
}

TEST_CASE("graph: a column of directions of the wrong size is refused") {
  const auto refused = make_mixed_graph(2, edges_of({{0, 1}}), EdgeColumn<std::uint8_t>{});
  REQUIRE(!refused);
  CHECK(refused.error().what == "The column of directions has 0 values for 1 edges.");
}

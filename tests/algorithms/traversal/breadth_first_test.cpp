#include "algorithms/traversal/breadth_first.hpp"

#include <atomic>

#include "algorithms/card.hpp"
#include "algorithms/traversal/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

std::vector<double> hops_of(const BreadthFirst& found) {
  std::vector<double> hops;
  for (const std::uint32_t value : found.hops.values()) hops.push_back(value == no_hops ? far_away : value);
  return hops;
}

/// The parents by definition: of the nodes one step nearer with an arc to the node, the first by degree, then id.
std::vector<NodeId> parents_by_definition(const Graph& graph, const std::vector<double>& hops) {
  std::vector<NodeId> parents(graph.node_count(), no_parent);
  for (const NodeId v : graph.nodes()) {
    if (hops[v.index] == 0 || hops[v.index] == far_away) continue;
    for (const auto [u, edge] : graph.in(v)) {
      static_cast<void>(edge);
      if (hops[u.index] + 1 != hops[v.index]) continue;
      NodeId& parent = parents[v.index];
      if (parent == no_parent || graph.hub_first().rank_of(u) < graph.hub_first().rank_of(parent)) parent = u;
    }
  }
  return parents;
}

void check_search(const Graph& graph, const std::vector<NodeId>& sources) {
  const auto found = breadth_first(graph, sources);
  REQUIRE(found);
  const std::vector<double> expected = textbook_hops(graph, sources);
  CHECK(hops_of(*found) == expected);
  CHECK(listed(found->parent) == parents_by_definition(graph, expected));
  const auto near = std::ranges::count_if(expected, [](double d) { return d < far_away; });
  CHECK(found->reached == static_cast<std::size_t>(near));
  double depth = 0;
  for (const double d : expected) depth = d < far_away ? std::max(depth, d) : depth;
  CHECK(found->depth == depth);
}

}  // namespace

TEST_CASE("breadth first: along a chain with an isolate, by hand") {
  const Graph chain = directed(5, edges_of({{0, 1}, {1, 2}, {2, 3}}));
  const auto found = breadth_first(chain, std::vector{NodeId{1}}).value();
  CHECK(listed(found.hops) == std::vector<std::uint32_t>{no_hops, 0, 1, 2, no_hops});
  CHECK(listed(found.parent) == std::vector<NodeId>{no_parent, no_parent, NodeId{1}, NodeId{2}, no_parent});
  CHECK(found.reached == 3);
  CHECK(found.depth == 2);
}

TEST_CASE("breadth first: from several sources the nearest counts, and one may come twice") {
  const Graph path = undirected(path_graph(6)).both_ways();
  const auto found = breadth_first(path, std::vector{NodeId{0}, NodeId{5}, NodeId{0}}).value();
  CHECK(listed(found.hops) == std::vector<std::uint32_t>{0, 1, 2, 2, 1, 0});
  CHECK(found.reached == 6);
}

TEST_CASE("breadth first: of two parents the one of higher degree is named, then the lower id") {
  // 0 reaches 3 over 1 and 2; 2 has one tie more.
  const Graph graph = undirected(5, edges_of({{0, 1}, {0, 2}, {1, 3}, {2, 3}, {2, 4}})).both_ways();
  CHECK(breadth_first(graph, std::vector{NodeId{0}})->parent[NodeId{3}] == NodeId{2});
  const Graph even = undirected(4, edges_of({{0, 1}, {0, 2}, {1, 3}, {2, 3}})).both_ways();
  CHECK(breadth_first(even, std::vector{NodeId{0}})->parent[NodeId{3}] == NodeId{1});
}

TEST_CASE("breadth first: agrees with the textbook on random graphs, whatever the instructions") {
  on_each_isa([] {
    for_each_seed(40, [](Seed seed) {
      Random random(seed);
      const std::size_t n = 1 + random.below(200);
      const auto edges = random_arcs(n, random.below(4 * n), seed, true, true);
      const std::vector<NodeId> one{NodeId{static_cast<std::uint32_t>(random.below(n))}};
      const std::vector<NodeId> two{one[0], NodeId{static_cast<std::uint32_t>(random.below(n))}};
      check_search(directed(n, edges), one);
      check_search(undirected(n, edges).both_ways(), one);
      check_search(directed(n, edges), two);
    });
  });
}

TEST_CASE("breadth first: agrees with the textbook where steps go up") {
  on_each_isa([] {
    for_each_seed(3, [](Seed seed) {
      const auto edges = hub_edges(3000, 6, seed);
      check_search(undirected(3000, edges).both_ways(), {NodeId{2999}});
      check_search(undirected(3000, edges).both_ways(), {NodeId{0}});
      check_search(directed(3000, edges), {NodeId{2999}, NodeId{2998}});
    });
  });
}

TEST_CASE("breadth first: holds on the odd shapes from every node") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    for (std::uint32_t v = 0; v < shape.node_count; ++v) {
      check_search(directed(shape), {NodeId{v}});
      check_search(undirected(shape).both_ways(), {NodeId{v}});
    }
  }
}

TEST_CASE("breadth first: a search leaves no trace in the next") {
  const Graph graph = undirected(500, hub_edges(400, 3, 4)).both_ways();  // and 100 isolates
  BreadthFirstSearch search(graph);
  BreadthFirst found;
  for (std::uint32_t v = 0; v < 500; v += 7) {
    const std::vector<NodeId> source{NodeId{v}};
    REQUIRE(search.from(source));
    search.write(found);
    CHECK(hops_of(found) == textbook_hops(graph, source));
  }
}

TEST_CASE("breadth first: the same on 1, 2, 7 and 16 threads") {
  const Graph graph = undirected(70000, hub_edges(70000, 3, 9)).both_ways();  // several blocks in a step up
  const std::vector<NodeId> source{NodeId{69999}};
  const auto alone = breadth_first(graph, source, on_threads(1)).value();
  CHECK(hops_of(alone) == textbook_hops(graph, source));
  for (const int threads : {2, 7, 16}) {
    const auto found = breadth_first(graph, source, on_threads(threads)).value();
    CHECK(found.hops == alone.hops);
    CHECK(found.parent == alone.parent);
  }
}

TEST_CASE("breadth first: without a source, or from a node that the graph lacks, there is no search") {
  const Graph graph = directed(path_graph(3));
  CHECK(breadth_first(graph, {}).error().what == "A search needs at least one node to start from.");
  CHECK(breadth_first(graph, std::vector{NodeId{3}}).error().what ==
        "There is no node 3 to start from; the graph has 3 nodes.");
  CHECK(breadth_first(directed(0, {}), std::vector{NodeId{0}}).error().code == ErrorCode::bad_argument);
}

TEST_CASE("breadth first: a cancelled job is interrupted") {
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  const Graph graph = directed(path_graph(5));
  CHECK(breadth_first(graph, std::vector{NodeId{0}}, job).error().code == ErrorCode::interrupted);
  BreadthFirstSearch search(graph);
  CHECK_FALSE(search.from(std::vector{NodeId{0}}, job));
  REQUIRE(search.from(std::vector{NodeId{1}}));
  CHECK(search.reached() == 4);
}

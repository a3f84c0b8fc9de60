#include "algorithms/traversal/shortest_lengths.hpp"

#include <atomic>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>

#include "algorithms/traversal/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

void check_lengths(const Graph& graph, const std::vector<NodeId>& sources, const EdgeColumn<double>& length) {
  const auto found = shortest_lengths(graph, sources, length);
  REQUIRE(found);
  const std::vector<double> expected = textbook_lengths(graph, sources, length);
  CHECK(listed(found->length) == expected);  // to the bit
  double longest = 0;
  std::size_t reached = 0;
  for (const double d : expected) {
    if (d == far_away) continue;
    longest = std::max(longest, d);
    ++reached;
  }
  CHECK(found->longest == longest);
  CHECK(found->reached == reached);
}

EdgeColumn<double> random_lengths(std::size_t count, Seed seed, const std::function<double(Random&)>& draw) {
  Random random(seed, 0x6C656E);
  EdgeColumn<double> length(count);
  for (double& value : length.values()) value = draw(random);
  return length;
}

}  // namespace

TEST_CASE("shortest lengths: over a detour, by hand") {
  const Graph graph = directed(5, edges_of({{0, 1}, {0, 2}, {2, 1}, {1, 3}}));
  const EdgeColumn<double> length{10, 3, 4, 1};
  const auto found = shortest_lengths(graph, std::vector{NodeId{0}}, length).value();
  CHECK(listed(found.length) == std::vector<double>{0, 7, 3, 8, no_length});
  CHECK(found.reached == 4);
  CHECK(found.longest == 8);
}

TEST_CASE("shortest lengths: zero is a length, and the shortest of parallel arcs counts") {
  const Graph graph = directed(4, edges_of({{0, 1}, {0, 1}, {1, 2}, {2, 1}, {2, 2}, {2, 3}}));
  const EdgeColumn<double> length{5, 2, 0, 0, 0, 0.5};
  CHECK(listed(shortest_lengths(graph, std::vector{NodeId{0}}, length)->length) == std::vector<double>{0, 2, 2, 2.5});
  const EdgeColumn<double> nothing(6, 0.0);
  CHECK(listed(shortest_lengths(graph, std::vector{NodeId{0}}, nothing)->length) == std::vector<double>(4, 0));
}

TEST_CASE("shortest lengths: whole, scaled, real, tiny and huge lengths give the textbook's bits") {
  const std::vector<std::function<double(Random&)>> draws{
      [](Random& r) { return static_cast<double>(r.below(10)); },
      [](Random& r) { return static_cast<double>(1 + r.below(7)) / 8; },
      [](Random& r) { return 0x1p-30 * static_cast<double>(1 + r.below(1000)); },
      [](Random& r) { return 0x1p31 + static_cast<double>(r.below(1000)); },
      [](Random& r) { return r.unit(); },
      [](Random& r) { return std::pow(10.0, 40 * r.unit() - 20); },
      [](Random& r) { return 5e-324 * static_cast<double>(r.below(4)); },
      [](Random& r) { return 1e305 * r.unit(); },
      [](Random& r) { return r.below(3) ? 0.1 : -0.0; },
  };
  for (const auto& draw : draws) {
    CAPTURE(&draw - draws.data());
    for_each_seed(15, [&](Seed seed) {
      Random random(seed);
      const std::size_t n = 1 + random.below(80);
      const auto edges = random_arcs(n, random.below(4 * n), seed, true, true);
      const EdgeColumn<double> length = random_lengths(edges.size(), seed, draw);
      const std::vector<NodeId> sources{NodeId{static_cast<std::uint32_t>(random.below(n))},
                                        NodeId{static_cast<std::uint32_t>(random.below(n))}};
      check_lengths(directed(n, edges), {sources[0]}, length);
      check_lengths(undirected(n, edges).both_ways(), sources, length);
    });
  }
}

TEST_CASE("shortest lengths: whole lengths become integers of the finest unit that they need") {
  const Graph graph = directed(path_graph(3));
  CHECK(LengthArcs(graph, {2, 3}).unit() == 1);
  CHECK(LengthArcs(graph, {2, 0.75}).unit() == 0.25);
  CHECK(LengthArcs(graph, {2, 0.75}).whole()[0].length == 3);  // the arc of node 1, the hub, comes first
  CHECK_FALSE(LengthArcs(graph, {2, 0.1}).are_whole());
  CHECK_FALSE(LengthArcs(graph, {0x1p31, 0x1p31}).are_whole());  // the path has 2^32
  CHECK_FALSE(LengthArcs(graph, {1, 0x1p-31}).are_whole());
}

TEST_CASE("shortest lengths: agree with Boost.Graph") {
  for_each_seed(10, [](Seed seed) {
    const auto edges = random_arcs(60, 240, seed, true, true);
    const Graph graph = directed(60, edges);
    const EdgeColumn<double> length = random_lengths(edges.size(), seed, [](Random& r) { return 0.01 + r.unit(); });
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property,
                          boost::property<boost::edge_weight_t, double>>
        theirs(60);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      boost::add_edge(edges[i].source.index, edges[i].target.index, {length.values()[i]}, theirs);
    }
    std::vector<double> expected(60);
    const auto at = boost::make_iterator_property_map(expected.begin(), boost::get(boost::vertex_index, theirs));
    boost::dijkstra_shortest_paths(theirs, 0, boost::distance_map(at).distance_inf(far_away));
    CHECK(listed(shortest_lengths(graph, std::vector{NodeId{0}}, length)->length) == expected);
  });
}

TEST_CASE("shortest lengths: hold on the odd shapes from every node; lengths of 1 are hops") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const EdgeColumn<double> one(shape.edges.size(), 1.0);
    for (std::uint32_t v = 0; v < shape.node_count; ++v) {
      check_lengths(directed(shape), {NodeId{v}}, one);
      const Graph both_ways = undirected(shape).both_ways();
      CHECK(listed(shortest_lengths(both_ways, std::vector{NodeId{v}}, one)->length) ==
            textbook_hops(both_ways, {NodeId{v}}));
    }
  }
}

TEST_CASE("shortest lengths: a search leaves no trace in the next and settles in order") {
  const auto edges = random_arcs(300, 500, 5);
  const Graph graph = directed(300, edges);
  for (const bool whole : {true, false}) {
    const EdgeColumn<double> length = random_lengths(
        edges.size(), 6, [&](Random& r) { return whole ? static_cast<double>(1 + r.below(50)) : r.unit(); });
    const LengthArcs arcs(graph, length);
    CHECK(arcs.are_whole() == whole);
    LengthSearch search(arcs);
    for (std::uint32_t source = 0; source < 300; source += 11) {
      REQUIRE(search.from({&source, 1}));
      const auto expected = textbook_lengths(graph, {arcs.ranks().node_at(source)}, length);
      for (std::uint32_t v = 0; v < 300; ++v) CHECK(search.length_to(v) == expected[arcs.ranks().node_at(v).index]);
      CHECK(std::ranges::is_sorted(search.settled(), {}, [&](std::uint32_t v) { return search.length_to(v); }));
    }
  }
}

TEST_CASE("shortest lengths: what is no length is refused by its edge") {
  const Graph graph = directed(path_graph(3));
  const std::vector<NodeId> source{NodeId{0}};
  for (const double bad : {-1.0, -1e-300, std::nan(""), double(INFINITY), -double(INFINITY)}) {
    const auto refused = shortest_lengths(graph, source, EdgeColumn<double>{1, bad});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().what.starts_with("edge 1 has the length "));
  }
  CHECK(shortest_lengths(graph, source, EdgeColumn<double>{1e308, 1e308}).error().what ==
        "The sum of the lengths is beyond 1.8e308; give them in a larger unit.");
  CHECK(shortest_lengths(graph, source, EdgeColumn<double>{1}).error().code == ErrorCode::bad_argument);
  CHECK(shortest_lengths(graph, {}, EdgeColumn<double>{1, 1}).error().code == ErrorCode::bad_argument);
  CHECK(shortest_lengths(graph, std::vector{NodeId{9}}, EdgeColumn<double>{1, 1}).error().code ==
        ErrorCode::bad_argument);
}

TEST_CASE("shortest lengths: a cancelled search is interrupted and the next is sound") {
  const Graph graph = undirected(path_graph(9000)).both_ways();
  const LengthArcs arcs(graph, EdgeColumn<double>(8999, 0.1));
  LengthSearch search(arcs);
  std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  const std::uint32_t source = arcs.ranks().rank_of(NodeId{0});
  CHECK(search.from({&source, 1}, job).error().code == ErrorCode::interrupted);
  CHECK(shortest_lengths(graph, std::vector{NodeId{0}}, EdgeColumn<double>(8999, 1.0), job).error().code ==
        ErrorCode::interrupted);
  const std::uint32_t other = arcs.ranks().rank_of(NodeId{8999});
  REQUIRE(search.from({&other, 1}));
  CHECK(search.settled().size() == 9000);
  CHECK(search.length_to(other) == 0);
}

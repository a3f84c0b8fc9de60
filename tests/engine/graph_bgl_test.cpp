#include "engine/graph_bgl.hpp"

#include <algorithm>
#include <cmath>
#include <iterator>
#include <set>
#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/graph_concepts.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/topological_sort.hpp>

#include <catch2/catch.hpp>

#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyMatrixConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::VertexAndEdgeListGraphConcept<Graph>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, NodeId, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Graph, BoostEdge<Graph>, boost::edge_index_t>));
BOOST_CONCEPT_ASSERT((boost::VertexListGraphConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::EdgeListGraphConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::IncidenceGraphConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::BidirectionalGraphConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyGraphConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::AdjacencyMatrixConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::VertexAndEdgeListGraphConcept<Symmetric>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Symmetric, NodeId, boost::vertex_index_t>));
BOOST_CONCEPT_ASSERT((boost::ReadablePropertyGraphConcept<Symmetric, BoostEdge<Symmetric>, boost::edge_index_t>));
BOOST_CONCEPT_ASSERT((boost::LvaluePropertyMapConcept<bgl::NodeColumnMap<const double>, NodeId>));
BOOST_CONCEPT_ASSERT((boost::Mutable_LvaluePropertyMapConcept<bgl::NodeColumnMap<double>, NodeId>));
BOOST_CONCEPT_ASSERT((boost::LvaluePropertyMapConcept<bgl::EdgeColumnMap<Graph, const double>, BoostEdge<Graph>>));

namespace {

/// Boost's own graphs, the reference: edge i carries index i and its length.
struct EdgeFacts {
  std::size_t index = 0;
  double length = 0;
};
using BoostDirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::bidirectionalS, boost::no_property, EdgeFacts>;
using BoostUndirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, EdgeFacts>;

template <class BoostGraph>
BoostGraph boost_graph(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>& length) {
  BoostGraph graph(n);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    boost::add_edge(edges[i].source.index, edges[i].target.index,
                    EdgeFacts{i, length[EdgeId{static_cast<std::uint32_t>(i)}]}, graph);
  }
  return graph;
}

/// A random multigraph with lengths, in both worlds.
struct Pair {
  std::size_t n;
  std::vector<Ends> edges;
  EdgeColumn<double> length;
  Graph graph;
  Symmetric symmetric;
  BoostDirected boost_directed;
  BoostUndirected boost_undirected;

  explicit Pair(Seed seed, bool loops = true, bool parallel = true) {
    Random random(seed, 1);
    n = 1 + random.below(25);
    edges = random_edges(n, random.below(3 * n), seed, loops, parallel);
    length = random_whole_values(edges.size(), seed);
    graph = directed(n, edges);
    symmetric = undirected(n, edges);
    boost_directed = boost_graph<BoostDirected>(n, edges, length);
    boost_undirected = boost_graph<BoostUndirected>(n, edges, length);
  }
};

template <class Value>
std::vector<Value> values_of(const NodeColumn<Value>& column) {
  return {column.values().begin(), column.values().end()};
}

/// Component numbers as the smallest member of each component, which does not depend on the order.
template <class Number>
std::vector<std::size_t> as_partition(const std::vector<Number>& component) {
  std::vector<std::size_t> leader(component.size());
  for (std::size_t i = 0; i < component.size(); ++i) {
    leader[i] = static_cast<std::size_t>(std::ranges::find(component, component[i]) - component.begin());
  }
  return leader;
}

template <class AnyGraph>
void check_views_agree(const AnyGraph& graph) {
  std::size_t out = 0, in = 0, neighbours = 0;
  for (auto [v, end] = vertices(graph); v != end; ++v) {
    for (auto [e, last] = out_edges(*v, graph); e != last; ++e, ++out) {
      CHECK(source(*e, graph) == *v);
      CHECK(edge(*v, target(*e, graph), graph).second);
    }
    for (auto [e, last] = in_edges(*v, graph); e != last; ++e, ++in) CHECK(target(*e, graph) == *v);
    const auto [first, last] = adjacent_vertices(*v, graph);
    neighbours += static_cast<std::size_t>(last - first);
    CHECK(out_degree(*v, graph) == static_cast<std::size_t>(last - first));
  }
  std::set<BoostEdge<AnyGraph>> distinct;
  std::size_t listed = 0;
  for (auto [e, last] = edges(graph); e != last; ++e, ++listed) distinct.insert(*e);
  CHECK(listed == num_edges(graph));
  CHECK(distinct.size() == listed);
  CHECK(out == graph.arc_count());
  CHECK(in == out);
  CHECK(neighbours == out);
}

}  // namespace

TEST_CASE("graph_bgl: the lists of nodes, edges, out-edges, in-edges and neighbours tell the same graph") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    check_views_agree(directed(shape));
    check_views_agree(undirected(shape));
    check_views_agree(undirected(shape).both_ways());
  }
}

TEST_CASE("graph_bgl: the two arcs of a mutual edge differ, the two views of an undirected edge do not") {
  const Symmetric symmetric = undirected(2, edges_of({{0, 1}}));
  const auto there = *out_edges(NodeId{0}, symmetric).first;
  const auto back = *out_edges(NodeId{1}, symmetric).first;
  CHECK(there == back);
  CHECK(source(there, symmetric) != source(back, symmetric));
  const Graph& both = symmetric.both_ways();
  CHECK(*out_edges(NodeId{0}, both).first != *out_edges(NodeId{1}, both).first);
  CHECK(*out_edges(NodeId{0}, both).first == *in_edges(NodeId{1}, both).first);
  CHECK(num_edges(both) == 2);
  CHECK(num_edges(symmetric) == 1);
}

TEST_CASE("graph_bgl: edge() finds the first of parallel edges and nothing where there is none") {
  const Graph graph = directed(3, edges_of({{0, 2}, {0, 1}, {0, 1}}));
  const auto [found, exists] = edge(NodeId{0}, NodeId{1}, graph);
  CHECK(exists);
  CHECK(found.edge == EdgeId{1});
  CHECK_FALSE(edge(NodeId{1}, NodeId{0}, graph).second);
}

TEST_CASE("graph_bgl: breadth_first_search finds the distances it finds on an adjacency_list") {
  for_each_seed(40, [](Seed seed) {
    const Pair pair(seed);
    const auto expected = [&](const auto& graph) {
      std::vector<int> hops(pair.n, -1);
      hops[0] = 0;
      boost::breadth_first_search(graph, boost::vertex(0, graph),
                                  boost::visitor(boost::make_bfs_visitor(
                                      boost::record_distances(hops.data(), boost::on_tree_edge()))));
      return hops;
    };
    const auto ours = [&](const auto& graph) {
      NodeColumn<int> hops(pair.n, -1);
      hops[NodeId{0}] = 0;
      boost::breadth_first_search(graph, NodeId{0},
                                  boost::visitor(boost::make_bfs_visitor(
                                      boost::record_distances(column_map(hops), boost::on_tree_edge()))));
      return values_of(hops);
    };
    CHECK(ours(pair.graph) == expected(pair.boost_directed));
    CHECK(ours(pair.symmetric) == expected(pair.boost_undirected));
    CHECK(ours(pair.symmetric.both_ways()) == expected(pair.boost_undirected));
  });
}

TEST_CASE("graph_bgl: dijkstra_shortest_paths reads lengths from an edge column") {
  for_each_seed(40, [](Seed seed) {
    const Pair pair(seed);
    const auto expected = [&](const auto& graph) {
      std::vector<double> distance(pair.n);
      boost::dijkstra_shortest_paths(
          graph, boost::vertex(0, graph),
          boost::weight_map(boost::get(&EdgeFacts::length, graph)).distance_map(distance.data()));
      return distance;
    };
    const auto ours = [&](const auto& graph) {
      NodeColumn<double> distance(pair.n);
      boost::dijkstra_shortest_paths(
          graph, NodeId{0}, boost::weight_map(column_map(graph, pair.length)).distance_map(column_map(distance)));
      return values_of(distance);
    };
    CHECK(ours(pair.graph) == expected(pair.boost_directed));
    CHECK(ours(pair.symmetric) == expected(pair.boost_undirected));
  });
}

TEST_CASE("graph_bgl: components are those of an adjacency_list") {
  for_each_seed(40, [](Seed seed) {
    const Pair pair(seed);
    std::vector<int> expected(pair.n);
    NodeColumn<int> ours(pair.n);

    const int strong = boost::strong_components(pair.boost_directed, expected.data());
    CHECK(boost::strong_components(pair.graph, column_map(ours)) == strong);
    CHECK(as_partition(values_of(ours)) == as_partition(expected));

    const int weak = boost::connected_components(pair.boost_undirected, expected.data());
    CHECK(boost::connected_components(pair.symmetric, column_map(ours)) == weak);
    CHECK(as_partition(values_of(ours)) == as_partition(expected));
  });
}

TEST_CASE("graph_bgl: kruskal_minimum_spanning_tree finds a forest of the same length") {
  for_each_seed(40, [](Seed seed) {
    const Pair pair(seed);
    using Theirs = boost::graph_traits<BoostUndirected>::edge_descriptor;
    std::vector<Theirs> expected;
    boost::kruskal_minimum_spanning_tree(
        pair.boost_undirected, std::back_inserter(expected),
        boost::weight_map(boost::get(&EdgeFacts::length, pair.boost_undirected)));
    std::vector<BoostEdge<Symmetric>> ours;
    boost::kruskal_minimum_spanning_tree(pair.symmetric, std::back_inserter(ours),
                                         boost::weight_map(column_map(pair.symmetric, pair.length)));
    double expected_total = 0, total = 0;
    for (const Theirs& e : expected) expected_total += pair.boost_undirected[e].length;
    for (const auto& e : ours) total += pair.length[e.edge];
    CHECK(ours.size() == expected.size());
    CHECK(total == expected_total);
  });
}

TEST_CASE("graph_bgl: articulation points and bicomponents are those of an adjacency_list") {
  for_each_seed(40, [](Seed seed) {
    const Pair pair(seed, false, false);  // Boost leaves the second of parallel edges without a block
    std::vector<std::size_t> expected_block(pair.edges.size());
    std::set<std::size_t> expected_points;
    const auto [expected_count, expected_out] = boost::biconnected_components(
        pair.boost_undirected,
        boost::make_iterator_property_map(expected_block.begin(), boost::get(&EdgeFacts::index, pair.boost_undirected)),
        std::inserter(expected_points, expected_points.end()));
    EdgeColumn<std::size_t> block(pair.edges.size());
    std::set<NodeId> points;
    const auto [count, out] = boost::biconnected_components(pair.symmetric, column_map(pair.symmetric, block),
                                                            std::inserter(points, points.end()));
    CHECK(count == expected_count);
    CHECK(std::ranges::equal(points, expected_points, {}, &NodeId::index));
    CHECK(as_partition(std::vector<std::size_t>(block.values().begin(), block.values().end())) ==
          as_partition(expected_block));
    static_cast<void>(expected_out);
    static_cast<void>(out);
  });
}

TEST_CASE("graph_bgl: brandes_betweenness_centrality and core_numbers give what they give on an adjacency_list") {
  for_each_seed(40, [](Seed seed) {
    const Pair pair(seed, false);
    const auto expected = [&](const auto& graph) {
      std::vector<double> score(pair.n);
      boost::brandes_betweenness_centrality(
          graph, boost::centrality_map(boost::make_iterator_property_map(score.begin(),
                                                                         boost::get(boost::vertex_index, graph))));
      return score;
    };
    const auto ours = [&](const auto& graph) {
      NodeColumn<double> score(pair.n);
      boost::brandes_betweenness_centrality(graph, boost::centrality_map(column_map(score)));
      return values_of(score);
    };
    const auto close = [](const std::vector<double>& a, const std::vector<double>& b) {
      return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) < 1e-9; });
    };
    CHECK(close(ours(pair.graph), expected(pair.boost_directed)));
    CHECK(close(ours(pair.symmetric), expected(pair.boost_undirected)));

    std::vector<int> expected_core(pair.n);
    boost::core_numbers(pair.boost_undirected, boost::make_iterator_property_map(
                                                   expected_core.begin(),
                                                   boost::get(boost::vertex_index, pair.boost_undirected)));
    NodeColumn<int> core(pair.n);
    boost::core_numbers(pair.symmetric, column_map(core));
    CHECK(values_of(core) == expected_core);
  });
}

TEST_CASE("graph_bgl: topological_sort puts every edge forwards and refuses a cycle") {
  std::vector<NodeId> order;
  const Graph graph = directed(4, edges_of({{3, 1}, {1, 0}, {3, 2}, {2, 0}}));
  boost::topological_sort(graph, std::back_inserter(order));
  std::ranges::reverse(order);
  for (const EdgeId e : graph.edges()) {
    CHECK(std::ranges::find(order, graph.ends(e).source) < std::ranges::find(order, graph.ends(e).target));
  }
  const Graph ring = directed(cycle_graph(3));
  CHECK_THROWS_AS(boost::topological_sort(ring, std::back_inserter(order)), boost::not_a_dag);
}

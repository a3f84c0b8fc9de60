#include "algorithms/centrality/degree.hpp"

#include <numeric>

#include "algorithms/centrality/strength.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

TEST_CASE("degree: a self-loop counts twice, parallel edges one by one, an isolate has 0") {
  const auto edges = edges_of({{0, 1}, {0, 1}, {1, 0}, {2, 2}, {2, 0}});
  CHECK(list(degree(undirected(4, edges)).degree) == std::vector<double>{4, 3, 3, 0});
  CHECK(list(out_degree(directed(4, edges)).degree) == std::vector<double>{2, 1, 2, 0});
  CHECK(list(in_degree(directed(4, edges)).degree) == std::vector<double>{2, 2, 1, 0});
}

TEST_CASE("degree: a mutual tie of a directed network points both ways") {
  const Graph graph = make_mixed_graph(3, edges_of({{0, 1}, {1, 2}}), EdgeColumn<std::uint8_t>{1, 0}).value();
  CHECK(list(in_degree(graph).degree) == std::vector<double>{0, 2, 1});
  CHECK(list(out_degree(graph).degree) == std::vector<double>{1, 1, 1});
}

TEST_CASE("degree: whatever runs both ways, in- and out-degrees are the sizes of the rows") {
  for_each_seed(40, [](Seed seed) {
    Random random(seed);
    const auto edges = random_arcs(12, 30, seed, true, true);
    EdgeColumn<std::uint8_t> one_way(edges.size());
    for (std::uint8_t& flag : one_way.values()) flag = static_cast<std::uint8_t>(random.below(2));
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed);
    for (const Graph& graph : {directed(12, edges), undirected(12, edges).both_ways(),
                               make_mixed_graph(12, edges, one_way).value()}) {
      const auto in = in_degree(graph).degree, out = out_degree(graph).degree;
      const auto in_sum = in_strength(graph, &weight)->strength, out_sum = out_strength(graph, &weight)->strength;
      for (const NodeId v : graph.nodes()) {
        CHECK(in[v] == static_cast<double>(graph.in(v).size()));
        CHECK(out[v] == static_cast<double>(graph.out(v).size()));
        double entering = 0, leaving = 0;
        for (const auto [u, edge] : graph.in(v)) entering += weight[edge];
        for (const auto [u, edge] : graph.out(v)) leaving += weight[edge];
        CHECK(in_sum[v] == entering);
        CHECK(out_sum[v] == leaving);
      }
    }
  });
}

TEST_CASE("degree: the centre of a star is tied to everybody") {
  const Symmetric star = undirected(star_graph(6));
  CHECK(degree(star, {.normalized = true}).degree[NodeId{0}] == 1.0);
  CHECK(degree(star, {.normalized = true}).degree[NodeId{1}] == 1.0 / 6);
  CHECK(list(degree(undirected(1, {}), {.normalized = true}).degree) == std::vector<double>{0});
  CHECK(list(degree(undirected(1, edges_of({{0, 0}})), {.normalized = true}).degree) == std::vector<double>{0});
}

TEST_CASE("degree: the karate club has the degrees that Zachary's matrix shows") {
  const std::vector<double> expected{16, 9, 10, 6, 3, 4, 4, 4, 5, 2, 3, 1, 2, 5, 2, 2, 2,
                                     2,  2, 3,  2, 2, 2, 5, 3, 3, 2, 4, 3, 4, 4, 6, 12, 17};
  CHECK(list(degree(undirected(karate_club())).degree) == expected);
}

TEST_CASE("degree: the kite has the normalized degrees of the networkx test suite, to its three decimals") {
  // test_degree_centrality.py::TestDegreeCentrality::test_degree_centrality_3
  CHECK(largest_difference(degree(undirected(krackhardt_kite()), {.normalized = true}).degree,
                           {.444, .444, .333, .667, .333, .556, .556, .333, .222, .111}) < 5e-4);
}

TEST_CASE("degree: degrees sum to twice the edges, in- and out-degrees to the edges") {
  for_each_seed(50, [](Seed seed) {
    const auto edges = random_arcs(9, 25, seed, true, true);
    const auto sum = [](const Degree& d) { return std::reduce(d.degree.values().begin(), d.degree.values().end()); };
    CHECK(sum(degree(undirected(9, edges))) == 50);
    CHECK(sum(in_degree(directed(9, edges))) == 25);
    CHECK(sum(out_degree(directed(9, edges))) == 25);
    const auto in = in_degree(directed(9, edges)).degree, out = out_degree(directed(9, edges)).degree;
    const auto both = degree(undirected(9, edges)).degree;
    for (std::uint32_t i = 0; i < 9; ++i) CHECK(in[NodeId{i}] + out[NodeId{i}] == both[NodeId{i}]);
  });
}

TEST_CASE("strength: weights add up, a self-loop twice, along each direction on its own") {
  const auto edges = edges_of({{0, 1}, {0, 1}, {1, 2}, {2, 2}});
  const EdgeColumn<double> weight{2, 3, 0.5, 4};
  CHECK(list(strength(undirected(4, edges), &weight)->strength) == std::vector<double>{5, 5.5, 8.5, 0});
  CHECK(list(in_strength(directed(4, edges), &weight)->strength) == std::vector<double>{0, 5, 4.5, 0});
  CHECK(list(out_strength(directed(4, edges), &weight)->strength) == std::vector<double>{5, 0.5, 4, 0});
  CHECK(strength(undirected(4, edges), &weight, {.normalized = true})->strength[NodeId{0}] == 5.0 / 3);
}

TEST_CASE("strength: without weights it is the degree") {
  for_each_seed(20, [](Seed seed) {
    const auto edges = random_arcs(7, 15, seed, true, true);
    const Graph arcs = directed(7, edges);
    const Symmetric ties = undirected(7, edges);
    for (const bool normalized : {false, true}) {
      CHECK(strength(ties, nullptr, {normalized})->strength == degree(ties, {normalized}).degree);
      CHECK(in_strength(arcs, nullptr, {normalized})->strength == in_degree(arcs, {normalized}).degree);
      CHECK(out_strength(arcs, nullptr, {normalized})->strength == out_degree(arcs, {normalized}).degree);
    }
  });
}

TEST_CASE("strength: the karate club has the strengths of Zachary's matrix of contexts") {
  const EdgeColumn<double> weight = karate_club_strengths();
  const std::vector<double> expected{42, 29, 33, 18, 8, 14, 13, 13, 17, 3,  8, 3,  4, 17, 5,  7,  6,
                                     3,  3,  5,  4,  4, 5,  21, 7,  14, 6,  13, 6, 13, 11, 21, 38, 48};
  CHECK(list(strength(undirected(karate_club()), &weight)->strength) == expected);
}

TEST_CASE("strength: a weight that is negative, not finite or missing is refused by its edge") {
  const Symmetric graph = undirected(3, edges_of({{0, 1}, {1, 2}}));
  for (const double bad : {-1.0, std::nan(""), double(INFINITY), 1e-310}) {
    const EdgeColumn<double> weight{1, bad};
    const auto answer = strength(graph, &weight);
    REQUIRE(!answer);
    CHECK(answer.error().code == ErrorCode::bad_argument);
    CHECK(answer.error().what.starts_with("edge 1 has the weight "));
  }
  const EdgeColumn<double> minus{1, -1};
  CHECK(strength(graph, &minus).error().what ==
        "edge 1 has the weight -1; a weight must be 0 or a number of at least 1e-300.");
  const EdgeColumn<double> short_column{1};
  CHECK(strength(graph, &short_column).error().what == "The column of weights has 1 values for 2 edges.");
  const EdgeColumn<double> huge{1.7e308, 1.7e308};
  CHECK(strength(graph, &huge).error().what.starts_with("The sum of the weights"));
  const EdgeColumn<double> zero{0, 0};
  CHECK(list(strength(graph, &zero)->strength) == std::vector<double>{0, 0, 0});
}

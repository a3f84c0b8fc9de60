#include "algorithms/centrality/betweenness.hpp"

#include <atomic>
#include <limits>
#include <numeric>

#include "algorithms/centrality/support.hpp"
#include "engine/simd.hpp"

using namespace entente;
using namespace entente::test;

namespace {

constexpr double no_path = std::numeric_limits<double>::infinity();

/// Betweenness straight from its definition: distances by Floyd and Warshall, paths counted over nodes in
/// order of distance, then every triple s, v, t. Lengths must be whole, so that ties are exact.
std::vector<double> betweenness_by_definition(const Graph& graph, const EdgeColumn<double>* length) {
  const std::size_t n = graph.node_count();
  std::vector<std::vector<double>> step(n, std::vector<double>(n, no_path));
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) {
      if (u != v) step[u.index][v.index] = std::min(step[u.index][v.index], length ? (*length)[edge] : 1.0);
    }
  }
  auto d = step;
  for (std::size_t i = 0; i < n; ++i) d[i][i] = 0;
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  std::vector<std::vector<double>> sigma(n, std::vector<double>(n, 0));
  for (std::size_t s = 0; s < n; ++s) {
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t v) { return d[s][v]; });
    sigma[s][s] = 1;
    for (const std::size_t v : order) {
      for (std::size_t u = 0; u < n; ++u) {
        if (v != s && d[s][v] != no_path && d[s][u] + step[u][v] == d[s][v]) sigma[s][v] += sigma[s][u];
      }
    }
  }
  std::vector<double> b(n, 0);
  for (std::size_t v = 0; v < n; ++v) {
    for (std::size_t s = 0; s < n; ++s) {
      for (std::size_t t = 0; t < n; ++t) {
        if (s == v || t == v || s == t || d[s][t] == no_path || d[s][v] + d[v][t] != d[s][t]) continue;
        b[v] += sigma[s][v] * sigma[v][t] / sigma[s][t];
      }
    }
  }
  return b;
}

void check_betweenness(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>* length) {
  const Graph graph = directed(n, edges);
  const Symmetric symmetric = undirected(n, edges);
  CHECK(largest_difference(betweenness(graph, length)->betweenness, betweenness_by_definition(graph, length)) < 1e-9);
  std::vector<double> halved = betweenness_by_definition(symmetric.both_ways(), length);
  for (double& value : halved) value /= 2;
  CHECK(largest_difference(betweenness(symmetric, length)->betweenness, halved) < 1e-9);
}

}  // namespace

TEST_CASE("betweenness: a path, a star, a square and a complete graph, by hand") {
  CHECK(list(betweenness(undirected(path_graph(4)))->betweenness) == std::vector<double>{0, 2, 2, 0});
  CHECK(list(betweenness(directed(path_graph(4)))->betweenness) == std::vector<double>{0, 2, 2, 0});
  CHECK(list(betweenness(undirected(star_graph(4)))->betweenness) == std::vector<double>{6, 0, 0, 0, 0});
  CHECK(list(betweenness(undirected(cycle_graph(4)))->betweenness) == std::vector<double>{0.5, 0.5, 0.5, 0.5});
  CHECK(list(betweenness(directed(cycle_graph(4)))->betweenness) == std::vector<double>{3, 3, 3, 3});
  CHECK(list(betweenness(undirected(complete_graph(5)))->betweenness) == std::vector<double>(5, 0.0));
}

TEST_CASE("betweenness: normalized, the centre of a star is 1, with directions half of what both ways give") {
  CHECK(betweenness(undirected(star_graph(5)), nullptr, {.normalized = true})->betweenness[NodeId{0}] == Approx(1));
  CHECK(betweenness(undirected(star_graph(5)).both_ways(), nullptr, {.normalized = true})->betweenness[NodeId{0}] ==
        Approx(1));
  CHECK(list(betweenness(directed(3, edges_of({{0, 1}, {1, 2}})), nullptr, {.normalized = true})->betweenness) ==
        std::vector<double>{0, 0.5, 0});
  for (const std::size_t n : {0u, 1u, 2u}) {
    CHECK(list(betweenness(undirected(path_graph(n)), nullptr, {.normalized = true})->betweenness) ==
          std::vector<double>(n, 0.0));
  }
}

TEST_CASE("betweenness: a second tie between two partners changes no broker") {
  // Two ways round a square; doubling 0-1 must not draw paths to 1.
  const auto once = edges_of({{0, 1}, {1, 3}, {0, 2}, {2, 3}});
  const auto twice = edges_of({{0, 1}, {1, 3}, {0, 2}, {2, 3}, {1, 0}, {2, 2}});
  CHECK(betweenness(undirected(4, once))->betweenness == betweenness(undirected(4, twice))->betweenness);
  const EdgeColumn<double> length_once{1, 1, 1, 1}, length_twice{1, 1, 1, 1, 1, 1};
  CHECK(betweenness(undirected(4, once), &length_once)->betweenness ==
        betweenness(undirected(4, twice), &length_twice)->betweenness);
}

TEST_CASE("betweenness: the kite and the Florentine families have the values of the networkx test suite") {
  // test_betweenness_centrality.py::TestBetweennessCentrality::test_krackhardt_kite_graph; Krackhardt (1990), table 1
  CHECK(largest_difference(betweenness(undirected(krackhardt_kite()))->betweenness,
                           {.8335, .8335, 0, 3.6665, 0, 8.3335, 8.3335, 14, 8, 0}) < 5e-4);
  // ::test_florentine_families_graph leaves out Pucci, who has no ties; so n is 15 there and 16 here.
  const std::vector<double> of_fifteen{0, .212, .093, .104, .055, 0, .255, 0, .522, 0, .022, 0, .114, .143, .103, .092};
  auto families = betweenness(undirected(florentine_marriages()))->betweenness;
  for (double& value : families.values()) value /= 14.0 * 13.0 / 2;
  CHECK(largest_difference(families, of_fifteen) < 5e-4);
}

TEST_CASE("betweenness: the karate club has the values networkx 2.8.8 and igraph 0.10.2 agree on") {
  const std::vector<double> expected{
      231.0714285714286,   28.478571428571424, 75.85079365079366, 6.288095238095237,  0.3333333333333333,
      15.833333333333334,  15.833333333333332, 0,                 29.529365079365082, 0.44761904761904764,
      0.3333333333333333,  0,                  0,                 24.215873015873015, 0,
      0,                   0,                  0,                 0,                  17.1468253968254,
      0,                   0,                  0,                 9.299999999999999,  1.1666666666666665,
      2.0277777777777777,  0,                  11.79206349206349, 0.9476190476190476, 1.5428571428571427,
      7.609523809523807,   73.00952380952378,  76.69047619047619, 160.5515873015873};
  CHECK(largest_difference(betweenness(undirected(karate_club()))->betweenness, expected) < 1e-10);
}

TEST_CASE("betweenness: paths of equal length stay equal when rounding makes their sums differ") {
  // Lengths 1/strength; the expected values come from exact rational lengths (networkx 2.8.8 on whole numbers).
  EdgeColumn<double> length = karate_club_strengths();
  for (double& value : length.values()) value = 1 / value;
  const std::vector<double> expected{209, 36, 177, 32, 0, 16.5, 15.5, 0, 72, 0,    0.5, 0, 0, 29, 0, 0,    0,
                                     0,   0,  0,   0,  0, 0,    6,    0, 9,  0,    17.5, 0, 6, 0,  47.5, 83.5, 174};
  CHECK(largest_difference(betweenness(undirected(karate_club()), &length)->betweenness, expected) < 1e-10);
  // 0.1 + 0.2 is not 0.3 in doubles, but both ways round this square are 0.6 long.
  const EdgeColumn<double> tenths{0.1, 0.5, 0.3, 0.3};
  CHECK(list(betweenness(directed(4, edges_of({{0, 1}, {1, 3}, {0, 2}, {2, 3}})), &tenths)->betweenness) ==
        std::vector<double>{0, 0.5, 0.5, 0});
  const EdgeColumn<double> three{0.1, 0.2, 0.3};
  CHECK(list(betweenness(directed(3, edges_of({{0, 1}, {1, 2}, {0, 2}})), &three)->betweenness) ==
        std::vector<double>{0, 0.5, 0});
}

TEST_CASE("betweenness: lengths far apart in size do not break the order of nodes") {
  const auto edges = edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 3}, {1, 3}});
  const EdgeColumn<double> length{1e9, 1e-9, 1e-9, 1e-9, 1e-9};
  const auto answer = betweenness(directed(4, edges), &length);
  REQUIRE(answer);
  for (const double value : answer->betweenness.values()) CHECK((value >= 0 && value <= 6));
  CHECK(answer->betweenness[NodeId{1}] >= 2);
}

TEST_CASE("betweenness: agrees with its definition on random multigraphs, in hops and in lengths") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(14);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> length = random_whole_values(edges.size(), seed, 1, 3);
    check_betweenness(n, edges, nullptr);
    check_betweenness(n, edges, &length);
  });
}

TEST_CASE("betweenness: agrees with its definition on the odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const EdgeColumn<double> length(shape.edges.size(), 0.5);
    check_betweenness(shape.node_count, shape.edges, nullptr);
    check_betweenness(shape.node_count, shape.edges, &length);
  }
}

TEST_CASE("betweenness: agrees with its definition where the graph falls into trees, bridges and small rings") {
  for_each_seed(30, [](Seed seed) {
    Random random(seed, 7);
    const std::size_t n = 20 + random.below(20);
    const auto edges = random_edges(n, n - 3 + random.below(8), seed, true, true);
    const EdgeColumn<double> length = random_whole_values(edges.size(), seed, 1, 3);
    check_betweenness(n, edges, nullptr);
    check_betweenness(n, edges, &length);
  });
}

TEST_CASE("betweenness: in a tree it is the pairs in different branches, whatever the shape") {
  // Node v of a path of n has v nodes on one side and n - 1 - v on the other.
  const auto path = betweenness(undirected(path_graph(3000)))->betweenness;
  for (std::uint32_t v = 0; v < 3000; ++v) CHECK(path[NodeId{v}] == double(v) * (2999 - v));
  CHECK(betweenness(undirected(star_graph(100000)))->betweenness[NodeId{0}] == 100000.0 * 99999 / 2);
  // A windmill: 20000 triangles on one hub, which stands between all pairs of different triangles.
  std::vector<Ends> windmill;
  for (std::size_t i = 0; i < 20000; ++i) {
    for (const Ends& e : edges_of({{0, 2 * i + 1}, {0, 2 * i + 2}, {2 * i + 1, 2 * i + 2}})) windmill.push_back(e);
  }
  const auto b = betweenness(undirected(40001, windmill))->betweenness;
  CHECK(b[NodeId{0}] == 40000.0 * 39998 / 2);
  CHECK(b[NodeId{777}] == 0);
}

TEST_CASE("betweenness: batches of any fill, and counts beyond floats, agree with the definition") {
  for (const std::size_t n : {15u, 16u, 17u, 33u, 48u}) {
    CAPTURE(n);
    check_betweenness(n, random_arcs(n, 3 * n, n), nullptr);
    check_betweenness(n, random_edges(n, 2 * n, n), nullptr);
  }
  // C(2 * 13, 13) = 10400600 < 2^24 paths from corner to corner, C(28, 14) = 40116600 > 2^24.
  for (const std::size_t side : {14u, 15u}) check_betweenness(side * side, grid_graph(side, side).edges, nullptr);
}

TEST_CASE("betweenness: the same bits on every instruction set") {
  const auto edges = random_edges(1200, 4000, 5);
  const Symmetric ties = undirected(1200, edges);
  const Graph arcs = directed(1200, edges);
  const Symmetric grid = undirected(grid_graph(20, 20));
  std::vector<NodeColumn<double>> of_ties, of_arcs, of_grid;
  for (const simd::Isa isa : {simd::Isa::portable, simd::Isa::avx2, simd::Isa::avx512}) {
    const simd::ForcedIsa forced(isa);
    of_ties.push_back(betweenness(ties)->betweenness);
    of_arcs.push_back(betweenness(arcs)->betweenness);
    of_grid.push_back(betweenness(grid)->betweenness);
  }
  for (const auto& columns : {of_ties, of_arcs, of_grid}) {
    CHECK(columns[1] == columns[0]);
    CHECK(columns[2] == columns[0]);
  }
}

TEST_CASE("betweenness: all scores together are the inner nodes of all shortest paths") {
  for_each_seed(30, [](Seed seed) {
    const auto edges = random_edges(12, 20, seed);
    const Symmetric graph = undirected(12, edges);
    const auto b = betweenness(graph)->betweenness;
    double inner = 0;  // sum over pairs of distance - 1, by breadth-first search over sets
    for (std::uint32_t s = 0; s < 12; ++s) {
      std::vector<int> hops(12, -1);
      std::vector<NodeId> queue{NodeId{s}};
      hops[s] = 0;
      for (std::size_t i = 0; i < queue.size(); ++i) {
        const NodeId u = queue[i];
        for (const NodeId v : graph.neighbours(u)) {
          if (hops[v.index] >= 0) continue;
          hops[v.index] = hops[u.index] + 1;
          queue.push_back(v);
          if (v.index > s) inner += hops[v.index] - 1;
        }
      }
    }
    CHECK(std::accumulate(b.values().begin(), b.values().end(), 0.0) == Approx(inner));
  });
}

TEST_CASE("betweenness: the same bits with 1, 2, 7 and 16 threads") {
  const auto edges = random_edges(500, 1300, 21);
  const Symmetric graph = undirected(500, edges);
  EdgeColumn<double> length(edges.size());
  Random random(3);
  for (double& value : length.values()) value = 0.1 + random.unit();
  const EdgeColumn<double>* const hops = nullptr;
  for (const EdgeColumn<double>* lengths : {hops, static_cast<const EdgeColumn<double>*>(&length)}) {
    const auto one = betweenness(graph, lengths, {}, with_threads(1))->betweenness;
    for (const int threads : {2, 7, 16}) {
      CHECK(betweenness(graph, lengths, {}, with_threads(threads))->betweenness == one);
    }
  }
}

TEST_CASE("betweenness: more shortest paths than a double can count are an error, not a wrong number") {
  std::vector<Ends> edges;  // a chain of 1100 diamonds: 2^1100 shortest paths from end to end
  for (std::size_t i = 0; i < 1100; ++i) {
    const std::size_t a = 3 * i;
    for (const auto& [s, t] : {std::pair{a, a + 1}, {a, a + 2}, {a + 1, a + 3}, {a + 2, a + 3}}) {
      edges.push_back(ends_of(s, t));
    }
  }
  const auto answer = betweenness(directed(3301, edges));
  REQUIRE(!answer);
  CHECK(answer.error().code == ErrorCode::overflow);
}

TEST_CASE("betweenness: a length of 0, below 0 or not finite is refused by its edge") {
  const Graph graph = directed(path_graph(3));
  for (const double bad : {0.0, -1.0, std::nan(""), double(INFINITY)}) {
    const EdgeColumn<double> length{1, bad};
    CHECK(betweenness(graph, &length).error().what.starts_with("edge 1 has the length "));
  }
}

TEST_CASE("betweenness: a cancelled job is interrupted") {
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(betweenness(directed(path_graph(5)), nullptr, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("betweenness: reports its progress up to the end and can be stopped on the way") {
  const Symmetric graph = undirected(2000, random_edges(2000, 8000, 9));
  std::size_t last = 0, all = 1;
  std::atomic<bool> stop{false};
  Job job = with_threads(2);
  job.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    if (what == "bicomponents") return;  // the graph is cut first
    CHECK(what == "betweenness");
    CHECK((done >= last && done <= total));
    last = done;
    all = total;
  };
  CHECK(betweenness(graph, nullptr, {}, job));
  CHECK(last == all);
  job.cancel = &stop;
  job.progress = [&](std::string_view, std::size_t, std::size_t) { stop = true; };
  CHECK(betweenness(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("betweenness: its certificate accepts the answer and refuses a changed one") {
  const Card card = betweenness_card();
  const auto edges = random_edges(60, 90, 4, true, true);
  for (const bool is_undirected : {true, false}) {
    for (const bool normalized : {true, false}) {
      const Asked asked(60, edges, is_undirected);
      const OptionValues options{{"normalized", normalized}};
      auto findings = card.run(asked.problem, options, {}).value();
      CHECK(card.verify(asked.problem, options, findings));
      auto& column = std::get<NodeColumn<double>>(findings.per_node[0].second);
      column[NodeId{7}] += normalized ? 1e-4 : 0.5;
      CHECK(!card.verify(asked.problem, options, findings));
      column[NodeId{7}] = -1;
      CHECK(!card.verify(asked.problem, options, findings));
    }
  }
}

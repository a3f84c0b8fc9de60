#include "algorithms/centrality/closeness.hpp"

#include <atomic>
#include <limits>

#include "algorithms/centrality/harmonic.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

constexpr double out_of_reach = std::numeric_limits<double>::infinity();

/// All distances by Floyd's and Warshall's triple loop.
std::vector<std::vector<double>> all_distances(const Graph& graph, const EdgeColumn<double>* length) {
  const std::size_t n = graph.node_count();
  std::vector<std::vector<double>> d(n, std::vector<double>(n, out_of_reach));
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) {
      d[u.index][v.index] = std::min(d[u.index][v.index], length ? (*length)[edge] : 1.0);
    }
    d[u.index][u.index] = 0;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
    }
  }
  return d;
}

struct Nearness {
  std::vector<double> closeness, wasserman_faust, harmonic;
};

Nearness nearness_by_definition(const Graph& graph, const EdgeColumn<double>* length) {
  Nearness result;
  for (const auto& row : all_distances(graph, length)) {
    double reached = 0, sum = 0, inverse = 0;
    for (const double distance : row) {
      if (distance == out_of_reach) continue;
      reached += 1;
      sum += distance;
      if (distance > 0) inverse += 1 / distance;
    }
    const double c = reached > 1 ? (reached - 1) / sum : 0;
    result.closeness.push_back(c);
    result.wasserman_faust.push_back(reached > 1 ? c * (reached - 1) / static_cast<double>(row.size() - 1) : 0);
    result.harmonic.push_back(inverse);
  }
  return result;
}

void check_nearness(const Graph& graph, const EdgeColumn<double>* length) {
  const Nearness expected = nearness_by_definition(graph, length);
  CHECK(largest_difference(closeness(graph, length)->closeness, expected.closeness) < 1e-12);
  CHECK(largest_difference(closeness(graph, length, {.normalized = true})->closeness, expected.wasserman_faust) <
        1e-12);
  CHECK(largest_difference(harmonic(graph, length)->harmonic, expected.harmonic) < 1e-12);
}

}  // namespace

TEST_CASE("closeness: on a path of three and an isolate, by hand") {
  const Symmetric graph = undirected(4, edges_of({{0, 1}, {1, 2}}));
  CHECK(list(closeness(graph.both_ways())->closeness) == std::vector<double>{2.0 / 3, 1, 2.0 / 3, 0});
  CHECK(largest_difference(closeness(graph.both_ways(), nullptr, {.normalized = true})->closeness,
                           {4.0 / 9, 2.0 / 3, 4.0 / 9, 0}) < 1e-15);
  CHECK(list(harmonic(graph.both_ways())->harmonic) == std::vector<double>{1.5, 2, 1.5, 0});
  CHECK(list(harmonic(graph.both_ways(), nullptr, {.normalized = true})->harmonic) ==
        std::vector<double>{0.5, 2.0 / 3, 0.5, 0});
}

TEST_CASE("closeness: distances run from the node along directions") {
  const Graph chain = directed(path_graph(3));  // 0 -> 1 -> 2
  CHECK(list(closeness(chain)->closeness) == std::vector<double>{2.0 / 3, 1, 0});
  CHECK(list(harmonic(chain)->harmonic) == std::vector<double>{1.5, 1, 0});
}

TEST_CASE("closeness: the shortest of parallel edges counts and self-loops change nothing") {
  const auto edges = edges_of({{0, 1}, {0, 1}, {1, 1}, {1, 2}});
  const EdgeColumn<double> length{5, 2, 7, 1};
  CHECK(list(closeness(directed(3, edges), &length)->closeness) == std::vector<double>{2.0 / 5, 1, 0});
  CHECK(list(harmonic(directed(3, edges), &length)->harmonic) == std::vector<double>{1.0 / 2 + 1.0 / 3, 1, 0});
}

TEST_CASE("closeness: the kite has Krackhardt's values, to the three decimals of the networkx test suite") {
  // test_closeness_centrality.py::TestClosenessCentrality::test_krackhardt_closeness; Krackhardt (1990), table 1
  CHECK(largest_difference(closeness(undirected(krackhardt_kite()).both_ways())->closeness,
                           {.529, .529, .5, .6, .5, .643, .643, .6, .429, .31}) < 5e-4);
}

TEST_CASE("closeness: the karate club's leaders have the values networkx 2.8.8 and igraph 0.10.2 agree on") {
  const Graph club = undirected(karate_club()).both_ways();
  const auto c = closeness(club)->closeness;
  CHECK(std::abs(c[NodeId{0}] - 0.5689655172413793) < 1e-15);
  CHECK(std::abs(c[NodeId{33}] - 0.55) < 1e-15);
  CHECK(std::abs(c[NodeId{16}] - 0.28448275862068967) < 1e-15);
  const auto h = harmonic(club)->harmonic;
  CHECK(std::abs(h[NodeId{0}] - 23.166666666666667) < 1e-12);
  CHECK(std::abs(h[NodeId{33}] - 23.25) < 1e-12);
}

TEST_CASE("closeness and harmonic: agree with all distances by Floyd and Warshall") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(20);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> length = random_whole_values(edges.size(), seed);
    check_nearness(directed(n, edges), nullptr);
    check_nearness(directed(n, edges), &length);
    check_nearness(undirected(n, edges).both_ways(), nullptr);
    check_nearness(undirected(n, edges).both_ways(), &length);
  });
}

TEST_CASE("closeness and harmonic: hold on the odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    check_nearness(directed(shape), nullptr);
    check_nearness(undirected(shape).both_ways(), nullptr);
  }
}

TEST_CASE("closeness and harmonic: lengths of 1 are hops, and doubling every length halves the score") {
  for_each_seed(20, [](Seed seed) {
    const auto edges = random_arcs(15, 40, seed, true, true);
    const Graph graph = directed(15, edges);
    const EdgeColumn<double> one(edges.size(), 1.0), two(edges.size(), 2.0);
    CHECK(closeness(graph, &one)->closeness == closeness(graph)->closeness);
    CHECK(largest_difference(harmonic(graph, &one)->harmonic, list(harmonic(graph)->harmonic)) < 1e-12);
    auto doubled = closeness(graph, &two)->closeness;
    for (double& value : doubled.values()) value *= 2;
    CHECK(doubled == closeness(graph)->closeness);
  });
}

TEST_CASE("closeness and harmonic: the same bits with 1, 2 and 7 threads") {
  const auto edges = random_arcs(700, 2100, 11);
  const Graph graph = directed(700, edges);
  EdgeColumn<double> length(edges.size());
  Random random(3);
  for (double& value : length.values()) value = 0.1 + random.unit();
  const EdgeColumn<double>* const hops = nullptr;
  for (const EdgeColumn<double>* lengths : {hops, static_cast<const EdgeColumn<double>*>(&length)}) {
    for (const int threads : {2, 7}) {
      CHECK(closeness(graph, lengths, {}, with_threads(threads))->closeness ==
            closeness(graph, lengths, {}, with_threads(1))->closeness);
      CHECK(harmonic(graph, lengths, {}, with_threads(threads))->harmonic ==
            harmonic(graph, lengths, {}, with_threads(1))->harmonic);
    }
  }
}

TEST_CASE("closeness and harmonic: a length of 0, below 0 or not finite is refused by its edge") {
  const Graph graph = directed(path_graph(3));
  for (const double bad : {0.0, -1.0, std::nan(""), double(INFINITY), 1e-310}) {
    const EdgeColumn<double> length{1, bad};
    CHECK(closeness(graph, &length).error().what.starts_with("edge 1 has the length "));
    CHECK(harmonic(graph, &length).error().code == ErrorCode::bad_argument);
  }
}

TEST_CASE("closeness and harmonic: a cancelled job is interrupted, a running one reports its progress") {
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  const Graph graph = directed(path_graph(5));
  CHECK(closeness(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
  CHECK(harmonic(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
  std::size_t reported = 0;
  Job heard;
  heard.progress = [&](std::string_view, std::size_t done, std::size_t total) {
    reported = done;
    CHECK(total == 5);
  };
  REQUIRE(closeness(graph, nullptr, {}, heard));
  CHECK(reported == 5);
}

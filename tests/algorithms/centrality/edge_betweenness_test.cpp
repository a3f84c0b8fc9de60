#include "algorithms/centrality/edge_betweenness.hpp"

#include <atomic>
#include <numeric>

#include "algorithms/centrality/support.hpp"
#include "engine/simd.hpp"

using namespace entente;
using namespace entente::test;

namespace {

std::vector<double> list_of_edges(const Result<EdgeBetweenness>& answer) {
  const auto values = answer.value().edge_betweenness.values();
  return {values.begin(), values.end()};
}

/// Edge betweenness straight from its definition, over distances by Bellman and Ford and path counts by recursion
/// over nodes; lengths must be whole. `step` shares: shortest edges of a step share equally.
std::vector<double> by_definition(const Graph& graph, const EdgeColumn<double>* length, double factor) {
  const std::size_t n = graph.node_count();
  const auto long_is = [&](EdgeId e) { return length ? (*length)[e] : 1.0; };
  std::vector<std::vector<double>> d(n, std::vector<double>(n, INFINITY)), step = d;
  std::vector<std::vector<double>> sigma(n, std::vector<double>(n, 0));
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, e] : graph.out(u)) {
      if (u != v) step[u.index][v.index] = std::min(step[u.index][v.index], long_is(e));
    }
  }
  for (std::size_t s = 0; s < n; ++s) {
    d[s][s] = 0;
    for (std::size_t round = 0; round < n; ++round) {
      for (std::size_t u = 0; u < n; ++u) {
        for (std::size_t v = 0; v < n; ++v) d[s][v] = std::min(d[s][v], d[s][u] + step[u][v]);
      }
    }
    std::vector<std::size_t> order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::sort(order, {}, [&](std::size_t v) { return d[s][v]; });
    sigma[s][s] = 1;
    for (const std::size_t u : order) {
      for (std::size_t v = 0; v < n && d[s][u] < INFINITY; ++v) {
        if (step[u][v] < INFINITY && d[s][u] + step[u][v] == d[s][v]) sigma[s][v] += sigma[s][u];
      }
    }
  }
  std::vector<double> b(graph.edge_count(), 0);
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, e] : graph.out(u)) {
      if (u == v || long_is(e) != step[u.index][v.index]) continue;
      double sharing = 0, pairs = 0;
      for (const auto [w, other] : graph.out(u)) sharing += w == v && long_is(other) == long_is(e);
      for (std::size_t s = 0; s < n; ++s) {
        for (std::size_t t = 0; t < n; ++t) {
          if (s == t || d[s][t] == INFINITY || d[s][u.index] + long_is(e) + d[v.index][t] != d[s][t]) continue;
          pairs += sigma[s][u.index] * sigma[v.index][t] / sigma[s][t];
        }
      }
      b[e.index] += factor * pairs / sharing;
    }
  }
  return b;
}

void check_edge_betweenness(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>* length) {
  const Graph arcs = directed(n, edges);
  const Symmetric ties = undirected(n, edges);
  CHECK(largest_difference(list_of_edges(edge_betweenness(arcs, length)), by_definition(arcs, length, 1)) < 1e-9);
  CHECK(largest_difference(list_of_edges(edge_betweenness(ties, length)),
                           by_definition(ties.both_ways(), length, 0.5)) < 1e-9);
}

}  // namespace

TEST_CASE("edge betweenness: a path, a ring, a star and a complete graph, by hand") {
  CHECK(list_of_edges(edge_betweenness(undirected(path_graph(4)))) == std::vector<double>{3, 4, 3});
  CHECK(list_of_edges(edge_betweenness(directed(path_graph(4)))) == std::vector<double>{3, 4, 3});
  CHECK(list_of_edges(edge_betweenness(undirected(cycle_graph(4)))) == std::vector<double>(4, 2.0));
  CHECK(list_of_edges(edge_betweenness(undirected(star_graph(4)))) == std::vector<double>(4, 4.0));
  CHECK(list_of_edges(edge_betweenness(undirected(complete_graph(5)))) == std::vector<double>(10, 1.0));
  CHECK(list_of_edges(edge_betweenness(undirected(complete_graph(5)), nullptr, {.normalized = true})) ==
        std::vector<double>(10, 0.1));
}

TEST_CASE("edge betweenness: parallel ties share their step, a longer one has nothing, nor has a loop") {
  const auto edges = edges_of({{0, 1}, {1, 0}, {1, 2}, {1, 1}});
  CHECK(list_of_edges(edge_betweenness(undirected(3, edges))) == std::vector<double>{1, 1, 2, 0});
  CHECK(list_of_edges(edge_betweenness(directed(3, edges))) == std::vector<double>{2, 1, 2, 0});
  const EdgeColumn<double> length{1, 3, 1, 1};
  CHECK(list_of_edges(edge_betweenness(undirected(3, edges), &length)) == std::vector<double>{2, 0, 2, 0});
}

TEST_CASE("edge betweenness: in a mixed network a mutual tie carries both ways") {
  const EdgeColumn<std::uint8_t> one_way{0, 1, 1};
  const auto graph = make_mixed_graph(3, edges_of({{0, 1}, {0, 1}, {1, 2}}), one_way).value();
  // 0 -> 1 is shared by the first two, 1 -> 0 is the first alone; 0 -> 2 and 1 -> 2 pass the third.
  CHECK(list_of_edges(edge_betweenness(graph)) == std::vector<double>{2, 1, 2});
}

TEST_CASE("edge betweenness: the karate club has the values of networkx 2.8.8") {
  // edge_betweenness_centrality(karate_club_graph(), normalized=False), the first 20 edges of karate_club()
  const auto b = list_of_edges(edge_betweenness(undirected(karate_club())));
  const std::vector<double> first{
      14.166666666666664, 43.63888888888887, 11.5, 29.333333333333332, 43.83333333333333,
      43.833333333333336, 12.80238095238095, 41.64841269841272, 29.333333333333332, 33,
      26.099999999999994, 23.770634920634922, 22.509523809523817, 25.770634920634926, 22.509523809523817,
      71.39285714285714, 13.033333333333335, 4.333333333333333, 4.164285714285714, 6.9595238095238106};
  for (std::size_t i = 0; i < first.size(); ++i) CHECK(b[i] == Approx(first[i]).epsilon(1e-12));
}

TEST_CASE("edge betweenness: agrees with its definition on random multigraphs, in hops and in lengths") {
  for_each_seed(40, [](Seed seed) {
    Random random(seed, 3);
    const std::size_t n = 1 + random.below(16);
    const auto edges = random_arcs(n, random.below(2 * n + 4), seed, true, true);
    const EdgeColumn<double> length = random_whole_values(edges.size(), seed, 1, 3);
    check_edge_betweenness(n, edges, nullptr);
    check_edge_betweenness(n, edges, &length);
  });
}

TEST_CASE("edge betweenness: agrees with its definition on the odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const EdgeColumn<double> length(shape.edges.size(), 0.5);
    check_edge_betweenness(shape.node_count, shape.edges, nullptr);
    check_edge_betweenness(shape.node_count, shape.edges, &length);
  }
}

TEST_CASE("edge betweenness: the same bits with any number of threads and on every instruction set") {
  const Symmetric graph = undirected(500, random_edges(500, 1300, 21));
  const auto one = edge_betweenness(graph, nullptr, {}, with_threads(1))->edge_betweenness;
  for (const int threads : {2, 7, 16}) {
    CHECK(edge_betweenness(graph, nullptr, {}, with_threads(threads))->edge_betweenness == one);
  }
  for (const simd::Isa isa : {simd::Isa::portable, simd::Isa::avx2}) {
    const simd::ForcedIsa forced(isa);
    CHECK(edge_betweenness(graph)->edge_betweenness == one);
  }
}

TEST_CASE("edge betweenness: its certificate accepts the answer and refuses a changed one") {
  const Card card = edge_betweenness_card();
  for (const bool is_undirected : {true, false}) {
    const Asked asked(60, random_edges(60, 90, 4, true, true), is_undirected);
    auto findings = card.run(asked.problem, {}, {}).value();
    CHECK(card.verify(asked.problem, {}, findings));
    std::get<EdgeColumn<double>>(findings.per_edge[0].second)[EdgeId{7}] += 0.5;
    CHECK(!card.verify(asked.problem, {}, findings));
  }
}

TEST_CASE("edge betweenness: a bad length is refused by its edge, a cancelled job is interrupted") {
  const EdgeColumn<double> length{1, 0};
  CHECK(edge_betweenness(directed(path_graph(3)), &length).error().what.starts_with("edge 1 has the length "));
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(edge_betweenness(directed(path_graph(5)), nullptr, {}, job).error().code == ErrorCode::interrupted);
}

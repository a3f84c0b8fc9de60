#include "algorithms/statistics/statistics.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <cmath>
#include <vector>

#include "algorithms/cohesion/components.hpp"
#include "algorithms/statistics/assortativity.hpp"
#include "algorithms/statistics/cards.hpp"
#include "algorithms/statistics/density.hpp"
#include "algorithms/statistics/distances.hpp"
#include "algorithms/statistics/reciprocity.hpp"
#include "algorithms/statistics/triangles.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

using Catch::Matchers::WithinAbs;

namespace {

Statistics plain_statistics(const NamedGraph& shape) { return statistics(undirected(shape), nullptr, nullptr).value(); }

/// adjacent[u][v], without loops: the simple graph by brute force.
std::vector<std::vector<int>> matrix_of(const NamedGraph& shape) {
  std::vector<std::vector<int>> adjacent(shape.node_count, std::vector<int>(shape.node_count, 0));
  for (const auto& [u, v] : shape.edges) {
    if (u != v) adjacent[u.index][v.index] = adjacent[v.index][u.index] = 1;
  }
  return adjacent;
}

NamedGraph random_shape(Seed seed) {
  Random random(seed);
  const std::size_t n = 2 + random.below(20);
  return {"random", n, random_edges(n, 1 + random.below(3 * n), seed, true, true)};
}

}  // namespace

TEST_CASE("density: two nodes count once however many ties they have, edges_per_pair counts each") {
  const auto graph = undirected(4, edges_of({{0, 1}, {1, 0}, {1, 2}, {3, 3}}));
  const Density ties = density(graph);
  CHECK(ties.pairs == 2);
  CHECK(ties.self_loops == 1);
  CHECK(*ties.density == 2.0 / 6);
  CHECK(*ties.edges_per_pair == 4.0 / 6);
  CHECK(!density(undirected(1, edges_of({{0, 0}}))).density);
  CHECK(*directed_density(directed(4, edges_of({{0, 1}, {1, 0}, {1, 0}, {1, 2}, {3, 3}}))) == 3.0 / 12);
  CHECK(*directed_density(graph.both_ways()) == *ties.density);
}

TEST_CASE("reciprocity: the share of directed ties that are returned") {
  // networkx test_reciprocity: of 1->2, 2->3, 3->2 two are returned.
  CHECK(*reciprocity(directed(3, edges_of({{0, 1}, {1, 2}, {2, 1}}))) == 2.0 / 3);
  CHECK(*reciprocity(directed(2, edges_of({{0, 1}, {0, 1}, {1, 0}, {0, 0}}))) == 1);
  CHECK(*reciprocity(directed(3, edges_of({{0, 1}, {1, 2}}))) == 0);
  CHECK(!reciprocity(directed(2, edges_of({{0, 0}}))));
  CHECK(!reciprocity(undirected(cycle_graph(4)).both_ways()));
}

TEST_CASE("reciprocity: a mutual tie is neither given nor returned") {
  const auto edges = edges_of({{0, 1}, {1, 0}, {1, 2}, {2, 1}});
  CHECK(*reciprocity(make_mixed_graph(3, edges, {1, 0, 1, 1}).value()) == 2.0 / 3);  // 0->1 open; 1<->2 returned
}

TEST_CASE("reciprocity: agrees with counting pairs in a matrix") {
  for_each_seed(100, [](Seed seed) {
    const std::size_t n = 8;
    const auto edges = random_arcs(n, seed % 40, seed, true, true);
    std::vector<std::vector<int>> runs(n, std::vector<int>(n, 0));
    for (const auto& [u, v] : edges) {
      if (u != v) runs[u.index][v.index] = 1;
    }
    int given = 0, returned = 0;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        given += runs[i][j];
        returned += runs[i][j] * runs[j][i];
      }
    }
    const auto share = reciprocity(directed(n, edges));
    CHECK(share.has_value() == (given > 0));
    if (share) CHECK(*share == static_cast<double>(returned) / given);
  });
}

TEST_CASE("statistics: the karate club as networkx has it") {
  // networkx 2.8.8, checked against igraph 0.10.2.
  const auto shape = karate_club();
  const NodeColumn<std::uint32_t> faction{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0,
                                          0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  const auto s = statistics(undirected(shape), nullptr, &faction).value();
  CHECK(s.pairs == 78);
  CHECK(s.components == 1);
  CHECK(s.triangles == 45);
  CHECK_THAT(*s.density, WithinAbs(0.13903743315508021, 1e-15));
  CHECK_THAT(*s.transitivity, WithinAbs(0.2556818181818182, 1e-15));
  CHECK_THAT(*s.average_clustering, WithinAbs(0.5706384782076823, 1e-14));
  CHECK_THAT(*s.degree_assortativity, WithinAbs(-0.47561309768461435, 1e-13));
  CHECK_THAT(*s.category_assortativity, WithinAbs(0.743421052631579, 1e-14));
  CHECK(*s.diameter == 5);
  CHECK_THAT(*s.average_distance, WithinAbs(2.408199643493761, 1e-14));
  CHECK(!s.reciprocity);
  CHECK(!s.directed_density);
}

TEST_CASE("statistics: Florentine marriages and Krackhardt's kite as networkx has them") {
  const auto marriages = plain_statistics(florentine_marriages());  // networkx 2.8.8
  CHECK(marriages.components == 2);
  CHECK(marriages.largest_component == 15);
  CHECK(marriages.isolates == 1);
  CHECK(marriages.triangles == 3);
  CHECK_THAT(*marriages.transitivity, WithinAbs(0.19148936170212766, 1e-15));
  CHECK_THAT(*marriages.average_clustering, WithinAbs(0.15, 1e-15));
  CHECK_THAT(*marriages.degree_assortativity, WithinAbs(-0.37483787289234766, 1e-13));
  CHECK(*marriages.diameter == 5);
  CHECK_THAT(*marriages.average_distance, WithinAbs(2.4857142857142858, 1e-14));

  const auto kite = plain_statistics(krackhardt_kite());  // networkx 2.8.8
  CHECK(kite.triangles == 11);
  CHECK_THAT(*kite.transitivity, WithinAbs(0.5789473684210527, 1e-15));
  CHECK_THAT(*kite.average_clustering, WithinAbs(0.52, 1e-15));
  CHECK_THAT(*kite.degree_assortativity, WithinAbs(0.15254237288135405, 1e-13));
  CHECK(*kite.diameter == 4);
  CHECK_THAT(*kite.average_distance, WithinAbs(1.9777777777777779, 1e-14));
}

TEST_CASE("triangles and clustering: agree with trying all triples") {
  for_each_seed(80, [](Seed seed) {
    const NamedGraph shape = random_shape(seed);
    const auto a = matrix_of(shape);
    const std::size_t n = shape.node_count;
    std::vector<std::int64_t> closed(n, 0), open(n, 0);
    for (std::size_t v = 0; v < n; ++v) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < i; ++j) {
          open[v] += a[v][i] * a[v][j];
          closed[v] += a[v][i] * a[v][j] * a[i][j];
        }
      }
    }
    const auto found = triangles(undirected(shape)).value();
    const auto local = local_clustering(undirected(shape)).value();
    std::int64_t all_closed = 0, all_open = 0;
    for (std::uint32_t v = 0; v < n; ++v) {
      all_closed += closed[v];
      all_open += open[v];
      CHECK(found.triangles[NodeId{v}] == closed[v]);
      const double share = open[v] ? static_cast<double>(closed[v]) / static_cast<double>(open[v]) : 0;
      CHECK(local.clustering[NodeId{v}] == share);
    }
    CHECK(3 * found.total == all_closed);
    CHECK(local.transitivity.has_value() == (all_open > 0));
    if (all_open > 0) {
      const double share = static_cast<double>(all_closed) / static_cast<double>(all_open);
      CHECK_THAT(*local.transitivity, WithinAbs(share, 1e-15));
    }
  });
}

TEST_CASE("distances: agree with all shortest paths by Floyd and Warshall") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    NamedGraph shape{"", 2 + random.below(150), {}};
    shape.edges = random_edges(shape.node_count, shape.node_count, seed, true, true);
    const auto graph = undirected(shape);
    const auto parts = components(graph).value();
    const std::size_t n = shape.node_count;
    constexpr int far = 1000000;
    std::vector<std::vector<int>> d(n, std::vector<int>(n, far));
    const auto a = matrix_of(shape);
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) d[i][j] = i == j ? 0 : a[i][j] ? 1 : far;
    }
    for (std::size_t k = 0; k < n; ++k) {
      for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = 0; j < n; ++j) d[i][j] = std::min(d[i][j], d[i][k] + d[k][j]);
      }
    }
    std::int64_t longest = 0, sum = 0;
    for (std::uint32_t i = 0; i < n; ++i) {
      for (std::uint32_t j = 0; j < n; ++j) {
        if (parts.component[NodeId{i}] != 0 || parts.component[NodeId{j}] != 0) continue;
        longest = std::max<std::int64_t>(longest, d[i][j]);
        sum += d[i][j];
      }
    }
    const auto found = distances_in_largest_component(graph).value();
    CHECK(*found.diameter == longest);
    CHECK(found.average.has_value() == (parts.largest > 1));
    const auto k = static_cast<double>(parts.largest);
    if (found.average) CHECK_THAT(*found.average, WithinAbs(static_cast<double>(sum) / (k * (k - 1)), 1e-12));
  });
}

TEST_CASE("distances: a path of 1000 nodes by its formula, and nothing beyond the cap") {
  const auto graph = undirected(path_graph(1000));
  const auto found = distances_in_largest_component(graph).value();
  CHECK(*found.diameter == 999);
  CHECK_THAT(*found.average, WithinAbs(1001.0 / 3, 1e-10));  // (n + 1) / 3
  const auto capped = distances_in_largest_component(graph, {.most_nodes = 999}).value();
  CHECK(capped.nodes == 1000);
  CHECK(!capped.diameter);
  CHECK(!capped.average);
}

TEST_CASE("degree_assortativity: agrees with the correlation over both ends of all pairs") {
  for_each_seed(80, [](Seed seed) {
    const NamedGraph shape = random_shape(seed);
    const auto a = matrix_of(shape);
    std::vector<double> x, y, degree(shape.node_count, 0);
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (const int tied : a[i]) degree[i] += tied;
    }
    for (std::size_t i = 0; i < a.size(); ++i) {
      for (std::size_t j = 0; j < a.size(); ++j) {
        if (!a[i][j]) continue;
        x.push_back(degree[i]);
        y.push_back(degree[j]);
      }
    }
    const auto count = static_cast<double>(x.size());
    double mean = 0, xy = 0, xx = 0;
    for (const double value : x) mean += value / count;
    for (std::size_t i = 0; i < x.size(); ++i) {
      xy += (x[i] - mean) * (y[i] - mean);
      xx += (x[i] - mean) * (x[i] - mean);
    }
    const auto found = degree_assortativity(SimpleRows(undirected(shape)));
    const bool varies = !x.empty() && *std::ranges::max_element(x) > *std::ranges::min_element(x);
    CHECK(found.has_value() == varies);
    if (found) CHECK_THAT(*found, WithinAbs(xy / xx, 1e-12));
  });
}

TEST_CASE("category_assortativity: 1 within categories, -1 between two halves, absent for one category") {
  const SimpleRows apart(undirected(4, edges_of({{0, 1}, {2, 3}})));
  CHECK(*category_assortativity(apart, {5, 5, 9, 9}) == 1);
  CHECK(*category_assortativity(apart, {5, 9, 5, 9}) == -1);
  CHECK(!category_assortativity(apart, {5, 5, 5, 5}));
  CHECK(!category_assortativity(SimpleRows(undirected(2, {})), {0, 1}));
  // M. Newman, "Mixing patterns in networks", Phys. Rev. E 67 (2003), eq. 2, by hand on a path 0-1-2-3 with
  // categories a a b b: e(aa) = e(bb) = 2/6, a(a) = a(b) = 1/2; (4/6 - 1/2) / (1 - 1/2) = 1/3.
  CHECK_THAT(*category_assortativity(SimpleRows(undirected(path_graph(4))), {0, 0, 1, 1}), WithinAbs(1.0 / 3, 1e-15));
}

TEST_CASE("statistics: what does not exist is absent and a note says why") {
  const auto nothing = plain_statistics({"empty", 0, {}});
  CHECK(!nothing.density);
  CHECK(!nothing.transitivity);
  CHECK(!nothing.average_clustering);
  CHECK(!nothing.degree_assortativity);
  CHECK(!nothing.diameter);
  CHECK(!nothing.average_distance);
  CHECK(nothing.notes.size() == 6);  // one for both distances, one for reciprocity

  const auto ring = plain_statistics(cycle_graph(5));
  CHECK(!ring.degree_assortativity);
  CHECK(ring.notes.size() == 2);  // and reciprocity

  const auto capped = statistics(undirected(path_graph(5)), nullptr, nullptr, {.most_nodes = 4}).value();
  CHECK(!capped.diameter);
  CHECK(std::ranges::any_of(capped.notes, [](const std::string& n) { return n.find("most_nodes") != n.npos; }));
}

TEST_CASE("statistics: never NaN, shares in [0, 1], correlations in [-1, 1], on odd and random shapes") {
  auto shapes = odd_shapes();
  for (Seed seed = 1; seed <= 50; ++seed) shapes.push_back(random_shape(seed));
  for (const NamedGraph& shape : shapes) {
    CAPTURE(shape.name);
    const Graph arrows = directed(shape);
    NodeColumn<std::uint32_t> category(shape.node_count, 0);
    for (std::uint32_t u = 0; u < shape.node_count; ++u) category[NodeId{u}] = u % 3;
    const auto s = statistics(undirected(shape), &arrows, &category).value();
    for (const auto& share : {s.density, s.directed_density, s.reciprocity, s.transitivity, s.average_clustering}) {
      if (share) CHECK((*share >= 0 && *share <= 1));
    }
    for (const auto& correlation : {s.degree_assortativity, s.category_assortativity}) {
      if (correlation) CHECK((*correlation >= -1 && *correlation <= 1));
    }
    if (s.diameter && s.average_distance) {
      CHECK((*s.average_distance >= 1 && *s.average_distance <= static_cast<double>(*s.diameter)));
    }
  }
}

TEST_CASE("statistics: parallel edges, loops and directions change only the figures that count them") {
  for_each_seed(30, [](Seed seed) {
    NamedGraph shape{"", 12, random_edges(12, 15, seed)};
    NamedGraph heavier = shape;
    for (std::size_t i = 0; i < 5; ++i) heavier.edges.push_back({shape.edges[i].target, shape.edges[i].source});
    heavier.edges.push_back(ends_of(3, 3));
    const auto a = plain_statistics(shape), b = plain_statistics(heavier);
    CHECK(a.density == b.density);
    CHECK(a.transitivity == b.transitivity);
    CHECK(a.average_clustering == b.average_clustering);
    CHECK(a.degree_assortativity == b.degree_assortativity);
    CHECK(a.average_distance == b.average_distance);
    CHECK(a.isolates == b.isolates);
    CHECK(b.edges == a.edges + 6);
    CHECK(*b.edges_per_pair > *a.edges_per_pair);
  });
}

TEST_CASE("statistics cards: the same with 1, 2 and 7 threads, and stop when cancelled") {
  const NamedGraph shape{"", 3000, random_edges(3000, 9000, 1, true, true)};
  const Symmetric both = undirected(shape);
  const Graph graph = directed(shape);
  Problem problem;
  problem.graph = &graph;
  problem.symmetric = &both;
  problem.undirected = false;
  const std::atomic<bool> stop = true;
  for (const Card& card : statistics_cards()) {
    CAPTURE(card.name);
    Job job;
    job.threads = 1;
    const auto one = card.run(problem, {}, job).value();
    for (const int threads : {2, 7}) {
      job.threads = threads;
      const auto more = card.run(problem, {}, job).value();
      CHECK(more.figures == one.figures);
      CHECK(more.per_node == one.per_node);
    }
    job.cancel = &stop;
    CHECK(card.run(problem, {}, job).error().code == ErrorCode::interrupted);
  }
  NodeColumn<std::uint32_t> short_column(2, 0);
  CHECK(statistics(both, nullptr, &short_column).error().code == ErrorCode::bad_argument);
}

}  // namespace entente::test

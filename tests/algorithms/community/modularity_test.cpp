#include "algorithms/community/modularity.hpp"

#include <catch2/catch.hpp>
#include <limits>

#include "algorithms/community/clusters.hpp"

namespace entente::test {

using Catch::Matchers::WithinAbs;

namespace {

Membership random_membership(std::size_t n, std::uint64_t clusters, Seed seed) {
  Random random(seed, 9);
  Membership cluster(n, 0);
  for (std::int64_t& c : cluster.values()) c = static_cast<std::int64_t>(random.below(clusters));
  return cluster;
}

}  // namespace

TEST_CASE("modularity: two triangles joined by an edge") {
  // 2m = 14; each triangle: W = 3, K = 7, so Q = 2 (6/14 - 1/4) = 5/14.
  const NamedGraph shape{"", 6, edges_of({{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}})};
  const Membership cluster{0, 0, 0, 1, 1, 1};
  const auto graph = undirected(shape);
  CHECK_THAT(modularity(graph, unit_weights(shape), cluster)->value(), WithinAbs(5.0 / 14, 1e-15));
  CHECK_THAT(modularity(graph, unit_weights(shape), cluster, 2)->value(), WithinAbs(12.0 / 14 - 1, 1e-15));
  CHECK_THAT(constant_potts_quality(graph, unit_weights(shape), cluster, 0.5).value(), WithinAbs(6 - 3, 1e-15));
}

TEST_CASE("modularity: a self-loop counts twice in the strength of its node") {
  // 0-1 and a loop at 1: 2m = 4, strengths 1 and 3. Alone: 0 - 1/16 + 2/4 - 9/16 = -1/8.
  const NamedGraph shape{"", 2, edges_of({{0, 1}, {1, 1}})};
  CHECK_THAT(modularity(undirected(shape), unit_weights(shape), Membership{0, 1})->value(), WithinAbs(-0.125, 1e-15));
}

TEST_CASE("modularity: the two factions of the karate club") {
  // networkx 2.8.8 and igraph 0.10.2: 0.37146614069691 unweighted, 0.40362811791383213 weighted.
  const auto shape = karate_club();
  const Membership faction{0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0,
                           0, 1, 0, 1, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1};
  CHECK_THAT(modularity(undirected(shape), unit_weights(shape), faction)->value(),
             WithinAbs(0.37146614069691, 1e-13));
  CHECK_THAT(modularity(undirected(shape), karate_club_strengths(), faction)->value(),
             WithinAbs(0.40362811791383213, 1e-13));
}

TEST_CASE("modularity: the proven optimum of the karate club is 0.4198") {
  // U. Brandes and others, "On modularity clustering", IEEE TKDE 20 (2008) 172-188: proven optimal.
  const auto shape = karate_club();
  const Membership optimum{0, 0, 0, 0, 1, 1, 1, 0, 2, 2, 1, 0, 0, 0, 2, 2, 1,
                           0, 2, 0, 2, 0, 2, 3, 3, 3, 2, 3, 3, 2, 2, 3, 2, 2};
  CHECK_THAT(modularity(undirected(shape), unit_weights(shape), optimum)->value(), WithinAbs(0.4198, 5e-5));
}

TEST_CASE("modularity: agrees with its definition over all pairs of nodes, and names do not matter") {
  for_each_seed(100, [](Seed seed) {
    Random random(seed);
    NamedGraph shape{"", 2 + random.below(15), {}};
    shape.edges = random_edges(shape.node_count, 1 + random.below(40), seed, true, true);
    const auto weight = random_whole_values(shape.edges.size(), seed);
    const Membership cluster = random_membership(shape.node_count, 1 + random.below(shape.node_count), seed);
    const double resolution = 0.25 + random.unit() * 2;
    const double q = modularity(undirected(shape), weight, cluster, resolution)->value();
    CHECK_THAT(q, WithinAbs(modularity_by_pairs(shape, weight, cluster, resolution), 1e-12));

    const double plain = modularity(undirected(shape), weight, cluster)->value();
    CHECK(plain >= -0.5);
    CHECK(plain < 1);

    const auto name = random_renaming(shape.node_count, seed);
    Membership renamed_cluster(shape.node_count);
    for (const NodeId u : ids_below<NodeId>(shape.node_count)) {
      renamed_cluster[name[u]] = static_cast<std::int64_t>(shape.node_count) - 1 - cluster[u];
    }
    const NamedGraph other{"", shape.node_count, renamed(shape.edges, name)};
    CHECK_THAT(modularity(undirected(other), weight, renamed_cluster, resolution)->value(), WithinAbs(q, 1e-12));
  });
}

TEST_CASE("modularity, directed: agrees with its definition over all pairs of nodes, mutual ties too") {
  // A chain 0 -> 1 -> 2 in clusters {0, 1} and {2}: m = 2, W = 1 and 0, Kout = 2 and 0, Kin = 1 and 1: Q = 1/2 - 1/2.
  CHECK_THAT(modularity(directed(path_graph(3)), {1.0, 1.0}, Membership{0, 0, 1})->value(), WithinAbs(0, 1e-15));
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    NamedGraph shape{"", 2 + random.below(12), {}};
    shape.edges = random_edges(shape.node_count, 1 + random.below(30), seed, true, true);
    const auto weight = random_whole_values(shape.edges.size(), seed);
    const Membership cluster = random_membership(shape.node_count, 1 + random.below(shape.node_count), seed);
    const double resolution = 0.25 + random.unit() * 2;
    CHECK_THAT(modularity(directed(shape), weight, cluster, resolution)->value(),
               WithinAbs(directed_modularity_by_pairs(shape, weight, cluster, resolution), 1e-12));

    EdgeColumn<std::uint8_t> one_way(shape.edges.size());
    NamedGraph arcs = shape;
    EdgeColumn<double> weight_of_arc = weight;
    for (std::uint32_t e = 0; e < shape.edges.size(); ++e) {
      one_way[EdgeId{e}] = e % 2;
      const auto [u, v] = shape.edges[e];
      if (e % 2 || u == v) continue;
      arcs.edges.push_back({v, u});
      weight_of_arc.push_back(weight[EdgeId{e}]);
    }
    const Graph mixed = make_mixed_graph(shape.node_count, shape.edges, one_way).value();
    CHECK_THAT(modularity(mixed, weight, cluster, resolution)->value(),
               WithinAbs(directed_modularity_by_pairs(arcs, weight_of_arc, cluster, resolution), 1e-12));
  });
}

TEST_CASE("modularity: one cluster of everything has modularity 0") {
  for_each_seed(30, [](Seed seed) {
    const NamedGraph shape{"", 9, random_edges(9, 12, seed, true, true)};
    CHECK_THAT(modularity(undirected(shape), unit_weights(shape), Membership(9, 0))->value(), WithinAbs(0, 1e-15));
  });
}

TEST_CASE("modularity: the unit of the weights does not matter, however large or small") {
  const auto shape = karate_club();
  const auto graph = undirected(shape);
  const Membership cluster = random_membership(34, 4, 3);
  const double q = modularity(graph, karate_club_strengths(), cluster)->value();
  for (const int exponent : {-1060, -300, 1, 300, 1021}) {
    EdgeColumn<double> weight = karate_club_strengths();
    for (double& w : weight.values()) w = std::ldexp(w, exponent);
    CAPTURE(exponent);
    CHECK(modularity(graph, weight, cluster)->value() == q);
  }
}

TEST_CASE("modularity: does not exist without weight") {
  const auto shape = path_graph(3);
  CHECK(!modularity(undirected(shape), EdgeColumn<double>(2, 0.0), Membership{0, 1, 2})->has_value());
  CHECK(!modularity(Symmetric{}, {}, {})->has_value());
}

TEST_CASE("modularity: refuses what it cannot mean") {
  const auto shape = path_graph(3);
  const auto graph = undirected(shape);
  const EdgeColumn<double> ones(2, 1.0);
  const Membership fine{0, 0, 1};
  const auto code = [&](const EdgeColumn<double>& weight, const Membership& cluster, double resolution) {
    const auto q = modularity(graph, weight, cluster, resolution);
    const auto h = constant_potts_quality(graph, weight, cluster, resolution);
    REQUIRE(q.has_value() == h.has_value());
    return !q && q.error().code == ErrorCode::bad_argument && h.error().code == ErrorCode::bad_argument;
  };
  CHECK(!code(ones, fine, 1));
  CHECK(code({1.0}, fine, 1));
  CHECK(code({1.0, -1.0}, fine, 1));
  CHECK(code({1.0, std::numeric_limits<double>::quiet_NaN()}, fine, 1));
  CHECK(code({1.0, std::numeric_limits<double>::infinity()}, fine, 1));
  CHECK(code(ones, {0, 0}, 1));
  CHECK(code(ones, {0, 0, -1}, 1));
  CHECK(code(ones, {0, 0, 3}, 1));
  CHECK(code(ones, fine, 0));
  CHECK(code(ones, fine, -1));
  CHECK(code(ones, fine, std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace entente::test

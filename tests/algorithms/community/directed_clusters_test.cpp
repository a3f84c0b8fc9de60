// Louvain and Leiden following directions, and what the certificate of the cluster cards notices.
#include <algorithm>
#include <catch2/catch.hpp>

#include "algorithms/community/cards.hpp"
#include "algorithms/community/clusters.hpp"
#include "algorithms/community/leiden.hpp"
#include "algorithms/community/louvain.hpp"

namespace entente::test {

using Catch::Matchers::WithinAbs;

TEST_CASE("cluster cards: verify follows quality, resolution and direction, and notices what could still gain") {
  NamedGraph shape = planted_groups(60, 4, 240, 0.3, 2);
  const Symmetric both = undirected(shape);
  const Graph graph = directed(shape);
  Problem problem;
  problem.graph = &graph;
  problem.symmetric = &both;
  problem.undirected = false;
  for (const Card& card : community_cards()) {
    if (card.name == "label_propagation") continue;
    CAPTURE(card.name);
    const std::vector<OptionValues> ways{{{"resolution", 2.0}},
                                         {{"quality", std::string("cpm")}, {"resolution", 0.2}},
                                         {{"follow_directions", true}},
                                         {{"follow_directions", true}, {"resolution", 0.7}, {"runs", std::int64_t{1}}}};
    for (const OptionValues& options : ways) {
      const auto findings = card.run(problem, options, {}).value();
      CHECK(card.verify(problem, options, findings).value().find("merging") != std::string::npos);
    }
    const auto findings = card.run(problem, {{"follow_directions", true}}, {}).value();
    CHECK(!card.verify(problem, {}, findings));  // another modularity
    CHECK(!card.verify(problem, {{"follow_directions", true}, {"resolution", 30.0}}, findings));

    // Single nodes, truthfully described, but far from the best.
    Findings lazy = findings;
    Membership alone(shape.node_count);
    for (const NodeId u : graph.nodes()) alone[u] = u.index;
    for (auto& [name, values] : lazy.per_node) {
      if (name == "cluster") values = alone;
    }
    for (auto& [name, value] : lazy.figures) {
      if (name == "clusters") value = static_cast<std::int64_t>(shape.node_count);
      if (name == "modularity" || name == "quality") {
        value = directed_modularity_by_pairs(shape, unit_weights(shape), alone);
      }
    }
    CHECK(!card.verify(problem, {{"follow_directions", true}}, lazy));
    CHECK(!card.run(problem, {{"follow_directions", true}, {"quality", std::string("cpm")}}, {}));
  }
}

TEST_CASE("clusters, directed: two rings joined by a tie, by hand") {
  // Two rings of four, each walked one way round, and a tie between them.
  NamedGraph shape{"", 8, edges_of({{0, 1}, {1, 2}, {2, 3}, {3, 0}, {4, 5}, {5, 6}, {6, 7}, {7, 4}, {0, 4}})};
  const auto found = leiden(directed(shape), unit_weights(shape)).value();
  CHECK(found.cluster == Membership{0, 0, 0, 0, 1, 1, 1, 1});
  // W = 4 in each, m = 9; Kout = 5 and 4, Kin = 4 and 5: Q = 8/9 - 2 * 20/81.
  CHECK_THAT(*found.modularity, WithinAbs(8.0 / 9 - 40.0 / 81, 1e-15));
  CHECK_THAT(*louvain(directed(shape), unit_weights(shape))->modularity, WithinAbs(8.0 / 9 - 40.0 / 81, 1e-15));
}

TEST_CASE("clusters, directed: no better partition exists of 7 nodes, and nothing simple is left to gain of 30") {
  for_each_seed(30, [](Seed seed) {
    Random random(seed);
    NamedGraph shape{"", 4 + random.below(4), {}};
    shape.edges = random_edges(shape.node_count, 4 + random.below(14), seed, seed % 4 == 0, seed % 5 == 0);
    const auto weight = random_whole_values(shape.edges.size(), seed);
    double best = -1;
    for_each_partition(shape.node_count, [&](const Membership& cluster) {
      best = std::max(best, directed_modularity_by_pairs(shape, weight, cluster));
    });
    const Graph graph = directed(shape);
    CHECK_THAT(*leiden(graph, weight, {.seed = seed})->modularity, WithinAbs(best, 1e-12));
    CHECK(*louvain(graph, weight, {.seed = seed})->modularity <= best + 1e-12);
  });
  for_each_seed(30, [](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const auto weight = seed % 2 ? unit_weights(shape) : heavy_tail(shape.edges.size(), seed);
    const Graph graph = directed(shape);
    for (const bool refine : {false, true}) {
      const auto found = refine ? leiden(graph, weight, {.seed = seed, .runs = 1}).value()
                                : louvain(graph, weight, {.seed = seed, .runs = 1}).value();
      if (!found.modularity) continue;
      CHECK_THAT(*found.modularity, WithinAbs(directed_modularity_by_pairs(shape, weight, found.cluster), 1e-9));
      if (refine) CHECK(connected_pieces(shape, weight, found.cluster) == found.clusters);
      const auto q = [&](const Membership& cluster) { return directed_modularity_by_pairs(shape, weight, cluster); };
      const double most = *found.modularity + 1e-9;
      for (std::int64_t a = 0; a < found.clusters; ++a) {
        for (std::int64_t b = 0; b < a; ++b) {
          Membership merged = found.cluster;
          for (std::int64_t& c : merged.values()) c = c == a ? b : c;
          CHECK(q(merged) <= most);
        }
      }
      for (std::uint32_t u = 0; u < shape.node_count; ++u) {
        Membership moved = found.cluster;
        for (std::int64_t c = 0; c <= found.clusters && c < static_cast<std::int64_t>(shape.node_count); ++c) {
          moved[NodeId{u}] = c;
          CHECK(q(moved) <= most);
        }
      }
    }
  });
}

TEST_CASE("clusters, directed: a network of mutual ties is an undirected one") {
  for_each_seed(20, [](Seed seed) {
    const NamedGraph shape{"", 30, random_edges(30, 70, seed, false, true)};
    const auto weight = random_whole_values(shape.edges.size(), seed);
    const Symmetric graph = undirected(shape);
    const auto found = leiden(graph.both_ways(), weight, {.seed = seed, .runs = 3}).value();
    CHECK_THAT(*found.modularity, WithinAbs(modularity(graph, weight, found.cluster)->value(), 1e-12));
    CHECK_THAT(*found.modularity, WithinAbs(*leiden(graph, weight, {.seed = seed, .runs = 3})->modularity, 5e-3));
  });
}

}  // namespace entente::test

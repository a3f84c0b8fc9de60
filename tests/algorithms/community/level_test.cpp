#include "algorithms/community/level.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <numeric>

#include "algorithms/community/clustering.hpp"
#include "algorithms/community/clusters.hpp"
#include "algorithms/community/local_moving.hpp"
#include "algorithms/community/modularity.hpp"
#include "algorithms/community/refinement.hpp"
#include "algorithms/community/stay_bounds.hpp"
#include "algorithms/community/visiting.hpp"
#include "engine/hub_first.hpp"

namespace entente::test {

using Catch::Matchers::WithinAbs;

namespace {

struct Grouped {
  NamedGraph shape;  // its nodes are those of the level
  EdgeColumn<double> weight;
  Symmetric graph;
  Level level;
  Grouping group;
};

/// A random network with whole weights (0 among them), in random groups that need not be connected.
Grouped random_grouped(Seed seed, ClusterQuality quality) {
  Random random(seed, 12);
  NamedGraph shape{"", 2 + random.below(30), {}};
  shape.edges = random_edges(shape.node_count, random.below(4 * shape.node_count), seed, true, true);
  const auto weight = random_whole_values(shape.edges.size(), seed, 0, seed % 3 ? 5 : 1);
  Symmetric graph = undirected(shape);
  Level level = ground_level(graph.both_ways(), scaled_weights(graph.both_ways(), weight).value(), quality);
  for (auto& [source, target] : shape.edges) {  // a level's nodes are ranks
    source = NodeId{graph.hub_first().rank_of(source)};
    target = NodeId{graph.hub_first().rank_of(target)};
  }
  Grouped result{shape, weight, std::move(graph), std::move(level), {}};
  for (std::size_t v = 0; v < shape.node_count; ++v) {
    result.group.push_back(static_cast<std::uint32_t>(random.below(std::min<std::size_t>(4, shape.node_count))));
  }
  return result;
}

Membership membership_of(const Grouping& group) {
  Membership cluster;
  for (const std::uint32_t g : group) cluster.push_back(g);
  return cluster;
}

std::int64_t count_of(Grouping group) { return static_cast<std::int64_t>(close_gaps(group)); }

bool within(const Grouping& part, const Grouping& group) {
  std::map<std::uint32_t, std::uint32_t> group_of_part;
  for (std::size_t v = 0; v < part.size(); ++v) {
    if (group_of_part.try_emplace(part[v], group[v]).first->second != group[v]) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("split_disconnected: every group becomes its connected pieces, no more and no fewer") {
  for_each_seed(150, [](Seed seed) {
    const auto [shape, weight, graph, level, group] = random_grouped(seed, ClusterQuality::modularity);
    Grouping pieces = group;
    const std::size_t added = split_disconnected(level, pieces);
    CHECK(within(pieces, group));
    CHECK(count_of(pieces) == connected_pieces(shape, weight, membership_of(group)));
    CHECK(connected_pieces(shape, weight, membership_of(pieces)) == count_of(pieces));
    CHECK(static_cast<std::int64_t>(added) == count_of(pieces) - count_of(group));
  });
}

TEST_CASE("refined: parts are connected, stay within their group, and leave out who is badly connected") {
  int merged = 0, left_out = 0;
  for_each_seed(300, [&](Seed seed) {
    const auto quality = seed % 2 ? ClusterQuality::modularity : ClusterQuality::cpm;
    const auto [shape, weight, graph, level, group] = random_grouped(seed, quality);
    const double penalty = penalty_of(level, quality, quality == ClusterQuality::cpm ? 0.1 : 1, 0);
    Random random(seed);
    const Grouping part = refined(level, penalty, group, random, {});
    CHECK(within(part, group));
    CHECK(connected_pieces(shape, weight, membership_of(part)) == count_of(part));
    merged += count_of(part) < static_cast<std::int64_t>(part.size()) ? 1 : 0;

    for (std::uint32_t v = 0; v < part.size(); ++v) {
      double tied = 0, others = 0;
      for (std::uint32_t u = 0; u < part.size(); ++u) {
        if (u != v && group[u] == group[v]) others += level.mass[u];
      }
      for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
        if (group[level.neighbour[a]] == group[v]) tied += level.arc_weight(a);
      }
      if (tied >= penalty * level.mass[v] * others * (1 - 1e-9)) continue;
      ++left_out;
      CHECK(std::ranges::count(part, part[v]) == 1);
    }
  });
  CHECK(merged > 0);
  CHECK(left_out > 0);
}

TEST_CASE("aggregated: keeps strengths, masses and the weight between groups") {
  for_each_seed(60, [](Seed seed) {
    auto [shape, weight, graph, level, group] = random_grouped(seed, ClusterQuality::cpm);
    const std::size_t count = close_gaps(group);
    Level above;
    aggregate(level, group, count, above);
    REQUIRE(above.size() == count);
    const auto sum = [](const Buffer<double>& values, std::size_t size) {
      return std::accumulate(values.begin(), values.begin() + size, 0.0);
    };
    CHECK_THAT(sum(above.strength, count), WithinAbs(sum(level.strength, level.size()), 1e-12));
    CHECK_THAT(sum(above.tied, count), WithinAbs(std::accumulate(above.weight.begin(), above.weight.end(), 0.0), 1e-12));
    CHECK(sum(above.mass, count) == static_cast<double>(shape.node_count));
    double between = 0;
    for (std::uint32_t v = 0; v < level.size(); ++v) {
      for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
        if (group[level.neighbour[a]] != group[v]) between += level.arc_weight(a);
      }
    }
    CHECK_THAT(std::accumulate(above.weight.begin(), above.weight.end(), 0.0), WithinAbs(between, 1e-12));
    for (std::uint32_t g = 0; g < count; ++g) {
      std::vector<std::uint32_t> row(above.neighbour.begin() + static_cast<std::ptrdiff_t>(above.begin[g]),
                                     above.neighbour.begin() + static_cast<std::ptrdiff_t>(above.begin[g + 1]));
      std::ranges::sort(row);
      CHECK(std::ranges::adjacent_find(row) == row.end());
      CHECK(!std::ranges::binary_search(row, g));
    }
  });
}

TEST_CASE("aggregated: between any two groups lies the weight of the ties between their nodes, for few groups and many") {
  int few = 0, many = 0;
  for_each_seed(200, [&](Seed seed) {
    auto [shape, weight, graph, level, group] = random_grouped(seed, ClusterQuality::modularity);
    if (seed % 2) {  // up to a group for each node
      Random random(seed, 13);
      for (std::uint32_t& g : group) g = static_cast<std::uint32_t>(random.below(group.size()));
    }
    const std::size_t count = close_gaps(group);
    Level above;
    aggregate(level, group, count, above);
    std::vector<double> expected(count * count, 0), found(count * count, 0);
    for (std::uint32_t v = 0; v < level.size(); ++v) {
      for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
        const std::uint32_t g = group[v], h = group[level.neighbour[a]];
        if (g != h) expected[g * count + h] += level.arc_weight(a);
      }
    }
    REQUIRE(above.begin.size() == count + 1);
    for (std::uint32_t g = 0; g < count; ++g) {
      double tied = 0;
      for (std::uint64_t a = above.begin[g]; a < above.begin[g + 1]; ++a) {
        found[g * count + above.neighbour[a]] += above.weight[a];
        tied += above.weight[a];
      }
      CHECK_THAT(above.tied[g], WithinAbs(tied, 1e-12));
    }
    for (std::size_t pair = 0; pair < expected.size(); ++pair) CHECK_THAT(found[pair], WithinAbs(expected[pair], 1e-12));
    ++(count * count <= level.arc_count() ? few : many);
  });
  CHECK(few > 20);
  CHECK(many > 20);
}

TEST_CASE("move_nodes: looks at every node once a sweep, and no more often than it may") {
  for_each_seed(20, [](Seed seed) {
    const auto [shape, weight, graph, level, group] = random_grouped(seed, ClusterQuality::modularity);
    const double penalty = penalty_of(level, ClusterQuality::modularity, 1, 0);
    Grouping moved = singletons(level.size());
    Random random(seed);
    CHECK(move_nodes(level, penalty, moved, random, {}, {.sweeps = 0}) == 0);
    CHECK(moved == singletons(level.size()));
    CHECK(move_nodes(level, penalty, moved, random, {}, {.sweeps = 1}) <= level.size());
  });
}

namespace {

/// What the best move of a single node gains, by trying each node in each group and alone; in weight.
double gain_of_best_move(const Level& level, double penalty, const Grouping& group) {
  const std::size_t n = level.size();
  const auto mass_in = [&](std::size_t v) { return level.directed() ? level.mass_in[v] : level.mass[v]; };
  const auto fair = [&](std::size_t v, std::size_t u) {
    return level.directed() ? penalty * (level.mass[v] * mass_in(u) + mass_in(v) * level.mass[u])
                            : penalty * level.mass[v] * level.mass[u];
  };
  double best = 0;
  for (std::size_t v = 0; v < n; ++v) {
    std::vector<double> gain(n + 1, 0.0);  // the last: alone
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      gain[group[level.neighbour[a]]] += level.arc_weight(a);
    }
    for (std::size_t u = 0; u < n; ++u) gain[group[u]] -= u == v ? 0 : fair(v, u);
    for (const double g : gain) best = std::max(best, g - gain[group[v]] - 1e-9 * level.strength[v]);
  }
  return best;
}

}  // namespace

TEST_CASE("move_nodes: with bounds no move gains in the end, also after the groups were changed in between") {
  for (const ClusterQuality quality :
       {ClusterQuality::modularity, ClusterQuality::cpm, ClusterQuality::directed_modularity}) {
    int changed = 0;
    for_each_seed(150, [&](Seed seed) {
      const auto [shape, weight, graph, level, given] = random_grouped(seed, quality);
      const double penalty = penalty_of(level, quality, quality == ClusterQuality::cpm ? 0.1 : 1, 0);
      Random random(seed, 3);
      Grouping group = given;
      StayBounds bounds;
      for (int round = 0; round < 6; ++round) {
        CAPTURE(round);
        changed += move_nodes(level, penalty, group, random, {}, {}, &bounds) > 0 && round > 0;
        CHECK(gain_of_best_move(level, penalty, group) <= 0);
        CHECK(move_nodes(level, penalty, group, random, {}, {}, &bounds) == 0);
        // Mergers, nodes sent elsewhere, and all numbers changed.
        const std::uint32_t from = group[random.below(group.size())], to = group[random.below(group.size())];
        const bool merge = random.below(2) == 0;
        for (std::uint32_t& g : group) {
          if (merge ? g == from : random.below(8) == 0) g = to;
        }
        for (std::uint32_t& g : group) g = static_cast<std::uint32_t>(level.size() - 1) - g;
      }
    });
    CHECK(changed > 100);  // otherwise nothing was left to be found after a change
  }
}

TEST_CASE("move_nodes: bounds kept over a search that stopped early leave nothing out") {
  for_each_seed(150, [](Seed seed) {
    const auto [shape, weight, graph, level, given] = random_grouped(seed, ClusterQuality::modularity);
    const double penalty = penalty_of(level, ClusterQuality::modularity, 1, 0);
    Random random(seed, 4);
    Grouping group = given;
    StayBounds bounds;
    move_nodes(level, penalty, group, random, {}, {.sweeps = 1}, &bounds);
    move_nodes(level, penalty, group, random, {}, {.sweeps = 2}, &bounds);
    move_nodes(level, penalty, group, random, {}, {}, &bounds);
    CHECK(gain_of_best_move(level, penalty, group) <= 0);
  });
}

TEST_CASE("move_nodes: settled, no move gains, also where few nodes are called at a time") {
  for (const ClusterQuality quality :
       {ClusterQuality::modularity, ClusterQuality::cpm, ClusterQuality::directed_modularity}) {
    for_each_seed(5, [&](Seed seed) {
      const NamedGraph shape = planted_groups(600, 12, 1500, 0.4, seed);
      const auto graph = undirected(shape);
      const auto weight = random_whole_values(shape.edges.size(), seed, 1, seed % 2 ? 9 : 1);
      const Level level = ground_level(graph.both_ways(), scaled_weights(graph.both_ways(), weight).value(), quality);
      const double penalty = penalty_of(level, quality, quality == ClusterQuality::cpm ? 0.05 : 1, 0);
      Random random(seed, 5);
      Grouping kept = singletons(level.size()), unkept = kept;
      StayBounds bounds;
      CHECK(move_nodes(level, penalty, kept, random, {}, {}, &bounds) > level.size() / 2);
      CHECK(gain_of_best_move(level, penalty, kept) <= 0);
      int calls = 1;
      while (move_nodes(level, penalty, unkept, random, {}) > 0 && calls < 50) ++calls;
      CHECK(calls < 50);
      CHECK(gain_of_best_move(level, penalty, unkept) <= 0);
    });
  }
}

TEST_CASE("Called: keeps as many nodes as it has room for, and says when that was not enough") {
  Called called(2);
  CHECK(called.empty());
  called.add_if(false, 7);
  CHECK(called.empty());
  called.add_if(true, 8);
  called.add_if(false, 9);
  CHECK(!called.full());
  CHECK(std::ranges::equal(called.nodes(), std::vector<std::uint32_t>{8}));
  called.add_if(true, 10);
  called.add_if(true, 11);
  CHECK(called.full());
  CHECK(std::ranges::equal(called.nodes(), std::vector<std::uint32_t>{8, 10}));
  called.clear();
  CHECK(called.empty());
  CHECK(Called(0).full());
}

TEST_CASE("group totals: those of the clusters, counted from the edges") {
  for (const ClusterQuality quality :
       {ClusterQuality::modularity, ClusterQuality::cpm, ClusterQuality::directed_modularity}) {
    for_each_seed(100, [&](Seed seed) {
      auto [shape, weight, graph, level, group] = random_grouped(seed, quality);
      const std::size_t count = close_gaps(group);
      const auto weights = scaled_weights(graph.both_ways(), weight).value();
      Grouping cluster;
      for (const std::uint32_t rank : graph.hub_first().rank_of()) cluster.push_back(group[rank]);
      const ClusterTotals expected = cluster_totals(graph.both_ways(), weights, quality, cluster, count);
      const ClusterTotals found = group_totals(level, quality, weights.exponent, group, count);
      CHECK(found.modularity(1).has_value() == expected.modularity(1).has_value());
      CHECK_THAT(found.modularity(0.7).value_or(0), WithinAbs(expected.modularity(0.7).value_or(0), 1e-12));
      CHECK_THAT(found.constant_potts(0.3), WithinAbs(expected.constant_potts(0.3), 1e-9));
    });
  }
}

TEST_CASE("visiting order: every node once, the last ones behind all others, as far as whole blocks allow") {
  for (const std::size_t size : {0u, 1u, 100u, 10'000u, 200'000u}) {
    for (const std::size_t last : {std::size_t{0}, size / 8}) {
      CAPTURE(size, last);
      Random random(size + 1);
      std::vector<std::uint32_t> order(size);
      visiting_order(order, size, random, 64, last);
      const std::size_t block = std::clamp<std::size_t>(size / 2048, 1, 64), behind = last / block * block;
      CHECK(std::all_of(order.begin(), order.end() - static_cast<std::ptrdiff_t>(behind),
                        [&](std::uint32_t v) { return v >= behind; }));
      std::sort(order.begin(), order.end());
      CHECK(order == singletons(size));
    }
  }
}

TEST_CASE("hubs_should_wait: in large networks, but not where few nodes hold most ties") {
  const auto ground_of = [](std::size_t nodes, const std::vector<Ends>& edges) {
    NamedGraph shape{"", nodes, edges};
    const auto graph = undirected(shape);
    const auto weights = scaled_weights(graph.both_ways(), unit_weights(shape)).value();
    return hubs_should_wait(ground_level(graph.both_ways(), weights, ClusterQuality::modularity));
  };
  const auto ring_and_spokes = [](std::size_t nodes, std::size_t hubs, std::size_t spokes) {
    std::vector<Ends> edges;
    for (std::size_t v = 0; v < nodes; ++v) edges.push_back(ends_of(v, (v + 1) % nodes));
    for (std::size_t v = 0; v < nodes; ++v) {
      for (std::size_t s = 0; s < spokes; ++s) edges.push_back(ends_of((v * 7 + s) % hubs, v));
    }
    return edges;
  };
  CHECK(ground_of(10'000, ring_and_spokes(10'000, 100, 1)));
  CHECK(!ground_of(9'999, ring_and_spokes(9'999, 100, 1)));
  CHECK(!ground_of(10'000, ring_and_spokes(10'000, 10, 60)));  // ten nodes are the end of nearly half of all ends
  CHECK(ground_of(20'000, {}));                                // and nothing to look at
}

TEST_CASE("ground level: ties, strengths and masses are those of the network, with directions and without") {
  for_each_seed(120, [](Seed seed) {
    Random random(seed, 31);
    NamedGraph shape{"", 2 + random.below(12), {}};
    shape.edges = random_edges(shape.node_count, random.below(30), seed, seed % 2, seed % 5 < 3);
    const auto weight = seed % 3 ? random_whole_values(shape.edges.size(), seed, 0, 5) : unit_weights(shape);
    const std::size_t n = shape.node_count;
    for (const bool follow : {false, true}) {
      const Symmetric symmetric = undirected(shape);
      const Graph graph = follow ? directed(shape) : symmetric.both_ways();
      const auto scaled = scaled_weights(graph, weight).value();
      const auto quality = follow ? ClusterQuality::directed_modularity : ClusterQuality::modularity;
      const Level level = ground_level(graph, scaled, quality);
      REQUIRE(level.size() == n);
      std::vector<double> tie(n * n, 0), strength(n, 0), leaving(n, 0), arriving(n, 0);
      for (std::uint32_t e = 0; e < shape.edges.size(); ++e) {
        const std::uint32_t u = graph.hub_first().rank_of(shape.edges[e].source);
        const std::uint32_t v = graph.hub_first().rank_of(shape.edges[e].target);
        const double w = std::ldexp(weight[EdgeId{e}], -scaled.exponent);
        if (u != v) tie[u * n + v] += w, tie[v * n + u] += w;
        strength[u] += w, strength[v] += w;
        leaving[u] += w, arriving[v] += w;
      }
      double all = 0;
      for (std::uint32_t u = 0; u < n; ++u) {
        std::vector<double> row(n, 0);
        for (std::uint64_t a = level.begin[u]; a < level.begin[u + 1]; ++a) {
          CHECK(level.arc_weight(a) > 0);
          row[level.neighbour[a]] += level.arc_weight(a) * level.unit;
        }
        for (std::size_t v = 0; v < n; ++v) CHECK_THAT(row[v], WithinAbs(tie[u * n + v], 1e-12));
        CHECK_THAT(level.strength[u] * level.unit, WithinAbs(strength[u], 1e-12));
        CHECK_THAT(level.mass[u] * level.unit, WithinAbs(follow ? leaving[u] : strength[u], 1e-12));
        if (follow) CHECK_THAT(level.mass_in[u], WithinAbs(arriving[u], 1e-12));
        all += strength[u];
      }
      CHECK_THAT(level.doubled * level.unit, WithinAbs(all, 1e-12));
    }
  });
}

}  // namespace entente::test

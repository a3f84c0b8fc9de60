#include "algorithms/community/label_propagation.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>

#include "algorithms/community/clusters.hpp"
#include "algorithms/community/label_network.hpp"
#include "algorithms/community/label_sweeps.hpp"
#include "engine/hub_first.hpp"

namespace entente::test {

using Catch::Matchers::WithinAbs;

namespace {

/// Kinds of weights by seed: none, whole numbers with zeros, widely spread.
EdgeColumn<double> any_weights(const NamedGraph& shape, Seed seed) {
  return seed % 3 == 0   ? unit_weights(shape)
         : seed % 3 == 1 ? random_whole_values(shape.edges.size(), seed, 0, 4)
                         : heavy_tail(shape.edges.size(), seed);
}

/// Every sweep as the textbook has it: all nodes, all labels counted in a map, nothing left out. Draws as the
/// sweeps do: an order for each sweep, a coin for each node of the first, a number for each label taken over later.
struct PlainSweeps {
  const Level& level;
  Grouping& label;
  Random& random;

  std::size_t tied() const {
    std::size_t n = level.size();
    while (n > 0 && level.begin[n - 1] == level.begin[n]) --n;
    return n;
  }

  /// The weight of each label among the neighbours, in the order in which they are met.
  std::vector<std::pair<std::uint32_t, double>> weights_near(std::uint32_t v) const {
    std::vector<std::pair<std::uint32_t, double>> weights;
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      const std::uint32_t l = label[level.neighbour[a]];
      const auto known = std::ranges::find(weights, l, [](const auto& pair) { return pair.first; });
      if (known == weights.end()) weights.emplace_back(l, level.arc_weight(a));
      else known->second += level.arc_weight(a);
    }
    return weights;
  }
  double weight_of(std::uint32_t v, std::uint32_t l) const {
    for (const auto& [near, weight] : weights_near(v)) {
      if (near == l) return weight;
    }
    return 0;
  }

  void first_sweep() {
    const std::size_t hubs = tied() / 32;
    std::vector<std::uint32_t> order(hubs), others(tied() - hubs);
    visiting_order(order, hubs, random);
    visiting_order(others, others.size(), random);
    for (const std::uint32_t v : others) order.push_back(v + static_cast<std::uint32_t>(hubs));
    for (const std::uint32_t v : order) {
      const auto chance = [&](std::uint32_t l) {
        double mass = 0;
        for (std::uint32_t u = 0; u < level.size(); ++u) mass += label[u] == l && u != v ? level.mass[u] : 0;
        return level.mass[v] * mass / level.doubled;
      };
      double best = weight_of(v, label[v]) - chance(label[v]) + 1e-10 * level.strength[v];
      std::uint32_t to = label[v];
      auto weights = weights_near(v);
      if (!weights.empty() && random.next() % 2 == 1) std::ranges::reverse(weights);
      for (const auto& [l, weight] : weights) {
        if (weight - chance(l) > best) {
          best = weight - chance(l);
          to = l;
        }
      }
      label[v] = to;
    }
  }

  std::size_t sweep() {
    std::vector<std::uint32_t> order(tied());
    visiting_order(order, tied(), random);
    std::size_t changes = 0;
    for (const std::uint32_t v : order) {
      const auto weights = weights_near(v);
      double most = 0;
      for (const auto& [l, weight] : weights) most = std::max(most, weight);
      std::vector<std::uint32_t> heaviest;
      for (const auto& [l, weight] : weights) {
        if (weight >= most * (1 - 1e-12)) heaviest.push_back(l);
      }
      if (weight_of(v, label[v]) >= most * (1 - 1e-12)) continue;
      label[v] = heaviest[random.below(heaviest.size())];
      ++changes;
    }
    return changes;
  }

  double inside() const {
    double sum = 0;
    for (std::uint32_t v = 0; v < level.size(); ++v) sum += weight_of(v, label[v]);
    return sum;
  }
};

template <class Ties>
void check_sweeps(const Level& level, Seed seed) {
  Grouping label = singletons(level.size()), expected = label;
  Random random(seed), same(seed);
  LabelSweeps sweeps(Ties{level}, label, random);
  PlainSweeps plain{level, expected, same};
  sweeps.first_sweep({});
  plain.first_sweep();
  REQUIRE(label == expected);
  for (std::size_t changes = 1; changes > 0;) {
    changes = sweeps.sweep({});
    REQUIRE(changes == plain.sweep());
    REQUIRE(label == expected);
    CHECK_THAT(sweeps.inside(), WithinAbs(plain.inside(), 1e-9 * std::max(1.0, level.doubled)));
  }
  const std::size_t count = part_labels(level, label);
  CHECK(count == std::set<std::uint32_t>(label.begin(), label.end()).size());
  CHECK(label_modularity(level, label, count, sweeps.inside()).has_value() == (level.doubled > 0));
}

}  // namespace

TEST_CASE("label_propagation: by hand") {
  const NamedGraph triangles{"", 6, edges_of({{0, 1}, {1, 2}, {2, 0}, {3, 4}, {4, 5}, {5, 3}, {2, 3}})};
  const auto two = label_propagation(undirected(triangles), unit_weights(triangles)).value();
  CHECK(two.cluster == Membership{0, 0, 0, 1, 1, 1});
  CHECK_THAT(*two.modularity, WithinAbs(6.0 / 7 - 0.5, 1e-15));
  CHECK(two.converged);
  CHECK(two.notes.empty());

  const NamedGraph star{"", 5, edges_of({{3, 0}, {3, 1}, {3, 2}, {3, 4}})};  // all take the label of the centre
  const auto one = label_propagation(undirected(star), unit_weights(star)).value();
  CHECK(one.clusters == 1);
  CHECK_THAT(*one.modularity, WithinAbs(0, 1e-15));
  CHECK(one.quality == *one.modularity);

  // A pendant's tie of weight 5 outweighs the two others of its neighbour.
  const NamedGraph path{"", 4, edges_of({{0, 1}, {1, 2}, {2, 3}})};
  const auto heavy = label_propagation(undirected(path), EdgeColumn<double>{5, 1, 5}).value();
  CHECK(heavy.cluster == Membership{0, 0, 1, 1});
  CHECK_THAT(*heavy.modularity, WithinAbs(20.0 / 22 - 0.5, 1e-15));
}

TEST_CASE("label_propagation: a search that is stopped says so") {
  const NamedGraph shape = planted_groups(600, 10, 3000, 0.3, 1);
  const Symmetric graph = undirected(shape);
  for (const int most : {1, 2, 3}) {
    const auto found = label_propagation(graph, unit_weights(shape), {.runs = 1, .max_iterations = most}).value();
    CHECK(found.iterations == most);
    CHECK(!found.converged);
    REQUIRE(found.notes.size() == 1);
    CHECK(found.notes[0].find("after " + std::to_string(most) + (most == 1 ? " sweep;" : " sweeps;")) != std::string::npos);
    CHECK_THAT(*found.modularity, WithinAbs(modularity(graph, unit_weights(shape), found.cluster)->value(), 1e-12));
  }
  CHECK(label_propagation(graph, unit_weights(shape), {.runs = 1}).value().converged);
}

TEST_CASE("label_propagation: the labels are those of whole sweeps of a plain program, and so is the weight inside") {
  for_each_seed(200, [](Seed seed) {
    const NamedGraph shape = seed % 4 == 0 ? planted_groups(150, 5, 500, 0.3, seed) : any_graph(seed);
    const Symmetric graph = undirected(shape);
    const Level level = label_network(graph, any_weights(shape, seed), {}).value();
    if (level.counted) check_sweeps<CountedTies>(level, seed);
    else check_sweeps<WeightedTies>(level, seed);
  });
}

TEST_CASE("label_propagation: the modularity stated is that of the clusters") {
  for_each_seed(200, [](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const auto weight = any_weights(shape, seed);
    const Symmetric graph = undirected(shape);
    const auto found = label_propagation(graph, weight, {.seed = seed, .runs = 2}).value();
    const auto again = modularity(graph, weight, found.cluster).value();
    REQUIRE(found.modularity.has_value() == again.has_value());
    if (again) CHECK_THAT(*found.modularity, WithinAbs(*again, 1e-11));
    if (again) CHECK_THAT(*again, WithinAbs(modularity_by_pairs(shape, weight, found.cluster), 1e-9));
  });
}

TEST_CASE("label_propagation: the network is the ground level of modularity, whichever way it is made") {
  int borrowed = 0;
  for_each_seed(150, [&](Seed seed) {
    const NamedGraph shape = any_graph(seed);
    const Symmetric graph = undirected(shape);
    const auto weight = seed % 2 ? any_weights(shape, seed) : EdgeColumn<double>(shape.edges.size(), 3e200);
    const Level made = label_network(graph, weight, {}).value();
    const auto scaled = scaled_weights(graph.both_ways(), weight).value();
    const Level ground = ground_level(graph.both_ways(), scaled, ClusterQuality::modularity);
    const bool by_degree = made.counted && !shape.edges.empty() && made.arc_count() == 2 * shape.edges.size();
    borrowed += by_degree;
    CHECK(made.counted == ground.counted);
    REQUIRE(made.size() == ground.size());
    CHECK(std::ranges::equal(made.begin, ground.begin));
    CHECK(std::ranges::equal(made.neighbour, ground.neighbour));
    CHECK(std::ranges::equal(made.weight, ground.weight));
    CHECK(made.doubled == ground.doubled);
    for (std::size_t v = 0; v < made.size(); ++v) {
      CHECK(made.strength[v] == ground.strength[v]);
      CHECK(made.tied[v] == ground.tied[v]);
      CHECK(made.mass[v] == ground.mass[v]);
    }
  });
  CHECK(borrowed > 20);
}

TEST_CASE("label_propagation: hubs that most ties lead to do not cost the planted groups") {
  // 30 groups of 100 whose degrees are very unequal; a third of the ties lead anywhere.
  Random random(5);
  const auto member = [&] { return static_cast<std::size_t>(100 * std::pow(random.unit(), 3)); };
  NamedGraph shape{"", 3000, {}};
  while (shape.edges.size() < 24000) {
    const std::size_t group = random.below(30), other = random.unit() < 0.33 ? random.below(30) : group;
    const std::size_t u = member() * 30 + group, v = member() * 30 + other;
    if (u != v) shape.edges.push_back(ends_of(u, v));
  }
  const Symmetric graph = undirected(shape);
  Membership planted(3000);
  for (const NodeId v : graph.nodes()) planted[v] = v.index % 30;
  for_each_seed(10, [&](Seed seed) {
    const auto found = label_propagation(graph, unit_weights(shape), {.seed = seed, .runs = 1}).value();
    NodeColumn<double> similarity(3000, 0);
    add_element_similarity(planted, found.cluster, similarity);
    double sum = 0;
    for (const double s : similarity.values()) sum += s;
    CHECK(sum / 3000 > 0.6);
    CHECK(*found.modularity > 0.9 * modularity(graph, unit_weights(shape), planted)->value());
  });
}

TEST_CASE("label_propagation: labels do not trail along the rows of a lattice, where most are equal") {
  NamedGraph grid{"", 10000, {}};
  for (std::size_t v = 0; v < 10000; ++v) {
    if (v % 100 < 99) grid.edges.push_back(ends_of(v, v + 1));
    if (v + 100 < 10000) grid.edges.push_back(ends_of(v, v + 100));
  }
  const Symmetric graph = undirected(grid);
  for_each_seed(5, [&](Seed seed) {
    const auto found = label_propagation(graph, unit_weights(grid), {.seed = seed, .runs = 1}).value();
    CHECK(*found.modularity > 0.29);  // always the first of equals: 0.28
  });
}

TEST_CASE("label_propagation: odd shapes") {
  const auto run = [](const NamedGraph& shape, const EdgeColumn<double>& weight) {
    return label_propagation(undirected(shape), weight, {.runs = 2});
  };
  const auto none = run({"", 0, {}}, {}).value();
  CHECK(none.clusters == 0);
  CHECK(!none.modularity);
  const auto isolates = run({"", 3, {}}, {}).value();
  CHECK(isolates.cluster == Membership{0, 1, 2});
  CHECK(isolates.notes.size() == 1);
  const NamedGraph loops{"", 3, edges_of({{0, 0}, {1, 1}, {1, 1}})};
  const auto looped = run(loops, unit_weights(loops)).value();
  CHECK(looped.clusters == 3);
  CHECK_THAT(*looped.modularity, WithinAbs(1 - 1.0 / 9 - 4.0 / 9, 1e-15));
  const NamedGraph parallel{"", 3, edges_of({{0, 1}, {1, 0}, {1, 2}})};  // two ties outweigh one, whatever the order
  CHECK(run(parallel, unit_weights(parallel)).value().clusters <= 2);
  const NamedGraph pair{"", 2, edges_of({{0, 1}})};
  const auto weightless = run(pair, EdgeColumn<double>{0}).value();
  CHECK(weightless.clusters == 2);
  CHECK(!weightless.modularity);
  for (const double bad : {-1.0, double(INFINITY), std::numeric_limits<double>::quiet_NaN()}) {
    CHECK(run(pair, EdgeColumn<double>{bad}).error().code == ErrorCode::bad_argument);
  }
  CHECK(run(pair, EdgeColumn<double>{1, 1}).error().where == "weight");
  CHECK(run(pair, {}).error().where == "weight");
  CHECK(label_propagation(undirected(pair), EdgeColumn<double>{1}, {.runs = 0}).error().where == "option runs");
  CHECK(label_propagation(undirected(pair), EdgeColumn<double>{1}, {.max_iterations = 0}).error().where ==
        "option max_iterations");
}

}  // namespace entente::test

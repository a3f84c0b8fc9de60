#include "algorithms/cohesion/spanning_forest.hpp"

#include <algorithm>
#include <atomic>
#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include "algorithms/cohesion/components.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

using ForestFlags = EdgeColumn<std::uint8_t>;

/// Kruskal's algorithm as in the textbook: sort all, walk up plain trees.
ForestFlags forest_by_sorting(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>& value,
                              bool maximum) {
  std::vector<std::uint32_t> order(edges.size());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::stable_sort(order, [&](std::uint32_t a, std::uint32_t b) {
    const double x = value[EdgeId{a}], y = value[EdgeId{b}];
    return maximum ? x > y : x < y;
  });
  std::vector<std::uint32_t> above(n);
  std::iota(above.begin(), above.end(), 0u);
  const auto root = [&](std::uint32_t v) {
    while (above[v] != v) v = above[v];
    return v;
  };
  ForestFlags flags(edges.size(), 0);
  for (const std::uint32_t e : order) {
    const std::uint32_t a = root(edges[e].source.index), b = root(edges[e].target.index);
    if (a == b) continue;
    above[a] = b;
    flags[EdgeId{e}] = 1;
  }
  return flags;
}

/// Doubles of all sizes and both signs, with repeats.
EdgeColumn<double> wild_values(std::size_t count, Seed seed) {
  Random random(seed, 0x77696C64);
  EdgeColumn<double> values(count);
  for (double& value : values.values()) {
    value = std::ldexp(static_cast<double>(1 + random.below(7)), static_cast<int>(random.below(600)) - 300);
    if (random.below(2) == 0) value = -value;
    if (random.below(20) == 0) value = random.below(2) == 0 ? 0.0 : -0.0;
  }
  return values;
}

}  // namespace

TEST_CASE("spanning_forest: by hand, the smallest and the largest of a square with a diagonal") {
  //  0 -1- 1
  //  |4  3/ |2     and 4 alone
  //  3 -5- 2
  const auto graph = undirected(5, edges_of({{0, 1}, {1, 2}, {2, 3}, {3, 0}, {1, 3}}));
  const EdgeColumn<double> value{1, 2, 5, 4, 3};
  const auto least = spanning_forest(graph, &value).value();
  CHECK(least.in_forest == ForestFlags{1, 1, 0, 0, 1});
  CHECK(least.total == 6);
  CHECK(least.edges == 3);
  CHECK(least.trees == 2);
  const auto most = spanning_forest(graph, &value, {"maximum"}).value();
  CHECK(most.in_forest == ForestFlags{0, 0, 1, 1, 1});
  CHECK(most.total == 12);
}

TEST_CASE("spanning_forest: of equal edges the smaller id enters, and without values every edge is equal") {
  const auto graph = undirected(cycle_graph(4));
  CHECK(spanning_forest(graph, nullptr)->in_forest == ForestFlags{1, 1, 1, 0});
  CHECK(spanning_forest(graph, nullptr, {"maximum"})->in_forest == ForestFlags{1, 1, 1, 0});
  CHECK(spanning_forest(graph, nullptr)->total == 3);
  const EdgeColumn<double> zeros{0.0, -0.0, 0.0, -0.0};
  CHECK(spanning_forest(graph, &zeros)->in_forest == ForestFlags{1, 1, 1, 0});
}

TEST_CASE("spanning_forest: a self-loop never enters, of parallel edges the best one does") {
  const auto graph = undirected(3, edges_of({{0, 0}, {0, 1}, {1, 0}, {0, 1}, {2, 2}}));
  const EdgeColumn<double> value{-9, 3, 1, 2, -9};
  const auto found = spanning_forest(graph, &value).value();
  CHECK(found.in_forest == ForestFlags{0, 0, 1, 0, 0});
  CHECK(found.trees == 2);
  CHECK(spanning_forest(graph, &value, {"maximum"})->in_forest == ForestFlags{0, 1, 0, 0, 0});
}

TEST_CASE("spanning_forest: is the one of the textbook, for values of all sizes and signs") {
  for_each_seed(60, [](Seed seed) {
    // Some have so many edges for their nodes that most are dropped unsorted.
    const std::size_t n = seed % 3 == 0 ? 40 : 1 + seed * 7, m = seed % 3 == 0 ? 4000 : 3 * n;
    const auto edges = random_edges(n, m, seed, true, true);
    const auto graph = undirected(n, edges);
    for (const auto& value : {wild_values(m, seed), random_whole_values(m, seed, 1, 5)}) {
      for (const bool maximum : {false, true}) {
        const auto found = spanning_forest(graph, &value, {maximum ? "maximum" : "minimum"}).value();
        CHECK(found.in_forest == forest_by_sorting(n, edges, value, maximum));
        CHECK(found.trees == components(graph)->count);
        CHECK(found.edges == std::ranges::count(found.in_forest.values(), 1));
      }
    }
  });
}

TEST_CASE("spanning_forest: weighs as much as the one of Boost.Graph") {
  using Oracle = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property,
                                       boost::property<boost::edge_weight_t, double>>;
  for_each_seed(20, [](Seed seed) {
    const std::size_t n = 400, m = 3000;
    const auto edges = random_edges(n, m, seed);
    const auto value = random_whole_values(m, seed, 1, 1000000);
    Oracle oracle(n);
    for (std::uint32_t e = 0; e < m; ++e) {
      boost::add_edge(edges[e].source.index, edges[e].target.index, value[EdgeId{e}], oracle);
    }
    std::vector<boost::graph_traits<Oracle>::edge_descriptor> tree;
    boost::kruskal_minimum_spanning_tree(oracle, std::back_inserter(tree));
    double total = 0;
    for (const auto& edge : tree) total += boost::get(boost::edge_weight, oracle, edge);
    CHECK(spanning_forest(undirected(n, edges), &value)->total == total);
  });
}

TEST_CASE("spanning_forest: odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const auto graph = undirected(shape);
    const auto found = spanning_forest(graph, nullptr).value();
    CHECK(found.trees == components(graph)->count);
    CHECK(found.edges + found.trees == static_cast<std::int64_t>(shape.node_count));
  }
  CHECK(spanning_forest(Symmetric{}, nullptr)->trees == 0);
  CHECK(spanning_forest(undirected(path_graph(300000)), nullptr)->edges == 299999);
}

TEST_CASE("spanning_forest: what has no order or no sum is refused with a sentence") {
  const auto graph = undirected(3, edges_of({{0, 1}, {1, 2}}));
  for (const double bad : {std::nan(""), std::numeric_limits<double>::infinity()}) {
    const EdgeColumn<double> value{1, bad};
    const auto refused = spanning_forest(graph, &value);
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::bad_argument);
    CHECK(refused.error().where == "edge 1");
  }
  const EdgeColumn<double> huge{1.7e308, 1.7e308}, few{1};
  CHECK(spanning_forest(graph, &huge).error().code == ErrorCode::bad_argument);
  CHECK(spanning_forest(graph, &few).error().code == ErrorCode::bad_argument);
  CHECK(spanning_forest(graph, nullptr, {"best"}).error().code == ErrorCode::bad_argument);
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(spanning_forest(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("spanning_forest card: the minimum goes by length, the maximum by weight") {
  const auto graph = undirected(cycle_graph(3));
  const EdgeColumn<double> length{3, 2, 1}, weight{1, 5, 9};
  Problem problem;
  problem.symmetric = &graph;
  problem.length = &length;
  problem.weight = &weight;
  const Card card = spanning_forest_card();
  const auto total = [&](const std::string& objective) {
    const auto findings = card.run(problem, {{"objective", objective}}, {}).value();
    CHECK(card.verify(problem, {{"objective", objective}}, findings));
    return std::get<double>(findings.figures.at(0).second);
  };
  CHECK(total("minimum") == 3);
  CHECK(total("maximum") == 14);
  CHECK(!card.run(problem, {{"objective", std::string("best")}}, {}));
}

}  // namespace entente::test

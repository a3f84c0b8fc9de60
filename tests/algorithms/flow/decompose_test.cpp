#include "algorithms/flow/decompose.hpp"

#include <atomic>
#include <limits>
#include <numeric>
#include <optional>

#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/random_funding.hpp"
#include "algorithms/paths/widest.hpp"

namespace entente {
namespace {

using namespace test;

std::int64_t total_of(const std::vector<Walk>& routes) {
  return std::accumulate(routes.begin(), routes.end(), std::int64_t{0},
                         [](std::int64_t sum, const Walk& route) { return sum + route.amount; });
}

TEST_CASE("decompose: two routes and a circle worked by hand, the widest first and the circle apart") {
  //  0 -> 1 -> 3 carries 5, 0 -> 2 -> 3 carries 2; 1 -> 4 -> 1 carries 9 in a circle
  const Graph graph = directed(5, edges_of({{0, 2}, {2, 3}, {0, 1}, {1, 3}, {1, 4}, {4, 1}}));
  const auto parts = decompose_flow(graph, {2, 2, 5, 5, 9, 9}, node_list({0}), node_list({3}));
  REQUIRE(parts);
  REQUIRE(parts->routes.size() == 2);
  CHECK(parts->routes[0].nodes == node_list({0, 1, 3}));
  CHECK(parts->routes[0].amount == 5);
  CHECK(parts->routes[0].length == 2);
  CHECK(parts->routes[1].nodes == node_list({0, 2, 3}));
  CHECK(parts->routes[1].amount == 2);
  REQUIRE(parts->circles.size() == 1);
  CHECK(parts->circles[0].nodes == node_list({1, 4, 1}));
  CHECK(parts->circles[0].amount == 9);
}

TEST_CASE("decompose: parallel ties are routes of their own, and a loop is a circle") {
  const Graph graph = directed(2, edges_of({{0, 1}, {0, 1}, {1, 1}}));
  const auto parts = decompose_flow(graph, {3, 4, 2}, node_list({0}), node_list({1}));
  REQUIRE(parts->routes.size() == 2);
  CHECK(parts->routes[0].edges == std::vector<EdgeId>{EdgeId{1}});
  CHECK(parts->circles.size() == 1);
}

TEST_CASE("decompose: a target may pass on part of what it receives, and a source part of another's") {
  // 0 sends 5 to 1, which keeps 2 and passes 3 on to 2; 3 sends 1 through the source 0
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {3, 0}}));
  const auto parts = decompose_flow(graph, {5, 3, 1}, node_list({0, 3}), node_list({1, 2}));
  REQUIRE(parts);
  REQUIRE(check_routes(graph, {5, 3, 1}, node_list({0, 3}), node_list({1, 2}), parts->routes));
  REQUIRE(parts->routes.size() == 3);
  CHECK(parts->routes[0].nodes == node_list({0, 1, 2}));
  CHECK(parts->routes[0].amount == 3);
  CHECK(parts->routes[1].amount + parts->routes[2].amount == 2);
}

/// A random flow with circles and negative signs: sums of random walks along the arcs.
struct RandomFlow {
  Funding funding;
  EdgeColumn<std::int64_t> flow;
};

RandomFlow random_flow(Seed seed) {
  RandomFlow result{random_funding(seed, 15), {}};
  const Graph& graph = result.funding.graph;
  result.flow = EdgeColumn<std::int64_t>(graph.edge_count());
  Random random(seed, 7);
  for (int walks = 0; walks < 30; ++walks) {
    const bool circle = random.below(3) == 0;
    const NodeId start =
        circle ? NodeId{static_cast<std::uint32_t>(random.below(graph.node_count()))} : result.funding.from[0];
    const NodeId finish = circle ? start : result.funding.to[0];
    std::vector<Arc> steps;
    std::vector<NodeId> tails;
    NodeId u = start;
    for (int i = 0; i < 40 && (u != finish || steps.empty()) && !graph.out(u).empty(); ++i) {
      const Arc step = graph.out(u).begin()[static_cast<std::ptrdiff_t>(random.below(graph.out(u).size()))];
      steps.push_back(step);
      tails.push_back(u);
      u = step.node;
    }
    if (u != finish) continue;
    const auto amount = static_cast<std::int64_t>(1 + random.below(9));
    for (std::size_t i = 0; i < steps.size(); ++i) {
      result.flow[steps[i].edge] += tails[i] == graph.ends(steps[i].edge).source ? amount : -amount;
    }
  }
  return result;
}

TEST_CASE("decompose: routes and circles of any balanced flow add up to it, each positive, at most one an edge") {
  int with_routes = 0, with_circles = 0;
  for_each_seed(400, [&](Seed seed) {
    const auto [funding, flow] = random_flow(seed);
    const auto parts = decompose_flow(funding.graph, flow, funding.from, funding.to);
    if (!parts) {  // opposite walks can leave a source with more inflow than outflow
      REQUIRE(parts.error().what.find("does not balance") != std::string::npos);
      return;
    }
    REQUIRE(check_routes(funding.graph, flow, funding.from, funding.to, parts->routes, parts->circles));
    REQUIRE(parts->routes.size() + parts->circles.size() <= funding.graph.edge_count());
    REQUIRE(std::ranges::is_sorted(parts->routes, std::ranges::greater{}, &Walk::amount));
    with_routes += !parts->routes.empty();
    with_circles += !parts->circles.empty();
  });
  CHECK(with_routes > 100);
  CHECK(with_circles > 100);
}

TEST_CASE("decompose: each route is the widest that the rest of the flow holds") {
  for_each_seed(200, [](Seed seed) {
    Funding f = random_funding(seed, 20);
    f.from.resize(1);
    f.to.resize(1);
    const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
    const auto parts = decompose_flow(f.graph, answer->flow, f.from, f.to);
    REQUIRE(total_of(parts->routes) == answer->value);
    std::vector<Ends> along;  // the graph in the directions of the flow
    EdgeColumn<std::int64_t> rest = answer->flow;
    for (const EdgeId edge : f.graph.edges()) {
      const auto [source, target] = f.graph.ends(edge);
      along.push_back(rest[edge] < 0 ? Ends{target, source} : Ends{source, target});
      rest[edge] = std::abs(rest[edge]);
    }
    const Graph graph = directed(f.graph.node_count(), along);
    for (const Walk& route : parts->routes) {
      const auto widest = widest_path(graph, rest, f.from, f.to);
      REQUIRE((*widest)->width == route.amount);
      for (const EdgeId edge : route.edges) rest[edge] -= route.amount;
    }
  });
}

/// Levels of 300 nodes between a source and a target, every node passing on what it receives in uneven parts: so many
/// ways cross that bounds soon mislead.
struct Layers {
  Graph graph;
  EdgeColumn<std::int64_t> flow;
  NodeId source, target;
};

Layers crossing_layers(Seed seed) {
  constexpr std::uint32_t levels = 20, width = 300, source = levels * width, target = source + 1;
  Random random(seed, 3);
  std::vector<Ends> ends;
  EdgeColumn<std::int64_t> flow;
  std::vector<std::int64_t> passes(levels * width);
  const auto send = [&](std::uint32_t from, std::uint32_t to, std::int64_t units) {
    ends.push_back({NodeId{from}, NodeId{to}});
    flow.push_back(units);
    if (to < source) passes[to] += units;
  };
  for (std::uint32_t i = 0; i < width; ++i) send(source, i, static_cast<std::int64_t>(1000 + random.below(1000000)));
  for (std::uint32_t u = 0; u < source; ++u) {
    const std::uint32_t level = u / width;
    for (std::int64_t left = passes[u], part = 0; left > 0; left -= part) {
      part = std::min(left, static_cast<std::int64_t>(1 + random.below(static_cast<std::uint64_t>(passes[u] / 4 + 1))));
      const auto across = static_cast<std::uint32_t>(random.below(width));
      send(u, level + 1 == levels ? target : (level + 1) * width + across, part);
    }
  }
  return {directed(target + 1, ends), flow, NodeId{source}, NodeId{target}};
}

TEST_CASE("decompose: where the widest are too dear to find, routes carry more than half of the widest left") {
  const auto [graph, flow, source, target] = crossing_layers(Seed{5});
  const std::span from(&source, 1), to(&target, 1);
  const auto parts = decompose_flow(graph, flow, from, to);
  REQUIRE(parts);
  const std::vector<Walk>& routes = parts->routes;
  CHECK(parts->widest > 100);
  REQUIRE(parts->widest < routes.size());  // or this test shows nothing
  REQUIRE(routes.size() <= graph.edge_count());
  REQUIRE(parts->circles.empty());
  REQUIRE(check_routes(graph, flow, from, to, routes));
  REQUIRE(std::ranges::is_sorted(routes, std::ranges::greater{}, &Walk::amount));

  EdgeColumn<std::int64_t> rest = flow;
  const std::size_t stride = routes.size() / 30 + 1;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    if (i % stride == 0) {
      const auto widest = widest_path(graph, rest, from, to);
      if (i < parts->widest) REQUIRE((*widest)->width == routes[i].amount);
      else REQUIRE((*widest)->width < 2 * routes[i].amount);
    }
    for (const EdgeId edge : routes[i].edges) rest[edge] -= routes[i].amount;
  }

  for (const std::size_t most : {std::size_t{0}, std::size_t{7}, parts->widest + 1, parts->widest + 999}) {
    const auto first = decompose_flow(graph, flow, from, to, {}, most);
    REQUIRE(first->routes.size() == most);
    for (std::size_t i = 0; i < most; ++i) {
      REQUIRE(first->routes[i].edges == routes[i].edges);
      REQUIRE(first->routes[i].amount == routes[i].amount);
    }
  }
}

TEST_CASE("decompose: a flow that does not balance is refused, with the node") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}}));
  const auto answer = decompose_flow(graph, {3, 2}, node_list({0}), node_list({2}));
  REQUIRE_FALSE(answer);
  CHECK(answer.error().what.find("does not balance at node 1") != std::string::npos);
  CHECK_FALSE(decompose_flow(graph, {3, 3}, node_list({2}), node_list({0})));
  CHECK_FALSE(decompose_flow(graph, {3}, node_list({0}), node_list({2})));
  CHECK_FALSE(decompose_flow(graph, {0, 0}, node_list({0}), node_list({0})));
  CHECK_FALSE(decompose_flow(graph, {0, 0}, node_list({3}), node_list({0})));
  CHECK_FALSE(decompose_flow(graph, {std::numeric_limits<std::int64_t>::min(), 0}, node_list({0}), node_list({2})));
}

TEST_CASE("decompose: stops soon once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const auto answer = decompose_flow(directed(2, edges_of({{0, 1}})), {1}, node_list({0}), node_list({1}), job);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente

#include "algorithms/paths/widest.hpp"

#include <limits>

#include "algorithms/paths/all_simple_paths.hpp"

namespace entente {
namespace {

using namespace test;

TEST_CASE("widest_path: a detour over larger grants is wider than the direct one") {
  const Graph graph = directed(3, edges_of({{0, 2}, {0, 1}, {1, 2}, {1, 2}}));
  const EdgeColumn<std::int64_t> capacity{5, 9, 3, 7};
  const NodeId a{0}, b{2};
  const auto answer = widest_path(graph, capacity, std::span(&a, 1), std::span(&b, 1));
  REQUIRE(answer);
  REQUIRE(*answer);
  CHECK((*answer)->width == 7);
  CHECK((*answer)->walk.amount == 7);
  CHECK((*answer)->walk.edges == std::vector<EdgeId>{EdgeId{1}, EdgeId{3}});
}

TEST_CASE("widest_path: is the widest of all paths, then the shortest, then the first by its nodes") {
  int found = 0;
  for_each_seed(800, [&](Seed seed) {
    const RandomPathQuestion question = random_path_question(seed, 8);
    PathRules rules;
    rules.no_stepping_stone = &question.no_stepping_stone;
    EdgeColumn<std::int64_t> capacity;
    Random random(seed, 3);
    for (std::size_t i = 0; i < question.graph.edge_count(); ++i) {
      capacity.push_back(static_cast<std::int64_t>(random.below(6)));
    }
    // by trying thresholds: the paths of the edges that are at least that wide
    std::int64_t width = 0;
    std::vector<Walk> widest;
    for (std::int64_t least = 1; least <= 6; ++least) {
      EdgeColumn<std::uint8_t> narrow(capacity.size());
      for (const EdgeId edge : question.graph.edges()) narrow[edge] = capacity[edge] < least || question.closed[edge];
      rules.closed = &narrow;
      auto paths = all_simple_paths(question.graph, question.from, question.to, rules);
      if (paths.empty()) break;
      width = least;
      widest = std::move(paths);
    }
    rules.closed = &question.closed;
    const auto answer = widest_path(question.graph, capacity, question.from, question.to, rules);
    REQUIRE(answer);
    REQUIRE(answer->has_value() == (width > 0));
    if (width == 0) return;
    REQUIRE(same_walks({(*answer)->walk}, {widest.front()}));
    if ((*answer)->walk.edges.empty()) {
      REQUIRE((*answer)->width == std::numeric_limits<std::int64_t>::max());
      return;
    }
    REQUIRE((*answer)->width == width);
    ++found;

    EdgeColumn<double> real;
    for (const std::int64_t units : capacity.values()) real.push_back(static_cast<double>(units) / 8);
    const auto in_reals = widest_path(question.graph, real, question.from, question.to, rules);
    REQUIRE(same_walks({(*in_reals)->walk}, {(*answer)->walk}));
    REQUIRE((*in_reals)->width == static_cast<double>(width) / 8);
  });
  CHECK(found > 200);
}

TEST_CASE("widest_path: an amount of 0 carries nothing, and a wrong one is refused") {
  const Graph graph = directed(2, edges_of({{0, 1}}));
  const NodeId a{0}, b{1};
  const auto ask = [&](auto capacity) { return widest_path(graph, capacity, std::span(&a, 1), std::span(&b, 1)); };
  CHECK_FALSE(ask(EdgeColumn<std::int64_t>{0})->has_value());
  CHECK(ask(EdgeColumn<std::int64_t>{-2}).error().what.find("edge 0") != std::string::npos);
  CHECK_FALSE(ask(EdgeColumn<std::int64_t>{1, 2}));
  CHECK_FALSE(ask(EdgeColumn<double>{std::numeric_limits<double>::quiet_NaN()}));
  CHECK_FALSE(ask(EdgeColumn<double>{std::numeric_limits<double>::infinity()}));
}

}  // namespace
}  // namespace entente

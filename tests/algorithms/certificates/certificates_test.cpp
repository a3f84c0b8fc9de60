#include "algorithms/certificates/flow.hpp"
#include "algorithms/certificates/paths.hpp"

#include <limits>

#include "algorithms/flow/random_funding.hpp"

namespace entente {
namespace {

using namespace test;

std::string verdict(const Result<void>& checked) { return checked ? "holds" : checked.error().what; }
std::string verdict(const Result<std::int64_t>& checked) {
  return checked ? std::to_string(*checked) : checked.error().what;
}

TEST_CASE("certificates: a path that is none is found out, each way of being wrong by its own sentence") {
  //  0 -> 1 -> 2 -> 3, 0 -> 2 closed, 1 -> 0
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {2, 3}, {0, 2}, {1, 0}}));
  const EdgeColumn<std::uint8_t> closed{0, 0, 0, 1, 0};
  const NodeColumn<std::uint8_t> barred{0, 0, 1, 0};
  PathRules rules;
  rules.closed = &closed;
  const auto from = node_list({0}), to = node_list({3});
  const auto edges = [](std::initializer_list<std::uint32_t> list) {
    std::vector<EdgeId> result;
    for (const std::uint32_t id : list) result.push_back(EdgeId{id});
    return result;
  };
  const auto check = [&](std::vector<NodeId> nodes, std::vector<EdgeId> steps, double length) {
    return verdict(check_path(graph, from, to, rules, Walk{std::move(nodes), std::move(steps), length, 0}));
  };
  CHECK(check(node_list({0, 1, 2, 3}), edges({0, 1, 2}), 3) == "holds");
  CHECK(check(node_list({0, 1, 2, 3}), edges({0, 1, 2}), 2) == "The path is not as long as it says.");
  CHECK(check(node_list({0, 1, 2, 3}), edges({0, 1}), 2) == "The path does not have one node more than edges.");
  CHECK(check(node_list({0, 2, 3}), edges({3, 2}), 2) == "Step 1 of the path is no open edge between its two nodes.");
  CHECK(check(node_list({0, 1, 2, 3}), edges({4, 1, 2}), 3) ==
        "Step 1 of the path is no open edge between its two nodes.");
  CHECK(check(node_list({0, 1, 2, 3}), edges({0, 1, 99}), 3) ==
        "Step 3 of the path is no open edge between its two nodes.");
  CHECK(check(node_list({1, 2, 3}), edges({1, 2}), 2) == "The path does not begin at a node to start from.");
  CHECK(check(node_list({0, 1}), edges({0}), 1) == "The path does not finish at a node to end at.");
  CHECK(check(node_list({0, 1, 0, 3}), edges({0, 4, 0}), 3) ==
        "The path passes through a node that may not lie inside.");
  CHECK(check(node_list({0, 9}), edges({0}), 1) == "The path visits a node that the graph does not have.");
  rules.no_stepping_stone = &barred;
  CHECK(check(node_list({0, 1, 2, 3}), edges({0, 1, 2}), 3) ==
        "The path passes through a node that may not lie inside.");
}

TEST_CASE("certificates: a path that visits a node twice is no path") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {2, 1}, {1, 3}}));
  const Walk walk{node_list({0, 1, 2, 1, 3}), {EdgeId{0}, EdgeId{1}, EdgeId{2}, EdgeId{3}}, 4, 0};
  CHECK(verdict(check_path(graph, node_list({0}), node_list({3}), {}, walk)) == "The path visits a node twice.");
}

TEST_CASE("certificates: a listing must be in order and without repeats, and a longer path is not the shortest") {
  const Graph graph = directed(3, edges_of({{0, 2}, {0, 1}, {1, 2}}));
  const auto from = node_list({0}), to = node_list({2});
  const Walk direct{node_list({0, 2}), {EdgeId{0}}, 1, 0}, detour{node_list({0, 1, 2}), {EdgeId{1}, EdgeId{2}}, 2, 0};
  CHECK(verdict(check_listing(graph, from, to, {}, {direct, detour})) == "holds");
  CHECK(verdict(check_listing(graph, from, to, {}, {detour, direct})) == "The paths are not in order of length.");
  CHECK(verdict(check_listing(graph, from, to, {}, {direct, direct})) == "A path is listed twice.");
  CHECK(verdict(check_nothing_shorter(graph, from, to, {}, &direct)) == "holds");
  CHECK(verdict(check_nothing_shorter(graph, from, to, {}, &detour)) == "There is a shorter path.");
  CHECK(verdict(check_nothing_shorter(graph, from, to, {}, nullptr)) == "There is a path, but none is listed.");
  CHECK(verdict(check_nothing_shorter(graph, to, from, {}, nullptr)) == "holds");
}

TEST_CASE("certificates: an impossible flow is found out at its edge or node") {
  const Graph graph = make_mixed_graph(3, edges_of({{0, 1}, {1, 2}}), EdgeColumn<std::uint8_t>{1, 0}).value();
  const EdgeColumn<std::int64_t> capacity{4, 6};
  const auto value = [&](const EdgeColumn<std::int64_t>& flow, std::vector<NodeId> from, std::vector<NodeId> to) {
    return verdict(feasible_flow_value(graph, capacity, from, to, flow));
  };
  CHECK(value({3, 3}, node_list({0}), node_list({2})) == "3");
  CHECK(value({0, -6}, node_list({2}), node_list({1})) == "6");
  CHECK(value({5, 5}, node_list({0}), node_list({2})) == "The flow on edge 0 is not within its capacity.");
  CHECK(value({-1, 0}, node_list({1}), node_list({0})) == "The flow on edge 0 is not within its capacity.");
  CHECK(value({3, 2}, node_list({0}), node_list({2})) == "The flow does not balance at node 1.");
  CHECK(value({3}, node_list({0}), node_list({2})) == "Flow and capacity need one value for each edge.");
  CHECK(value({3, 3}, node_list({8}), node_list({2})) == "A source or target is no node of the graph.");
}

TEST_CASE("certificates: a cut counts what leaves it, mutual ties from either end, and a larger cut proves nothing") {
  const Graph graph =
      make_mixed_graph(3, edges_of({{0, 1}, {2, 1}, {1, 0}}), EdgeColumn<std::uint8_t>{1, 0, 1}).value();
  const EdgeColumn<std::int64_t> capacity{4, 6, 9};
  CHECK(verdict(cut_capacity(graph, capacity, NodeColumn<std::uint8_t>{1, 0, 0})) == "4");
  CHECK(verdict(cut_capacity(graph, capacity, NodeColumn<std::uint8_t>{1, 1, 0})) == "6");
  const auto from = node_list({0}), to = node_list({2});
  const EdgeColumn<std::int64_t> flow{4, -4, 0};
  CHECK(verdict(greatest_flow_value(graph, capacity, from, to, flow, {1, 0, 0})) == "4");
  CHECK(verdict(greatest_flow_value(graph, capacity, from, to, flow, {1, 1, 0})) ==
        "The flow has the value 4, but the cut the capacity 6.");
  CHECK(verdict(greatest_flow_value(graph, capacity, from, to, flow, {0, 1, 0})) == "A source lies beyond the cut.");
  CHECK(verdict(greatest_flow_value(graph, capacity, from, to, flow, {1, 1, 1})) ==
        "A target lies on the sources' side of the cut.");
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  CHECK(verdict(cut_capacity(graph, {large, 1, large}, NodeColumn<std::uint8_t>{1, 0, 1})) ==
        "The sum exceeds 64 bits.");
}

TEST_CASE("certificates: routes must exist, carry something, join the ends and add up") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {1, 1}}));
  const auto from = node_list({0}), to = node_list({2});
  const Walk route{node_list({0, 1, 2}), {EdgeId{0}, EdgeId{1}}, 2, 5};
  const Walk circle{node_list({1, 1}), {EdgeId{2}}, 1, 3};
  const auto check = [&](const std::vector<Walk>& routes, const std::vector<Walk>& circles) {
    return verdict(check_routes(graph, {5, 5, 3}, from, to, routes, circles));
  };
  CHECK(check({route}, {circle}) == "holds");
  CHECK(check({route}, {}) == "The routes do not add up to the flow on edge 2.");
  CHECK(check({route, circle}, {}) == "A route does not lead from a source to a target.");
  CHECK(check({}, {route, circle}) == "A circle does not end where it begins.");
  Walk empty = route;
  empty.amount = 0;
  CHECK(check({route, empty}, {circle}) == "A route carries nothing.");
  Walk wrong = route;
  std::swap(wrong.edges[0], wrong.edges[1]);
  CHECK(check({wrong}, {circle}) == "A route uses edge 1 between nodes that it does not join.");
}

}  // namespace
}  // namespace entente

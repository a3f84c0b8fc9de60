#include "algorithms/flow/dominators.hpp"

#include <atomic>

#include "algorithms/certificates/dominators.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/question.hpp"

namespace entente {
namespace {

using namespace test;

/// Slow oracle: whether any walk leads from a source to a target, without one node or one edge.
bool connected_without(const Funding& f, std::optional<NodeId> node, std::optional<EdgeId> edge) {
  NodeColumn<std::uint8_t> seen(f.graph.node_count());
  std::vector<NodeId> queue;
  const auto reach = [&](NodeId v) {
    if (!seen[v] && v != node) seen[v] = 1, queue.push_back(v);
  };
  for (const NodeId v : f.from) reach(v);
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const auto [v, e] : f.graph.out(queue[i])) {
      if (f.capacity[e] > 0 && e != edge) reach(v);
    }
  }
  return std::ranges::any_of(f.to, [&](NodeId v) { return seen[v] != 0; });
}

TEST_CASE("dominators: an hourglass has its waist, and the tie behind it, worked by hand") {
  // 0 -> {1, 2} -> 3 -> 4 -> {5, 6} -> 7, with a way back 4 -> 1
  const Graph graph = directed(8, edges_of({{0, 1}, {0, 2}, {1, 3}, {2, 3}, {3, 4}, {4, 5}, {4, 6}, {5, 7}, {6, 7}, {4, 1}}));
  const EdgeColumn<std::int64_t> capacity(10, 3);
  const auto found = dominators_between(graph, capacity, node_list({0}), node_list({7}));
  REQUIRE(found);
  CHECK(found->nodes == node_list({0, 3, 4, 7}));
  CHECK(found->edges == std::vector<EdgeId>{EdgeId{4}});
  CHECK(found->stage == NodeColumn<std::int64_t>{1, 1, 1, 2, 3, 3, 3, 4});
}

TEST_CASE("dominators: nodes and edges are those whose removal disconnects, in the order in which they are passed") {
  int nodes = 0, edges = 0, connected = 0;
  for_each_seed(3000, [&](Seed seed) {
    const Funding f = random_funding(seed, seed % 2 ? 14 : 30);
    const auto found = dominators_between(f.graph, f.capacity, f.from, f.to);
    REQUIRE(found);
    REQUIRE(found->connected == connected_without(f, {}, {}));
    REQUIRE(check_dominators(f.graph, f.capacity, f.from, f.to, *found));
    if (!found->connected) {
      REQUIRE(found->nodes.empty());
      REQUIRE(found->edges.empty());
      return;
    }
    ++connected;
    for (const NodeId v : f.graph.nodes()) {
      const bool listed = std::ranges::find(found->nodes, v) != found->nodes.end();
      REQUIRE(listed == !connected_without(f, v, {}));
      nodes += listed;
    }
    for (const EdgeId edge : f.graph.edges()) {
      const bool listed = std::ranges::find(found->edges, edge) != found->edges.end();
      REQUIRE(listed == !connected_without(f, {}, edge));
      edges += listed;
    }
    for (const Walk& walk : found->walks) {  // every walk passes them in the same order
      std::vector<NodeId> passed;
      for (const NodeId v : walk.nodes) {
        if (std::ranges::find(found->nodes, v) != found->nodes.end()) passed.push_back(v);
      }
      REQUIRE(passed == found->nodes);
    }
  });
  CHECK(connected > 1000);
  CHECK(nodes > 3 * connected / 2);
  CHECK(edges > 200);
}

TEST_CASE("dominators: on a path every body and every tie, on odd shapes what removal says") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    for (const Graph& graph : {directed(shape), undirected(shape).both_ways()}) {
      if (graph.node_count() < 2) continue;
      const NodeId last{static_cast<std::uint32_t>(graph.node_count() - 1)};
      const Funding f{graph, EdgeColumn<std::int64_t>(graph.edge_count(), 1), {NodeId{0}}, {last}, {}, {}};
      const auto found = dominators_between(f.graph, f.capacity, f.from, f.to);
      REQUIRE(found);
      REQUIRE(check_dominators(f.graph, f.capacity, f.from, f.to, *found));
      for (const NodeId v : graph.nodes()) {
        const bool listed = std::ranges::find(found->nodes, v) != found->nodes.end();
        if (found->connected) REQUIRE(listed == !connected_without(f, v, {}));
      }
    }
  }
  const NamedGraph path = path_graph(100000);
  const Graph graph = directed(path);
  const auto found = dominators_between(graph, EdgeColumn<std::int64_t>(graph.edge_count(), 3), node_list({0}), node_list({99999}));
  REQUIRE(found);
  CHECK(found->nodes.size() == 100000);
  CHECK(found->edges.size() == 99999);
}

TEST_CASE("dominators: the card names bodies and ties between the ends, with what passes them") {
  // 0 -> 1 -> 2 -> {3, 4} -> 5; 2 -> 3 twice; 6 states nothing
  const Graph graph = directed(7, edges_of({{0, 1}, {1, 2}, {2, 3}, {2, 3}, {3, 5}, {2, 4}, {4, 5}, {0, 6}, {6, 5}}));
  FlowAsked asked(graph, {9, 8, 2, 2, 3, 4, 4, 0, 5}, {0}, {5});
  asked.states({1, 1, 1, 1, 1, 1, 1, 0, 1});
  const Card card = dominators_card();
  const Findings findings = asked.answer(card);
  CHECK(asked.figure(findings, "value") == 7);
  CHECK(asked.figure(findings, "bodies") == 2);
  REQUIRE(findings.listings.size() == 2);
  REQUIRE(findings.listings[0].rows.size() == 2);
  CHECK(std::get<NodeId>(findings.listings[0].rows[1][1]) == NodeId{2});
  CHECK(std::get<MoneyUnits>(findings.listings[0].rows[1][2]).units == 7);
  REQUIRE(findings.listings[1].rows.size() == 2);
  CHECK(std::get<EdgeId>(findings.listings[1].rows[1][1]) == EdgeId{1});
  CHECK(std::get<MoneyUnits>(findings.listings[1].rows[1][5]).units == 1);
  CHECK(findings.notes == std::vector<std::string>{"1 tie states no amount and can carry nothing here."});
  CHECK(card.verify(asked.problem, {}, findings).value().starts_with("verified: no tie leads around"));

  const auto spoilt = [&](auto&& spoil) {
    Findings copy = findings;
    spoil(copy);
    return !card.verify(asked.problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { copy.listings[0].rows.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { copy.listings[1].rows.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { copy.listings[0].rows.push_back({std::int64_t{3}, NodeId{3}, MoneyUnits{7}}); }));
  CHECK(spoilt([](Findings& copy) { copy.walks[1] = copy.walks[0]; }));
  CHECK(spoilt([](Findings& copy) { ++std::get<NodeColumn<std::int64_t>>(copy.per_node[0].second)[NodeId{3}]; }));
}

TEST_CASE("dominators: nothing between the ends is an answer, a body at both ends and a negative amount are refused") {
  const Graph graph = directed(3, edges_of({{0, 1}, {2, 1}, {1, 1}}));
  const FlowAsked none(graph, {5, 5, 5}, {0}, {2});
  const Findings findings = none.answer(dominators_card());
  CHECK(none.figure(findings, "value") == 0);
  CHECK(findings.listings[0].rows.empty());
  CHECK(findings.walks.empty());
  CHECK(dominators_card().verify(none.problem, {}, findings));
  CHECK(FlowAsked(graph, {5, 5, 5}, {0}, {0}).refusal(dominators_card()) == ErrorCode::bad_argument);
  CHECK(FlowAsked(graph, {5, -5, 5}, {0}, {1}).refusal(dominators_card()) == ErrorCode::bad_argument);
  CHECK(FlowAsked(graph, {5, 5, 5}, {}, {1}).refusal(dominators_card()) == ErrorCode::bad_argument);
  CHECK(FlowAsked(directed(0, {}), {}, {}, {}).refusal(dominators_card()) == ErrorCode::bad_argument);
}

TEST_CASE("dominators: several sources that must all pass one of them list it") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {1, 3}, {2, 3}}));
  const FlowAsked asked(graph, {5, 5, 5, 5}, {0, 1}, {3});
  const Findings findings = asked.answer(dominators_card());
  REQUIRE(findings.listings[0].rows.size() == 1);
  CHECK(std::get<NodeId>(findings.listings[0].rows[0][1]) == NodeId{1});
  CHECK(dominators_card().verify(asked.problem, {}, findings));
}

}  // namespace
}  // namespace entente

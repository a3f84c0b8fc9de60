#include "algorithms/flow/flow_network.hpp"

#include <atomic>
#include <limits>
#include <utility>
#include <vector>

#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/random_funding.hpp"

// A network that is kept answers every question as if it were the first: by hand, by law beside max_flow(), by trying
// every cut; in networks thick with ties too, where amounts are looked up when they are needed.

namespace entente {
namespace {

using namespace test;

/// Few nodes and many ties, none of them empty: parallel, mutual, loops.
Funding dense_funding(Seed seed, std::size_t n) {
  Random random(seed, 0x64656E7365);
  Funding f;
  f.edges = random_arcs(n, 30 * n, seed, true, true);
  for (std::size_t i = 0; i < f.edges.size(); ++i) {
    f.capacity.push_back(1 + static_cast<std::int64_t>(random.below(20)));
    f.one_way.push_back(seed % 3 == 0 || (seed % 3 == 1 && random.below(3) != 0));
  }
  f.from = node_list({0});
  f.to = node_list({static_cast<std::uint32_t>(n - 1)});
  f.graph = make_mixed_graph(n, f.edges, f.one_way).value();
  return f;
}

/// The last question of a network has the answer that it has alone.
void require_as_if_alone(const Funding& f, const FlowNetwork& network, std::int64_t value,
                         const std::vector<NodeId>& from, const std::vector<NodeId>& to) {
  const auto alone = max_flow(f.graph, f.capacity, from, to);
  REQUIRE(alone);
  REQUIRE(value == alone->value);
  REQUIRE(network.source_side() == alone->source_side);
  REQUIRE(network.flow() == alone->flow);
  REQUIRE(network.phases() == alone->phases);
}

/// Asks between many pairs of nodes, one question after the other.
void ask_around(const Funding& f, FlowNetwork& network, Seed seed) {
  Random random(seed, 0x61736B);
  const auto n = static_cast<std::uint32_t>(f.graph.node_count());
  for (int i = 0; i < 6; ++i) {
    const auto s = static_cast<std::uint32_t>(random.below(n)), t = static_cast<std::uint32_t>(random.below(n));
    if (s == t) continue;
    const auto value = network.send(node_list({s}), node_list({t}));
    REQUIRE(value);
    require_as_if_alone(f, network, *value, node_list({s}), node_list({t}));
  }
  const auto value = network.send(f.from, f.to);
  REQUIRE(value);
  require_as_if_alone(f, network, *value, f.from, f.to);
}

TEST_CASE("flow_network: a second question does not see what the first has sent") {
  // 0 -> 1 -> 2 carries 3; then 1 -> 2 alone still carries 5, and the other way round nothing
  const std::vector<Ends> edges{{NodeId{0}, NodeId{1}}, {NodeId{1}, NodeId{2}}};
  const EdgeColumn<std::int64_t> capacity{3, 5};
  const Graph graph = make_graph(3, edges).value();
  FlowNetwork network = FlowNetwork::make(graph, capacity).value();
  CHECK(network.send(node_list({0}), node_list({2})) == 3);
  CHECK(network.flow() == EdgeColumn<std::int64_t>{3, 3});
  CHECK(network.source_side() == NodeColumn<std::uint8_t>{1, 0, 0});
  CHECK(network.send(node_list({1}), node_list({2})) == 5);
  CHECK(network.flow() == EdgeColumn<std::int64_t>{0, 5});
  CHECK(network.send(node_list({2}), node_list({0})) == 0);
  CHECK(network.flow() == EdgeColumn<std::int64_t>{0, 0});
  CHECK(network.source_side() == NodeColumn<std::uint8_t>{0, 0, 1});
}

TEST_CASE("flow_network: many questions on one network are answered as each alone, with all rows opened or none") {
  for_each_seed(400, [](Seed seed) {
    const Funding f = random_funding(seed, seed % 2 == 0 ? 40 : 6);
    FlowNetwork network = FlowNetwork::make(f.graph, f.capacity).value();
    if (seed % 4 < 2) network.prepare();
    ask_around(f, network, seed);
  });
}

TEST_CASE("flow_network: the same where ties are many to a node and amounts are looked up late") {
  for_each_seed(200, [](Seed seed) {
    const Funding f = dense_funding(seed, 2 + seed % 25);
    FlowNetwork network = FlowNetwork::make(f.graph, f.capacity).value();
    if (seed % 4 < 2) network.prepare();
    ask_around(f, network, seed);
  });
}

TEST_CASE("flow_network: where ties are many the value is the smallest cut, and proven") {
  for_each_seed(150, [](Seed seed) {
    const Funding f = dense_funding(seed, 2 + seed % 8);
    const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
    REQUIRE(answer);
    REQUIRE(answer->value == smallest_cut_by_trying(f));
    REQUIRE(greatest_flow_value(f.graph, f.capacity, f.from, f.to, answer->flow, answer->source_side) ==
            answer->value);
  });
}

TEST_CASE("flow_network: after a question that was refused or broken off the next is answered") {
  const Funding f = dense_funding(4, 20);
  const std::int64_t value = max_flow(f.graph, f.capacity, f.from, f.to)->value;
  FlowNetwork network = FlowNetwork::make(f.graph, f.capacity).value();
  REQUIRE(network.send(f.from, f.to) == value);
  CHECK(network.send(f.from, f.from).error().code == ErrorCode::bad_argument);
  CHECK(network.send({}, f.to).error().code == ErrorCode::bad_argument);
  CHECK(network.send(node_list({20}), f.to).error().code == ErrorCode::bad_argument);
  REQUIRE(network.send(f.from, f.to) == value);
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  CHECK(network.send(f.from, f.to, job).error().code == ErrorCode::interrupted);
  REQUIRE(network.send(f.from, f.to) == value);
  FlowNetwork moved = std::move(network);
  REQUIRE(moved.send(f.from, f.to) == value);
  require_as_if_alone(f, moved, value, f.from, f.to);
}

TEST_CASE("flow_network: ties side by side that together exceed 64 bits are never full") {
  constexpr std::int64_t large = std::numeric_limits<std::int64_t>::max();
  Funding f;
  for (int i = 0; i < 60; ++i) {
    f.edges.push_back({NodeId{0}, NodeId{1}});
    f.capacity.push_back(large - i);
    f.edges.push_back({NodeId{1}, NodeId{0}});
    f.capacity.push_back(large);
  }
  f.edges.push_back({NodeId{1}, NodeId{2}});
  f.capacity.push_back(large);
  f.graph = make_graph(3, f.edges).value();
  FlowNetwork network = FlowNetwork::make(f.graph, f.capacity).value();
  for (int again = 0; again < 2; ++again) {
    REQUIRE(network.send(node_list({0}), node_list({2})) == large);
    const NodeColumn<std::uint8_t> side = network.source_side();
    CHECK(side == NodeColumn<std::uint8_t>{1, 1, 0});
    CHECK(greatest_flow_value(f.graph, f.capacity, node_list({0}), node_list({2}), network.flow(), side) == large);
  }
}

TEST_CASE("flow_network: what max_flow refuses of a graph is refused when the network is made") {
  const Graph graph = make_graph(2, std::vector<Ends>{{NodeId{0}, NodeId{1}}}).value();
  CHECK(FlowNetwork::make(graph, EdgeColumn<std::int64_t>{-1}).error().code == ErrorCode::bad_argument);
  CHECK(FlowNetwork::make(graph, EdgeColumn<std::int64_t>{1, 2}).error().code == ErrorCode::bad_argument);
  const Graph empty = make_graph(0, std::vector<Ends>{}).value();
  FlowNetwork nothing = FlowNetwork::make(empty, EdgeColumn<std::int64_t>{}).value();
  nothing.prepare();
  CHECK(nothing.send(node_list({0}), node_list({1})).error().code == ErrorCode::bad_argument);
}

}  // namespace
}  // namespace entente

#include "algorithms/flow/bottleneck.hpp"

#include "algorithms/flow/cards.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/random_funding.hpp"

namespace entente {
namespace {

using namespace test;

struct Solved {
  MaxFlow flow;
  NodeColumn<std::uint8_t> target_side;
  std::vector<std::uint8_t> in_every_cut;

  bool is_unavoidable(EdgeId edge) const {
    for (std::size_t i = 0; i < flow.cut.size(); ++i) {
      if (flow.cut[i] == edge) return in_every_cut[i] != 0;
    }
    return false;
  }
};

Solved solved(const Funding& f) {
  Solved answer;
  answer.flow = max_flow(f.graph, f.capacity, f.from, f.to).value();
  answer.target_side = target_side(f.graph, f.capacity, answer.flow.flow, f.to);
  answer.in_every_cut = in_every_minimum_cut(f.graph, answer.flow.cut, answer.flow.source_side, answer.target_side);
  return answer;
}

Card max_flow_by_name() {
  for (Card& card : flow_cards()) {
    if (card.name == "max-flow") return card;
  }
  return {};
}

TEST_CASE("bottleneck: of two narrow places in a row neither is unavoidable, a third in series alone is") {
  // 0 -> 1 -> 2 carries 4 and 4: either may be the cut; 0 -> 3 -> 2 carries 9 and 1: only the second
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {0, 3}, {3, 2}}));
  const EdgeColumn<std::int64_t> capacity{4, 4, 9, 1};
  const Solved answer = solved({graph, capacity, node_list({0}), node_list({2}), {}, {}});
  CHECK(answer.flow.value == 5);
  CHECK(answer.flow.source_side == NodeColumn<std::uint8_t>{1, 0, 0, 1});
  CHECK(answer.target_side == NodeColumn<std::uint8_t>{0, 0, 1, 0});
  CHECK(answer.flow.cut == std::vector<EdgeId>{EdgeId{0}, EdgeId{3}});
  CHECK(answer.in_every_cut == std::vector<std::uint8_t>{0, 1});
}

TEST_CASE("bottleneck: raising a tie by one unit lets more pass exactly where it is in every minimum cut") {
  std::size_t unavoidable = 0, avoidable = 0;
  for_each_seed(250, [&](Seed seed) {
    Funding f = random_funding(seed, 14);
    const Solved answer = solved(f);
    for (const EdgeId edge : f.graph.edges()) {
      if (f.capacity[edge] == 0) continue;
      ++f.capacity[edge];
      const auto raised = max_flow(f.graph, f.capacity, f.from, f.to);
      --f.capacity[edge];
      const bool named = answer.is_unavoidable(edge);
      REQUIRE(raised->value == answer.flow.value + (named ? 1 : 0));
      named ? ++unavoidable : ++avoidable;
    }
  });
  CHECK(unavoidable > 100);
  CHECK(avoidable > 1000);
}

TEST_CASE("bottleneck: agrees with listing every minimum cut, up to nine nodes") {
  for_each_seed(250, [](Seed seed) {
    const Funding f = random_funding(seed, 9);
    const Solved answer = solved(f);
    const std::size_t n = f.graph.node_count();
    std::uint32_t sources = 0, targets = 0;
    for (const NodeId v : f.from) sources |= 1u << v.index;
    for (const NodeId v : f.to) targets |= 1u << v.index;
    EdgeColumn<std::uint8_t> in_every(f.capacity.size(), 1);
    for (std::uint32_t set = 0; set < 1u << n; ++set) {
      if ((set & sources) != sources || (set & targets) != 0) continue;
      EdgeColumn<std::uint8_t> leaves(f.capacity.size());
      std::int64_t total = 0;
      for (const NodeId u : f.graph.nodes()) {
        for (const auto [v, edge] : f.graph.out(u)) {
          if (!(set >> u.index & 1u) || (set >> v.index & 1u)) continue;
          leaves[edge] = 1;
          total += f.capacity[edge];
        }
      }
      if (total != answer.flow.value) continue;
      for (const EdgeId edge : f.graph.edges()) in_every[edge] = in_every[edge] && leaves[edge];
    }
    for (const EdgeId edge : f.graph.edges()) {
      if (f.capacity[edge] > 0) REQUIRE(answer.is_unavoidable(edge) == (in_every[edge] != 0));
    }
  });
}

TEST_CASE("bottleneck: the target side is the source side of the network turned around") {
  for_each_seed(300, [](Seed seed) {
    const Funding f = random_funding(seed, 30);
    std::vector<Ends> turned;
    for (const auto& [source, target] : f.edges) turned.push_back({target, source});
    const Graph graph = make_mixed_graph(f.graph.node_count(), turned, f.one_way).value();
    REQUIRE(solved(f).target_side == max_flow(graph, f.capacity, f.to, f.from)->source_side);
  });
}

TEST_CASE("bottleneck: on every odd shape the two sides are apart, each with its ends") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    for (const Graph& graph : {directed(shape), undirected(shape).both_ways()}) {
      for (const NodeId a : graph.nodes()) {
        for (const NodeId b : graph.nodes()) {
          if (a == b) continue;
          const Solved answer = solved({graph, EdgeColumn<std::int64_t>(graph.edge_count(), 1), {a}, {b}, {}, {}});
          REQUIRE(answer.flow.source_side[a] == 1);
          REQUIRE(answer.target_side[b] == 1);
          for (const NodeId v : graph.nodes()) REQUIRE(answer.flow.source_side[v] + answer.target_side[v] <= 1);
        }
      }
    }
  }
}

TEST_CASE("bottleneck: the card lists the cut, counts the ties in every minimum cut, and notices a false claim") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {0, 3}, {3, 2}, {0, 2}}));
  const MoneyColumn money{{{'E', 'U', 'R'}}, 0, {4, 4, 9, 1, 0}};
  const EdgeColumn<std::uint8_t> stated{1, 1, 1, 1, 0};
  Problem problem;
  problem.graph = &graph;
  problem.undirected = false;
  problem.money = &money;
  problem.stated = &stated;
  problem.from = node_list({0});
  problem.to = node_list({2});
  const Card card = max_flow_by_name();
  const auto findings = card.run(problem, {}, {});
  REQUIRE(findings);
  const Listing& listing = findings->listings.at(0);
  CHECK(listing.name == "bottleneck");
  REQUIRE(listing.rows.size() == 2);
  CHECK(std::get<EdgeId>(listing.rows[0][0]) == EdgeId{0});
  CHECK(std::get<MoneyUnits>(listing.rows[0][1]).units == 4);
  CHECK_FALSE(std::get<bool>(listing.rows[0][2]));
  CHECK(std::get<EdgeId>(listing.rows[1][0]) == EdgeId{3});
  CHECK(std::get<bool>(listing.rows[1][2]));
  CHECK(findings->figures.at(1).first == "unavoidable_edges");
  CHECK(std::get<std::int64_t>(findings->figures[1].second) == 1);
  CHECK(findings->notes == std::vector<std::string>{"1 tie states no amount and can carry nothing here."});
  CHECK(card.verify(problem, {}, *findings));

  const auto spoilt = [&](auto&& spoil) {
    Findings copy = *findings;
    spoil(copy);
    return !card.verify(problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { copy.listings[0].rows[0][2] = true; }));
  CHECK(spoilt([](Findings& copy) { copy.listings[0].rows.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { copy.listings.clear(); }));
  CHECK(spoilt([](Findings& copy) { copy.figures[1].second = std::int64_t{2}; }));
  CHECK(spoilt([](Findings& copy) { std::get<NodeColumn<std::uint8_t>>(copy.per_node[1].second)[NodeId{1}] = 1; }));
}

}  // namespace
}  // namespace entente

// Known optima: DIMACS instances whose costs two other solvers agree on, Boost.Graph on random networks, and the card.

#include <fstream>
#include <limits>
#include <sstream>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/edmonds_karp_max_flow.hpp>
#include <boost/graph/find_flow_cost.hpp>
#include <boost/graph/successive_shortest_path_nonnegative_weights.hpp>
#include <nlohmann/json.hpp>

#include "algorithms/certificates/min_cost.hpp"
#include "algorithms/flow/cost_scaling.hpp"
#include "algorithms/flow/min_cost.hpp"
#include "algorithms/flow/question.hpp"

namespace entente {
namespace {

using namespace test;

struct Dimacs {
  std::size_t nodes = 0;
  std::vector<CostArc> arcs;
  std::vector<std::int64_t> supply, least;
};

/// A DIMACS minimum-cost problem; supplies as they are stated.
std::optional<Dimacs> read_min_cost_dimacs(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  Dimacs problem;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string tag, kind;
    fields >> tag;
    if (tag == "p" && fields >> kind >> problem.nodes) problem.supply.assign(problem.nodes, 0);
    std::uint32_t tail = 0, head = 0;
    std::int64_t units = 0, least = 0, most = 0, cost = 0;
    if (tag == "n" && fields >> tail >> units) problem.supply[tail - 1] = units;
    if (tag == "a" && fields >> tail >> head >> least >> most >> cost) {
      problem.arcs.push_back({tail - 1, head - 1, most, cost});
      problem.least.push_back(least);
    }
  }
  return problem;
}

TEST_CASE("min_cost: DIMACS instances have their known optima, in the kernel and as a question between two ends") {
  const std::string folder = ENTENTE_SHARED_DATA "/data/";
  std::ifstream file(folder + "flow/optima.json");
  if (!file) {
    WARN("the shared data are not here; skipped");
    return;
  }
  int instances = 0;
  const auto optima = nlohmann::json::parse(file);
  for (const auto& [name, optimum] : optima.items()) {
    if (optimum["kind"] != "min-cost-flow") continue;
    CAPTURE(name);
    const auto p = read_min_cost_dimacs(folder + name);
    REQUIRE(p);
    REQUIRE(p->least == std::vector<std::int64_t>(p->arcs.size(), 0));
    const auto known = optimum["value"].get<std::int64_t>();
    const auto solved = cheapest_flow(p->nodes, p->arcs, p->supply);
    REQUIRE(solved);
    std::int64_t cost = 0;
    for (std::size_t i = 0; i < p->arcs.size(); ++i) cost += solved->flow[i] * p->arcs[i].cost;
    CHECK(cost == known);

    std::vector<Ends> edges;
    EdgeColumn<std::int64_t> capacity, costs;
    const auto add = [&](std::size_t tail, std::size_t head, std::int64_t most, std::int64_t each) {
      edges.push_back(ends_of(tail, head));
      capacity.push_back(most);
      costs.push_back(each);
    };
    for (const CostArc& arc : p->arcs) add(arc.tail, arc.head, arc.capacity, arc.cost);
    for (std::size_t v = 0; v < p->nodes; ++v) {
      if (p->supply[v] > 0) add(p->nodes, v, p->supply[v], 0);
      if (p->supply[v] < 0) add(v, p->nodes + 1, -p->supply[v], 0);
    }
    const auto source = static_cast<std::uint32_t>(p->nodes);
    const Graph graph = directed(p->nodes + 2, edges);
    const auto from = node_list({source}), to = node_list({source + 1});
    const auto answer = min_cost_flow({&graph, &capacity, &costs, nullptr, from, to, {}});
    REQUIRE(answer);
    CHECK(cost_text(answer->flow, &costs, 0) == std::to_string(known));
    ++instances;
  }
  CHECK(instances == 2);
}

using Traits = boost::adjacency_list_traits<boost::vecS, boost::vecS, boost::directedS>;
using PricedResidual = boost::adjacency_list<
    boost::vecS, boost::vecS, boost::directedS, boost::no_property,
    boost::property<boost::edge_capacity_t, std::int64_t,
                    boost::property<boost::edge_residual_capacity_t, std::int64_t,
                                    boost::property<boost::edge_reverse_t, Traits::edge_descriptor,
                                                    boost::property<boost::edge_weight_t, std::int64_t>>>>>;

/// Slow oracle: Boost.Graph's successive shortest paths with a super-source and a super-target.
std::int64_t boost_min_cost(const Funding& f, const EdgeColumn<std::int64_t>& cost) {
  const std::size_t n = f.graph.node_count();
  PricedResidual graph(n + 2);
  const auto add = [&](std::size_t u, std::size_t v, std::int64_t units, std::int64_t each) {
    if (u == v) return;
    const auto there = boost::add_edge(u, v, graph).first, back = boost::add_edge(v, u, graph).first;
    boost::put(boost::edge_capacity, graph, there, units);
    boost::put(boost::edge_capacity, graph, back, std::int64_t{0});
    boost::put(boost::edge_reverse, graph, there, back);
    boost::put(boost::edge_reverse, graph, back, there);
    boost::put(boost::edge_weight, graph, there, each);
    boost::put(boost::edge_weight, graph, back, -each);
  };
  for (std::size_t i = 0; i < f.edges.size(); ++i) {
    const std::int64_t units = f.capacity.values()[i], each = cost.values()[i];
    add(f.edges[i].source.index, f.edges[i].target.index, units, each);
    if (!f.one_way.values()[i]) add(f.edges[i].target.index, f.edges[i].source.index, units, each);
  }
  for (const NodeId v : f.from) add(n, v.index, 1'000'000, 0);
  for (const NodeId v : f.to) add(v.index, n + 1, 1'000'000, 0);
  boost::successive_shortest_path_nonnegative_weights(graph, n, n + 1);
  return boost::find_flow_cost(graph);
}

TEST_CASE("min_cost: agrees with Boost.Graph's successive shortest paths on networks of up to 80 nodes") {
  std::int64_t total = 0;
  for_each_seed(120, [&](Seed seed) {
    const Funding f = random_funding(seed, 80);
    EdgeColumn<std::int64_t> cost;
    Random random(seed, 0x6665);
    for (std::size_t i = 0; i < f.edges.size(); ++i) cost.push_back(static_cast<std::int64_t>(random.below(50)));
    const auto answer = min_cost_flow({&f.graph, &f.capacity, &cost, nullptr, f.from, f.to, {}});
    REQUIRE(answer);
    const std::int64_t expected = boost_min_cost(f, cost);
    REQUIRE(cost_text(answer->flow, &cost, 0) == std::to_string(expected));
    total += expected;
  });
  CHECK(total > 10000);
}

TEST_CASE("min-cost: the card sends an amount the cheap way, says what it costs, and its findings verify until changed") {
  const Graph graph = directed(5, edges_of({{0, 1}, {1, 3}, {0, 2}, {2, 3}, {3, 4}, {0, 4}}));
  FlowAsked asked(graph, {200, 500, 400, 900, 1000, 0}, {0}, {4});
  asked.states({1, 1, 1, 1, 1, 0});
  asked.costs({10, 10, 30, 25, 0, 0}, 3);  // 0.01 for each unit over the first tie
  const Card card = min_cost_card();
  const OptionValues three{{"amount", std::string("3.00")}};
  const Findings findings = asked.answer(card, three);
  CHECK(asked.figure<bool>(findings, "feasible"));
  CHECK(asked.figure(findings, "value") == 300);
  CHECK(asked.figure<std::string>(findings, "cost") == "0.09500");  // 2.00 at 0.020, 1.00 at 0.055
  CHECK(asked.figure<double>(findings, "cost_per_unit") == Approx(0.095 / 3));
  REQUIRE(findings.walks.size() == 2);
  CHECK(findings.walks[0].amount == 200);
  CHECK(findings.notes == std::vector<std::string>{"1 tie states no amount and can carry nothing here."});
  CHECK(card.verify(asked.problem, three, findings).value().starts_with("verified: flow conserved"));
  CHECK_FALSE(card.verify(asked.problem, {{"amount", std::string("2.00")}}, findings));
  CHECK_FALSE(card.verify(asked.problem, {}, findings));
  const Findings all = asked.answer(card);
  CHECK(asked.figure(all, "value") == 600);
  CHECK(all.per_node.size() == 2);
  CHECK(card.verify(asked.problem, {}, all));

  const auto spoilt = [&](auto&& spoil) {
    Findings copy = all;
    spoil(copy);
    return !card.verify(asked.problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { copy.walks.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { std::get<std::string>(copy.figures[2].second)[0] = '9'; }));
  CHECK(spoilt([](Findings& copy) { ++std::get<std::int64_t>(copy.figures[1].second); }));
  CHECK(spoilt([](Findings& copy) { std::get<NodeColumn<std::int64_t>>(copy.per_node[0].second)[NodeId{3}] += 1000; }));
  CHECK(spoilt([](Findings& copy) { std::get<NodeColumn<std::uint8_t>>(copy.per_node[1].second)[NodeId{3}] ^= 1; }));
  CHECK(spoilt([](Findings& copy) { std::get<EdgeColumn<std::int64_t>>(copy.per_edge[0].second)[EdgeId{0}] -= 1; }));
}

TEST_CASE("min-cost: what cannot be done is answered with the set and the sums that show it") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {2, 3}, {1, 3}}));
  FlowAsked asked(graph, {900, 200, 700, 100}, {0}, {3});
  const Card card = min_cost_card();
  const OptionValues five{{"amount", std::string("5")}};
  const Findings much = asked.answer(card, five);
  CHECK_FALSE(asked.figure<bool>(much, "feasible"));
  CHECK(much.per_edge.empty());
  CHECK(much.notes.at(0) == "No flow does this: EUR 5.00 is asked of the sources, but at most EUR 3.00 can leave a set of 2 nodes, over 2 ties.");
  CHECK(much.notes.at(1).starts_with("No cost is stated"));
  CHECK(much.cut == std::vector<EdgeId>{EdgeId{1}, EdgeId{3}});
  REQUIRE(much.listings.size() == 1);
  CHECK(much.listings[0].rows.size() == 2);
  CHECK(card.verify(asked.problem, five, much).value().starts_with("verified: more must enter"));
  CHECK_FALSE(card.verify(asked.problem, {{"amount", std::string("3")}}, much));

  asked.carries_at_least({400, 0, 0, 0});
  const Findings bound = asked.answer(card);
  CHECK_FALSE(asked.figure<bool>(bound, "feasible"));
  CHECK(bound.notes.at(0) == "No flow does this: EUR 4.00 must enter, by the lower bounds of 1 tie, but at most EUR 3.00 can leave a set of 1 node, over 2 ties.");
  CHECK(card.verify(asked.problem, {}, bound));

  asked.carries_at_least({0, 0, 701, 0});
  const Findings tie = asked.answer(card);
  CHECK(tie.notes.at(0) == "No flow does this: a tie must carry at least EUR 7.01, but no more than EUR 7.00.");
  CHECK(card.verify(asked.problem, {}, tie).value() == "verified: the tie's lower bound exceeds what it can carry.");
  Findings other = tie;
  other.cut = {EdgeId{1}};
  CHECK_FALSE(card.verify(asked.problem, {}, other));
}

TEST_CASE("min-cost: amounts that cannot be read, or that the money's decimals cannot hold, are refused with their place") {
  const FlowAsked asked(directed(2, edges_of({{0, 1}})), {900}, {0}, {1});
  for (const char* text : {"x", "1,5", "-1", "0.001"}) {
    CAPTURE(text);
    const auto refused = asked.run(min_cost_card(), {{"amount", std::string(text)}});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().where == "option amount");
  }
  const Findings nothing = asked.answer(min_cost_card(), {{"amount", std::string("0")}});
  CHECK(asked.figure(nothing, "value") == 0);
  CHECK(nothing.walks.empty());
  CHECK(min_cost_card().verify(asked.problem, {{"amount", std::string("0")}}, nothing));
  CHECK(FlowAsked(directed(0, {}), {}, {}, {}).refusal(min_cost_card()) == ErrorCode::bad_argument);
}

}  // namespace
}  // namespace entente

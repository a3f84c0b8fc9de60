#include "algorithms/funds/brokerage.hpp"

#include <cmath>
#include <numeric>

#include "algorithms/funds/trace_cases.hpp"

namespace entente {
namespace {

using namespace test;

using Roles = std::array<std::int64_t, 5>;

const MoneyBroker* broker(const MoneyBrokerage& found, std::uint32_t body) {
  const auto at = std::ranges::find(found.brokers, NodeId{body}, &MoneyBroker::body);
  return at == found.brokers.end() ? nullptr : &*at;
}

TEST_CASE("money brokerage: one broker between two payers and two takers has every role that their groups give") {
  //  0 (group 0) pays 60 and 1 (group 1) pays 40 to 2 (group 0); 2 pays 30 to 3 (group 0) and 70 to 4 (group 1)
  const Graph graph = directed(5, edges_of({{0, 2}, {1, 2}, {2, 3}, {2, 4}}));
  const EdgeColumn<std::int64_t> amount{60, 40, 30, 70};
  const NodeColumn<std::uint32_t> group{0, 1, 0, 0, 1};
  const auto found = money_brokerage(graph, {&amount}, node_list({0, 1}), node_list({3, 4}), group);
  REQUIRE(found);
  CHECK(found->reached == 100);
  REQUIRE(found->brokers.size() == 1);
  CHECK(found->brokers[0].passed_on == 100);
  // coordinator 60 * 30 %, gatekeeper 40 * 30 %, representative 60 * 70 %, and 1 -> 2 -> 4: 40 * 70 %
  CHECK(found->brokers[0].by_role == Roles{18, 12, 42, 28, 0});
  const NodeColumn<std::uint32_t> three{0, 1, 2, 2, 3};
  CHECK(money_brokerage(graph, {&amount}, node_list({0, 1}), node_list({3, 4}), three)->by_role == Roles{0, 30, 0, 0, 70});
}

TEST_CASE("money brokerage: only what reaches the targets counts, and what a target passes to targets does") {
  //  0 pays 10 to 1, which pays 4 to 2 and 6 to 3; 3 keeps 2 and pays 4 to 4
  const Graph graph = directed(5, edges_of({{0, 1}, {1, 2}, {1, 3}, {3, 4}}));
  const EdgeColumn<std::int64_t> amount{10, 4, 6, 4};
  const NodeColumn<std::uint32_t> group{0, 1, 2, 3, 4};
  const auto found = money_brokerage(graph, {&amount}, node_list({0}), node_list({3, 4}), group);
  REQUIRE(found);
  CHECK(found->reached == 6);
  CHECK(found->reaching == EdgeColumn<std::int64_t>{6, 0, 6, 4});
  CHECK(broker(*found, 1)->passed_on == 6);
  CHECK(broker(*found, 3)->passed_on == 4);
  CHECK(broker(*found, 2) == nullptr);
  CHECK(found->by_role == Roles{0, 0, 0, 0, 10});
}

TEST_CASE("money brokerage: money that comes by twice is passed on twice") {
  //  0 pays 8 to 1; 1 pays 8 to 2; 2 pays 4 back to 1 and 4 to 3; 1 keeps 4
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 3}}));
  const EdgeColumn<std::int64_t> amount{8, 8, 4, 4};
  const NodeColumn<std::uint32_t> group{0, 0, 0, 0};
  const auto found = money_brokerage(graph, {&amount}, node_list({0}), node_list({3}), group);
  REQUIRE(found);
  // Of each unit at 1 two thirds go to 2 and half of that on to 3: half of what 0 pays ends at 3.
  CHECK(found->reached == 4);
  CHECK(found->reaching == EdgeColumn<std::int64_t>{4, 6, 2, 4});
  CHECK(broker(*found, 1)->passed_on == 6);
  CHECK(broker(*found, 2)->passed_on == 6);
}

TEST_CASE("money brokerage: what a body spends itself ended there, and is passed on to nobody") {
  //  0 pays 100 to 1, which spends 900 and pays 100 to 2; 2 spends 60 and pays 40 to 3
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 1}, {1, 2}, {2, 2}, {2, 3}}));
  const EdgeColumn<std::int64_t> amount{100, 900, 100, 60, 40};
  const NodeColumn<std::uint32_t> group{0, 0, 1, 1};
  const auto found = money_brokerage(graph, {&amount}, node_list({0}), node_list({2, 3}), group);
  REQUIRE(found);
  CHECK(found->reached == 10);
  CHECK(found->reaching == EdgeColumn<std::int64_t>{10, 0, 10, 0, 4});
  CHECK(broker(*found, 1)->by_role == Roles{0, 0, 10, 0, 0});
  CHECK(broker(*found, 2)->by_role == Roles{0, 4, 0, 0, 0});
  CHECK(money_brokerage(graph, {&amount}, node_list({0}), node_list({1}), group)->reached == 90);
}

TEST_CASE("money brokerage: roles add up to what each broker passes on, and all arrives, on random networks") {
  int brokers = 0, several = 0;
  for_each_seed(600, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 12, 50, seed % 3 ? 30 : 100000);
    Random random(seed, 3);
    NodeColumn<std::uint32_t> group(c.bodies);
    for (std::uint32_t& code : group.values()) code = static_cast<std::uint32_t>(random.below(3));
    const auto found = money_brokerage(c.graph, c.ties(), c.from, c.to, group);
    REQUIRE(found);
    std::vector<std::int64_t> left(c.bodies);
    std::int64_t put = 0;
    for (const EdgeId e : c.graph.edges()) {
      REQUIRE(found->reaching[e] >= 0);
      REQUIRE(found->reaching[e] <= c.amount[e]);
      left[c.graph.ends(e).target.index] += found->reaching[e];
      if (c.spends(e)) REQUIRE(found->reaching[e] == 0);
      if (c.is_source(c.graph.ends(e).source)) put += found->reaching[e];
      else left[c.graph.ends(e).source.index] -= found->reaching[e];
    }
    REQUIRE(put == found->reached);
    for (const NodeId v : c.graph.nodes()) {
      const bool target = std::ranges::find(c.to, v) != c.to.end();
      REQUIRE(left[v.index] >= 0);
      if (!target) REQUIRE(left[v.index] == 0);
    }
    for (const MoneyBroker& b : found->brokers) {
      REQUIRE(std::accumulate(b.by_role.begin(), b.by_role.end(), std::int64_t{0}) == b.passed_on);
      ++brokers;
      several += std::ranges::count_if(b.by_role, [](std::int64_t units) { return units > 0; }) > 1;
    }
    // What ends at the targets is what trace finds there, each rounded on its own.
    const auto funds = trace_funds(c.graph, c.ties(), c.from, c.to, {.bounds = 0});
    REQUIRE(std::abs(*funds->at_targets - found->reached) <= static_cast<std::int64_t>(4 * c.to.size()));
  });
  CHECK(brokers > 500);
  CHECK(several > 200);
}

/// Slow oracle: units that walk at random, each at its own steps, counted by role once they end at a target.
TEST_CASE("money brokerage: close to what random walkers do") {
  for (const Seed seed : {3u, 7u, 15u, 21u}) {
    const TraceCase c = random_trace(seed, 8, 30, 1000000);
    NodeColumn<std::uint32_t> group(c.bodies);
    for (std::uint32_t v = 0; v < c.bodies; ++v) group.values()[v] = v % 3;
    const auto found = money_brokerage(c.graph, c.ties(), c.from, c.to, group);
    REQUIRE(found);
    if (found->put_in == 0) continue;
    std::vector<std::int64_t> in(c.bodies), out(c.bodies);
    std::vector<std::vector<EdgeId>> pays(c.bodies);
    std::vector<EdgeId> first;
    for (const EdgeId e : c.graph.edges()) {
      if (!c.counts(e)) continue;
      const auto [u, v] = c.graph.ends(e);
      if (!c.spends(e)) in[v.index] += c.amount[e];
      if (c.is_source(u)) {
        first.push_back(e);
      } else {
        out[u.index] += c.amount[e];
        pays[u.index].push_back(e);
      }
    }
    Random random(seed, 17);
    const auto one_of = [&](const std::vector<EdgeId>& ties, std::int64_t total) -> const EdgeId* {
      auto ticket = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(total)));
      for (const EdgeId& e : ties) {
        if ((ticket -= c.amount[e]) < 0) return &e;
      }
      return nullptr;
    };
    constexpr int walkers = 20000;
    std::vector<double> counted(c.bodies), role(5);
    for (int walker = 0; walker < walkers; ++walker) {
      std::vector<EdgeId> walk{*one_of(first, found->put_in)};
      while (true) {
        const NodeId v = c.graph.ends(walk.back()).target;
        if (c.is_source(v)) break;
        const EdgeId* next = one_of(pays[v.index], std::max(in[v.index], out[v.index]));
        if (!next || c.spends(*next)) break;
        walk.push_back(*next);
      }
      if (std::ranges::find(c.to, c.graph.ends(walk.back()).target) == c.to.end()) continue;
      for (std::size_t i = 1; i < walk.size(); ++i) {
        const NodeId u = c.graph.ends(walk[i - 1]).source;
        const auto [v, w] = c.graph.ends(walk[i]);
        counted[v.index] += 1;
        const auto a = group[u], b = group[v], d = group[w];
        role[a == b && b == d ? 0 : b == d ? 1 : a == b ? 2 : a == d ? 3 : 4] += 1;
      }
    }
    const double unit = static_cast<double>(found->put_in) / walkers;
    const double tolerance = 0.03 * static_cast<double>(found->put_in);
    for (const NodeId v : c.graph.nodes()) {
      REQUIRE(std::fabs(counted[v.index] * unit - static_cast<double>(found->passed_on[v])) < tolerance);
    }
    for (std::size_t i = 0; i < 5; ++i) {
      REQUIRE(std::fabs(role[i] * unit - static_cast<double>(found->by_role[i])) < tolerance);
    }
  }
}

TEST_CASE("money brokerage: targets that nothing reaches, and what cannot be asked") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {1, 1}}));
  const EdgeColumn<std::int64_t> amount{5, 5, 9};
  const NodeColumn<std::uint32_t> group{0, 0, 1, 1}, short_group{0}, far{0, 9, 1, 1};
  const auto none = money_brokerage(graph, {&amount}, node_list({0}), node_list({3}), group);
  REQUIRE(none);
  CHECK(none->reached == 0);
  CHECK(none->brokers.empty());
  CHECK(none->put_in == 5);
  CHECK_FALSE(money_brokerage(graph, {&amount}, node_list({0}), {}, group));
  CHECK_FALSE(money_brokerage(graph, {&amount}, {}, node_list({2}), group));
  CHECK_FALSE(money_brokerage(graph, {&amount}, node_list({0}), node_list({0}), group));
  CHECK_FALSE(money_brokerage(graph, {&amount}, node_list({0}), node_list({4}), group));
  CHECK_FALSE(money_brokerage(graph, {&amount}, node_list({0}), node_list({2}), short_group));
  CHECK_FALSE(money_brokerage(graph, {&amount}, node_list({0}), node_list({2}), far));
  CHECK_FALSE(money_brokerage(graph, {}, node_list({0}), node_list({2}), group));
}

TEST_CASE("money brokerage card: its certificate passes, and fails once a role or a tie is changed") {
  const Card card = money_brokerage_card();
  int changed = 0;
  for_each_seed(100, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 1000);
    const MoneyColumn money{{{'U', 'S', 'D'}}, 2, c.amount};
    NodeColumn<std::uint32_t> group(c.bodies);
    for (std::uint32_t v = 0; v < c.bodies; ++v) group.values()[v] = v % 3;
    Problem problem;
    problem.graph = &c.graph;
    problem.undirected = false;
    problem.money = &money;
    problem.group = &group;
    problem.from = c.from;
    problem.to = c.to;
    const auto findings = card.run(problem, {}, {});
    REQUIRE(findings);
    REQUIRE(card.verify(problem, {}, *findings));
    if (findings->listings[0].rows.empty()) return;
    Findings wrong = *findings;
    std::get<MoneyUnits>(wrong.listings[0].rows[0][2]).units += 1;
    REQUIRE_FALSE(card.verify(problem, {}, wrong));
    wrong = *findings;
    auto& reaching = std::get<EdgeColumn<std::int64_t>>(wrong.per_edge[0].second);
    --*std::ranges::find_if(reaching.values(), [](std::int64_t units) { return units > 0; });
    REQUIRE_FALSE(card.verify(problem, {}, wrong));
    for (const EdgeId e : c.graph.edges()) {
      if (!c.spends(e) || !c.counts(e)) continue;
      wrong = *findings;
      std::get<EdgeColumn<std::int64_t>>(wrong.per_edge[0].second)[e] = 1;
      REQUIRE_FALSE(card.verify(problem, {}, wrong));
    }
    ++changed;
  });
  CHECK(changed > 20);
}

}  // namespace
}  // namespace entente

#include "algorithms/funds/scenario.hpp"

#include <algorithm>
#include <atomic>
#include <functional>
#include <limits>
#include <set>
#include <tuple>

#include "algorithms/funds/scenario_cases.hpp"

namespace entente {
namespace {

using namespace test;
using Change = ScenarioQuestion::Change;

ScenarioQuestion random_question(Seed seed, std::size_t n) {
  Random random(seed, 0x736365);
  ScenarioQuestion question = leaving({body(static_cast<std::uint32_t>(random.below(n)))}, all_rules[random.below(3)],
                                      static_cast<double>(random.below(5)) / 4);
  const NodeId second = body(static_cast<std::uint32_t>(random.below(n)));
  if (second != question.funders[0] && random.below(2) == 0) question.funders.push_back(second);
  if (random.below(3) == 0) {
    question.change = Change::cap;
    if (random.below(2) == 0) question.cap = static_cast<std::int64_t>(random.below(60));
    else question.cap_share = Millionths{static_cast<std::int64_t>(random.below(1'000'001))};
  }
  return question;
}

TEST_CASE("scenario: a chain worked by hand under each rule") {
  // 0 gives 100 to 1, 4 gives 100 to 1; 1 gives 90 to 2 and 60 to 3, spends 10 and has 40 left. 0 leaves.
  Gifts gifts(5, edges_of({{0, 1}, {4, 1}, {1, 2}, {1, 3}, {1, 1}}), {100, 100, 90, 60, 10});
  set_day(gifts, 3, day_of(2020, 5, 1));  // the smaller gift is due first
  set_day(gifts, 2, day_of(2021, 5, 1));
  SECTION("proportional: all uses are halved") {
    const Scenario s = outcome_of(gifts, leaving({body(0)}));
    CHECK(s.after == EdgeColumn<std::int64_t>{0, 100, 45, 30, 5});
    CHECK(s.withheld == 100);
    CHECK(s.body[body(1)].direct == 100);
    CHECK(s.body[body(1)].given_lost == 75);
    CHECK(s.body[body(2)].after == 45);
  }
  SECTION("reserve: the 40 left over come first, the other 60 are taken from 160") {
    CHECK(outcome_of(gifts, leaving({body(0)}, PassingRule::reserve)).after == EdgeColumn<std::int64_t>{0, 100, 56, 37, 6});
    // Half of what was left over: 80 of the loss remain for 180.
    CHECK(outcome_of(gifts, leaving({body(0)}, PassingRule::reserve, 0.5)).after ==
          EdgeColumn<std::int64_t>{0, 100, 50, 33, 5});
  }
  SECTION("priority: 60, then 40 of 90, and nothing for what has no day") {
    CHECK(outcome_of(gifts, leaving({body(0)}, PassingRule::priority)).after == EdgeColumn<std::int64_t>{0, 100, 40, 60, 0});
  }
  SECTION("a cap shrinks the gifts of the funder itself") {
    ScenarioQuestion question = leaving({body(1)});
    question.change = Change::cap;
    question.cap = 50;
    CHECK(outcome_of(gifts, question).after == EdgeColumn<std::int64_t>{100, 100, 30, 20, 10});
    question.rule = PassingRule::priority;
    CHECK(outcome_of(gifts, question).after == EdgeColumn<std::int64_t>{100, 100, 0, 50, 10});
  }
}

TEST_CASE("scenario: money of its own stays with a body") {
  // 1 receives 50 and gives 80: 30 are its own. Of 80 it can still give 30.
  const Gifts gifts(3, edges_of({{0, 1}, {1, 2}}), {50, 80});
  for (const PassingRule rule : all_rules) CHECK(outcome_of(gifts, leaving({body(0)}, rule)).after == EdgeColumn<std::int64_t>{0, 30});
}

TEST_CASE("scenario: a circle drains with what fed it, and stays whole where nothing is taken from it") {
  // 0 feeds 10 into 1 -> 2 -> 1, which keeps 40 running and lets 10 out to 3; 4 and 5 pass 7 back and forth.
  const Gifts gifts(6, edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 3}, {4, 5}, {5, 4}}), {10, 50, 40, 10, 7, 7});
  const Scenario s = outcome_of(gifts, leaving({body(0)}));
  CHECK(s.after == EdgeColumn<std::int64_t>{0, 0, 0, 0, 7, 7});
  CHECK(s.complete);
}

/// Slow oracle: the definition of one round, every body at once, again and again from things as they are.
std::vector<std::int64_t> rounds_from_the_top(const Gifts& gifts, const ScenarioQuestion& question,
                                              const EdgeColumn<std::optional<Day>>& day, std::vector<std::int64_t> amount) {
  __extension__ using Wide = __int128;
  const std::size_t n = gifts.graph.node_count(), m = gifts.edges.size();
  const auto& units = gifts.money.units;
  const auto from = [&](std::size_t e) { return gifts.edges[e].source; };
  const auto to = [&](std::size_t e) { return gifts.edges[e].target; };
  const std::set<NodeId> funders(question.funders.begin(), question.funders.end());
  const auto earlier = [&](std::size_t a, std::size_t b) {
    const auto key = [&](std::size_t e) {
      const EdgeId edge{static_cast<std::uint32_t>(e)};
      return std::tuple(day[edge] ? std::int64_t{*day[edge]} : std::numeric_limits<std::int64_t>::max(), -units[edge], e);
    };
    return key(a) < key(b);
  };
  for (;;) {
    std::vector<std::int64_t> next(m);
    for (std::uint32_t v = 0; v < n; ++v) {
      std::int64_t in = 0, out = 0, income = 0, gift_sum = 0;
      for (std::size_t e = 0; e < m; ++e) {
        const std::int64_t u = units.values()[e];
        if (from(e) != to(e) && to(e).index == v) in += u, income += amount[e];
        if (from(e).index == v) out += u, gift_sum += from(e) != to(e) ? u : 0;
      }
      const std::int64_t own = std::max<std::int64_t>(0, out - in), left_over = std::max<std::int64_t>(0, in - out);
      const std::int64_t cushion = question.rule == PassingRule::reserve
                                       ? static_cast<std::int64_t>(static_cast<Wide>(left_over) * question.reserve.value / 1'000'000)
                                       : 0;
      const std::int64_t whole = own + in - cushion, lost = std::max<std::int64_t>(0, in - income - cushion);
      std::int64_t cap = gift_sum;
      if (funders.contains(body(v))) {
        if (question.change == Change::leave) cap = 0;
        if (question.cap) cap = std::min(cap, *question.cap);
        if (question.cap_share) cap = static_cast<std::int64_t>(static_cast<Wide>(gift_sum) * question.cap_share->value / 1'000'000);
      }
      for (std::size_t e = 0; e < m; ++e) {
        const std::int64_t u = units.values()[e];
        if (from(e).index != v || u == 0) continue;
        std::int64_t before_it = 0, gifts_before_it = 0;
        for (std::size_t other = 0; other < m; ++other) {
          if (from(other).index != v || !earlier(other, e)) continue;
          before_it += units.values()[other];
          gifts_before_it += from(other) != to(other) ? units.values()[other] : 0;
        }
        if (question.rule == PassingRule::priority) {
          next[e] = std::clamp<std::int64_t>(own + income - before_it, 0, u);
          if (from(e) != to(e)) next[e] = std::min(next[e], std::clamp<std::int64_t>(cap - gifts_before_it, 0, u));
        } else {
          next[e] = static_cast<std::int64_t>(static_cast<Wide>(u) * (whole - lost) / whole);
          if (from(e) != to(e)) next[e] = std::min(next[e], static_cast<std::int64_t>(static_cast<Wide>(u) * cap / gift_sum));
        }
      }
    }
    if (next == amount) return amount;
    amount = next;
  }
}

TEST_CASE("scenario: on random networks with circles it is what rounds of the definition end in") {
  for_each_seed(400, [](Seed seed) {
    const Gifts gifts = random_gifts(seed, 9, 40);
    const ScenarioQuestion question = random_question(seed, gifts.graph.node_count());
    const auto day = payment_days(gifts.edges.size(), &gifts.days, DayReading::latest);
    const auto units = gifts.money.units.values();
    const auto expected = rounds_from_the_top(gifts, question, day, {units.begin(), units.end()});
    const Scenario s = outcome_of(gifts, question);
    CHECK(std::vector<std::int64_t>(s.after.values().begin(), s.after.values().end()) == expected);
  });
}

TEST_CASE("scenario: no other state that the rules allow leaves anybody more") {
  // Every state of a small network in which each payment is what the rule leaves of it, found by trying all incomes.
  for_each_seed(60, [](Seed seed) {
    const Gifts gifts = random_gifts(seed, 3, 5);
    const ScenarioQuestion question = random_question(seed, gifts.graph.node_count());
    const auto ledger = money_ledger(gifts.problem());
    const auto day = payment_days(gifts.edges.size(), &gifts.days, DayReading::latest);
    EdgeColumn<std::int64_t> turn;
    const PassingOn model(*ledger, passing_options(question, day, turn));
    const Scenario s = outcome_of(gifts, question);
    const std::size_t n = gifts.graph.node_count();
    NodeColumn<std::int64_t> income(n, 0);
    const std::function<void(std::size_t)> choose = [&](std::size_t v) {
      if (v < n) {
        for (std::int64_t x = 0; x <= std::min<std::int64_t>(ledger->received.values()[v], 14); ++x) {
          income.values()[v] = x;
          choose(v + 1);
        }
        return;
      }
      std::vector<std::int64_t> paid(model.payments().size(), 0);
      for (const NodeId u : gifts.graph.nodes()) model.pay(u, income[u], [&](std::size_t p, std::int64_t units) { paid[p] = units; });
      for (const auto& [p, at_most] : reductions_of(model, question)) paid[p] = std::min(paid[p], at_most);
      NodeColumn<std::int64_t> arrives(n, 0);
      for (std::size_t p = 0; p < paid.size(); ++p) {
        if (model.payments()[p].taker != model.payments()[p].giver) arrives[model.payments()[p].taker] += paid[p];
      }
      if (arrives != income) return;
      for (const NodeId u : gifts.graph.nodes()) CHECK(income[u] <= s.body[u].after);
    };
    choose(0);
  });
}

TEST_CASE("scenario: money withheld is lost where it ends, to the unit, and nobody gains") {
  for_each_seed(400, [](Seed seed) {
    const Gifts gifts = random_gifts(seed, 14, 1000);
    const ScenarioQuestion question = random_question(seed, gifts.graph.node_count());
    const Scenario s = outcome_of(gifts, question);
    const std::set<NodeId> funders(question.funders.begin(), question.funders.end());
    std::int64_t ended = 0;
    for (const NodeId v : gifts.graph.nodes()) {
      const ScenarioBody& b = s.body[v];
      CHECK(b.after <= b.before);
      CHECK(b.direct <= b.before - b.after);
      if (!funders.contains(v)) ended += b.before - b.after - b.given_lost;
    }
    for (const EdgeId edge : gifts.graph.edges()) {
      const auto [giver, taker] = gifts.graph.ends(edge);
      CHECK(s.after[edge] <= gifts.money.units[edge]);
      CHECK(s.after[edge] >= 0);
      if (giver != taker && !funders.contains(giver) && funders.contains(taker)) ended += gifts.money.units[edge] - s.after[edge];
    }
    // Both sums leave out what passes from funder to funder.
    std::int64_t among = 0;
    for (const EdgeId edge : gifts.graph.edges()) {
      const auto [giver, taker] = gifts.graph.ends(edge);
      if (giver != taker && funders.contains(giver) && funders.contains(taker)) among += gifts.money.units[edge] - s.after[edge];
    }
    CHECK(s.withheld - among == ended);
  });
}

TEST_CASE("scenario: more that leaves is more that is lost, and a reserve never makes it worse") {
  for_each_seed(200, [](Seed seed) {
    const Gifts gifts = random_gifts(seed, 10, 200);
    const std::size_t n = gifts.graph.node_count();
    for (const PassingRule rule : all_rules) {
      const Scenario one = outcome_of(gifts, leaving({body(0)}, rule)), two = outcome_of(gifts, leaving({body(0), body(1)}, rule));
      ScenarioQuestion capped = leaving({body(0)}, rule);
      capped.change = Change::cap;
      capped.cap = 30;
      const Scenario cap = outcome_of(gifts, capped);
      capped.cap = 0;
      CHECK(outcome_of(gifts, capped).after == one.after);
      capped.cap = {};
      capped.cap_share = Millionths{1'000'000};
      CHECK(outcome_of(gifts, capped).after == gifts.money.units);
      for (std::uint32_t v = 0; v < n; ++v) {
        CHECK(two.body[body(v)].after <= one.body[body(v)].after);
        CHECK(one.body[body(v)].after <= cap.body[body(v)].after);
      }
    }
    const Scenario none = outcome_of(gifts, leaving({body(0)})), half = outcome_of(gifts, leaving({body(0)}, PassingRule::reserve, 0.5)),
                   full = outcome_of(gifts, leaving({body(0)}, PassingRule::reserve, 1));
    CHECK(outcome_of(gifts, leaving({body(0)}, PassingRule::reserve, 0)).after == none.after);
    for (std::uint32_t v = 0; v < n; ++v) {
      CHECK(none.body[body(v)].after <= half.body[body(v)].after);
      CHECK(half.body[body(v)].after <= full.body[body(v)].after);
    }
  });
}

TEST_CASE("scenario: bounded, stopped and cancelled runs say so") {
  // A circle of 10^12 that loses one unit each time round.
  const std::int64_t large = 1'000'000'000'000;
  const Gifts gifts(4, edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 3}}), {1, large + 1, large, 1});
  const auto ledger = money_ledger(gifts.problem());
  PassingOptions options;
  options.most_steps = 5000;
  const PassingOn model(*ledger, options);
  auto work = model.make_work();
  const std::vector<Reduction> change{{0, 0}};
  REQUIRE(model.run(change, work));
  CHECK_FALSE(work.complete);
  CHECK(work.income[body(1)] < large + 1);
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(model.run(change, work, job).error().code == ErrorCode::interrupted);
  CHECK(late_payments(*ledger, EdgeColumn<std::optional<Day>>(4, Day{1}), {.funders = {body(0)}, .late = 3}, job).error().code ==
        ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente

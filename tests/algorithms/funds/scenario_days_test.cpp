#include "algorithms/funds/scenario_days.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "algorithms/funds/scenario_cases.hpp"

namespace entente {
namespace {

using namespace test;
using Change = ScenarioQuestion::Change;

TEST_CASE("scenario: the first year below the threshold is exact at its edge") {
  // 2 receives 20 from 0 and 80 from 1 in 2020, 21 and 79 in 2021.
  Gifts gifts(3, edges_of({{0, 2}, {1, 2}, {0, 2}, {1, 2}}), {20, 80, 21, 79});
  for (const std::uint32_t edge : {0u, 1u}) set_day(gifts, edge, day_of(2020, 6, 1));
  for (const std::uint32_t edge : {2u, 3u}) set_day(gifts, edge, day_of(2021, 6, 1));
  ScenarioQuestion question = leaving({body(0)});
  CHECK(outcome_of(gifts, question).body[body(2)].first_year_below == 2021);  // 80 of 100 is not below
  question.threshold = Millionths::of(0.800001);
  CHECK(outcome_of(gifts, question).body[body(2)].first_year_below == 2020);
  gifts.days = EdgeColumn<DayRange>(4);
  CHECK_FALSE(outcome_of(gifts, question).body[body(2)].first_year_below);
}

TEST_CASE("scenario: late money makes those wait who have nothing else, and only them") {
  // 0 pays 1 on day 10; 1 pays 2 on day 15 and 3 on day 18; 4 pays 1 enough for the second on day 17.
  Gifts gifts(5, edges_of({{0, 1}, {1, 2}, {1, 3}, {4, 1}, {3, 3}}), {100, 60, 30, 70, 5});
  set_day(gifts, 0, 10);
  set_day(gifts, 1, 15);
  set_day(gifts, 2, 18);
  set_day(gifts, 3, 17);
  ScenarioQuestion question = leaving({body(0)});
  question.change = Change::late;
  question.late = 4;  // arrives on day 14: nobody waits for it
  CHECK(outcome_of(gifts, question).days_late == EdgeColumn<std::int64_t>{4, 0, 0, 0, 0});
  question.late = 6;  // day 16: one day late
  CHECK(outcome_of(gifts, question).days_late == EdgeColumn<std::int64_t>{6, 1, 0, 0, 0});
  question.late = 30;  // the 70 of day 17 pay the 60, of the 30 only 10 are there until day 40
  const Scenario s = outcome_of(gifts, question);
  CHECK(s.days_late == EdgeColumn<std::int64_t>{30, 2, 22, 0, 0});
  CHECK(s.body[body(1)].late == 100);
  CHECK(s.body[body(3)].longest_wait == 22);
  CHECK(s.after == gifts.money.units);
}

TEST_CASE("scenario: a tie moves on the day of its dates that the reading says, on the other where that has no bound") {
  const EdgeColumn<DayRange> days{{10, 20, true}, {beginning_of_time, 20, true}, {10, end_of_time, true},
                                  {beginning_of_time, end_of_time, true}, {10, 20, false}};
  using Days = EdgeColumn<std::optional<Day>>;
  CHECK(payment_days(5, &days, DayReading::latest) == Days{20, 20, 10, {}, {}});
  CHECK(payment_days(5, &days, DayReading::earliest) == Days{10, 20, 10, {}, {}});
  CHECK(payment_days(2, nullptr, DayReading::latest) == Days{{}, {}});
  CHECK(year_of(day_of(2020, 12, 31)) == 2020);
  CHECK(year_of(day_of(2021, 1, 1)) == 2021);
  CHECK(year_of(day_of(1969, 12, 31)) == 1969);
}

TEST_CASE("scenario: late money moves into the next year and back to nobody") {
  Gifts gifts(3, edges_of({{0, 1}, {1, 2}}), {100, 100});
  set_day(gifts, 0, day_of(2020, 12, 1));
  set_day(gifts, 1, day_of(2020, 12, 15));
  ScenarioQuestion question = leaving({body(0)});
  question.change = Change::late;
  question.late = 60;
  const Scenario s = outcome_of(gifts, question);
  CHECK(s.body[body(2)].first_year_below == 2020);
  CHECK(s.years[2].at(2020).after == 0);
  CHECK(s.years[2].at(2021).after == 100);
}

/// Slow oracle: days are tried one by one, every payment at once, until nothing moves.
std::vector<std::int64_t> days_late_by_trying(const Gifts& gifts, const EdgeColumn<std::optional<Day>>& day, const std::set<NodeId>& funders,
                                              std::int64_t late) {
  const std::size_t m = gifts.edges.size();
  const auto amount = [&](std::size_t e) { return gifts.money.units.values()[e]; };
  const auto counts = [&](std::size_t e) { return gifts.stated.values()[e] != 0 && day.values()[e].has_value(); };
  const auto planned = [&](std::size_t e) { return std::int64_t{*day.values()[e]}; };
  std::vector<std::int64_t> when(m, 0);
  for (std::size_t e = 0; e < m; ++e) {
    const bool is_late = counts(e) && funders.contains(gifts.edges[e].source) && gifts.edges[e].source != gifts.edges[e].target;
    if (counts(e)) when[e] = planned(e) + (is_late ? late : 0);
  }
  const auto paid_until = [&](std::size_t e) {  // with all payments of the same giver that come before it
    std::int64_t paid = 0;
    for (std::size_t o = 0; o < m; ++o) {
      if (!counts(o) || gifts.edges[o].source != gifts.edges[e].source) continue;
      if (std::tuple(planned(o), -amount(o), o) <= std::tuple(planned(e), -amount(e), e)) paid += amount(o);
    }
    return paid;
  };
  const auto received_by = [&](NodeId v, std::int64_t last, bool as_planned) {
    std::int64_t received = 0;
    for (std::size_t o = 0; o < m; ++o) {
      if (!counts(o) || gifts.edges[o].target != v || gifts.edges[o].source == v) continue;
      if ((as_planned ? planned(o) : when[o]) <= last) received += amount(o);
    }
    return received;
  };
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t e = 0; e < m; ++e) {
      if (!counts(e)) continue;
      const NodeId giver = gifts.edges[e].source;
      std::int64_t at_hand = 0;
      for (std::size_t o = 0; o < m; ++o) {
        if (counts(o) && gifts.edges[o].source == giver) at_hand = std::max(at_hand, paid_until(o) - received_by(giver, planned(o), true));
      }
      while (at_hand + received_by(giver, when[e], false) < paid_until(e) && !(funders.contains(giver) && giver != gifts.edges[e].target)) {
        ++when[e];
        moved = true;
      }
    }
  }
  for (std::size_t e = 0; e < m; ++e) when[e] = counts(e) ? when[e] - planned(e) : 0;
  return when;
}

TEST_CASE("scenario: on random networks with circles money is exactly as late as trying day by day shows") {
  for_each_seed(400, [](Seed seed) {
    Gifts gifts = random_gifts(seed, 7, 20);
    Random random(seed, 0x646179);
    for (DayRange& days : gifts.days.values()) {  // close together, often the same
      if (days.stated) days.earliest = days.latest = static_cast<Day>(random.below(8));
    }
    const auto ledger = money_ledger(gifts.problem());
    const auto day = payment_days(gifts.edges.size(), &gifts.days, DayReading::latest);
    const LateOptions asked{.funders = {body(0)}, .late = static_cast<std::int64_t>(1 + seed % 9)};
    const auto found = late_payments(*ledger, day, asked);
    REQUIRE(found);
    const auto late = found->days_late.values();
    CHECK(std::vector<std::int64_t>(late.begin(), late.end()) == days_late_by_trying(gifts, day, {body(0)}, asked.late));
    for (const std::int64_t days : late) CHECK((days >= 0 && days <= asked.late));
    CHECK(late_payments_stand(*ledger, day, asked, found->days_late));
    auto wrong = found->days_late;
    for (std::int64_t& days : wrong.values()) {
      if (days == 0) continue;
      days -= 1;
      CHECK_FALSE(late_payments_stand(*ledger, day, asked, wrong));
      days += 1;
    }
  });
}

}  // namespace
}  // namespace entente

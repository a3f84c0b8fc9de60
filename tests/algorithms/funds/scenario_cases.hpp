#pragma once

#include <vector>

#include "algorithms/funds/random_gifts.hpp"
#include "algorithms/funds/scenario.hpp"

namespace entente::test {

inline NodeId body(std::uint32_t index) { return NodeId{index}; }

inline constexpr PassingRule all_rules[] = {PassingRule::proportional, PassingRule::priority, PassingRule::reserve};

inline ScenarioQuestion leaving(std::vector<NodeId> funders, PassingRule rule = PassingRule::proportional, double reserve = 1) {
  ScenarioQuestion question;
  question.funders = std::move(funders);
  question.rule = rule;
  question.reserve = Millionths::of(reserve);
  return question;
}

inline Scenario outcome_of(const Gifts& gifts, const ScenarioQuestion& question, DayReading reading = DayReading::latest) {
  const auto ledger = money_ledger(gifts.problem());
  REQUIRE(ledger);
  const auto day = payment_days(gifts.edges.size(), &gifts.days, reading);
  auto answer = scenario(*ledger, gifts.money.units, day, question);
  REQUIRE(answer);
  return *std::move(answer);
}

inline void set_day(Gifts& gifts, std::uint32_t edge, Day day) { gifts.days[EdgeId{edge}] = {day, day, true}; }

}  // namespace entente::test

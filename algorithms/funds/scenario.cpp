#include "algorithms/funds/scenario.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/funds/scenario_options.hpp"

namespace entente {

namespace {

Result<void> check_funders(const FundsLedger& ledger, const ScenarioQuestion& question) {
  if (question.funders.empty()) return fail(ErrorCode::bad_argument, "Name at least one funder that changes.", "option from");
  for (const NodeId v : question.funders) {
    if (v.index >= ledger.node_count()) {
      return fail(ErrorCode::bad_argument, "The funder " + std::to_string(v.index) + " is not one of the " +
                                               std::to_string(ledger.node_count()) + " nodes of the graph.");
    }
  }
  return {};
}

/// Adds what each gift brings to its taker's years.
void add_years(const FundsLedger& ledger, const EdgeColumn<std::optional<Day>>& day, Scenario& answer) {
  answer.years.resize(ledger.node_count());
  for (const Gift& gift : ledger.gifts) {
    if (!day[gift.edge]) continue;
    IncomeByYear& years = answer.years[gift.taker.index];
    years[year_of(*day[gift.edge])].before += gift.units;
    const auto arrives = static_cast<Day>(*day[gift.edge] + answer.days_late[gift.edge]);
    years[year_of(arrives)].after += answer.after[gift.edge];
  }
}

}  // namespace

Result<NodeColumn<std::uint8_t>> bodies_told(std::size_t node_count, std::span<const NodeId> named) {
  NodeColumn<std::uint8_t> told(node_count, named.empty() ? 1 : 0);
  for (const NodeId v : named) {
    if (v.index >= node_count) {
      return fail(ErrorCode::bad_argument, "The target " + std::to_string(v.index) + " is not one of the " +
                                               std::to_string(node_count) + " nodes of the graph.");
    }
    told[v] = 1;
  }
  return told;
}

PassingOptions passing_options(const ScenarioQuestion& question, const EdgeColumn<std::optional<Day>>& day,
                               EdgeColumn<std::int64_t>& turn) {
  PassingOptions options;
  options.rule = question.rule;
  options.reserve = question.reserve;
  if (question.rule != PassingRule::priority) return options;
  turn = EdgeColumn<std::int64_t>(day.size());
  for (const EdgeId edge : ids_below<EdgeId>(day.size())) {
    turn[edge] = day[edge] ? *day[edge] : std::numeric_limits<std::int64_t>::max();  // without a day: last
  }
  options.turn = &turn;
  return options;
}

std::vector<Reduction> reductions_of(const PassingOn& model, const ScenarioQuestion& question) {
  __extension__ using Wide = __int128;
  std::vector<Reduction> change;
  const auto payments = model.payments();
  for (const NodeId v : question.funders) {
    std::int64_t given = 0;
    for (const std::size_t p : model.payments_of(v)) given += payments[p].taker == v ? 0 : payments[p].units;
    std::int64_t may_give = 0;
    if (question.change == ScenarioQuestion::Change::late) may_give = given;
    else if (question.cap) may_give = std::min(*question.cap, given);
    else if (question.cap_share) may_give = question.cap_share->part_of(given);
    std::int64_t left = may_give;
    for (const std::size_t p : model.payments_of(v)) {
      const std::int64_t units = payments[p].units;
      if (payments[p].taker == v || units == 0) continue;
      std::int64_t at_most = std::min(units, left);
      if (question.rule != PassingRule::priority) at_most = static_cast<std::int64_t>(static_cast<Wide>(units) * may_give / given);
      left -= at_most;
      if (at_most < units) change.push_back({p, at_most});
    }
  }
  return change;
}

Result<Scenario> scenario(const FundsLedger& ledger, const EdgeColumn<std::int64_t>& units,
                          const EdgeColumn<std::optional<Day>>& day, const ScenarioQuestion& question, const Job& job) {
  if (auto checked = check_funders(ledger, question); !checked) return tl::unexpected(checked.error());
  Scenario answer;
  answer.after = units;
  answer.days_late = EdgeColumn<std::int64_t>(units.size(), 0);
  answer.body = NodeColumn<ScenarioBody>(ledger.node_count());
  if (question.change == ScenarioQuestion::Change::late) {
    auto late = late_payments(ledger, day, {.funders = question.funders, .late = question.late}, job);
    if (!late) return tl::unexpected(late.error());
    answer.days_late = std::move(late->days_late);
    answer.complete = late->complete;
  } else {
    EdgeColumn<std::int64_t> turn;
    const PassingOn model(ledger, passing_options(question, day, turn));
    auto work = model.make_work();
    if (auto done = model.run(reductions_of(model, question), work, job); !done) return tl::unexpected(done.error());
    for (const std::size_t p : work.touched) answer.after[model.payments()[p].edge] = work.now[p];
    answer.complete = work.complete;
  }

  NodeColumn<std::uint8_t> is_funder(ledger.node_count(), 0);
  for (const NodeId v : question.funders) is_funder[v] = 1;
  for (const NodeId v : ids_below<NodeId>(ledger.node_count())) answer.body[v].before = ledger.received[v];
  for (const Gift& gift : ledger.gifts) {
    const std::int64_t left = answer.after[gift.edge], lost = gift.units - left;
    ScenarioBody& taker = answer.body[gift.taker];
    taker.after += left;
    answer.body[gift.giver].given_lost += lost;
    if (is_funder[gift.giver]) {
      answer.withheld += lost;
      taker.direct += lost;
    }
    if (answer.days_late[gift.edge] == 0 || left == 0) continue;
    taker.late += left;
    taker.longest_wait = std::max(taker.longest_wait, answer.days_late[gift.edge]);
  }
  add_years(ledger, day, answer);
  for (const NodeId v : ids_below<NodeId>(ledger.node_count())) {
    for (const auto& [year, income] : answer.years[v.index]) {
      if (!question.threshold.is_above(income.after, income.before)) continue;
      answer.body[v].first_year_below = year;
      break;
    }
  }
  return answer;
}

}  // namespace entente

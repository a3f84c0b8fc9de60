#include "algorithms/funds/scenario_days.hpp"

#include <algorithm>
#include <chrono>
#include <tuple>
#include <utility>

namespace entente {

namespace {

constexpr Day calendar_bound = 10'000'000;  // days that std::chrono's years hold: a little over 27 000 years

/// The payments of each body in the order in which it makes them, and what each of them waits for.
class PaymentPlan {
 public:
  struct Payment {
    NodeId giver, taker;
    EdgeId edge;
    std::int64_t units = 0, day = 0;
    std::int64_t needs = 0;  // what its giver must have received before it can be made
  };

  PaymentPlan(const FundsLedger& ledger, const EdgeColumn<std::optional<Day>>& day, const LateOptions& options)
      : funder_(ledger.node_count(), 0), made_(ledger.node_count()), taken_(ledger.node_count()), late_(options.late) {
    for (const NodeId v : options.funders) funder_[v] = 1;
    for (const auto* ties : {&ledger.gifts, &ledger.spendings}) {
      for (const Gift& gift : *ties) {
        if (day[gift.edge]) payments_.push_back({gift.giver, gift.taker, gift.edge, gift.units, *day[gift.edge], 0});
      }
    }
    std::ranges::sort(payments_, {}, [](const Payment& p) { return std::tuple(p.day, -p.units, p.edge); });
    for (std::size_t p = 0; p < payments_.size(); ++p) {
      made_[payments_[p].giver].push_back(p);
      if (payments_[p].giver != payments_[p].taker) taken_[payments_[p].taker].push_back(p);
    }
    for (const NodeId v : ids_below<NodeId>(ledger.node_count())) find_needs(v);
  }

  const std::vector<Payment>& payments() const { return payments_; }

  /// The days as they are, but for the funders'.
  std::vector<std::int64_t> first_days() const {
    std::vector<std::int64_t> when;
    for (const Payment& p : payments_) when.push_back(p.day + (is_late(p) ? late_ : 0));
    return when;
  }
  /// Tells for each payment of v the first day on which it can be made: put(payment, day).
  template <class Put>
  void settle(NodeId v, const std::vector<std::int64_t>& when, Put&& put) const {
    std::vector<std::pair<std::int64_t, std::int64_t>> receipts;  // day, units
    for (const std::size_t p : taken_[v]) receipts.push_back({when[p], payments_[p].units});
    std::ranges::sort(receipts);
    std::size_t next = 0;
    std::int64_t received = 0;
    for (const std::size_t p : made_[v]) {
      while (received < payments_[p].needs) received += receipts[next++].second;
      const std::int64_t enough = next == 0 ? payments_[p].day : receipts[next - 1].first;
      put(p, is_late(payments_[p]) ? payments_[p].day + late_ : std::max(payments_[p].day, enough));
    }
  }
  std::size_t size_at(NodeId v) const { return made_[v].size() + taken_[v].size(); }

 private:
  bool is_late(const Payment& p) const { return funder_[p.giver] && p.giver != p.taker; }

  /// What v must hold from the start to pay everything on its day; the rest has to be received first.
  void find_needs(NodeId v) {
    std::int64_t at_hand = 0, received = 0, paid = 0;
    std::size_t next = 0;
    for (const std::size_t p : made_[v]) {
      while (next < taken_[v].size() && payments_[taken_[v][next]].day <= payments_[p].day) {
        received += payments_[taken_[v][next++]].units;
      }
      paid += payments_[p].units;
      payments_[p].needs = paid;
      at_hand = std::max(at_hand, paid - received);
    }
    for (const std::size_t p : made_[v]) payments_[p].needs = std::max<std::int64_t>(0, payments_[p].needs - at_hand);
  }

  std::vector<Payment> payments_;
  NodeColumn<std::uint8_t> funder_;
  NodeColumn<std::vector<std::size_t>> made_, taken_;  // both in the order of their days
  std::int64_t late_;
};

}  // namespace

EdgeColumn<std::optional<Day>> payment_days(std::size_t edge_count, const EdgeColumn<DayRange>* days, DayReading reading) {
  EdgeColumn<std::optional<Day>> day(edge_count);
  if (!days) return day;
  for (const EdgeId edge : ids_below<EdgeId>(edge_count)) {
    const auto& [earliest, latest, stated] = (*days)[edge];
    if (!stated) continue;
    const bool prefers_latest = reading == DayReading::latest;
    for (const Day candidate : {prefers_latest ? latest : earliest, prefers_latest ? earliest : latest}) {
      if (day[edge] || candidate < -calendar_bound || candidate > calendar_bound) continue;
      day[edge] = candidate;
    }
  }
  return day;
}

int year_of(Day day) {
  return static_cast<int>(std::chrono::year_month_day{std::chrono::sys_days{std::chrono::days{day}}}.year());
}

Result<LatePayments> late_payments(const FundsLedger& ledger, const EdgeColumn<std::optional<Day>>& day,
                                   const LateOptions& options, const Job& job) {
  const PaymentPlan plan(ledger, day, options);
  const auto& payments = plan.payments();
  std::vector<std::int64_t> when = plan.first_days();
  std::vector<NodeId> queue;  // first in, first out
  NodeColumn<std::uint8_t> waiting(ledger.node_count(), 0);
  const auto wait = [&](NodeId v) {
    if (!waiting[v]) queue.push_back(v);
    waiting[v] = 1;
  };
  for (std::size_t p = 0; p < payments.size(); ++p) {
    if (when[p] != payments[p].day) wait(payments[p].taker);
  }
  LatePayments answer;
  std::int64_t steps = 0, next_look = 0;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    if (next > 4096 && next > queue.size() / 2) {
      queue.erase(queue.begin(), queue.begin() + static_cast<std::ptrdiff_t>(next));
      next = 0;
    }
    if (steps >= next_look) {
      if (job.cancelled()) return interrupted();
      job.report("late payments", static_cast<std::size_t>(steps), static_cast<std::size_t>(options.most_steps));
      next_look = steps + (1 << 18);
    }
    if (steps > options.most_steps) {
      answer.complete = false;
      break;
    }
    const NodeId v = queue[next];
    waiting[v] = 0;
    steps += 1 + static_cast<std::int64_t>(plan.size_at(v));
    plan.settle(v, when, [&](std::size_t p, std::int64_t first) {
      if (first <= when[p]) return;
      when[p] = first;
      if (payments[p].taker != v) wait(payments[p].taker);
    });
  }
  answer.days_late = EdgeColumn<std::int64_t>(day.size(), 0);
  for (std::size_t p = 0; p < payments.size(); ++p) answer.days_late[payments[p].edge] = when[p] - payments[p].day;
  return answer;
}

bool late_payments_stand(const FundsLedger& ledger, const EdgeColumn<std::optional<Day>>& day, const LateOptions& options,
                         const EdgeColumn<std::int64_t>& days_late) {
  const PaymentPlan plan(ledger, day, options);
  std::vector<std::int64_t> when;
  bool same = days_late.size() == day.size();
  for (const EdgeId edge : ids_below<EdgeId>(same ? day.size() : 0)) same &= day[edge] || days_late[edge] == 0;
  if (!same) return false;
  for (const auto& payment : plan.payments()) when.push_back(payment.day + days_late[payment.edge]);
  for (const NodeId v : ids_below<NodeId>(ledger.node_count())) {
    plan.settle(v, when, [&](std::size_t p, std::int64_t first) { same &= first == when[p]; });
  }
  return same;
}

}  // namespace entente

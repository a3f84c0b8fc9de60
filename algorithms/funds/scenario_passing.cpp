#include "algorithms/funds/scenario_passing.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <numeric>
#include <tuple>
#include <utility>

namespace entente {

namespace {

constexpr std::int64_t millionths_in_all = 1'000'000;

/// Every body before those it pays, but for circles: the reverse of the order in which a depth-first walk leaves
/// them [tarjan1972depth].
std::vector<NodeId> givers_first(std::size_t n, const PassingOn& model) {
  std::vector<NodeId> left;
  NodeColumn<std::uint8_t> seen(n, 0);
  std::vector<std::pair<NodeId, std::size_t>> way;
  for (const NodeId root : ids_below<NodeId>(n)) {
    if (seen[root]) continue;
    seen[root] = 1;
    way.push_back({root, 0});
    while (!way.empty()) {
      auto& [v, next] = way.back();
      const auto payments = model.payments_of(v);
      if (next == payments.size()) {
        left.push_back(v);
        way.pop_back();
        continue;
      }
      const NodeId taker = model.payments()[payments[next++]].taker;
      if (seen[taker]) continue;
      seen[taker] = 1;
      way.push_back({taker, 0});
    }
  }
  std::ranges::reverse(left);
  return left;
}

}  // namespace

Millionths Millionths::of(double share) {
  return {static_cast<std::int64_t>(std::llround(share * static_cast<double>(millionths_in_all)))};
}

std::int64_t Millionths::part_of(std::int64_t units) const {
  __extension__ using Wide = __int128;
  return static_cast<std::int64_t>(static_cast<Wide>(units) * value / millionths_in_all);
}

bool Millionths::is_above(std::int64_t units, std::int64_t whole) const {
  __extension__ using Wide = __int128;
  return static_cast<Wide>(units) * millionths_in_all < static_cast<Wide>(value) * whole;
}

PassingOn::PassingOn(const FundsLedger& ledger, const PassingOptions& options) : options_(options) {
  const std::size_t n = ledger.node_count();
  for (const auto* ties : {&ledger.gifts, &ledger.spendings}) {
    for (const Gift& gift : *ties) payments_.push_back({gift.giver, gift.taker, gift.edge, gift.units});
  }
  begin_.assign(n + 1, 0);
  for (const Payment& payment : payments_) ++begin_[payment.giver.index + 1];
  std::partial_sum(begin_.begin(), begin_.end(), begin_.begin());
  out_.resize(payments_.size());
  std::iota(out_.begin(), out_.end(), std::size_t{0});
  const auto turn = [&](const Payment& payment) { return options_.turn ? (*options_.turn)[payment.edge] : 0; };
  std::ranges::sort(out_, {}, [&](std::size_t p) {
    const Payment& payment = payments_[p];
    return std::tuple(payment.giver, turn(payment), -payment.units, payment.edge);
  });
  options_.turn = nullptr;  // the caller's column may not live as long

  income_ = ledger.received;
  own_ = cushion_ = NodeColumn<std::int64_t>(n);
  for (const NodeId v : ids_below<NodeId>(n)) {
    const std::int64_t left_over = income_[v] - ledger.given[v] - ledger.spent[v];
    own_[v] = std::max<std::int64_t>(0, -left_over);
    if (options_.rule == PassingRule::reserve && left_over > 0) cushion_[v] = options_.reserve.part_of(left_over);
  }
  at_rank_ = givers_first(n, *this);
  rank_ = NodeColumn<std::uint32_t>(n);
  for (std::size_t i = 0; i < n; ++i) rank_[at_rank_[i]] = static_cast<std::uint32_t>(i);
}

PassingOn::Work PassingOn::make_work() const {
  Work work;
  for (const Payment& payment : payments_) work.now.push_back(payment.units);
  work.income = income_;
  work.waiting = NodeColumn<std::uint8_t>(income_.size(), 0);
  return work;
}

void PassingOn::set_back(Work& work) const {
  for (const std::size_t p : work.touched) work.now[p] = payments_[p].units;
  for (const NodeId v : work.fallen) work.income[v] = income_[v];
  work.touched.clear();
  work.fallen.clear();
  for (const std::uint64_t rank : work.queue) work.waiting[at_rank_[rank]] = 0;
  work.queue.clear();
  work.complete = true;
}

Result<void> PassingOn::run(std::span<const Reduction> change, Work& work, const Job& job) const {
  set_back(work);
  const auto lower = [&](std::size_t p, std::int64_t units) {
    const std::int64_t cut = work.now[p] - units;
    if (cut <= 0) return;
    if (work.now[p] == payments_[p].units) work.touched.push_back(p);
    work.now[p] = units;
    const NodeId taker = payments_[p].taker;
    if (taker == payments_[p].giver) return;
    if (work.income[taker] == income_[taker]) work.fallen.push_back(taker);
    work.income[taker] -= cut;
    if (work.waiting[taker]) return;
    work.waiting[taker] = 1;
    work.queue.push_back(rank_[taker]);
    std::ranges::push_heap(work.queue, std::greater<>{});
  };
  for (const auto& [p, at_most] : change) lower(p, at_most);
  std::int64_t steps = 0, next_look = 0;
  while (!work.queue.empty()) {
    if (steps >= next_look) {
      if (job.cancelled()) return interrupted();
      job.report("losses passed on", static_cast<std::size_t>(steps), static_cast<std::size_t>(options_.most_steps));
      next_look = steps + (1 << 18);
    }
    if (steps > options_.most_steps) {
      work.complete = false;
      break;
    }
    std::ranges::pop_heap(work.queue, std::greater<>{});
    const NodeId v = at_rank_[work.queue.back()];
    work.queue.pop_back();
    work.waiting[v] = 0;
    steps += 1 + static_cast<std::int64_t>(payments_of(v).size());
    pay(v, work.income[v], [&](std::size_t p, std::int64_t units) { lower(p, units); });
  }
  return {};
}

}  // namespace entente

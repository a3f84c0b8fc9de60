#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/funds/ledger.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// How a body whose income falls passes the loss on to those it pays.
enum class PassingRule : std::uint8_t {
  proportional,  // all uses of its money shrink alike: what it gives, spends and has left over
  priority,      // it pays in order of days, then the larger first, while the money lasts; the last ones lose
  reserve,       // money left over makes up for the loss first, as far as it may be used; then proportional
};

/// Share of a whole in millionths: exact, so that no double decides about money.
struct Millionths {
  std::int64_t value = 1'000'000;
  static Millionths of(double share);
  /// Rounded down.
  std::int64_t part_of(std::int64_t units) const;
  /// units < value * whole, exactly.
  bool is_above(std::int64_t units, std::int64_t whole) const;
};

struct PassingOptions {
  PassingRule rule = PassingRule::proportional;
  Millionths reserve;                                // share of the money left over that may be used
  const EdgeColumn<std::int64_t>* turn = nullptr;    // priority: when each tie is due; null: all at once
  std::int64_t most_steps = 200'000'000;             // payments looked at before it stops
};

/// A payment (index into PassingOn::payments) that a change makes smaller, whatever its giver can afford.
struct Reduction {
  std::size_t payment = 0;
  std::int64_t at_most = 0;
};

/// A loss that is passed on from body to body until nothing changes.
///
/// Let I be what body v received, x what is left of it, own the money it brought in (see Indicators), and
/// U = own + I all that it used: given, spent or left over. Each payment p of v becomes
///
///     proportional   floor(p (own + x) / U)
///     reserve        floor(p (U - C - max(0, I - x - C)) / (U - C)),  C = share of what was left over
///     priority       what remains of own + x after the payments before it, at most p
///
/// and never more than the change allows. Fractions of a unit stay with the payer, so each account still balances.
/// Each right side grows with x, so the greatest solution exists [tarski1955lattice], and starting from things as they are
/// every income falls until it is reached: no loss without a cause, also where money runs in circles. Whole units
/// cannot fall for ever; circles that lose little each time round may take long and are stopped by most_steps.
///
/// Cost  O(n + m) to prepare, then for each run the payments of the bodies whose income falls, once each where money
///       runs in no circle. One thread.
class PassingOn {
 public:
  struct Payment {
    NodeId giver, taker;  // equal: spent by itself
    EdgeId edge;
    std::int64_t units = 0;
  };
  /// What a run writes on; used again by the next.
  struct Work {
    std::vector<std::int64_t> now;        // what is left of each payment
    NodeColumn<std::int64_t> income;      // and of each income
    std::vector<std::size_t> touched;     // payments that differ from before
    std::vector<NodeId> fallen;           // bodies whose income differs
    NodeColumn<std::uint8_t> waiting;
    std::vector<std::uint64_t> queue;     // heap of ranks
    bool complete = true;                 // false: stopped by most_steps; incomes may fall further
  };

  PassingOn(const FundsLedger& ledger, const PassingOptions& options);

  std::span<const Payment> payments() const { return payments_; }
  /// Indices of the payments of a body, those to others and to itself.
  std::span<const std::size_t> payments_of(NodeId v) const {
    return {out_.data() + begin_[v.index], begin_[v.index + 1] - begin_[v.index]};
  }
  const NodeColumn<std::int64_t>& income() const { return income_; }

  Work make_work() const;
  /// Errors: interrupted.
  Result<void> run(std::span<const Reduction> change, Work& work, const Job& job = {}) const;
  /// Tells what the rule leaves of each payment of v when its income is x: take(payment, units).
  template <class Take>
  void pay(NodeId v, std::int64_t x, Take&& take) const;

 private:
  void set_back(Work& work) const;

  PassingOptions options_;
  std::vector<Payment> payments_;
  std::vector<std::size_t> begin_, out_;
  NodeColumn<std::int64_t> income_, own_, cushion_;
  NodeColumn<std::uint32_t> rank_;  // givers before takers, but for circles
  std::vector<NodeId> at_rank_;
};

template <class Take>
void PassingOn::pay(NodeId v, std::int64_t x, Take&& take) const {
  __extension__ using Wide = unsigned __int128;
  if (options_.rule == PassingRule::priority) {
    std::int64_t left = own_[v] + x;
    for (const std::size_t p : payments_of(v)) {
      const std::int64_t units = payments_[p].units < left ? payments_[p].units : left;
      left -= units;
      take(p, units);
    }
    return;
  }
  const std::int64_t used = own_[v] + income_[v] - cushion_[v], lost = income_[v] - x - cushion_[v];
  const auto whole = static_cast<Wide>(used), left = static_cast<Wide>(lost > 0 ? used - lost : used);
  for (const std::size_t p : payments_of(v)) {
    if (payments_[p].units == 0) continue;  // nothing stays nothing, and where nothing is used there is no share
    take(p, static_cast<std::int64_t>(static_cast<Wide>(payments_[p].units) * left / whole));
  }
}

}  // namespace entente

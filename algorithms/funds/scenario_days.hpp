#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/funds/ledger.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// Which day of its dates a payment is taken to move on.
enum class DayReading : std::uint8_t { latest, earliest };

/// The day on which each tie moves, empty where its dates bound it on no side; null: no tie has a day. A side without a
/// bound is read as the other one.
EdgeColumn<std::optional<Day>> payment_days(std::size_t edge_count, const EdgeColumn<DayRange>* days, DayReading reading);

/// The year of a day of the proleptic Gregorian calendar.
int year_of(Day day);

/// Income by year before and after.
struct YearOfIncome {
  std::int64_t before = 0, after = 0;
};
using IncomeByYear = std::map<int, YearOfIncome>;

/// How many days late each payment is when those of some funders move `late` days after theirs.
///
/// A body pays in the order of its days, then the larger first, then in tie order, each payment whole: on its day if
/// it can, or as soon as it holds enough. It holds what it received by then and the least money at hand from the
/// start with which it pays everything on its day as things are. What arrives on a day can be paid out on that day.
///
///     t(p) = max(day(p), the first day by which its giver has received what p and the payments before it need)
///
/// The right side grows with the days of arrival, so a least solution exists [tarski1955lattice]: nothing waits without
/// a cause, also where money runs in circles, and nothing waits longer than `late`. Payments without a day take no part.
struct LatePayments {
  EdgeColumn<std::int64_t> days_late;  // 0 … late
  bool complete = true;                // false: stopped by most_steps; more may be late
};

struct LateOptions {
  std::vector<NodeId> funders;
  std::int64_t late = 0;
  std::int64_t most_steps = 200'000'000;
};

/// Cost O(m log m) besides the payments of each body whose receipts move, once for each time they do.
/// Errors: interrupted.
Result<LatePayments> late_payments(const FundsLedger& ledger, const EdgeColumn<std::optional<Day>>& day,
                                   const LateOptions& options, const Job& job = {});

/// The certificate of late_payments: one more round at every body changes nothing. O(m log m).
bool late_payments_stand(const FundsLedger& ledger, const EdgeColumn<std::optional<Day>>& day, const LateOptions& options,
                         const EdgeColumn<std::int64_t>& days_late);

}  // namespace entente

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/funds/ledger.hpp"
#include "algorithms/funds/scenario_days.hpp"
#include "algorithms/funds/scenario_passing.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// What happens to some funders, and how others pass it on.
struct ScenarioQuestion {
  enum class Change : std::uint8_t {
    leave,  // they give nothing any more
    cap,    // each gives at most `cap` in all; its gifts shrink alike, or under the rule of priority in their order
    late,   // they pay `late` days later
  };
  Change change = Change::leave;
  std::vector<NodeId> funders;             // at least one, each once
  std::optional<std::int64_t> cap;         // units
  std::optional<Millionths> cap_share;     // or a share of what each gave
  std::int64_t late = 0;                   // days
  PassingRule rule = PassingRule::proportional;  // leave and cap; where money comes late every payment is made whole
  Millionths reserve;                      // share of the money left over that the rule of reserve may use
  Millionths threshold{800'000};           // of its income by year, below which a body is in need
};

/// What becomes of one body.
struct ScenarioBody {
  std::int64_t before = 0, after = 0;      // income
  std::int64_t direct = 0;                 // lost straight from the funders; the rest of the loss was passed on
  std::int64_t given_lost = 0;             // it gives that much less
  std::int64_t late = 0;                   // of its income comes late, and the longest by so many days:
  std::int64_t longest_wait = 0;
  std::optional<int> first_year_below;     // first year with after < threshold * before
};

struct Scenario {
  EdgeColumn<std::int64_t> after;      // amount of each tie; ties outside the ledger keep theirs
  EdgeColumn<std::int64_t> days_late;  // of each tie
  NodeColumn<ScenarioBody> body;
  std::vector<IncomeByYear> years;     // per body; by the day on which money arrives
  std::int64_t withheld = 0;           // what the funders give less
  bool complete = true;                // false: stopped by a bound on work; the losses are at least these
};

/// A funder leaves, is capped or pays late, and what that does to everyone downstream: see PassingOn for the amounts and
/// late_payments for the days.
///
///     the funders' gifts lost = sum over all other bodies of (kept or spent less) + what they give the funders less
///
/// Input    the ledger; the day of each payment where one is known (see payment_days). A payment without a day belongs
///          to no year.
/// Cost     O(n + m log m) besides that of PassingOn::run or late_payments.
/// Errors   bad_argument: no funder, a node that the graph lacks. interrupted.
/// Source   [tarski1955lattice]; the proportional rule and its greatest solution as in [eisenberg2001systemic]
Result<Scenario> scenario(const FundsLedger& ledger, const EdgeColumn<std::int64_t>& units,
                          const EdgeColumn<std::optional<Day>>& day, const ScenarioQuestion& question,
                          const Job& job = {});

/// What the change itself takes from each payment, before anything is passed on.
std::vector<Reduction> reductions_of(const PassingOn& model, const ScenarioQuestion& question);

/// How PassingOn is to be prepared for a question. `turn` is filled for the rule of priority and must live as long as
/// the options are used.
PassingOptions passing_options(const ScenarioQuestion& question, const EdgeColumn<std::optional<Day>>& day,
                               EdgeColumn<std::int64_t>& turn);

Card scenario_card();

}  // namespace entente

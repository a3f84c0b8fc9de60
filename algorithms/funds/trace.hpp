#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct TraceOptions {
  bool dates = false;             // money is not passed on before it arrives
  std::string reading = "latest"; // the day on which a payment of imprecise date is taken to move: latest or earliest
  int bounds = 20;                // without named targets: how many of the largest ends get bounds
};

/// What ties say of the money that is traced.
struct TracedTies {
  const EdgeColumn<std::int64_t>* amount = nullptr;
  const EdgeColumn<std::uint8_t>* stated = nullptr;  // null: all amounts are stated
  const EdgeColumn<DayRange>* days = nullptr;        // needed with dates only
};

/// A body at which traced money ended.
struct TracedEnd {
  NodeId body;
  std::int64_t kept = 0;   // what it kept of anybody's money, or spent itself
  std::int64_t money = 0;  // of the traced money, in proportion
  std::optional<std::int64_t> at_least, at_most;  // empty: not asked for
};

/// A body that traced money reached.
struct TracedBody {
  NodeId body;
  std::int64_t received = 0, passed_on = 0, kept = 0;  // received = passed on + kept, which includes spent
  std::uint32_t loop = 0;  // the loop that it lies on, from 1; 0: none
};

/// Bodies among which the money circles: each reaches each other along payments. With dates, on one day.
struct TracedLoop {
  std::size_t bodies = 0;
  std::int64_t entered = 0;  // traced money that came in from elsewhere
  std::int64_t circled = 0;  // and what of it they paid each other, each time that it went round
  std::int64_t ended = 0;    // of it stayed with them: with dates, beyond that day; the rest went elsewhere
};

struct TracedFunds {
  std::int64_t put_in = 0;    // what the sources give to others = sum of `money` over all ends
  std::int64_t returned = 0;  // of it came back to the sources, which are ends too
  EdgeColumn<std::int64_t> traced;   // per tie: how much of what it carries, or of what a body spends, is traced
  std::vector<TracedEnd> ends;       // largest first, then by node; without those that the money cannot reach
  std::vector<TracedBody> bodies;    // most received first, then by node; without the sources
  std::optional<std::int64_t> at_targets, at_least, at_most;  // with targets: of them together
  std::optional<EdgeColumn<std::int64_t>> least_way, most_way;  // with targets: ways that attain the two bounds
  std::vector<TracedLoop> loops;  // loop k of TracedBody is the (k - 1)th
  double open = 0;                // units by which rounding errors may have moved the shares of all ends together
  std::vector<EdgeId> unknown;    // ties of unknown amount, also self-loops, of a payer whom the money reached
  std::size_t mutual = 0;         // ties without a direction, which are left out
  std::size_t undated = 0, imprecise = 0;  // with dates: payments of no date, and of several possible days
};

/// Traced funds: where the money that some bodies give out ended, and how little and how much of it can have ended
/// at each end.
///
/// The sources are one group; the money put in is all that they give to others. A body mixes what it is paid
/// with what it has, and passes its mixture on: with I what it is paid, O what it pays others and S what it spends
/// itself, by ties to itself,
///
///     held(v)  = max(I, O + S),       kept(v) = held(v) - O = S + max(0, I - O - S)
///     share(v) = sum over payers u of  share(u) a(u, v) / held(v),       share(sources) = 1
///     traced money on a tie u -> v = share(u) a(u, v),   ended at v = share(v) kept(v).
///
/// Where I < O + S the body adds own money. Where kept(v) > 0 it is an end: what it spent or had left went no
/// further. Own and kept are those of fund_indicators. Money that comes back to a source has returned and ends there.
/// This is an absorbing Markov chain; since payments add up, no group of bodies can take traced money in and neither
/// keep nor pass any, so it has one solution whatever circles the money runs in. It is found in doubles as shares,
/// then all amounts at once are rounded to whole units such that at each body received = passed on + spent + left,
/// each to a whole number next to its exact value.
///
/// The bounds allow each body to pass on and keep whichever of its money: at least and at most over all ways that
/// respect every payment, exact by maximum flows. Always  at_least <= in proportion <= at_most.
///
/// With dates, money moves, or is spent, on its day and is mixed with what the body holds that day; a body keeps
/// what it holds at the end and what it spent, and brings own money where it pays or spends what it does not yet
/// have. Of several possible days the proportional figures take the latest, or the earliest as asked; the bounds hold
/// for each reading of the days, and may then be wider than need be.
///
/// Input    amounts >= 0 per tie, directed ties; from: at least one body; to: none, or bodies other than these.
/// Output   units of the amounts, exact. A tie of unknown amount carries nothing that could be traced and is named
///          where it matters. Ties without a direction are left out, and ties within the sources, to themselves too.
/// Cost     O(n + m) and some sweeps over loops of bodies; a maximum flow to round and one for each bound.
///          With dates O(m log m), and places for up to 2m days of bodies.
/// Repeats  bit for bit.
/// Errors   bad_argument: as payments_from; a target among the sources or not in the graph; dates without days; an
///          unknown reading. overflow. interrupted.
/// Source   [kemeny1960finite] for absorbing chains; [ford1962flows] for whole units and bounds and for networks
///          expanded over time.
Result<TracedFunds> trace_funds(const Graph& graph, const TracedTies& ties, std::span<const NodeId> from,
                                std::span<const NodeId> to, const TraceOptions& options = {}, const Job& job = {});

Card trace_card();

}  // namespace entente

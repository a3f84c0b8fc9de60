#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/funds/trace.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// How a broker v stands between its payer u and its taker w, by their groups. [gould1989structures]
enum class BrokerRole : std::uint8_t {
  coordinator,     // all of one group
  gatekeeper,      // v and w of one group, u of another: lets money in
  representative,  // u and v of one group, w of another: sends money out
  consultant,      // u and w of one group, v of another
  liaison          // three groups
};
inline constexpr std::array<const char*, 5> broker_roles{"coordinator", "gatekeeper", "representative", "consultant",
                                                         "liaison"};

struct MoneyBroker {
  NodeId body;
  std::int64_t passed_on = 0;             // money from the sources, bound for the targets, each time it comes by
  std::array<std::int64_t, 5> by_role{};  // by BrokerRole; adds up to passed_on
};

struct MoneyBrokerage {
  std::int64_t put_in = 0;           // what the sources give to others
  std::int64_t reached = 0;          // of it ended at the targets, kept or spent
  EdgeColumn<std::int64_t> reaching; // per tie: what it carries of that to others; self-loops: 0
  NodeColumn<std::int64_t> passed_on;
  std::vector<MoneyBroker> brokers;  // all that passed something on, most first, then by node
  std::array<std::int64_t, 5> by_role{};  // of all brokers together
  double open = 0;                   // units by which rounding errors may have moved the shares together
};

/// Brokerage of money: how much of the money that the sources give reaches the targets through each body, and
/// between whom the body then stands.
///
/// Money is mixed at every body as in trace_funds; what a body spends itself ended there. With share(u) the sources'
/// part of what u passes on, and chance(w) the part of what arrives at w that ends at the targets,
///
///     reaching(u -> w) = share(u) amount(u, w) chance(w),       passed_on(v) = sum over takers w of reaching(v -> w),
///
/// and of what v passes on, each pair of payer u and taker w accounts for reaching(u -> v) reaching(v -> w) over
/// all that reached v. These are counted by the roles of [gould1989structures] for money instead of ties. All
/// figures are whole units: `reaching` is rounded so that at each body what arrives is what leaves and ends, and
/// roles are split by largest remainder, so that they add up to what the body passes on, exactly.
///
/// The sources are one group and broker nothing; a target that passes money on to targets is a broker like others.
///
/// Input    as trace_funds without dates; group: the category of each node; at least one target.
/// Cost     as trace_funds, twice solved and once rounded; O(n + m) for the roles.
/// Repeats  bit for bit.
/// Errors   as trace_funds; bad_argument without a target or for groups of the wrong number. interrupted.
/// Source   [gould1989structures]; [kemeny1960finite].
Result<MoneyBrokerage> money_brokerage(const Graph& graph, const TracedTies& ties, std::span<const NodeId> from,
                                       std::span<const NodeId> to, const NodeColumn<std::uint32_t>& group,
                                       const Job& job = {});

/// The split of what each body passes on, from what each tie carries; sources (not 0) broker nothing. O(n + m).
std::vector<MoneyBroker> brokers_by_role(const Graph& graph, const EdgeColumn<std::int64_t>& reaching,
                                         const NodeColumn<std::uint8_t>& sources,
                                         const NodeColumn<std::uint32_t>& group);

Card money_brokerage_card();

}  // namespace entente

#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>

#include "algorithms/card.hpp"
#include "algorithms/flow/lower_bounds.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct MinCostQuestion {
  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* capacity = nullptr;
  const EdgeColumn<std::int64_t>* cost = nullptr;   // of each unit; null: 1 an edge
  const EdgeColumn<std::int64_t>* least = nullptr;  // what each edge must carry; null: nothing
  std::span<const NodeId> from, to;
  std::optional<std::int64_t> amount = {};  // what shall pass; empty: as much as can
};

struct MinCostFlow {
  std::optional<Shortfall> shortfall;     // why no flow does what was asked; then the rest is empty
  std::int64_t value = 0;                 // what leaves the sources and reaches the targets
  EdgeColumn<std::int64_t> flow;          // per edge, from ends().source to ends().target; negative: backwards
  NodeColumn<std::int64_t> potential;     // price of a unit at the node; 0 at the sources that send
  NodeColumn<std::uint8_t> most_by;       // without an amount: a set around the sources that no more can leave
  int phases = 0;                         // of cost scaling
};

/// Minimum-cost flow: a stated amount, or as much as can pass, from the sources to the targets at the least
/// total cost, while each edge carries at least its lower bound.
///
///     minimise  sum of cost(e) |flow(e)|  with  least(e) <= flow(e) <= capacity(e)
///     and what leaves the sources, less what returns to them, is the amount; each source sends and each target takes
///
/// The potentials prove it [ahuja1993network]: with r(u -> v) = cost + potential(u) - potential(v),
///
///     r >= 0  on each edge that could carry more from u to v,    r <= 0  on each that could carry less
///
/// Where no flow does what was asked, the answer is a set of nodes that shows it: more must enter it than can
/// leave [hoffman1960some]; see Shortfall.
///
/// A mutual edge carries either way at the same cost, up to its capacity in one net direction; with a lower bound above 0
/// it runs along its stated direction alone. A self-loop carries its lower bound and no more. Flow that a lower bound
/// does not force never runs in a circle. Nodes on no way from a source to a target have a potential that only serves
/// the proof.
///
/// Input    capacity, cost and least: one whole number >= 0 per edge. Unlike max_flow it lets money pass through a
///          source or a target on its way.
/// Output   exact; of several cheapest flows one is returned, the same every time. The cost is unique.
/// Cost     that of cheapest_flow(), and one maximum flow (two with lower bounds).
/// Errors   bad_argument: a number below 0, a column of the wrong size, ends that max_flow refuses, an amount below 0.
///          overflow: the amounts asked for exceed 64 bits together, or a way through the network may cost more than 2^61.
///          interrupted.
/// Source   [goldberg1990finding; goldberg1997efficient; hoffman1960some].
Result<MinCostFlow> min_cost_flow(const MinCostQuestion& question, const Job& job = {});

/// What a flow costs, exactly: the sum over all edges of |flow| times cost (null: 1), with the last `decimals` digits
/// after the point.
std::string cost_text(const EdgeColumn<std::int64_t>& flow, const EdgeColumn<std::int64_t>* cost, int decimals);

Card min_cost_card();

}  // namespace entente

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct MaxFlow {
  std::int64_t value = 0;                 // units that leave the sources and reach the targets
  EdgeColumn<std::int64_t> flow;          // per edge, from ends().source to ends().target; negative: backwards
  NodeColumn<std::uint8_t> source_side;   // 1: what the sources can still reach; the smallest such set
  std::vector<EdgeId> cut;                // edges of positive capacity that leave the source side, all full
  int phases = 0;                         // levels that search trees grew, and updates of all heights
};

/// Maximum flow: the most that can pass from the sources to the targets through the capacities, edge by
/// edge, and the minimum cut that proves that no more can.
///
///     at every node that is no source or target:  inflow = outflow
///     on every edge:  0 <= flow <= capacity;  on a mutual edge:  |flow| <= capacity
///     value = outflow - inflow of the sources = capacity of the edges that leave the source side
///
/// A mutual edge carries either way, up to its capacity in one net direction. Parallel edges carry
/// side by side; a self-loop carries nothing. Nothing flows in a circle: circular flow adds nothing to
/// the value and is taken out. No flow enters a source or leaves a target.
///
/// Input    capacity: one whole number >= 0 per edge, in units of one money column; two disjoint
///          groups of at least one node each.
/// Output   units of the capacities, exact. The value and the source side are unique (of all minimum cuts
///          it is the one nearest the sources); of several possible flows one is returned, the same
///          every time. Sources that cannot reach a target: value 0, an answer.
/// Cost     O(n^2 m) at worst. Search trees from both ends see only what they need; where ways are long,
///          push-relabel goes on, at a few sweeps over the graph. 16 bytes for each neighbour, either way, of the
///          nodes that are looked at, 16 for each pair that carries something, 38 bytes a node; for many questions
///          about one graph there is FlowNetwork. One thread.
/// Errors   bad_argument: a negative capacity, a node in both groups, no node in one, a node that the
///          graph lacks, a column of the wrong size. overflow: the value might exceed 64 bits.
///          resource: more than 2^29 - 1 nodes or 2^32 - 2 arcs. interrupted.
/// Source   [goldberg2011maximum], then [goldberg1988new] as in [cherkassky1997implementing]; shortest ways first
///          as in [dinic1970algorithm]; the cut as in [ford1956maximal].
Result<MaxFlow> max_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job = {});

/// The edges of positive capacity that lead from the side to the rest, sorted. Seen from the smaller of the two.
std::vector<EdgeId> edges_leaving(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side);

Card max_flow_card();

}  // namespace entente

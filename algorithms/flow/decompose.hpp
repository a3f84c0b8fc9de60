#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct FlowRoutes {
  std::vector<Walk> routes;   // from a source to a target, the widest first; their amounts sum to the value
  std::size_t widest = 0;     // so many of the first are each the widest of what those before them leave
  std::vector<Walk> circles;  // walks that end where they begin; apart, for they bring nothing to a target
};

/// Takes a flow apart into routes and circles, each with a positive amount, that together are the flow:
///
///     flow(e) = sum of the amounts of the routes and circles over e
///
/// First the circles are taken out, then again and again the widest route that is left: the one whose
/// smallest edge carries most, among equals along the lowest edge at each node. Once that has cost 2^20 looks
/// and two for each edge that carries something, the rest follows by thresholds that halve: each further route carries
/// more than half of the widest that is then left, and they too are listed from the widest down. So the first
/// route is the widest there is, and amounts never increase. There are at most m routes and circles together.
///
/// Input    flow: per edge from ends().source to ends().target, negative where it runs backwards, as
///          max_flow gives it; what enters a node leaves it, except that sources may send and targets
///          may take. most: no more routes than these; they are the first of those it would take in all.
/// Output   walks whose length counts steps; amounts in units of the flow.
/// Cost     O(n + m log m) besides the routes, each step of which costs O(log degree) at most.
/// Errors   bad_argument: a flow that does not balance at a node, a node that the graph lacks, a column of
///          the wrong size, overlapping groups.
///          overflow: more than 64 bits on an edge or at a node. interrupted.
/// Source   [ford1962flows], with the widest route first as in [edmonds1972theoretical], then by thresholds as in
///          [gabow1985scaling].
Result<FlowRoutes> decompose_flow(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                  std::span<const NodeId> sources, std::span<const NodeId> targets,
                                  const Job& job = {},
                                  std::size_t most = std::numeric_limits<std::size_t>::max());

}  // namespace entente

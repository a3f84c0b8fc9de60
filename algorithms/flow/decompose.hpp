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

struct FlowRoutes {
  std::vector<Walk> routes;   // from a source to a target, the widest first; their amounts sum to the value
  std::vector<Walk> circles;  // walks that end where they begin; apart, for they bring nothing to a target
};

/// Takes a flow apart into routes and circles, each with a positive amount, that together are the flow:
///
///     flow(e) = sum of the amounts of the routes and circles over e
///
/// First the circles are taken out, then again and again the widest route that is left: the one whose
/// smallest edge carries most, among equals along the lowest edge at each node. So the first route is the
/// widest there is, and amounts never increase. There are at most m routes and circles together.
///
/// Input    flow: per edge from ends().source to ends().target, negative where it runs backwards, as
///          max_flow gives it; what enters a node leaves it, except that sources may send and targets
///          may take.
/// Output   walks whose length counts steps; amounts in units of the flow.
/// Cost     O(n + m log m) besides the routes: each step of one costs O(log degree), and again for each
///          edge that earlier routes have made narrower than it seemed.
/// Errors   bad_argument: a flow that does not balance at a node, a node that the graph lacks, a column of
///          the wrong size, overlapping groups.
///          overflow: more than 64 bits on an edge or at a node. interrupted.
/// Source   [ford1962flows], with the widest route first as in [edmonds1972theoretical].
Result<FlowRoutes> decompose_flow(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                  std::span<const NodeId> sources, std::span<const NodeId> targets,
                                  const Job& job = {});

}  // namespace entente

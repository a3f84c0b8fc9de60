#pragma once

#include <optional>
#include <span>

#include "algorithms/card.hpp"
#include "algorithms/paths/rules.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// The shortest path from any of the nodes `from` to any of the nodes `to`, or nothing where there is
/// none, which is an answer. What counts as a path, and which edges a walk lists: PathRules.
///
/// Among paths of the same length the one whose node sequence comes first: the lowest first node,
/// then the lowest second node, and so on.
///
/// Input    a graph with directions (Symmetric::both_ways() to ignore them), and at least one node at
///          either end.
/// Output   a walk; its length in the unit of the lengths, or in steps. amount is 0.
/// Cost     O(n + m) in steps, O((n + m) log n) with lengths; from both ends until they meet, as a rule a small
///          part of that.
/// Errors   bad_argument: a node that the graph lacks, no node at an end, a length that is not finite
///          and above 0, a column of the wrong size. interrupted.
/// Source   [dijkstra1959note] from both ends [pohl1971bidirectional]; then forwards along tight steps.
Result<std::optional<Walk>> shortest_path(const Graph& graph, std::span<const NodeId> from,
                                          std::span<const NodeId> to, const PathRules& rules = {},
                                          const Job& job = {});
Result<std::optional<Walk>> shortest_path(const Graph& graph, NodeId from, NodeId to, const PathRules& rules = {},
                                          const Job& job = {});

Card shortest_path_card();

}  // namespace entente

#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/paths/exact_lengths.hpp"
#include "algorithms/paths/rules.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// A question about paths, checked at the door: what the kernels of this folder work on.
struct PathQuestion {
  const Graph* graph = nullptr;
  PathRules rules;
  ExactLengths length;
  std::vector<NodeId> from, to;  // sorted, each once
  NodeColumn<std::uint8_t> starts, ends;

  bool open(EdgeId edge) const { return !rules.closed || (*rules.closed)[edge] == 0; }
  bool may_lie_inside(NodeId v) const {
    return !starts[v] && !ends[v] && (!rules.no_stepping_stone || (*rules.no_stepping_stone)[v] == 0);
  }
};

/// Errors: bad_argument for a node that the graph does not have, for no node at either end, and for
/// columns of the wrong size or lengths that are not finite and above 0.
Result<PathQuestion> path_question(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                   const PathRules& rules);

inline constexpr std::uint64_t out_of_reach = std::numeric_limits<std::uint64_t>::max();

/// The shortest length from each node to the end nodes, along paths that the rules allow. O(n + m) with
/// lengths of 1 (breadth first), else O((n + m) log n) [dijkstra1959note]. Errors: interrupted.
Result<NodeColumn<std::uint64_t>> distances_to_ends(const PathQuestion& question, const Job& job);

/// The same distances to the ends where they are needed to list paths of length at most `radius`: right for every
/// node on such a path; elsewhere right, too large or out_of_reach. First half of the radius forwards from the starts;
/// then backwards from the ends, beyond the other half only to nodes that are near enough to a start. So two small
/// balls are seen instead of a large one [pohl1971bidirectional].
Result<NodeColumn<std::uint64_t>> distances_within(const PathQuestion& question, std::uint64_t radius, const Job& job);

/// The same distances to the ends where they are needed to follow shortest paths: right for every node on a
/// shortest path from the nearest start; elsewhere right, too large or out_of_reach. From both sides at once
/// until they meet [pohl1971bidirectional], so that most of a large graph is not looked at.
Result<NodeColumn<std::uint64_t>> distances_on_shortest_paths(const PathQuestion& question, const Job& job);

/// Whether the step over `edge` to `v` lies on a shortest path from a node that is `left` from the ends.
inline bool is_tight(const PathQuestion& question, const NodeColumn<std::uint64_t>& to_ends, std::uint64_t left,
                     Arc step) {
  const std::uint64_t length = question.length(step.edge);
  return length <= left && to_ends[step.node] == left - length && question.open(step.edge) &&
         (question.ends[step.node] || question.may_lie_inside(step.node));
}

}  // namespace entente

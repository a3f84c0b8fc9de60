#pragma once

#include <span>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/paths/rules.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// Whether `walk` is a path in the sense of PathRules and has the length it states: each edge leads from
/// its node to the next and is open, no node comes twice, it starts in `from`, ends in `to`, and only
/// nodes that may lie inside do. O(length log degree).
/// Errors: bad_argument with the first thing that does not hold; those of the rules.
Result<void> check_path(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                        const PathRules& rules, const Walk& walk);

/// Whether each walk is a path, none comes twice, and their lengths never decrease.
/// Errors: as check_path.
Result<void> check_listing(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                           const PathRules& rules, const std::vector<Walk>& walks);

/// Whether no path is shorter than `walk`. The proof is one number d(v) for each node with d = 0 at
/// the ends and d(u) <= length(u -> v) + d(v) for each step: then no path is shorter than d at its
/// start. However d was found, the inequalities are checked one by one. O(n + m) besides finding d.
/// Without a walk: whether there is no path.
/// Errors: bad_argument with what does not hold; those of the rules; interrupted.
Result<void> check_nothing_shorter(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                   const PathRules& rules, const Walk* walk, const Job& job = {});

}  // namespace entente

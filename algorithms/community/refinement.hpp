#pragma once

#include "algorithms/community/level.hpp"
#include "engine/random.hpp"

namespace entente {

/// Divides every group into connected subgroups: from single nodes, each node that is still alone
/// merges with a subgroup of its group to which it has ties, chosen at random, the better the likelier,
/// never at a loss. Nodes and subgroups must be well connected with the rest of their group:
///
///     w(S, C - S)  >=  penalty * mass(S) * mass(C - S)
///
/// `group` must be numbered below level.size(); the subgroups are numbered by one of their nodes.
/// Stops early, with the subgroups as they are, when the job is cancelled.
///
/// Source   [traag2019louvain], algorithm A.2, MergeNodesSubset.
Grouping refined(const Level& level, double penalty, const Grouping& group, Random& random, const Job& job);

}  // namespace entente

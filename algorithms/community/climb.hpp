#pragma once

#include <cstddef>

#include "algorithms/community/level.hpp"
#include "engine/random.hpp"

namespace entente {

/// What becomes a node of the next level: whole clusters (Louvain) or the well-connected parts into which
/// they are refined (Leiden).
enum class Climb { by_clusters, by_parts };

/// Up the ladder of levels once, from single nodes in the clusters given, each level by `move_nodes`, until
/// nothing can be merged any more. Leaves the better clusters in `cluster`, numbered without gaps, and
/// returns the number of moves. When there were none, no move of a single node and no merger of two
/// clusters raises the quality. Stops early when the job is cancelled.
///
/// Source   [blondel2008fast], [traag2019louvain] algorithm A.2
std::size_t climb(const Level& ground, double penalty, Climb by, Grouping& cluster, Random& random, const Job& job);

}  // namespace entente

#pragma once

#include <cstddef>

#include "algorithms/community/level.hpp"
#include "engine/random.hpp"

namespace entente {

/// Moves single nodes to the neighbouring group that gains most, or out of their group, until no move
/// gains any more. Nodes are looked at in random order; later only those whose neighbours moved. Equal
/// gains go to the group met first. Returns the number of moves; stops early when the job is cancelled.
///
/// A move must gain more than 1e-10 of the node's strength, far above rounding, so that every move
/// truly raises the quality and the search ends.
///
/// Source   [blondel2008fast]; the queue as in [traag2019louvain].
std::size_t move_nodes(const Level& level, double penalty, Grouping& group, Random& random, const Job& job);

}  // namespace entente

#pragma once

#include <cstddef>

#include "algorithms/community/level.hpp"
#include "algorithms/community/stay_bounds.hpp"
#include "engine/random.hpp"

namespace entente {

/// When to stop moving nodes although some move may still gain.
struct MovingLimits {
  double tolerance = 0;         // as many looks as there are nodes gained less than this share of all weight
  double looks_per_node = 1e9;  // on average
  bool hubs_last = false;       // on a ground level: its hubs are looked at after all others (see hubs_should_wait)
  bool every_node() const { return looks_per_node >= 1e9; }  // looks until the tolerance says stop
};

/// Moves single nodes to the neighbouring group that gains most, or out of their group. Nodes are looked at
/// in random order; later only those whose neighbours moved, until there are none. Equal gains go to the
/// group met first or last, by a coin. Returns the number of moves; when it is 0, no move of a single node
/// gains. Stops early when the job is cancelled, and within the limits.
///
/// With bounds, those nodes are left out of which they tell that no move gains, and without a tolerance moves go on
/// until they tell so of all nodes: then no move of a single node gains, whatever the number of moves. They are kept
/// from one call to the next, in which the groups may be others.
///
/// A move must gain more than 1e-10 of the node's strength, far above rounding, so that every move
/// truly raises the quality and the search ends.
///
/// Source   [blondel2008fast]; the queue as in [traag2019louvain]; the tolerance as in [sahu2023gve].
std::size_t move_nodes(const Level& level, double penalty, Grouping& group, Random& random, const Job& job,
                       const MovingLimits& limits = {}, StayBounds* bounds = nullptr);

}  // namespace entente

#pragma once

#include <cstddef>

#include "algorithms/community/level.hpp"
#include "algorithms/community/stay_bounds.hpp"
#include "engine/random.hpp"

namespace entente {

/// How long to look for moves that gain.
struct MovingLimits {
  static constexpr std::size_t until_settled = ~std::size_t{0};
  std::size_t sweeps = until_settled;
  bool hubs_last = false;  // on a ground level: its hubs are looked at after all others (see hubs_should_wait)
};

/// Moves single nodes to the neighbouring group that gains most, or out of their group, and returns the number of
/// moves. Goes over the nodes in sweeps, in a random order; equal gains go to the group met first or last, by a coin.
/// Stops early when the job is cancelled.
///
/// Until it is settled, a sweep leaves out the nodes whose neighbours have not moved so much that they might follow
/// (see StayBounds), and there are sweeps until all are left out. When no node was moved then, no move of a single
/// node gains. With bounds to be kept from one call to the next, in which the groups may be others, the masses that
/// shifted count as well: then no move of a single node gains, whatever the number of moves.
///
/// A few sweeps without bounds look at every node.
///
/// A move must gain more than 1e-10 of the node's strength, far above rounding, so that every move
/// truly raises the quality and the search ends.
///
/// Source   [blondel2008fast]; nodes left out as in [traag2019louvain], but by how much their neighbours' moves weigh.
std::size_t move_nodes(const Level& level, double penalty, Grouping& group, Random& random, const Job& job,
                       const MovingLimits& limits = {}, StayBounds* bounds = nullptr);

}  // namespace entente

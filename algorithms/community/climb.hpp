#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "algorithms/community/level.hpp"
#include "algorithms/community/local_moving.hpp"
#include "algorithms/community/stay_bounds.hpp"
#include "engine/random.hpp"

namespace entente {

/// What becomes a node of the next level: whole clusters (Louvain) or the well-connected parts into which
/// they are refined (Leiden).
enum class Climb { by_clusters, by_parts };

/// One search for clusters: climbs a ladder of levels as often as it is told to. The memory of the levels
/// is kept from one climb to the next.
///
/// Source   [blondel2008fast], [traag2019louvain] algorithm A.2
class Ladder {
 public:
  /// Everything must outlive the ladder.
  Ladder(const Level& ground, double penalty, Random random, const Job& job)
      : ground_(ground), penalty_(penalty), random_(random), job_(job) {}

  /// Up the levels once, from single nodes in the clusters given, each level by `move_nodes` (the ground within
  /// the limits), until nothing can be merged any more. By parts, a level above the ground on which hardly a node
  /// moved is not refined again. Leaves the better clusters in `cluster`, numbered without gaps, and returns the
  /// number of changes: moves on all levels, and pieces parted. When there were none, neither a move of a single node
  /// nor a merger of two clusters raises the quality. By parts, the clusters are connected. Stops early when the job
  /// is cancelled.
  std::size_t climb(Climb by, Grouping& cluster, const MovingLimits& limits = {});

  /// Parts clusters into their connected pieces, and returns how many were added.
  std::size_t part_disconnected(Grouping& cluster);

 private:
  const Level& ground_;
  double penalty_;
  Random random_;
  const Job& job_;
  std::array<Level, 2> above_;
  StayBounds bounds_;  // of the ground
  bool mergers_settled_ = false;  // no merger of two of the clusters given back last gains
};

/// How exact the n-th climb of a search needs to be: in the first one most nodes still move, and what a few sweeps over
/// the ground leave, the next ones find with less effort.
inline MovingLimits limits_of_climb(std::int64_t n, std::size_t sweeps_at_first, bool hubs_last) {
  return {.sweeps = n == 1 ? sweeps_at_first : MovingLimits::until_settled, .hubs_last = hubs_last};
}

}  // namespace entente

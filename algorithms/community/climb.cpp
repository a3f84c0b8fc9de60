#include "algorithms/community/climb.hpp"

#include <utility>

#include "algorithms/community/local_moving.hpp"
#include "algorithms/community/refinement.hpp"

namespace entente {

namespace {

constexpr std::size_t hardly_any = 100;  // fewer moves than one to as many nodes

}  // namespace

std::size_t Ladder::climb(Climb by, Grouping& cluster, const MovingLimits& limits) {
  Grouping group = std::move(cluster);          // of each node of the present level
  Grouping place = singletons(ground_.size());  // the node of the present level in which each ground node lies
  const Level* level = &ground_;
  std::size_t changes = 0;
  const bool mergers_were_settled = std::exchange(mergers_settled_, false);
  for (std::size_t height = 0; !job_.cancelled(); ++height) {
    const bool ground = height == 0;
    StayBounds* bounds = ground && limits.sweeps == MovingLimits::until_settled ? &bounds_ : nullptr;
    const std::size_t moves =
        move_nodes(*level, penalty_, group, random_, job_, ground ? limits : MovingLimits{}, bounds);
    changes += moves;
    const std::size_t groups = close_gaps(group);
    const bool as_before = by == Climb::by_clusters && height == 0 && moves == 0 && mergers_were_settled;
    if (groups == level->size() || as_before) {
      mergers_settled_ = moves == 0;
      break;
    }
    // Where hardly a node above the ground moved, the groups are those refined below, and their parts belong together.
    const bool refine = by == Climb::by_parts && (ground || moves > level->size() / hardly_any);
    Grouping part = refine ? refined(*level, penalty_, group, random_, job_) : group;
    std::size_t parts = close_gaps(part);
    if (parts == level->size()) {  // nothing to refine: go on with whole clusters, which may still merge
      changes += split_disconnected(*level, group);
      part = group;
      parts = close_gaps(part);
    }
    Grouping group_of_part(parts);
    for (std::size_t v = 0; v < part.size(); ++v) group_of_part[part[v]] = group[v];
    for (std::uint32_t& p : place) p = part[p];
    Level& above = above_[height % 2];
    aggregate(*level, part, parts, above, job_);
    level = &above;
    group = std::move(group_of_part);
  }
  if (by == Climb::by_parts && !job_.cancelled()) {
    // Parts are connected, but a cluster of parts need not be where its last move took away the part that joined
    // the others. Parting pieces without a tie raises the quality, so the search still ends.
    const std::size_t pieces = split_disconnected(*level, group);
    changes += pieces;
    mergers_settled_ = mergers_settled_ && pieces == 0;
  }
  cluster.resize(ground_.size());
  for (std::size_t v = 0; v < place.size(); ++v) cluster[v] = group[place[v]];
  return changes;
}

std::size_t Ladder::part_disconnected(Grouping& cluster) {
  const std::size_t pieces = split_disconnected(ground_, cluster);
  mergers_settled_ = mergers_settled_ && pieces == 0;
  return pieces;
}

}  // namespace entente

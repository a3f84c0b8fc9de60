#include "algorithms/community/climb.hpp"

#include <utility>

#include "algorithms/community/local_moving.hpp"
#include "algorithms/community/refinement.hpp"

namespace entente {

std::size_t climb(const Level& ground, double penalty, Climb by, Grouping& cluster, Random& random, const Job& job) {
  Grouping place = singletons(ground.size());  // the node of the present level in which each ground node lies
  Grouping group = std::move(cluster);         // of each node of the present level
  Level above;
  const Level* level = &ground;
  std::size_t moves = 0;
  while (true) {
    moves += move_nodes(*level, penalty, group, random, job);
    const std::size_t groups = close_gaps(group);
    if (groups == level->size() || job.cancelled()) break;

    Grouping part = by == Climb::by_parts ? refined(*level, penalty, group, random, job) : group;
    std::size_t parts = close_gaps(part);
    if (parts == level->size()) {  // nothing to refine: go on with whole clusters, which may still merge
      part = group;
      parts = groups;
    }
    Grouping group_of_part(parts);
    for (std::size_t v = 0; v < part.size(); ++v) group_of_part[part[v]] = group[v];
    for (std::uint32_t& p : place) p = part[p];
    above = aggregated(*level, part, parts);
    level = &above;
    group = std::move(group_of_part);
  }
  cluster.resize(ground.size());
  for (std::size_t v = 0; v < place.size(); ++v) cluster[v] = group[place[v]];
  return moves;
}

}  // namespace entente

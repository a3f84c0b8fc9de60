#include "algorithms/statistics/distances.hpp"

#include <cstddef>
#include <vector>

#include "algorithms/cohesion/components.hpp"
#include "algorithms/traversal/lanes.hpp"

namespace entente {

Result<ComponentDistances> distances_in_largest_component(const Symmetric& graph, const DistanceOptions& options,
                                                          const Job& job) {
  const auto parts = components(graph, job);
  if (!parts) return tl::unexpected(parts.error());
  ComponentDistances result{.nodes = parts->largest, .diameter = {}, .average = {}};
  if (result.nodes == 0 || result.nodes > options.most_nodes) return result;

  const HubFirst& ranks = graph.hub_first(job);
  std::vector<std::uint32_t> sources = near_each_other(ranks);
  std::erase_if(sources, [&](std::uint32_t v) { return parts->component[ranks.node_at(v)] != 0; });
  const auto sums = sum_hops(ranks, sources, SumOf::hops, "distances", job);
  if (!sums) return tl::unexpected(sums.error());

  std::uint64_t sum = 0;
  for (const std::uint64_t hops : sums->hops) sum += hops;
  result.diameter = sums->longest;
  const auto n = static_cast<double>(result.nodes);
  if (result.nodes > 1) result.average = static_cast<double>(sum) / (n * (n - 1));
  return result;
}

}  // namespace entente

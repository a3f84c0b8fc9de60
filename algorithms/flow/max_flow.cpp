#include "algorithms/flow/max_flow.hpp"

#include <algorithm>

#include "algorithms/flow/capacity.hpp"
#include "algorithms/flow/flow_network.hpp"

namespace entente {

std::vector<EdgeId> edges_leaving(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side) {
  std::vector<EdgeId> leaving;
  const auto outside = static_cast<std::size_t>(std::ranges::count(side.values(), std::uint8_t{0}));
  const FlowCapacities::Mutual mutual = mutual_among(graph);
  const bool lopsided = 8 * std::min(outside, side.size() - outside) < side.size();
  if (!lopsided && mutual != FlowCapacities::Mutual::some) {  // edge by edge, in order
    const bool either_way = mutual == FlowCapacities::Mutual::all;
    for (const EdgeId edge : graph.edges()) {
      const auto [source, target] = graph.ends(edge);
      const bool leaves = side[source] != 0 && side[target] == 0;
      const bool comes_back = side[source] == 0 && side[target] != 0;
      if ((leaves || (either_way && comes_back)) && capacity[edge] > 0) leaving.push_back(edge);
    }
    return leaving;
  }
  const bool from_inside = 2 * outside >= side.size();
  for (const NodeId u : graph.nodes()) {
    if ((side[u] != 0) != from_inside) continue;
    for (const auto [v, edge] : from_inside ? graph.out(u) : graph.in(u)) {
      if ((side[v] != 0) != from_inside && capacity[edge] > 0) leaving.push_back(edge);
    }
  }
  std::ranges::sort(leaving);
  return leaving;
}

Result<MaxFlow> max_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job) {
  auto network = FlowNetwork::make(graph, capacity);
  if (!network) return tl::unexpected(network.error());
  const auto value = network->send(sources, targets, job);
  if (!value) return tl::unexpected(value.error());
  MaxFlow answer{*value, network->flow(), network->source_side(), {}, network->phases()};
  answer.cut = edges_leaving(graph, capacity, answer.source_side);
  return answer;
}

}  // namespace entente

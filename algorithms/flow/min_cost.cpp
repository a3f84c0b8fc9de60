#include "algorithms/flow/min_cost.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/flow/carrying.hpp"
#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/cost_scaling.hpp"

// First whether it can be done at all, by a maximum flow; then the cheapest way to do it, by cost scaling on a network
// with one node S before all sources and one node T behind all targets. Costs are not negative, so a circle in the
// cheapest flow costs nothing and is taken out: the potentials prove what is left as well.

namespace entente {

namespace {

__extension__ using Int128 = __int128;

Result<void> check_costs(const Graph& graph, const EdgeColumn<std::int64_t>& cost) {
  if (cost.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of costs has " + std::to_string(cost.size()) + " values for " +
                                             std::to_string(graph.edge_count()) + " edges.");
  }
  for (const EdgeId edge : graph.edges()) {
    if (cost[edge] >= 0) continue;
    return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the cost " +
                                             std::to_string(cost[edge]) + "; a cost must be at least 0.");
  }
  return {};
}

/// Which arc of the network stands for which edge, in which direction.
struct ArcOfEdge {
  EdgeId edge;
  bool back = false;
};

struct MinCostNetwork {
  std::vector<CostArc> arcs;
  std::vector<ArcOfEdge> edge_of;  // of the first arcs; the others lead from S or to T
  std::vector<std::int64_t> supply;
};

MinCostNetwork network_of(const MinCostQuestion& question, std::int64_t amount) {
  const Graph& graph = *question.graph;
  const auto n = static_cast<std::uint32_t>(graph.node_count());
  const EdgeColumn<std::uint8_t> either_way = edges_either_way(graph, question.least);
  MinCostNetwork network;
  network.supply.assign(n + 2, 0);
  network.arcs.reserve(graph.arc_count() + question.from.size() + question.to.size());
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    const std::int64_t least = question.least ? (*question.least)[edge] : 0;
    const std::int64_t cost = question.cost ? (*question.cost)[edge] : 1;
    const std::int64_t width = (*question.capacity)[edge] - least;
    network.supply[source.index] -= least;
    network.supply[target.index] += least;
    if (source == target || width == 0) continue;
    network.arcs.push_back({source.index, target.index, width, cost});
    network.edge_of.push_back({edge, false});
    if (!either_way[edge]) continue;
    network.arcs.push_back({target.index, source.index, width, cost});
    network.edge_of.push_back({edge, true});
  }
  constexpr std::int64_t any_amount = std::numeric_limits<std::int64_t>::max();
  for (const NodeId v : question.from) network.arcs.push_back({n, v.index, any_amount, 0});
  for (const NodeId v : question.to) network.arcs.push_back({v.index, n + 1, any_amount, 0});
  network.supply[n] += amount;
  network.supply[n + 1] -= amount;
  return network;
}

}  // namespace

Result<MinCostFlow> min_cost_flow(const MinCostQuestion& question, const Job& job) {
  const Graph& graph = *question.graph;
  if (question.cost) {
    if (auto checked = check_costs(graph, *question.cost); !checked) return tl::unexpected(checked.error());
  }
  auto bounded =
      bounded_flow(graph, *question.capacity, question.least, question.from, question.to, question.amount, job);
  if (!bounded) return tl::unexpected(bounded.error());
  MinCostFlow answer;
  if (bounded->shortfall) {
    answer.shortfall = std::move(bounded->shortfall);
    return answer;
  }
  answer.value = bounded->amount;
  answer.most_by = std::move(bounded->most_by);
  const MinCostNetwork network = network_of(question, answer.value);
  const auto cheapest = cheapest_flow(graph.node_count() + 2, network.arcs, network.supply, job);
  if (!cheapest) return tl::unexpected(cheapest.error());
  answer.phases = cheapest->phases;
  answer.flow = EdgeColumn<std::int64_t>(graph.edge_count(), 0);
  for (std::size_t i = 0; i < network.edge_of.size(); ++i) {
    const auto [edge, back] = network.edge_of[i];
    answer.flow[edge] += back ? -cheapest->flow[i] : cheapest->flow[i];
  }
  take_out_circles(graph, Carrying(graph, answer.flow), answer.flow);
  if (question.least) {
    for (const EdgeId edge : graph.edges()) answer.flow[edge] += (*question.least)[edge];
  }
  answer.potential = NodeColumn<std::int64_t>(graph.node_count());
  const std::int64_t at_sources = cheapest->potential[graph.node_count()];
  for (const NodeId v : graph.nodes()) answer.potential[v] = cheapest->potential[v.index] - at_sources;
  return answer;
}

std::string cost_text(const EdgeColumn<std::int64_t>& flow, const EdgeColumn<std::int64_t>* cost, int decimals) {
  Int128 high = 0, low = 0;  // a sum of products of 63 bits: in two limbs, since 2^32 of them might leave 128 bits
  constexpr Int128 limb = Int128{1} << 62;
  for (std::size_t i = 0; i < flow.size(); ++i) {
    const EdgeId edge{static_cast<std::uint32_t>(i)};
    const Int128 product = static_cast<Int128>(carried(flow[edge])) * (cost ? (*cost)[edge] : 1);
    high += product / limb;
    low += product % limb;
  }
  high += low / limb;
  low %= limb;
  std::string digits;  // from the last one, by long division
  while (high > 0 || low > 0 || static_cast<int>(digits.size()) <= decimals) {
    const Int128 rest = high % 10 * limb + low;
    digits.push_back(static_cast<char>('0' + static_cast<int>(rest % 10)));
    high /= 10;
    low = rest / 10;
  }
  if (decimals > 0) digits.insert(static_cast<std::size_t>(decimals), 1, '.');
  std::ranges::reverse(digits);
  return digits;
}

}  // namespace entente

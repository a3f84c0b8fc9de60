#include "algorithms/certificates/min_cost.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/flow/capacity.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

tl::unexpected<Error> price_is_wrong(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

std::int64_t least_of_edge(const PricedNetwork& network, EdgeId edge) {
  return network.least ? (*network.least)[edge] : 0;
}

/// Whether a mutual edge may run against its stated direction: without a lower bound.
bool runs_either_way(const PricedNetwork& network, const EdgeColumn<std::uint8_t>& mutual, EdgeId edge) {
  return mutual[edge] != 0 && least_of_edge(network, edge) == 0;
}

Result<void> check_prices(const PricedNetwork& network, const EdgeColumn<std::uint8_t>& mutual,
                          const EdgeColumn<std::int64_t>& flow, const NodeColumn<std::int64_t>& potential) {
  for (const EdgeId edge : network.graph->edges()) {
    const auto [source, target] = network.graph->ends(edge);
    const Int128 cost = network.cost ? (*network.cost)[edge] : 1;
    const Int128 rise = static_cast<Int128>(potential[target]) - potential[source];
    const std::int64_t units = flow[edge], most = (*network.capacity)[edge], least = least_of_edge(network, edge);
    const bool either_way = runs_either_way(network, mutual, edge);
    const bool more_there = units >= 0 && units < most && cost - rise < 0;
    const bool less_there = units > least && cost - rise > 0;
    const bool more_back = either_way && units <= 0 && -units < most && cost + rise < 0;
    const bool less_back = either_way && units < 0 && cost + rise > 0;
    if (more_there || less_there || more_back || less_back) {
      return price_is_wrong("Edge " + std::to_string(edge.index) + " would be cheaper with " +
                            (more_there || more_back ? "more" : "less") + " on it.");
    }
  }
  return {};
}

}  // namespace

Result<std::int64_t> cheapest_flow_value(const PricedNetwork& network, const EdgeColumn<std::int64_t>& flow,
                                         const NodeColumn<std::int64_t>& potential) {
  const Graph& graph = *network.graph;
  if (flow.size() != graph.edge_count() || potential.size() != graph.node_count()) {
    return price_is_wrong("A cheapest flow needs one value for each edge and one price for each node.");
  }
  const EdgeColumn<std::uint8_t> mutual = mutual_edges(graph);
  std::vector<Int128> sent(graph.node_count());
  for (const EdgeId edge : graph.edges()) {
    const std::int64_t most = (*network.capacity)[edge];
    const std::int64_t least = runs_either_way(network, mutual, edge) ? -most : least_of_edge(network, edge);
    if (flow[edge] < least || flow[edge] > most) {
      return price_is_wrong("The flow on edge " + std::to_string(edge.index) + " is not within its bounds.");
    }
    sent[graph.ends(edge).source.index] += flow[edge];
    sent[graph.ends(edge).target.index] -= flow[edge];
  }
  if (auto checked = check_prices(network, mutual, flow, potential); !checked) return tl::unexpected(checked.error());

  // Sources hang on one node before them by edges that cost nothing and carry any amount, targets on one behind.
  Int128 value = 0;
  std::int64_t highest = std::numeric_limits<std::int64_t>::min(), lowest = std::numeric_limits<std::int64_t>::max();
  NodeColumn<std::uint8_t> is_end(graph.node_count());
  for (const NodeId v : network.from) highest = std::max(highest, potential[v]), is_end[v] = 1;
  for (const NodeId v : network.to) lowest = std::min(lowest, potential[v]), is_end[v] = 2;
  for (const NodeId v : graph.nodes()) {
    const Int128 net = sent[v.index];
    if ((is_end[v] == 0 && net != 0) || (is_end[v] == 1 && net < 0) || (is_end[v] == 2 && net > 0)) {
      return price_is_wrong("The flow does not balance at node " + std::to_string(v.index) + ".");
    }
    if (is_end[v] == 1) value += net;
    if ((is_end[v] == 1 && net > 0 && potential[v] != highest) || (is_end[v] == 2 && net < 0 && potential[v] != lowest)) {
      return price_is_wrong("Another source or target than node " + std::to_string(v.index) + " would be cheaper.");
    }
  }
  if (value > std::numeric_limits<std::int64_t>::max()) return fail(ErrorCode::overflow, "The value exceeds 64 bits.");
  return static_cast<std::int64_t>(value);
}

Result<void> check_shortfall(const PricedNetwork& network, std::optional<std::int64_t> amount,
                             const NodeColumn<std::uint8_t>& set) {
  const Graph& graph = *network.graph;
  if (set.size() != graph.node_count()) return price_is_wrong("A set needs a flag for each node.");
  const EdgeColumn<std::uint8_t> mutual = mutual_edges(graph);
  Int128 enters = 0, leaves = 0;
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    if ((set[source] != 0) == (set[target] != 0)) continue;
    if (set[source] || runs_either_way(network, mutual, edge)) leaves += (*network.capacity)[edge];
    else enters += least_of_edge(network, edge);
  }
  const bool all_sources = std::ranges::all_of(network.from, [&](NodeId v) { return set[v] != 0; });
  const bool any_target = std::ranges::any_of(network.to, [&](NodeId v) { return set[v] != 0; });
  if (amount && all_sources) enters += *amount;
  if (amount && any_target) leaves += *amount;
  if (!amount && any_target && !all_sources) return price_is_wrong("The targets in the set may take any amount.");
  if (enters <= leaves) return price_is_wrong("As much can leave the set as must enter it.");
  return {};
}

}  // namespace entente

#include "algorithms/flow/lower_bounds.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/flow/capacity.hpp"
#include "algorithms/flow/max_flow.hpp"

// What an edge must carry is sent ahead: its target then has that much too much, its source too little, and the edge
// can carry the rest. An amount that must pass is a surplus of a node S before all sources and a lack of a node T
// behind all targets. A flow exists where a maximum flow moves every surplus to a lack; where it does not, the nodes
// that still reach no lack are the set of Hoffman's theorem [hoffman1960some].

namespace entente {

namespace {

__extension__ using Int128 = __int128;
constexpr std::int64_t unlimited = std::numeric_limits<std::int64_t>::max();

std::int64_t bound_of(const EdgeColumn<std::int64_t>* least, EdgeId edge) { return least ? (*least)[edge] : 0; }

Result<void> check_bounds(const Graph& graph, const EdgeColumn<std::int64_t>& least) {
  if (least.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of lower bounds has " + std::to_string(least.size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  Int128 sum = 0;
  for (const EdgeId edge : graph.edges()) {
    if (least[edge] < 0) {
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " must carry at least " +
                                               std::to_string(least[edge]) + "; a lower bound must be at least 0.");
    }
    sum += least[edge];
  }
  if (sum > unlimited / 2) {
    return fail(ErrorCode::overflow, "The lower bounds add up to more than 2^62 units. Use fewer decimals.");
  }
  return {};
}

/// The edges that bind the set, and what they add up to.
void fill_shortfall(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                    const EdgeColumn<std::int64_t>* least, Shortfall& shortfall) {
  const EdgeColumn<std::uint8_t> either_way = edges_either_way(graph, least);
  Int128 leaves = 0;
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    const bool from_inside = shortfall.set[source] != 0, to_inside = shortfall.set[target] != 0;
    if (from_inside == to_inside) continue;
    if ((from_inside || either_way[edge]) && capacity[edge] > 0) {
      shortfall.can_leave.push_back(edge);
      leaves += capacity[edge];
    } else if (to_inside && bound_of(least, edge) > 0) {
      shortfall.must_enter.push_back(edge);
      shortfall.enters += bound_of(least, edge);
    }
  }
  shortfall.leaves = static_cast<std::int64_t>(leaves);  // less than what must enter, which fits
}

/// A network in which the bounds have been sent ahead: the graph's nodes, S, T, and the ends X and Y of the question
/// whether all surplus can go.
struct BoundsNetwork {
  std::vector<Ends> edges;
  EdgeColumn<std::int64_t> capacity;
  EdgeColumn<std::uint8_t> one_way;
  std::size_t node_count = 0;

  void add(NodeId source, NodeId target, std::int64_t units, bool directed = true) {
    edges.push_back({source, target});
    capacity.push_back(units);
    one_way.push_back(directed);
  }
  Result<MaxFlow> flow(NodeId from, NodeId to, const Job& job) const {
    const auto graph = make_mixed_graph(node_count, edges, one_way);
    if (!graph) return tl::unexpected(graph.error());
    return max_flow(*graph, capacity, std::span(&from, 1), std::span(&to, 1), job);
  }
};

NodeId node_at(std::size_t index) { return NodeId{static_cast<std::uint32_t>(index)}; }

Result<BoundedFlow> flow_within_bounds(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                       const EdgeColumn<std::int64_t>& least, const FlowQuestion& question,
                                       std::optional<std::int64_t> amount, const Job& job) {
  const std::size_t n = graph.node_count(), m = graph.edge_count();
  const NodeId s = node_at(n), t = node_at(n + 1), x = node_at(n + 2), y = node_at(n + 3);
  const EdgeColumn<std::uint8_t> either_way = edges_either_way(graph, &least);
  BoundsNetwork network;
  network.node_count = n + 4;
  std::vector<std::int64_t> surplus(n + 2, 0);
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    network.add(source, target, source == target ? 0 : capacity[edge] - least[edge], !either_way[edge]);
    surplus[source.index] -= least[edge];
    surplus[target.index] += least[edge];
  }
  for (const NodeId v : question.from) network.add(s, v, unlimited);
  for (const NodeId v : question.to) network.add(v, t, unlimited);
  const EdgeId circulation{static_cast<std::uint32_t>(network.edges.size())};
  if (amount) surplus[n] = *amount, surplus[n + 1] = -*amount;
  else network.add(t, s, unlimited);
  Int128 all = 0;
  for (std::size_t v = 0; v < n + 2; ++v) {
    if (surplus[v] > 0) network.add(x, node_at(v), surplus[v]), all += surplus[v];
    if (surplus[v] < 0) network.add(node_at(v), y, -surplus[v]);
  }
  if (all > unlimited) {
    return fail(ErrorCode::overflow, "The amount and the lower bounds add up to more than 64 bits hold.");
  }
  const auto moved = network.flow(x, y, job);
  if (!moved) return tl::unexpected(moved.error());

  BoundedFlow answer;
  if (moved->value < all) {
    Shortfall& shortfall = answer.shortfall.emplace();
    shortfall.set = NodeColumn<std::uint8_t>(n);
    for (const NodeId v : graph.nodes()) shortfall.set[v] = moved->source_side[v];
    const bool from_inside = moved->source_side[s] != 0, to_inside = moved->source_side[t] != 0;
    if (amount && from_inside && !to_inside) shortfall.asked = *amount;
    if (amount && to_inside && !from_inside) shortfall.taken = *amount;
    fill_shortfall(graph, capacity, &least, shortfall);
    return answer;
  }
  if (amount) {
    answer.amount = *amount;
    return answer;
  }
  // What passes so far, and what more can along edges that are not full and back along those above their bound.
  BoundsNetwork rest;
  rest.node_count = n + 3;
  rest.add(x, s, question.most == unlimited ? unlimited : question.most + 1);  // more than can pass: never full
  for (std::size_t i = 0; i < network.edges.size() && i < circulation.index; ++i) {
    const EdgeId edge{static_cast<std::uint32_t>(i)};
    const auto [source, target] = network.edges[i];
    const std::int64_t flow = moved->flow[edge];
    if (source == target) continue;
    const std::int64_t there = i >= m ? unlimited : network.capacity[edge] - flow;
    const std::int64_t back = i < m && either_way[edge] ? network.capacity[edge] + flow : flow;
    if (there > 0) rest.add(source, target, there);
    if (back > 0) rest.add(target, source, back);
  }
  const auto more = rest.flow(x, t, job);
  if (!more) return tl::unexpected(more.error());
  if (__builtin_add_overflow(moved->flow[circulation], more->value, &answer.amount)) {
    return fail(ErrorCode::overflow, "What can pass exceeds 64 bits. Use fewer decimals.");
  }
  answer.most_by = NodeColumn<std::uint8_t>(n);
  for (const NodeId v : graph.nodes()) answer.most_by[v] = more->source_side[v];
  return answer;
}

}  // namespace

EdgeColumn<std::uint8_t> edges_either_way(const Graph& graph, const EdgeColumn<std::int64_t>* least) {
  EdgeColumn<std::uint8_t> either_way = mutual_edges(graph);
  for (const EdgeId edge : graph.edges()) {
    if (bound_of(least, edge) > 0) either_way[edge] = 0;
  }
  return either_way;
}

Result<BoundedFlow> bounded_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                 const EdgeColumn<std::int64_t>* least, std::span<const NodeId> sources,
                                 std::span<const NodeId> targets, std::optional<std::int64_t> amount, const Job& job) {
  if (amount && *amount < 0) return fail(ErrorCode::bad_argument, "An amount to send must be at least 0.");
  const auto question = flow_question(graph, capacity, sources, targets);
  if (!question) return tl::unexpected(question.error());
  if (least) {
    if (auto checked = check_bounds(graph, *least); !checked) return tl::unexpected(checked.error());
    bool any = false;
    for (const EdgeId edge : graph.edges()) {
      any |= (*least)[edge] > 0;
      if ((*least)[edge] <= capacity[edge]) continue;
      BoundedFlow answer;
      answer.shortfall.emplace().tie = edge;
      return answer;
    }
    if (any) return flow_within_bounds(graph, capacity, *least, *question, amount, job);
  }
  auto greatest = max_flow(graph, capacity, sources, targets, job);
  if (!greatest) return tl::unexpected(greatest.error());
  BoundedFlow answer;
  answer.amount = amount.value_or(greatest->value);
  if (answer.amount > greatest->value) {
    Shortfall& shortfall = answer.shortfall.emplace();
    shortfall.set = std::move(greatest->source_side);
    shortfall.asked = answer.amount;
    fill_shortfall(graph, capacity, least, shortfall);
  } else if (!amount) {
    answer.most_by = std::move(greatest->source_side);
  }
  return answer;
}

}  // namespace entente

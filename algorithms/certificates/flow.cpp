#include "algorithms/certificates/flow.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/flow/capacity.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

tl::unexpected<Error> flow_is_wrong(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

Result<std::int64_t> within_64_bits(Int128 value) {
  if (value > std::numeric_limits<std::int64_t>::max() || value < std::numeric_limits<std::int64_t>::min()) {
    return fail(ErrorCode::overflow, "The sum exceeds 64 bits.");
  }
  return static_cast<std::int64_t>(value);
}

/// 1 for each node of a group.
Result<NodeColumn<std::uint8_t>> flags_of(const Graph& graph, std::span<const NodeId> group) {
  NodeColumn<std::uint8_t> flags(graph.node_count());
  for (const NodeId v : group) {
    if (v.index >= graph.node_count()) return flow_is_wrong("A source or target is no node of the graph.");
    flags[v] = 1;
  }
  return flags;
}

/// Adds a walk's amount to each edge, with the sign of the direction in which it is walked.
Result<void> add_walk(const Graph& graph, const Walk& walk, std::vector<Int128>& sum) {
  if (walk.amount <= 0) return flow_is_wrong("A route carries nothing.");
  if (walk.nodes.size() != walk.edges.size() + 1) {
    return flow_is_wrong("A route does not have one node more than edges.");
  }
  for (std::size_t i = 0; i < walk.edges.size(); ++i) {
    const EdgeId edge = walk.edges[i];
    if (edge.index >= graph.edge_count()) return flow_is_wrong("A route uses an edge that the graph does not have.");
    const Ends step{walk.nodes[i], walk.nodes[i + 1]}, ends = graph.ends(edge);
    if (step == ends) {
      sum[edge.index] += walk.amount;
    } else if (step == Ends{ends.target, ends.source}) {
      sum[edge.index] -= walk.amount;
    } else {
      return flow_is_wrong("A route uses edge " + std::to_string(edge.index) + " between nodes that it does not join.");
    }
  }
  return {};
}

}  // namespace

Result<std::int64_t> feasible_flow_value(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                         std::span<const NodeId> sources, std::span<const NodeId> targets,
                                         const EdgeColumn<std::int64_t>& flow) {
  if (flow.size() != graph.edge_count() || capacity.size() != graph.edge_count()) {
    return flow_is_wrong("Flow and capacity need one value for each edge.");
  }
  const auto sends = flags_of(graph, sources), takes = flags_of(graph, targets);
  if (!sends) return tl::unexpected(sends.error());
  if (!takes) return tl::unexpected(takes.error());
  const EdgeColumn<std::uint8_t> mutual = mutual_edges(graph);
  std::vector<Int128> leaving(graph.node_count());
  for (const EdgeId edge : graph.edges()) {
    if (flow[edge] > capacity[edge] || flow[edge] < (mutual[edge] ? -capacity[edge] : 0)) {
      return flow_is_wrong("The flow on edge " + std::to_string(edge.index) + " is not within its capacity.");
    }
    leaving[graph.ends(edge).source.index] += flow[edge];
    leaving[graph.ends(edge).target.index] -= flow[edge];
  }
  Int128 value = 0;
  for (const NodeId v : graph.nodes()) {
    if ((*sends)[v]) value += leaving[v.index];
    if (!(*sends)[v] && !(*takes)[v] && leaving[v.index] != 0) {
      return flow_is_wrong("The flow does not balance at node " + std::to_string(v.index) + ".");
    }
  }
  return within_64_bits(value);
}

Result<std::int64_t> cut_capacity(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side) {
  if (side.size() != graph.node_count() || capacity.size() != graph.edge_count()) {
    return flow_is_wrong("A cut needs a side for each node and a capacity for each edge.");
  }
  Int128 total = 0;
  for (const NodeId u : graph.nodes()) {
    if (!side[u]) continue;
    for (const auto [v, edge] : graph.out(u)) total += side[v] ? 0 : capacity[edge];
  }
  return within_64_bits(total);
}

Result<std::int64_t> greatest_flow_value(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                         std::span<const NodeId> sources, std::span<const NodeId> targets,
                                         const EdgeColumn<std::int64_t>& flow, const NodeColumn<std::uint8_t>& side) {
  const auto value = feasible_flow_value(graph, capacity, sources, targets, flow);
  if (!value) return value;
  const auto cut = cut_capacity(graph, capacity, side);
  if (!cut) return cut;
  if (!std::ranges::all_of(sources, [&](NodeId v) { return side[v] != 0; })) {
    return flow_is_wrong("A source lies beyond the cut.");
  }
  if (std::ranges::any_of(targets, [&](NodeId v) { return side[v] != 0; })) {
    return flow_is_wrong("A target lies on the sources' side of the cut.");
  }
  if (*value != *cut) {
    return flow_is_wrong("The flow has the value " + std::to_string(*value) + ", but the cut the capacity " +
                         std::to_string(*cut) + ".");
  }
  return value;
}

Result<void> check_routes(const Graph& graph, const EdgeColumn<std::int64_t>& flow, std::span<const NodeId> sources,
                          std::span<const NodeId> targets, const std::vector<Walk>& routes,
                          const std::vector<Walk>& circles) {
  if (flow.size() != graph.edge_count()) return flow_is_wrong("A flow needs one value for each edge.");
  const auto sends = flags_of(graph, sources), takes = flags_of(graph, targets);
  if (!sends) return tl::unexpected(sends.error());
  if (!takes) return tl::unexpected(takes.error());
  std::vector<Int128> sum(graph.edge_count());
  for (const Walk& route : routes) {
    if (auto added = add_walk(graph, route, sum); !added) return added;
    if (!(*sends)[route.nodes.front()] || !(*takes)[route.nodes.back()]) {
      return flow_is_wrong("A route does not lead from a source to a target.");
    }
  }
  for (const Walk& circle : circles) {
    if (auto added = add_walk(graph, circle, sum); !added) return added;
    if (circle.nodes.front() != circle.nodes.back()) return flow_is_wrong("A circle does not end where it begins.");
  }
  for (const EdgeId edge : graph.edges()) {
    if (sum[edge.index] != flow[edge]) {
      return flow_is_wrong("The routes do not add up to the flow on edge " + std::to_string(edge.index) + ".");
    }
  }
  return {};
}

}  // namespace entente

#include "algorithms/flow/capacity.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace entente {

namespace {

__extension__ using Int128 = __int128;  // sums of at most 2^32 numbers of 64 bits never leave it

constexpr std::int64_t largest_amount = std::numeric_limits<std::int64_t>::max();

Result<std::vector<NodeId>> checked_flow_ends(const Graph& graph, std::span<const NodeId> nodes, const char* which) {
  if (nodes.empty()) return fail(ErrorCode::bad_argument, std::string("Name at least one ") + which + " of the flow.");
  std::vector<NodeId> sorted(nodes.begin(), nodes.end());
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  if (sorted.back().index >= graph.node_count()) {
    return fail(ErrorCode::bad_argument, "The " + std::string(which) + " " + std::to_string(sorted.back().index) +
                                             " is not one of the " + std::to_string(graph.node_count()) +
                                             " nodes of the graph.");
  }
  return sorted;
}

/// What the arcs between a set and the rest can carry at most.
template <class ArcsOf>
Int128 capacity_around(const std::vector<NodeId>& set, const NodeColumn<std::uint8_t>& inside,
                       const EdgeColumn<std::int64_t>& capacity, ArcsOf&& arcs_of) {
  Int128 total = 0;
  for (const NodeId u : set) {
    for (const auto [v, edge] : arcs_of(u)) total += inside[v] ? 0 : capacity[edge];
  }
  return total;
}

Result<void> refuse_capacity(const FlowCapacities& network) {
  const Graph& graph = *network.graph;
  const EdgeColumn<std::int64_t>& capacity = *network.capacity;
  const bool any_mutual = network.mutual != FlowCapacities::Mutual::none;
  const EdgeColumn<std::uint8_t> either_way =
      any_mutual ? mutual_edges(graph) : EdgeColumn<std::uint8_t>(graph.edge_count());
  for (const EdgeId edge : graph.edges()) {
    if (capacity[edge] < 0) {
      return fail(ErrorCode::bad_argument,
                  "edge " + std::to_string(edge.index) + " has the capacity " + std::to_string(capacity[edge]) +
                      "; a capacity must be at least 0. Turn the edge around or leave it out.");
    }
    if (either_way[edge] && capacity[edge] > largest_amount / 2) {
      return fail(ErrorCode::overflow, "edge " + std::to_string(edge.index) + " runs both ways with the capacity " +
                                           std::to_string(capacity[edge]) +
                                           ", beyond 2^62 units. Use fewer decimals.");
    }
  }
  return {};
}

}  // namespace

FlowCapacities::Mutual mutual_among(const Graph& graph) {
  using Mutual = FlowCapacities::Mutual;
  const std::size_t m = graph.edge_count(), arcs = graph.arc_count();
  if (arcs == m) return Mutual::none;  // an edge is one arc, a mutual one two, a self-loop always one
  if (arcs == 2 * m) return Mutual::all;
  std::size_t loops = 0;
  for (const EdgeId edge : graph.edges()) loops += graph.ends(edge).source == graph.ends(edge).target;
  return arcs == 2 * m - loops ? Mutual::all : Mutual::some;
}

EdgeColumn<std::uint8_t> mutual_edges(const Graph& graph) {
  EdgeColumn<std::uint8_t> mutual(graph.edge_count());
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) {
      if (u != v && u == graph.ends(edge).target) mutual[edge] = 1;
    }
  }
  return mutual;
}

Result<FlowCapacities> flow_capacities(const Graph& graph, const EdgeColumn<std::int64_t>& capacity) {
  if (capacity.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of capacities has " + std::to_string(capacity.size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  FlowCapacities network{&graph, &capacity, mutual_among(graph), false};
  std::int64_t least = largest_amount, most = 0;  // without a way out of the loop, so that it takes many at a time
  for (const std::int64_t units : capacity.values()) {
    least = std::min(least, units);
    most = std::max(most, units);
  }
  network.any_empty = least <= 0;
  if (least < 0 || (network.mutual != FlowCapacities::Mutual::none && most > largest_amount / 2)) {
    if (auto refused = refuse_capacity(network); !refused) return tl::unexpected(refused.error());
  }
  return network;
}

Result<FlowQuestion> flow_question(const FlowCapacities& network, std::span<const NodeId> from,
                                   std::span<const NodeId> to) {
  const Graph& graph = *network.graph;
  auto first = checked_flow_ends(graph, from, "source");
  if (!first) return tl::unexpected(first.error());
  auto last = checked_flow_ends(graph, to, "target");
  if (!last) return tl::unexpected(last.error());

  FlowQuestion question;
  question.from = *std::move(first);
  question.to = *std::move(last);
  question.starts = question.ends = NodeColumn<std::uint8_t>(graph.node_count());
  for (const NodeId v : question.from) question.starts[v] = 1;
  for (const NodeId v : question.to) {
    question.ends[v] = 1;
    if (question.starts[v]) {
      return fail(ErrorCode::bad_argument,
                  "node " + std::to_string(v.index) +
                      " is both a source and a target of the flow; take it out of one of them.");
    }
  }
  const EdgeColumn<std::int64_t>& capacity = *network.capacity;
  const Int128 leaving =
      capacity_around(question.from, question.starts, capacity, [&](NodeId u) { return graph.out(u); });
  const Int128 arriving = capacity_around(question.to, question.ends, capacity, [&](NodeId u) { return graph.in(u); });
  if (std::min(leaving, arriving) > largest_amount) {
    return fail(ErrorCode::overflow,
                "The capacities around the sources and around the targets both add up to more than 64 bits hold. Use "
                "fewer decimals or a larger unit.");
  }
  question.most = static_cast<std::int64_t>(std::min(leaving, arriving));
  question.targets_fit = arriving <= largest_amount;
  return question;
}

Result<FlowQuestion> flow_question(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                   std::span<const NodeId> from, std::span<const NodeId> to) {
  const auto network = flow_capacities(graph, capacity);
  if (!network) return tl::unexpected(network.error());
  return flow_question(*network, from, to);
}

}  // namespace entente

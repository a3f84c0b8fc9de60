#include "algorithms/paths/question.hpp"

#include <algorithm>
#include <queue>
#include <string>
#include <utility>

namespace entente {

namespace {

Result<std::vector<NodeId>> checked_path_ends(const Graph& graph, std::span<const NodeId> nodes, const char* which) {
  if (nodes.empty()) return fail(ErrorCode::bad_argument, std::string("Name at least one node to ") + which + ".");
  std::vector<NodeId> sorted(nodes.begin(), nodes.end());
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  if (sorted.back().index >= graph.node_count()) {
    return fail(ErrorCode::bad_argument, "node " + std::to_string(sorted.back().index) + " to " + which +
                                             " is not one of the " + std::to_string(graph.node_count()) +
                                             " nodes of the graph.");
  }
  return sorted;
}

/// Distances from `origins` over the arcs that `arcs_of` lists, not passing through a node that may not
/// lie inside. With `goals`, stops once no distance below that of the nearest goal can change.
template <class ArcsOf>
Result<NodeColumn<std::uint64_t>> spread(const PathQuestion& question, const std::vector<NodeId>& origins,
                                         const NodeColumn<std::uint8_t>* goals, ArcsOf&& arcs_of, const Job& job) {
  NodeColumn<std::uint64_t> distance(question.graph->node_count(), out_of_reach);
  std::uint64_t nearest_goal = out_of_reach;
  const auto reach = [&](NodeId v, std::uint64_t d) {
    distance[v] = d;
    if (goals && (*goals)[v]) nearest_goal = std::min(nearest_goal, d);
  };
  std::size_t settled = 0;
  const auto stopped = [&] { return (++settled & 0xFFF) == 0 && job.cancelled(); };

  if (question.length.all_one()) {
    std::vector<NodeId> queue;
    for (const NodeId origin : origins) reach(origin, 0), queue.push_back(origin);
    for (std::size_t next = 0; next < queue.size(); ++next) {
      const NodeId v = queue[next];
      if (distance[v] >= nearest_goal) break;
      if (stopped()) return interrupted();
      if (distance[v] > 0 && !question.may_lie_inside(v)) continue;
      for (const auto [u, edge] : arcs_of(v)) {
        if (distance[u] != out_of_reach || !question.open(edge)) continue;
        reach(u, distance[v] + 1);
        queue.push_back(u);
      }
    }
    return distance;
  }

  using Entry = std::pair<std::uint64_t, NodeId>;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  for (const NodeId origin : origins) reach(origin, 0), queue.emplace(0, origin);
  while (!queue.empty()) {
    const auto [d, v] = queue.top();
    queue.pop();
    if (d >= nearest_goal) break;
    if (stopped()) return interrupted();
    if (d > distance[v] || (d > 0 && !question.may_lie_inside(v))) continue;
    for (const auto [u, edge] : arcs_of(v)) {
      if (!question.open(edge) || d + question.length(edge) >= distance[u]) continue;
      reach(u, d + question.length(edge));
      queue.emplace(distance[u], u);
    }
  }
  return distance;
}

}  // namespace

Result<PathQuestion> path_question(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                   const PathRules& rules) {
  PathQuestion question;
  question.graph = &graph;
  question.rules = rules;
  auto first = checked_path_ends(graph, from, "start from");
  if (!first) return tl::unexpected(first.error());
  auto last = checked_path_ends(graph, to, "end at");
  if (!last) return tl::unexpected(last.error());
  question.from = *std::move(first);
  question.to = *std::move(last);
  auto length = ExactLengths::of(graph.edge_count(), rules.length);
  if (!length) return tl::unexpected(length.error());
  question.length = *std::move(length);
  if (rules.no_stepping_stone && rules.no_stepping_stone->size() != graph.node_count()) {
    return fail(ErrorCode::bad_argument, "The column of nodes that are no stepping stones has " +
                                             std::to_string(rules.no_stepping_stone->size()) + " values for " +
                                             std::to_string(graph.node_count()) + " nodes.");
  }
  if (rules.closed && rules.closed->size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of closed edges has " + std::to_string(rules.closed->size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  question.starts = NodeColumn<std::uint8_t>(graph.node_count());
  question.ends = NodeColumn<std::uint8_t>(graph.node_count());
  for (const NodeId v : question.from) question.starts[v] = 1;
  for (const NodeId v : question.to) question.ends[v] = 1;
  return question;
}

Result<NodeColumn<std::uint64_t>> distances_from_starts(const PathQuestion& question, const Job& job) {
  return spread(question, question.from, nullptr, [&](NodeId v) { return question.graph->out(v); }, job);
}

Result<NodeColumn<std::uint64_t>> distances_to_ends(const PathQuestion& question, Reach reach, const Job& job) {
  return spread(question, question.to, reach == Reach::nearest ? &question.starts : nullptr,
                [&](NodeId v) { return question.graph->in(v); }, job);
}

}  // namespace entente

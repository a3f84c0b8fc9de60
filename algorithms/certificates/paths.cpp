#include "algorithms/certificates/paths.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "algorithms/paths/question.hpp"

namespace entente {

namespace {

tl::unexpected<Error> path_is_wrong(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

bool is_step(const Graph& graph, NodeId u, Arc step) {
  const ArcRange arcs = graph.out(u);
  return std::ranges::binary_search(arcs, step);
}

Result<void> check_path_of(const PathQuestion& question, const Walk& walk) {
  const Graph& graph = *question.graph;
  if (walk.nodes.size() != walk.edges.size() + 1) {
    return path_is_wrong("The path does not have one node more than edges.");
  }
  for (const NodeId v : walk.nodes) {
    if (v.index >= graph.node_count()) return path_is_wrong("The path visits a node that the graph does not have.");
  }
  if (!question.starts[walk.nodes.front()]) return path_is_wrong("The path does not begin at a node to start from.");
  if (!question.ends[walk.nodes.back()]) return path_is_wrong("The path does not finish at a node to end at.");
  for (std::size_t i = 1; i + 1 < walk.nodes.size(); ++i) {
    if (!question.may_lie_inside(walk.nodes[i])) {
      return path_is_wrong("The path passes through a node that may not lie inside.");
    }
  }
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < walk.edges.size(); ++i) {
    if (!is_step(graph, walk.nodes[i], {walk.nodes[i + 1], walk.edges[i]}) || !question.open(walk.edges[i])) {
      return path_is_wrong("Step " + std::to_string(i + 1) + " of the path is no open edge between its two nodes.");
    }
    length += question.length(walk.edges[i]);
  }
  std::vector<NodeId> visited = walk.nodes;
  std::ranges::sort(visited);
  if (std::ranges::adjacent_find(visited) != visited.end()) return path_is_wrong("The path visits a node twice.");
  if (question.length.given(length) != walk.length) return path_is_wrong("The path is not as long as it says.");
  return {};
}

}  // namespace

Result<void> check_path(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                        const PathRules& rules, const Walk& walk) {
  return path_question(graph, from, to, rules).and_then([&](const PathQuestion& question) {
    return check_path_of(question, walk);
  });
}

Result<void> check_listing(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                           const PathRules& rules, const std::vector<Walk>& walks) {
  const auto question = path_question(graph, from, to, rules);
  if (!question) return tl::unexpected(question.error());
  std::set<std::vector<NodeId>> seen;
  for (std::size_t i = 0; i < walks.size(); ++i) {
    if (auto checked = check_path_of(*question, walks[i]); !checked) return checked;
    if (i > 0 && walks[i].length < walks[i - 1].length) return path_is_wrong("The paths are not in order of length.");
    if (!seen.insert(walks[i].nodes).second) return path_is_wrong("A path is listed twice.");
  }
  return {};
}

Result<void> check_nothing_shorter(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                   const PathRules& rules, const Walk* walk, const Job& job) {
  const auto question = path_question(graph, from, to, rules);
  if (!question) return tl::unexpected(question.error());
  const auto d = distances_to_ends(*question, job);
  if (!d) return tl::unexpected(d.error());

  for (const NodeId v : graph.nodes()) {
    if (question->ends[v] && (*d)[v] != 0) return path_is_wrong("An end has a distance other than 0.");
    if (!question->ends[v] && !question->may_lie_inside(v)) continue;  // no path goes on from v
    if ((*d)[v] == out_of_reach) continue;
    for (const auto [u, edge] : graph.in(v)) {
      if (question->open(edge) && (*d)[u] > question->length(edge) + (*d)[v]) {
        return path_is_wrong("The distances do not satisfy the triangle inequality.");
      }
    }
  }
  std::uint64_t nearest = out_of_reach;
  for (const NodeId start : question->from) nearest = std::min(nearest, (*d)[start]);
  if (!walk) {
    if (nearest != out_of_reach) return path_is_wrong("There is a path, but none is listed.");
    return {};
  }
  if (nearest == out_of_reach || question->length.given(nearest) < walk->length) {
    return path_is_wrong("There is a shorter path.");
  }
  return {};
}

}  // namespace entente

#include "algorithms/paths/shortest.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/paths/path_cards.hpp"
#include "algorithms/paths/question.hpp"

namespace entente {

Result<std::optional<Walk>> shortest_path(const Graph& graph, std::span<const NodeId> from,
                                          std::span<const NodeId> to, const PathRules& rules, const Job& job) {
  const auto question = path_question(graph, from, to, rules);
  if (!question) return tl::unexpected(question.error());
  const auto to_ends = distances_on_shortest_paths(*question, job);
  if (!to_ends) return tl::unexpected(to_ends.error());

  NodeId u = *std::ranges::min_element(question->from, {}, [&](NodeId start) { return (*to_ends)[start]; });
  if ((*to_ends)[u] == out_of_reach) return std::optional<Walk>{};
  Walk walk;
  walk.nodes.push_back(u);
  walk.length = question->length.given((*to_ends)[u]);
  while ((*to_ends)[u] > 0) {  // arcs are sorted by node, then by edge: the first tight one is the answer
    const ArcRange steps = graph.out(u);
    const Arc step =
        *std::ranges::find_if(steps, [&](Arc arc) { return is_tight(*question, *to_ends, (*to_ends)[u], arc); });
    walk.edges.push_back(step.edge);
    walk.nodes.push_back(u = step.node);
  }
  return std::optional<Walk>(std::move(walk));
}

Result<std::optional<Walk>> shortest_path(const Graph& graph, NodeId from, NodeId to, const PathRules& rules,
                                          const Job& job) {
  return shortest_path(graph, std::span(&from, 1), std::span(&to, 1), rules, job);
}

namespace {

struct ShortestPathOptions {};

struct ShortestPathAnswer {
  bool connected = false;
  std::optional<double> distance;
  std::optional<Walk> walk;
};

}  // namespace

Card shortest_path_card() {
  return describe<ShortestPathOptions, ShortestPathAnswer>("shortest-path", "paths")
      .summary("The shortest path from any of some nodes to any of some others.")
      .cost("O(n + m) in steps, O((n + m) log n) with lengths")
      .convention(path_convention)
      .needs_ends()
      .figure("connected", &ShortestPathAnswer::connected, "", "whether there is a path")
      .figure("distance", &ShortestPathAnswer::distance, "length",
              "steps, or the sum of lengths; absent without a path")
      .also([](ShortestPathAnswer& answer, Findings& findings) {
        findings.completeness = answer.walk ? "the first of the shortest paths" : "complete: there is no path";
        if (answer.walk) findings.walks.push_back(*std::move(answer.walk));
      })
      .source("dijkstra1959note")
      .verified_by([](const Problem& problem, const ShortestPathOptions&, const Findings& findings) {
        return verify_shortest_listing(problem, findings);
      })
      .runs([](const Problem& problem, const ShortestPathOptions&, const Job& job) -> Result<ShortestPathAnswer> {
        const auto graph = walkable_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        auto walk = shortest_path(**graph, problem.from, problem.to, path_rules_of(problem), job);
        if (!walk) return tl::unexpected(walk.error());
        ShortestPathAnswer answer{walk->has_value(), std::nullopt, *std::move(walk)};
        if (answer.walk) answer.distance = answer.walk->length;
        return answer;
      });
}

}  // namespace entente

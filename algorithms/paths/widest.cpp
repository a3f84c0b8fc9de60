#include "algorithms/paths/widest.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <string>
#include <utility>

#include "algorithms/certificates/paths.hpp"
#include "algorithms/paths/path_cards.hpp"
#include "algorithms/paths/question.hpp"
#include "algorithms/paths/shortest.hpp"

namespace entente {

namespace {

template <class Capacity>
Result<void> check_path_capacities(const Graph& graph, const EdgeColumn<Capacity>& capacity) {
  if (capacity.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of capacities has " + std::to_string(capacity.size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  for (const EdgeId edge : graph.edges()) {
    if (!(capacity[edge] >= 0 && capacity[edge] <= std::numeric_limits<Capacity>::max())) {
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) +
                                               " has a capacity that is negative or not finite; leave the edge out "
                                               "or give it a capacity of at least 0.");
    }
  }
  return {};
}

/// The width of the widest path, 0 where there is none: from the ends backwards, the widest node next,
/// until a start is settled.
template <class Capacity>
Result<Capacity> greatest_width(const PathQuestion& question, const EdgeColumn<Capacity>& capacity, const Job& job) {
  NodeColumn<Capacity> width(question.graph->node_count(), Capacity{0});
  std::priority_queue<std::pair<Capacity, NodeId>> queue;
  for (const NodeId end : question.to) {
    width[end] = std::numeric_limits<Capacity>::max();
    queue.emplace(width[end], end);
  }
  std::size_t settled = 0;
  while (!queue.empty()) {
    const auto [w, v] = queue.top();
    queue.pop();
    if ((++settled & 0xFFF) == 0 && job.cancelled()) return interrupted();
    if (w < width[v]) continue;
    if (question.starts[v]) return w;
    if (!question.ends[v] && !question.may_lie_inside(v)) continue;
    for (const auto [u, edge] : question.graph->in(v)) {
      const Capacity through = std::min(w, capacity[edge]);
      if (!question.open(edge) || through <= width[u]) continue;
      width[u] = through;
      queue.emplace(through, u);
    }
  }
  return Capacity{0};
}

template <class Capacity>
Result<std::optional<WidestPath<Capacity>>> widest_path_of(const Graph& graph, const EdgeColumn<Capacity>& capacity,
                                                           std::span<const NodeId> from, std::span<const NodeId> to,
                                                           const PathRules& rules, const Job& job) {
  const auto question = path_question(graph, from, to, rules);
  if (!question) return tl::unexpected(question.error());
  if (auto checked = check_path_capacities(graph, capacity); !checked) return tl::unexpected(checked.error());
  const auto width = greatest_width(*question, capacity, job);
  if (!width) return tl::unexpected(width.error());
  if (*width == Capacity{0}) return std::optional<WidestPath<Capacity>>{};

  EdgeColumn<std::uint8_t> too_narrow(graph.edge_count());
  for (const EdgeId edge : graph.edges()) too_narrow[edge] = !question->open(edge) || capacity[edge] < *width;
  PathRules among_wide = rules;
  among_wide.closed = &too_narrow;
  return shortest_path(graph, from, to, among_wide, job).map([&](std::optional<Walk> walk) {
    if constexpr (std::is_integral_v<Capacity>) walk->amount = *width;
    return std::optional<WidestPath<Capacity>>({*width, *std::move(walk)});
  });
}

}  // namespace

Result<std::optional<WidestPath<std::int64_t>>> widest_path(const Graph& graph,
                                                            const EdgeColumn<std::int64_t>& capacity,
                                                            std::span<const NodeId> from, std::span<const NodeId> to,
                                                            const PathRules& rules, const Job& job) {
  return widest_path_of(graph, capacity, from, to, rules, job);
}

Result<std::optional<WidestPath<double>>> widest_path(const Graph& graph, const EdgeColumn<double>& capacity,
                                                      std::span<const NodeId> from, std::span<const NodeId> to,
                                                      const PathRules& rules, const Job& job) {
  return widest_path_of(graph, capacity, from, to, rules, job);
}

namespace {

struct WidestPathOptions {};

struct WidestPathAnswer {
  bool connected = false;
  std::int64_t width = 0;
  std::optional<Walk> walk;
};

/// By the edges that are wider than the answer: they must not connect the ends.
Result<std::string> verify_widest(const Problem& problem, const WidestPathOptions&, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const EdgeColumn<std::int64_t>& capacity = problem.money->units;
  PathRules rules = path_rules_of(problem);
  std::int64_t width = 0;
  if (!findings.walks.empty()) {
    const Walk& walk = findings.walks.front();
    if (auto checked = check_path(**graph, problem.from, problem.to, rules, walk); !checked) {
      return tl::unexpected(checked.error());
    }
    width = std::numeric_limits<std::int64_t>::max();
    for (const EdgeId edge : walk.edges) width = std::min(width, capacity[edge]);
    if (width != walk.amount) return fail(ErrorCode::bad_argument, "The path is not as wide as it says.");
    if (walk.edges.empty()) return "verified: the ends share a node.";
  }
  EdgeColumn<std::uint8_t> no_wider(capacity.size());
  for (const EdgeId edge : (*graph)->edges()) no_wider[edge] = capacity[edge] <= width;
  rules.closed = &no_wider;
  return check_nothing_shorter(**graph, problem.from, problem.to, rules, nullptr).map([] {
    return std::string("verified: the path is as wide as it says, and no path consists of wider ties.");
  });
}

}  // namespace

Card widest_path_card() {
  return describe<WidestPathOptions, WidestPathAnswer>("widest-path", "paths")
      .summary("The path whose smallest amount is as large as possible, from any of some nodes to any of some others.")
      .cost("O((n + m) log n)")
      .convention(std::string(path_convention) +
                  " A tie without an amount or of amount 0 is not walked. Of the widest paths the shortest.")
      .needs_ends()
      .needs_money()
      .figure("connected", &WidestPathAnswer::connected, "", "whether there is a path of positive amounts")
      .figure("width", &WidestPathAnswer::width, "money",
              "smallest amount on the path, in units of the currency's decimals; 0 without a path")
      .also([](WidestPathAnswer& answer, Findings& findings) {
        findings.completeness = answer.walk ? "the first of the widest paths" : "complete: there is no path";
        if (!answer.walk) return;
        if (answer.walk->edges.empty()) {
          findings.notes.push_back("The ends share a node, so that no amount limits the width.");
        }
        findings.walks.push_back(*std::move(answer.walk));
      })
      .source("pollack1960maximum")
      .verified_by(verify_widest)
      .runs([](const Problem& problem, const WidestPathOptions&, const Job& job) -> Result<WidestPathAnswer> {
        const auto graph = walkable_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        if (!problem.money) return fail(ErrorCode::bad_argument, "The widest path needs an amount on each tie.");
        auto widest = widest_path(**graph, problem.money->units, problem.from, problem.to, path_rules_of(problem), job);
        if (!widest) return tl::unexpected(widest.error());
        if (!*widest) return WidestPathAnswer{};
        return WidestPathAnswer{true, (*widest)->width, (*widest)->walk};
      });
}

}  // namespace entente

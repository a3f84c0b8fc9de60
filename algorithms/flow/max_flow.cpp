#include "algorithms/flow/max_flow.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/push_relabel.hpp"
#include "algorithms/flow/residual.hpp"
#include "algorithms/flow/search_trees.hpp"

// Chosen by effort, not by guess: two search trees come first, since on networks of bodies the ways are short and
// the minimum cut lies close to one end, often at the very arcs of a source or target: once these are full all is
// done. Where ways or repairs turn out to be long, push-relabel takes over with the flow found so far. Capacities
// are whole units: the flow is exact, without a tolerance. What can leave the sources or reach the targets was
// checked against 64 bits at the door, so no addition can overflow.

namespace entente {

namespace {

/// The edges of positive capacity from the side to the rest, seen from whichever of the two is smaller.
std::vector<EdgeId> edges_leaving(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side) {
  const auto outside = static_cast<std::size_t>(std::ranges::count(side.values(), std::uint8_t{0}));
  const bool from_inside = 2 * outside >= side.size();
  std::vector<EdgeId> leaving;
  for (const NodeId u : graph.nodes()) {
    if ((side[u] != 0) != from_inside) continue;
    for (const auto [v, edge] : from_inside ? graph.out(u) : graph.in(u)) {
      if ((side[v] != 0) != from_inside && capacity[edge] > 0) leaving.push_back(edge);
    }
  }
  std::ranges::sort(leaving);
  return leaving;
}

}  // namespace

Result<MaxFlow> max_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job) {
  if (auto fits = Residual::fits(graph); !fits) return tl::unexpected(fits.error());
  const auto question = flow_question(graph, capacity, sources, targets);
  if (!question) return tl::unexpected(question.error());

  MaxFlow answer;
  Residual residual(*question);
  SearchTrees trees(*question, residual, job);
  const auto outcome = trees.run(question->targets_fit);
  if (outcome == SearchTrees::Outcome::interrupted) return interrupted();
  answer.value = trees.value();
  answer.phases = trees.passes();
  if (outcome == SearchTrees::Outcome::too_slow) {
    PushRelabel demands(*question, residual, job);
    if (!demands.run(question->most - answer.value)) return interrupted();
    answer.value += demands.value();
    answer.phases += demands.updates();
  }
  answer.source_side = residual.reached_from_sources();
  answer.flow = residual.flow();
  const Carrying carrying(graph, answer.flow);
  take_out_circles(graph, carrying, answer.flow);
  if (outcome == SearchTrees::Outcome::too_slow) drop_unmet_demands(*question, carrying, answer.flow);
  answer.cut = edges_leaving(graph, capacity, answer.source_side);
  return answer;
}

namespace {

struct MaxFlowOptions {};

struct MaxFlowAnswer {
  std::int64_t value = 0;
  int phases = 0;
  EdgeColumn<std::int64_t> flow;
  NodeColumn<std::uint8_t> source_side;
  std::vector<EdgeId> cut;
  std::vector<Walk> routes;
};

Result<MaxFlowAnswer> max_flow_with_routes(const Problem& problem, const MaxFlowOptions&, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  if (!problem.money) return fail(ErrorCode::bad_argument, "Maximum flow needs an amount on each tie as its capacity.");
  auto flow = max_flow(**graph, problem.money->units, problem.from, problem.to, job);
  if (!flow) return tl::unexpected(flow.error());
  auto routes = decompose_flow(**graph, flow->flow, problem.from, problem.to, job);
  if (!routes) return tl::unexpected(routes.error());
  return MaxFlowAnswer{flow->value,          flow->phases,         std::move(flow->flow), std::move(flow->source_side),
                       std::move(flow->cut), std::move(routes->routes)};
}

/// By the flow, the side and the routes that the findings hold, with sums alone.
Result<std::string> verify_max_flow(const Problem& problem, const MaxFlowOptions&, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const bool whole =
      problem.money && !findings.per_edge.empty() && !findings.per_node.empty() && !findings.figures.empty();
  const auto* found_flow = whole ? std::get_if<EdgeColumn<std::int64_t>>(&findings.per_edge[0].second) : nullptr;
  const auto* found_side = whole ? std::get_if<NodeColumn<std::uint8_t>>(&findings.per_node[0].second) : nullptr;
  const auto* stated = whole ? std::get_if<std::int64_t>(&findings.figures[0].second) : nullptr;
  if (!found_flow || !found_side || !stated) {
    return fail(ErrorCode::bad_argument, "These findings hold no flow, no source side or no value.");
  }
  const EdgeColumn<std::int64_t>& flow = *found_flow;
  const NodeColumn<std::uint8_t>& side = *found_side;
  const EdgeColumn<std::int64_t>& capacity = problem.money->units;

  const auto value = greatest_flow_value(**graph, capacity, problem.from, problem.to, flow, side);
  if (!value) return tl::unexpected(value.error());
  if (*value != *stated) return fail(ErrorCode::bad_argument, "The value is not that of the flow.");
  if (findings.cut != edges_leaving(**graph, capacity, side)) {
    return fail(ErrorCode::bad_argument, "The edges of the cut are not those that leave the source side.");
  }
  return check_routes(**graph, flow, problem.from, problem.to, findings.walks).map([] {
    return std::string(
        "verified: flow conserved at every node and within every capacity, value equals the capacity of the cut, "
        "routes add up to the flow.");
  });
}

}  // namespace

Card max_flow_card() {
  return describe<MaxFlowOptions, MaxFlowAnswer>("max-flow", "flow")
      .summary("The most money that can pass from some nodes to others, its routes and its bottleneck.")
      .cost("O(n^2 m) at worst; as a rule less than one sweep over the graph to a few")
      .convention(
          "The amount of a tie is what it can carry, along its direction; a mutual tie carries either way, up to its "
          "amount in one net direction. Parallel ties carry side by side; a self-loop carries nothing. Exact whole "
          "units. Of all minimum cuts the one nearest the sources; routes from the widest down. Ends that no tie "
          "connects give 0. A negative amount, sums beyond 64 bits around both ends, and a graph without the named "
          "nodes are refused.")
      .needs_ends()
      .needs_money()
      .per_node("source_side", &MaxFlowAnswer::source_side, "", "1: the sources could send still more to this node")
      .per_edge("flow", &MaxFlowAnswer::flow, "money", "what the tie carries; negative: against its stated direction")
      .figure("value", &MaxFlowAnswer::value, "money", "what leaves the sources and reaches the targets")
      .figure("phases", &MaxFlowAnswer::phases, "phases", "levels that search trees grew, and updates of all heights")
      .also([](MaxFlowAnswer& answer, Findings& findings) {
        findings.walks = std::move(answer.routes);
        findings.cut = std::move(answer.cut);
        findings.completeness = "complete: the routes add up to the value";
        if (answer.value == 0) findings.notes.push_back("Nothing can pass from the sources to the targets.");
      })
      .source("goldberg2011maximum")
      .source("goldberg1988new")
      .source("cherkassky1997implementing")
      .source("dinic1970algorithm")
      .source("ford1956maximal")
      .source("ford1962flows")
      .verified_by(verify_max_flow)
      .runs(max_flow_with_routes);
}

}  // namespace entente

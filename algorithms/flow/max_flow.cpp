#include "algorithms/flow/max_flow.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/residual.hpp"

// Dinic's algorithm [dinic1970algorithm], in today's words:
//   height(v)      fewest residual arcs from v to a target
//   blocking flow  one that leaves every shortest way from a source to a target with a full arc
// The least height of a source grows with every phase, so there are at most n phases. Capacities are whole
// units: the flow is exact, without a tolerance. What can leave the sources or reach the targets was checked
// against 64 bits at the door, so no addition below can overflow.

namespace entente {

namespace {

constexpr std::uint32_t beyond_reach = std::numeric_limits<std::uint32_t>::max();

/// Heights from the targets up, until the nearest source is reached.
struct Heights {
  std::vector<std::uint32_t> of;
  std::uint32_t of_nearest_source = beyond_reach;
};

Heights heights_above_targets(const FlowQuestion& question, const Residual& residual) {
  Heights height{std::vector<std::uint32_t>(question.graph->node_count(), beyond_reach)};
  std::vector<std::uint32_t> queue;
  for (const NodeId target : question.to) {
    height.of[target.index] = 0;
    queue.push_back(target.index);
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const std::uint32_t v = queue[next];
    if (height.of[v] >= height.of_nearest_source) break;
    for (std::uint32_t arc = residual.first(v); arc < residual.last(v); ++arc) {
      const auto& back = residual[arc];
      if (height.of[back.head] != beyond_reach || residual[back.mate].left == 0) continue;
      height.of[back.head] = height.of[v] + 1;
      if (question.starts[NodeId{back.head}]) {
        height.of_nearest_source = height.of[back.head];
      } else {
        queue.push_back(back.head);
      }
    }
  }
  return height;
}

/// Pushes along downhill ways from one source until each has a full arc. `current` is, per node, the first
/// arc that may still lead to a target. Returns what was pushed, or nothing once cancelled.
std::optional<std::int64_t> push_downhill(const FlowQuestion& question, Residual& residual, Heights& height,
                                          std::vector<std::uint32_t>& current, std::uint32_t source, const Job& job) {
  std::int64_t pushed = 0;
  std::vector<std::uint32_t> way;  // arcs from the source to u
  std::uint32_t u = source;
  std::size_t steps = 0;
  while (true) {
    if ((++steps & 0xFFFF) == 0 && job.cancelled()) return std::nullopt;
    if (question.ends[NodeId{u}]) {
      std::int64_t amount = std::numeric_limits<std::int64_t>::max();
      for (const std::uint32_t arc : way) amount = std::min(amount, residual[arc].left);
      for (const std::uint32_t arc : way) residual.push(arc, amount);
      pushed += amount;
      const auto full = std::ranges::find_if(way, [&](std::uint32_t arc) { return residual[arc].left == 0; });
      u = residual[residual[*full].mate].head;  // go on from where the way is blocked
      way.erase(full, way.end());
      continue;
    }
    std::uint32_t& arc = current[u];
    while (arc < residual.last(u) && (residual[arc].left == 0 || height.of[residual[arc].head] != height.of[u] - 1)) {
      ++arc;
    }
    if (arc < residual.last(u)) {
      way.push_back(arc);
      u = residual[arc].head;
    } else if (u == source) {
      return pushed;
    } else {
      height.of[u] = beyond_reach;  // a dead end: no way leads through u in this phase
      u = residual[residual[way.back()].mate].head;
      way.pop_back();
    }
  }
}

/// What the sources can still reach.
NodeColumn<std::uint8_t> reached_from_sources(const FlowQuestion& question, const Residual& residual) {
  NodeColumn<std::uint8_t> reached = question.starts;
  std::vector<std::uint32_t> queue;
  for (const NodeId source : question.from) queue.push_back(source.index);
  for (std::size_t next = 0; next < queue.size(); ++next) {
    for (std::uint32_t arc = residual.first(queue[next]); arc < residual.last(queue[next]); ++arc) {
      const NodeId v{residual[arc].head};
      if (residual[arc].left > 0 && !std::exchange(reached[v], std::uint8_t{1})) queue.push_back(v.index);
    }
  }
  return reached;
}

std::vector<EdgeId> edges_leaving(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side) {
  std::vector<EdgeId> leaving;
  for (const NodeId u : graph.nodes()) {
    if (!side[u]) continue;
    for (const auto [v, edge] : graph.out(u)) {
      if (!side[v] && capacity[edge] > 0) leaving.push_back(edge);
    }
  }
  std::ranges::sort(leaving);
  return leaving;
}

}  // namespace

Result<MaxFlow> max_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job) {
  if (graph.edge_count() > std::size_t{0x7FFFFFFF}) {
    return fail(ErrorCode::resource,
                "Maximum flow takes at most 2^31 - 1 edges; merge parallel edges or select fewer.");
  }
  const auto question = flow_question(graph, capacity, sources, targets);
  if (!question) return tl::unexpected(question.error());

  MaxFlow answer;
  Residual residual(*question);
  std::vector<std::uint32_t> current(graph.node_count());
  Heights height = heights_above_targets(*question, residual);
  while (height.of_nearest_source != beyond_reach) {
    for (const NodeId u : graph.nodes()) current[u.index] = residual.first(u.index);
    for (const NodeId source : question->from) {
      if (height.of[source.index] != height.of_nearest_source) continue;
      const auto pushed = push_downhill(*question, residual, height, current, source.index, job);
      if (!pushed) return interrupted();
      answer.value += *pushed;
    }
    ++answer.phases;
    if (job.cancelled()) return interrupted();
    height = heights_above_targets(*question, residual);
  }
  answer.flow = residual.flow(capacity);
  take_out_circles(graph, answer.flow);
  answer.source_side = reached_from_sources(*question, residual);
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
      .cost("O(n^2 m) at worst, a few sweeps over the graph as a rule")
      .convention(
          "The amount of a tie is what it can carry, along its direction; a mutual tie carries either way, up to its "
          "amount in one net direction. Parallel ties carry side by side; a self-loop carries nothing. Exact whole "
          "units. Of all minimum cuts the one nearest the sources; routes from the widest down.")
      .needs_ends()
      .needs_money()
      .per_node("source_side", &MaxFlowAnswer::source_side, "", "1: the sources could send still more to this node")
      .per_edge("flow", &MaxFlowAnswer::flow, "money", "what the tie carries; negative: against its stated direction")
      .figure("value", &MaxFlowAnswer::value, "money", "what leaves the sources and reaches the targets")
      .figure("phases", &MaxFlowAnswer::phases, "phases", "of Dinic's algorithm")
      .also([](MaxFlowAnswer& answer, Findings& findings) {
        findings.walks = std::move(answer.routes);
        findings.cut = std::move(answer.cut);
        findings.completeness = "complete: the routes add up to the value";
        if (answer.value == 0) findings.notes.push_back("Nothing can pass from the sources to the targets.");
      })
      .source("dinic1970algorithm")
      .source("ford1956maximal")
      .source("ford1962flows")
      .verified_by(verify_max_flow)
      .runs(max_flow_with_routes);
}

}  // namespace entente

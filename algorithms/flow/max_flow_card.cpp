#include <algorithm>
#include <span>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/bottleneck.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/unstated.hpp"

namespace entente {

namespace {

struct MaxFlowOptions {};

struct MaxFlowAnswer {
  std::int64_t value = 0;
  int phases = 0;
  EdgeColumn<std::int64_t> flow;
  NodeColumn<std::uint8_t> source_side, target_side;
  std::vector<EdgeId> cut;
  std::vector<std::uint8_t> in_every_cut;  // of each edge of the cut
  std::int64_t unavoidable_edges = 0;
  std::vector<Walk> routes;
  Listing bottleneck;
  std::size_t unstated = 0;
};

/// Each edge of the cut, what it can carry, and whether there is a way to cut around it.
Listing bottleneck_listing(const MaxFlowAnswer& answer, const EdgeColumn<std::int64_t>& capacity) {
  Listing listing{"bottleneck",
                  "The minimum cut nearest the sources",
                  {{"tie", "", "full, and together as much as the value"},
                   {"capacity", "money", "what the tie can carry"},
                   {"in_every_cut", "", "in every minimum cut: raised by one unit alone, it lets one unit more pass"}},
                  {},
                  true,
                  "complete: their capacities add up to the value"};
  for (std::size_t i = 0; i < answer.cut.size(); ++i) {
    const EdgeId edge = answer.cut[i];
    listing.rows.push_back({edge, MoneyUnits{capacity[edge]}, answer.in_every_cut[i] != 0});
  }
  return listing;
}

Result<MaxFlowAnswer> max_flow_with_routes(const Problem& problem, const MaxFlowOptions&, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  const EdgeColumn<std::int64_t>& capacity = (*money)->units;
  auto flow = max_flow(**graph, capacity, problem.from, problem.to, job);
  if (!flow) return tl::unexpected(flow.error());
  auto routes = decompose_flow(**graph, flow->flow, problem.from, problem.to, job);
  if (!routes) return tl::unexpected(routes.error());

  MaxFlowAnswer answer;
  answer.value = flow->value;
  answer.phases = flow->phases;
  answer.target_side = target_side(**graph, capacity, flow->flow, problem.to);
  answer.in_every_cut = in_every_minimum_cut(**graph, flow->cut, flow->source_side, answer.target_side);
  answer.unavoidable_edges = std::ranges::count(answer.in_every_cut, std::uint8_t{1});
  answer.flow = std::move(flow->flow);
  answer.source_side = std::move(flow->source_side);
  answer.cut = std::move(flow->cut);
  answer.routes = std::move(routes->routes);
  answer.bottleneck = bottleneck_listing(answer, capacity);
  answer.unstated = unstated_ties(problem);
  return answer;
}

/// The other side and the table follow from the flow and the cut in one sweep.
Result<void> check_bottleneck(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                              const EdgeColumn<std::int64_t>& flow, const NodeColumn<std::uint8_t>& side,
                              std::span<const NodeId> targets, const Findings& findings) {
  MaxFlowAnswer expected;
  expected.target_side = target_side(graph, capacity, flow, targets);
  expected.cut = findings.cut;
  expected.in_every_cut = in_every_minimum_cut(graph, findings.cut, side, expected.target_side);
  expected.unavoidable_edges = std::ranges::count(expected.in_every_cut, std::uint8_t{1});
  const auto* found_side =
      findings.per_node.size() > 1 ? std::get_if<NodeColumn<std::uint8_t>>(&findings.per_node[1].second) : nullptr;
  const auto* count =
      findings.figures.size() > 1 ? std::get_if<std::int64_t>(&findings.figures[1].second) : nullptr;
  if (!found_side || *found_side != expected.target_side) {
    return fail(ErrorCode::bad_argument, "The target side is not what can still reach a target.");
  }
  if (!count || *count != expected.unavoidable_edges) {
    return fail(ErrorCode::bad_argument, "The number of edges in every minimum cut is not right.");
  }
  const std::vector<std::vector<ListingCell>> rows = bottleneck_listing(expected, capacity).rows;
  const auto same_cell = [](const ListingCell& a, const ListingCell& b) {
    const auto* units = std::get_if<MoneyUnits>(&a);
    const auto* other = std::get_if<MoneyUnits>(&b);
    if (units && other) return units->units == other->units;
    if (const auto *x = std::get_if<EdgeId>(&a), *y = std::get_if<EdgeId>(&b); x && y) return *x == *y;
    if (const auto *x = std::get_if<bool>(&a), *y = std::get_if<bool>(&b); x && y) return *x == *y;
    return false;
  };
  const auto same_row = [&](const auto& a, const auto& b) { return std::ranges::equal(a, b, same_cell); };
  if (findings.listings.empty() || !std::ranges::equal(findings.listings[0].rows, rows, same_row)) {
    return fail(ErrorCode::bad_argument, "The table of the bottleneck is not that of the cut.");
  }
  return {};
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
  if (auto holds = check_bottleneck(**graph, capacity, flow, side, problem.to, findings); !holds) {
    return tl::unexpected(holds.error());
  }
  return check_routes(**graph, flow, problem.from, problem.to, findings.walks).map([] {
    return std::string(
        "verified: flow conserved at every node and within every capacity, value equals the capacity of the cut, "
        "routes add up to the flow, and the edges in every minimum cut are those between the two sides.");
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
          "connects give 0. Of the edges of that cut, those in every minimum cut are those that lead from the source "
          "side to the target side; alone among ties with an amount, each of them lets one unit more pass when it is "
          "raised by one. A tie that states no amount carries nothing and is counted in a note. A negative amount, "
          "sums beyond 64 bits around both ends, and a graph without the named nodes are refused.")
      .needs_ends()
      .needs_money()
      .per_node("source_side", &MaxFlowAnswer::source_side, "", "1: the sources could send still more to this node")
      .per_node("target_side", &MaxFlowAnswer::target_side, "", "1: the node could send still more to a target")
      .per_edge("flow", &MaxFlowAnswer::flow, "money", "what the tie carries; negative: against its stated direction")
      .figure("value", &MaxFlowAnswer::value, "money", "what leaves the sources and reaches the targets")
      .figure("unavoidable_edges", &MaxFlowAnswer::unavoidable_edges, "ties", "those in every minimum cut")
      .figure("phases", &MaxFlowAnswer::phases, "phases", "levels that search trees grew, and updates of all heights")
      .also([](MaxFlowAnswer& answer, Findings& findings) {
        findings.walks = std::move(answer.routes);
        findings.cut = std::move(answer.cut);
        findings.listings.push_back(std::move(answer.bottleneck));
        findings.completeness = "complete: the routes add up to the value";
        if (answer.value == 0) findings.notes.push_back("Nothing can pass from the sources to the targets.");
        if (answer.unstated > 0) findings.notes.push_back(unstated_note(answer.unstated));
      })
      .source("goldberg2011maximum")
      .source("goldberg1988new")
      .source("cherkassky1997implementing")
      .source("dinic1970algorithm")
      .source("ford1956maximal")
      .source("ford1962flows")
      .source("picard1980structure")
      .verified_by(verify_max_flow)
      .runs(max_flow_with_routes);
}

}  // namespace entente

#include "algorithms/flow/decompose_card.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/flow.hpp"
#include "algorithms/certificates/partial_routes.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/unstated.hpp"

// A maximum flow has no circles, and its routes come from the widest down: so the first m of them are the m that
// the greedy rule takes, and what they carry together is known before the rest is looked at.

namespace entente {

namespace {

struct DecomposeOptions {
  std::int64_t routes = 0;
};

struct Decomposed {
  std::int64_t value = 0, listed = 0, parts = 0;
  EdgeColumn<std::int64_t> flow;
  NodeColumn<std::uint8_t> source_side;
  std::vector<EdgeId> cut;
  std::vector<Walk> routes;
  std::size_t widest = 0;  // so many of them are each the widest of what those before them leave
  Listing table;
  std::size_t unstated = 0;
};

double share_of(std::int64_t part, std::int64_t whole) {
  return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// The first edge of the route that carries no more than the route does: what limits it within this flow.
EdgeId narrowest_tie(const Walk& route, const EdgeColumn<std::int64_t>& flow) {
  return *std::ranges::min_element(route.edges, {}, [&](EdgeId e) { return flow[e] < 0 ? -flow[e] : flow[e]; });
}

Listing routes_listing(const Decomposed& answer) {
  Listing listing;
  listing.name = "routes";
  listing.title = "The routes of a maximum flow, the widest first";
  listing.columns = {{"rank", "", "1: the route that carries most"},
                     {"from", "", "the source it starts at"},
                     {"to", "", "the target it ends at"},
                     {"steps", "ties", "ties on the way"},
                     {"narrowest", "", "the tie of the route that carries least in the whole flow"},
                     {"amount", "money", "what the route carries"},
                     {"share", "share", "of the value of the flow"},
                     {"cumulated", "share", "of the value, with all routes above"}};
  std::int64_t sum = 0;
  for (std::size_t i = 0; i < answer.routes.size(); ++i) {
    const Walk& route = answer.routes[i];
    sum += route.amount;
    listing.rows.push_back({static_cast<std::int64_t>(i + 1), route.nodes.front(), route.nodes.back(),
                            static_cast<std::int64_t>(route.edges.size()), narrowest_tie(route, answer.flow),
                            MoneyUnits{route.amount}, share_of(route.amount, answer.value),
                            share_of(sum, answer.value)});
  }
  return listing;
}

Result<Decomposed> decomposed_max_flow(const Problem& problem, const DecomposeOptions& options, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  auto flow = max_flow(**graph, (*money)->units, problem.from, problem.to, job);
  if (!flow) return tl::unexpected(flow.error());
  auto parts = decompose_flow(**graph, flow->flow, problem.from, problem.to, job);
  if (!parts) return tl::unexpected(parts.error());

  Decomposed answer;
  answer.value = flow->value;
  answer.parts = static_cast<std::int64_t>(parts->routes.size());
  answer.widest = parts->widest;
  answer.flow = std::move(flow->flow);
  answer.source_side = std::move(flow->source_side);
  answer.cut = std::move(flow->cut);
  answer.routes = std::move(parts->routes);
  if (options.routes > 0 && answer.parts > options.routes) {
    answer.routes.resize(static_cast<std::size_t>(options.routes));
  }
  for (const Walk& route : answer.routes) answer.listed += route.amount;
  answer.unstated = unstated_ties(problem);
  answer.table = routes_listing(answer);
  return answer;
}

void list_routes(Decomposed& answer, Findings& findings) {
  findings.complete = static_cast<std::int64_t>(answer.routes.size()) == answer.parts;
  findings.completeness = findings.complete
                              ? "complete: the routes add up to the value"
                              : "the widest " + std::to_string(answer.routes.size()) + " of " +
                                    counted(static_cast<std::size_t>(answer.parts), "route");
  answer.table.complete = findings.complete;
  answer.table.completeness = findings.completeness;
  findings.listings.push_back(std::move(answer.table));
  if (answer.widest < answer.routes.size()) {
    findings.notes.push_back("After the first " + std::to_string(answer.widest) +
                             " routes each carries more than half of the widest that was left, not always all of it.");
  }
  findings.walks = std::move(answer.routes);
  findings.cut = std::move(answer.cut);
  if (answer.value == 0) findings.notes.push_back("Nothing can pass from the sources to the targets.");
  if (answer.unstated > 0) findings.notes.push_back(unstated_note(answer.unstated));
}

template <class Value, class Pairs>
const Value* decompose_column(const Pairs& pairs) {
  return pairs.empty() ? nullptr : std::get_if<Value>(&pairs[0].second);
}

/// The flow is the largest by its cut; the routes fit into it, one beside the other, and sum to what is said.
Result<std::string> verify_decompose(const Problem& problem, const DecomposeOptions&, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  const auto* flow = decompose_column<EdgeColumn<std::int64_t>>(findings.per_edge);
  const auto* side = decompose_column<NodeColumn<std::uint8_t>>(findings.per_node);
  if (!flow || !side || findings.figures.size() < 3) {
    return fail(ErrorCode::bad_argument, "These findings hold no flow, no source side or no figures.");
  }
  const auto* value = std::get_if<std::int64_t>(&findings.figures[0].second);
  const auto* listed = std::get_if<std::int64_t>(&findings.figures[1].second);
  const auto* parts = std::get_if<std::int64_t>(&findings.figures[2].second);
  const auto greatest = greatest_flow_value(**graph, (*money)->units, problem.from, problem.to, *flow, *side);
  if (!greatest) return tl::unexpected(greatest.error());
  if (!value || *value != *greatest) return fail(ErrorCode::bad_argument, "The value is not that of the flow.");
  const auto sum = amount_of_partial_routes(**graph, *flow, problem.from, problem.to, findings.walks);
  if (!sum) return tl::unexpected(sum.error());
  if (!listed || *listed != *sum) return fail(ErrorCode::bad_argument, "The routes do not add up to the listed sum.");
  const bool all = parts && *parts == static_cast<std::int64_t>(findings.walks.size());
  if (all != findings.complete || (all && *sum != *value)) {
    return fail(ErrorCode::bad_argument, "The listing does not say rightly whether it is complete.");
  }
  return std::string("verified: the flow is the largest by its cut; the routes fit into it side by side, the widest "
                     "first, and add up to ") +
         (all ? "all of it." : "the listed part of it.");
}

}  // namespace

Card decompose_card() {
  return describe<DecomposeOptions, Decomposed>("decompose", "flow")
      .summary("A maximum flow taken apart into routes, the widest first, and how much of the whole they carry.")
      .cost("that of max-flow and O(m log m) besides the routes")
      .convention(
          "The flow is the one that max-flow returns, with its conventions: a tie carries along its direction, a mutual "
          "tie either way in one net direction, parallel ties side by side, a self-loop nothing, a tie that states no "
          "amount nothing. Such a flow has no circles, so it is routes alone: first the widest, then the widest of "
          "what is left; among equals along the lowest tie; of very many the last follow in steps that halve, and a note "
          "says from where on. Other flows of the same value may have other routes. Ends that "
          "no tie connects give no route.")
      .needs_ends()
      .needs_money()
      .option("routes", &DecomposeOptions::routes, {0, 1e9}, "at most so many routes; 0: all of them")
      .per_node("source_side", &Decomposed::source_side, "", "1: the sources could send still more to this node")
      .per_edge("flow", &Decomposed::flow, "money", "what the tie carries; negative: against its stated direction")
      .figure("value", &Decomposed::value, "money", "what leaves the sources and reaches the targets")
      .figure("listed", &Decomposed::listed, "money", "what the listed routes carry of it")
      .figure("parts", &Decomposed::parts, "routes", "routes in all")
      .also(list_routes)
      .source("ford1962flows")
      .source("edmonds1972theoretical")
      .verified_by(verify_decompose)
      .runs(decomposed_max_flow);
}

}  // namespace entente

#include <algorithm>
#include <cmath>
#include <iterator>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/flow.hpp"
#include "algorithms/certificates/min_cost.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/min_cost.hpp"
#include "algorithms/flow/unstated.hpp"

namespace entente {

namespace {

struct MinCostOptions {
  std::string amount;
};

struct MinCostAnswer {
  bool feasible = true;
  std::optional<std::int64_t> value;
  std::optional<std::string> cost;
  std::optional<double> cost_per_unit;
  EdgeColumn<std::int64_t> flow;
  std::optional<NodeColumn<std::int64_t>> potential;
  std::optional<NodeColumn<std::uint8_t>> set;
  std::vector<EdgeId> cut;
  FlowRoutes parts;
  Listing table;  // the ties that bind the set
  std::vector<std::string> notes;
};

Result<std::optional<std::int64_t>> asked_amount(const MinCostOptions& options, const MoneyColumn& money) {
  if (options.amount.empty()) return std::optional<std::int64_t>();
  const std::string where = "option amount";
  const auto amount = parse_money(options.amount, money.currency);
  if (!amount) {
    const bool overflow = amount.error().code == ErrorCode::overflow;
    return fail(overflow ? ErrorCode::overflow : ErrorCode::bad_argument,
                "amount \"" + options.amount.substr(0, 40) + "\" is not an amount of " + std::string(money.currency.text()) +
                    (overflow ? " that 64 bits hold." : ": write plain digits, such as 1250000.50."),
                where);
  }
  const auto scaled = rescale(*amount, money.decimals);
  if (!scaled) return fail(scaled.error().code, scaled.error().what, where);
  if (scaled->units < 0) return fail(ErrorCode::bad_argument, "An amount to send must be at least 0.", where);
  return std::optional<std::int64_t>(scaled->units);
}

/// In words: what must enter the set, and what can leave it.
std::string words_of(const Shortfall& shortfall, const MoneyColumn& money) {
  const auto text = [&](std::int64_t units) { return money_text(units, money); };
  const auto nodes = static_cast<std::size_t>(std::ranges::count(shortfall.set.values(), std::uint8_t{1}));
  std::string words = "No flow does this: ";
  if (shortfall.must_enter.empty()) {
    words += text(shortfall.asked) + " is asked of the sources, but at most " + text(shortfall.leaves) + " can leave ";
  } else {
    words += text(shortfall.enters) + " must enter, by the lower bounds of " +
             counted(shortfall.must_enter.size(), "tie") +
             (shortfall.asked > 0 ? ", besides " + text(shortfall.asked) + " asked of the sources in it" : "") +
             ", but at most " + text(shortfall.leaves) +
             (shortfall.taken > 0 ? ", besides " + text(shortfall.taken) + " for the targets in it," : "") +
             " can leave ";
  }
  return words + "a set of " + counted(nodes, "node") + ", over " + counted(shortfall.can_leave.size(), "tie") + ".";
}

/// The set that no flow can satisfy, or the one tie.
void explain(Shortfall& shortfall, const Problem& problem, MinCostAnswer& answer) {
  const MoneyColumn& money = *problem.money;
  answer.feasible = false;
  answer.table = {"shortfall", "Why no flow does what was asked: the ties into and out of the set", {}, {}, true, ""};
  answer.table.columns = {{"tie", "", "a tie with one end in the set"},
                          {"role", "", "must enter: its lower bound; can leave: its capacity"},
                          {"amount", "money", "the lower bound or the capacity"}};
  const auto row = [&](EdgeId edge, const char* role, std::int64_t units) {
    answer.table.rows.push_back({edge, std::string(role), MoneyUnits{units}});
  };
  if (shortfall.tie) {
    const EdgeId tie = *shortfall.tie;
    const bool unknown = problem.stated && (*problem.stated)[tie] == 0;
    answer.notes.push_back(
        "No flow does this: a tie must carry at least " + money_text((*problem.least)[tie], money) +
        (unknown ? ", but states no amount." : ", but no more than " + money_text(money.units[tie], money) + "."));
    answer.cut = {tie};
    row(tie, "must carry", (*problem.least)[tie]);
    row(tie, "can carry", money.units[tie]);
    return;
  }
  for (const EdgeId edge : shortfall.must_enter) row(edge, "must enter", (*problem.least)[edge]);
  for (const EdgeId edge : shortfall.can_leave) row(edge, "can leave", money.units[edge]);
  answer.notes.push_back(words_of(shortfall, money));
  answer.cut = std::move(shortfall.can_leave);
  answer.set = std::move(shortfall.set);
}

PricedNetwork priced(const Problem& problem, const Graph& graph) {
  return {&graph, &problem.money->units, problem.cost ? &problem.cost->units : nullptr, problem.least, problem.from,
          problem.to};
}

Result<MinCostAnswer> cheapest_routes(const Problem& problem, const MinCostOptions& options, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  const auto amount = asked_amount(options, **money);
  if (!amount) return tl::unexpected(amount.error());
  const EdgeColumn<std::int64_t>* cost = problem.cost ? &problem.cost->units : nullptr;
  auto cheapest = min_cost_flow(
      {*graph, &(*money)->units, cost, problem.least, problem.from, problem.to, *amount}, job);
  if (!cheapest) return tl::unexpected(cheapest.error());

  MinCostAnswer answer;
  if (cheapest->shortfall) {
    explain(*cheapest->shortfall, problem, answer);
  } else {
    auto parts = decompose_flow(**graph, cheapest->flow, problem.from, problem.to, job);
    if (!parts) return tl::unexpected(parts.error());
    answer.parts = std::move(*parts);
    answer.value = cheapest->value;
    answer.cost = cost_text(cheapest->flow, cost, (*money)->decimals + (problem.cost ? problem.cost->decimals : 0));
    if (cheapest->value > 0) {  // a quotient of two amounts, and none itself
      double sum = 0;
      for (const EdgeId edge : (*graph)->edges()) {
        sum += std::abs(static_cast<double>(cheapest->flow[edge])) * static_cast<double>(cost ? (*cost)[edge] : 1);
      }
      double scale = 1;
      for (int i = 0; problem.cost && i < problem.cost->decimals; ++i) scale *= 10;
      answer.cost_per_unit = sum / static_cast<double>(cheapest->value) / scale;
    }
    answer.flow = std::move(cheapest->flow);
    answer.potential = std::move(cheapest->potential);
    if (!*amount) answer.set = std::move(cheapest->most_by);
    if (*answer.value == 0 && !*amount) answer.notes.push_back("Nothing can pass from the sources to the targets.");
    if (!answer.parts.circles.empty()) {
      answer.notes.push_back("Lower bounds force " + counted(answer.parts.circles.size(), "circle") +
                             ", listed after the routes; what runs in a circle reaches no target.");
    }
  }
  if (!problem.cost) {
    answer.notes.push_back("No cost is stated: each tie costs 1, so the routes with the fewest hands are the cheapest.");
  }
  const std::size_t unstated = unstated_ties(problem);
  if (unstated > 0) answer.notes.push_back(unstated_note(unstated));
  return answer;
}

void list_cheapest_routes(MinCostAnswer& answer, Findings& findings) {
  findings.notes = std::move(answer.notes);
  findings.cut = std::move(answer.cut);
  if (!answer.feasible) {
    findings.per_edge.clear();  // there is no flow, which is not one of 0
    findings.listings.push_back(std::move(answer.table));
    findings.completeness = "no flow exists";
    return;
  }
  findings.walks = std::move(answer.parts.routes);
  std::ranges::move(answer.parts.circles, std::back_inserter(findings.walks));
  findings.completeness = "complete: the routes add up to the flow";
}

Result<std::string> verify_shortfall(const Problem& problem, const PricedNetwork& network,
                                     std::optional<std::int64_t> amount, const Findings& findings) {
  if (findings.per_node.empty()) {
    const bool shown = findings.cut.size() == 1 && problem.least &&
                       findings.cut[0].index < network.graph->edge_count() &&
                       (*problem.least)[findings.cut[0]] > (*network.capacity)[findings.cut[0]];
    if (!shown) return fail(ErrorCode::bad_argument, "The tie can carry its lower bound.");
    return std::string("verified: the tie's lower bound exceeds what it can carry.");
  }
  const auto* set = std::get_if<NodeColumn<std::uint8_t>>(&findings.per_node[0].second);
  if (!set) return fail(ErrorCode::bad_argument, "These findings hold no set of nodes.");
  return check_shortfall(network, amount, *set).map([] {
    return std::string("verified: more must enter the set than can leave it, so no flow exists.");
  });
}

/// By the flow, the potentials and the routes that the findings hold, with sums alone.
Result<std::string> verify_min_cost(const Problem& problem, const MinCostOptions& options, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  const auto amount = asked_amount(options, **money);
  if (!amount) return tl::unexpected(amount.error());
  const PricedNetwork network = priced(problem, **graph);
  const auto* feasible = findings.figures.empty() ? nullptr : std::get_if<bool>(&findings.figures[0].second);
  if (feasible && !*feasible) return verify_shortfall(problem, network, *amount, findings);

  const bool whole =
      feasible && findings.figures.size() > 2 && !findings.per_edge.empty() && !findings.per_node.empty();
  const auto* flow = whole ? std::get_if<EdgeColumn<std::int64_t>>(&findings.per_edge[0].second) : nullptr;
  const auto* potential = whole ? std::get_if<NodeColumn<std::int64_t>>(&findings.per_node[0].second) : nullptr;
  const auto* stated = whole ? std::get_if<std::int64_t>(&findings.figures[1].second) : nullptr;
  const auto* cost = whole ? std::get_if<std::string>(&findings.figures[2].second) : nullptr;
  if (!flow || !potential || !stated || !cost) {
    return fail(ErrorCode::bad_argument, "These findings hold no flow, no potentials, no value or no cost.");
  }
  const auto value = cheapest_flow_value(network, *flow, *potential);
  if (!value) return tl::unexpected(value.error());
  if (*value != *stated || (*amount && **amount != *value)) {
    return fail(ErrorCode::bad_argument, "The value is not that of the flow, or not the amount asked for.");
  }
  if (*cost != cost_text(*flow, network.cost, (*money)->decimals + (problem.cost ? problem.cost->decimals : 0))) {
    return fail(ErrorCode::bad_argument, "The cost is not that of the flow.");
  }
  if (!*amount) {  // the most that can pass: one unit more cannot
    const auto* set = findings.per_node.size() > 1
                          ? std::get_if<NodeColumn<std::uint8_t>>(&findings.per_node[1].second)
                          : nullptr;
    if (!set || *value == std::numeric_limits<std::int64_t>::max()) {
      return fail(ErrorCode::bad_argument, "These findings hold no set that shows that no more can pass.");
    }
    if (auto most = check_shortfall(network, *value + 1, *set); !most) return tl::unexpected(most.error());
  }
  const auto is_circle = [](const Walk& walk) {
    return !walk.nodes.empty() && walk.nodes.front() == walk.nodes.back();
  };
  std::vector<Walk> routes, circles;
  for (const Walk& walk : findings.walks) (is_circle(walk) ? circles : routes).push_back(walk);
  return check_routes(**graph, *flow, problem.from, problem.to, routes, circles).map([&] {
    return std::string("verified: flow conserved and within every bound, no tie would save by carrying more or less "
                       "(complementary slackness of the potentials), routes add up to the flow") +
           (*amount ? "." : ", and not a unit more can leave the set around the sources.");
  });
}

}  // namespace

Card min_cost_card() {
  return describe<MinCostOptions, MinCostAnswer>("min-cost", "flow")
      .summary("The cheapest way to send an amount of money from some nodes to others, or proof that it cannot be done.")
      .cost("O(n^2 m log(n C)) at worst for costs up to C; as a rule a few sweeps for each power of 12 in n C")
      .convention(
          "The amount of a tie is what it can carry, along its direction; a mutual tie carries either way at the same "
          "cost, but along its stated direction alone where it has a lower bound. Parallel ties carry side by side; a "
          "self-loop carries its lower bound and no more. A tie that states no amount carries nothing. Without a column "
          "of costs each tie costs 1 for each unit: the fewest hands. Money may pass through a source or a target. An "
          "amount that cannot pass, or lower bounds that cannot be met, are answered with the set of nodes that shows "
          "it. Numbers below 0, a node at both ends, sums beyond 64 bits are refused.")
      .needs_ends()
      .needs_money()
      .takes_cost()
      .takes_least()
      .text("amount", &MinCostOptions::amount, "what shall pass, such as 1250000.50; empty: as much as can")
      .per_node("potential", &MinCostAnswer::potential, "cost", "price of a unit at the node, 0 at the sources that send")
      .per_node("set", &MinCostAnswer::set, "", "1: in the set that shows that no more, or nothing at all, can pass")
      .per_edge("flow", &MinCostAnswer::flow, "money", "what the tie carries; negative: against its stated direction")
      .figure("feasible", &MinCostAnswer::feasible, "", "whether any flow does what was asked")
      .figure("value", &MinCostAnswer::value, "money", "what leaves the sources and reaches the targets")
      .figure("cost", &MinCostAnswer::cost, "cost", "sum over all ties of what each carries times its cost, exact")
      .figure("cost_per_unit", &MinCostAnswer::cost_per_unit, "cost", "the same for each unit of currency that arrives")
      .also(list_cheapest_routes)
      .source("goldberg1990finding")
      .source("goldberg1997efficient")
      .source("hoffman1960some")
      .source("ahuja1993network")
      .verified_by(verify_min_cost)
      .runs(cheapest_routes);
}

}  // namespace entente

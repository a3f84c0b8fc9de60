#include <algorithm>
#include <string>
#include <utility>

#include "algorithms/centrality/input.hpp"
#include "algorithms/certificates/dominators.hpp"
#include "algorithms/flow/dominators.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/unstated.hpp"

namespace entente {

namespace {

struct DominatorOptions {};

struct DominatorAnswer {
  Dominators found;
  NodeColumn<std::int64_t> stage;
  std::int64_t value = 0, bodies = 0, ties = 0;
  std::vector<Listing> tables;
  std::size_t unstated = 0;
};

/// The only source and the only target are passed as a matter of course; what is left is worth telling.
std::vector<NodeId> between_the_ends(const Problem& problem, std::vector<NodeId> nodes) {
  const auto only = [](const std::vector<NodeId>& group, NodeId v) {
    return std::ranges::all_of(group, [&](NodeId w) { return w == v; });
  };
  if (!nodes.empty() && only(problem.from, nodes.front())) nodes.erase(nodes.begin());
  if (!nodes.empty() && only(problem.to, nodes.back())) nodes.pop_back();
  return nodes;
}

std::vector<Listing> tables_of(const DominatorAnswer& answer, const std::vector<NodeId>& nodes, const Graph& graph,
                               const EdgeColumn<std::int64_t>& capacity) {
  Listing bodies{
      "bodies", "Bodies that all money from the sources to the targets must pass, in order", {}, {}, true, ""};
  bodies.columns = {{"order", "", "1: the first on the way"},
                    {"body", "", "no way leads around it"},
                    {"amount", "money", "what passes it of a maximum flow: all of it"}};
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    bodies.rows.push_back({static_cast<std::int64_t>(i + 1), nodes[i], MoneyUnits{answer.value}});
  }
  Listing ties{"ties", "Ties that all money from the sources to the targets must take, in order", {}, {}, true, ""};
  ties.columns = {{"order", "", "1: the first on the way"},
                  {"tie", "", "no way does without it"},
                  {"from", "", "the body it leads from"},
                  {"to", "", "the body it leads to"},
                  {"amount", "money", "what passes it of a maximum flow: all of it"},
                  {"spare", "money", "what it could carry besides"}};
  for (std::size_t i = 0; i < answer.found.edges.size(); ++i) {
    const EdgeId tie = answer.found.edges[i];
    const Ends ends = graph.ends(tie);
    // A mutual tie may be taken against its stated direction.
    const bool back = answer.found.stage[ends.source] >= answer.found.stage[ends.target];
    ties.rows.push_back({static_cast<std::int64_t>(i + 1), tie, back ? ends.target : ends.source,
                         back ? ends.source : ends.target, MoneyUnits{answer.value},
                         MoneyUnits{capacity[tie] - answer.value}});
  }
  return {std::move(bodies), std::move(ties)};
}

Result<DominatorAnswer> unavoidable_bodies(const Problem& problem, const DominatorOptions&, const Job& job) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  const auto flow = max_flow(**graph, (*money)->units, problem.from, problem.to, job);
  if (!flow) return tl::unexpected(flow.error());
  auto found = dominators_between(**graph, (*money)->units, problem.from, problem.to, job);
  if (!found) return tl::unexpected(found.error());

  DominatorAnswer answer;
  answer.found = *std::move(found);
  answer.value = flow->value;
  const std::vector<NodeId> nodes = between_the_ends(problem, answer.found.nodes);
  answer.bodies = static_cast<std::int64_t>(nodes.size());
  answer.ties = static_cast<std::int64_t>(answer.found.edges.size());
  answer.tables = tables_of(answer, nodes, **graph, (*money)->units);
  answer.stage = answer.found.stage;
  answer.unstated = unstated_ties(problem);
  return answer;
}

void list_dominators(DominatorAnswer& answer, Findings& findings) {
  findings.listings = std::move(answer.tables);
  findings.walks = std::move(answer.found.walks);
  findings.cut = answer.found.edges;
  std::ranges::sort(findings.cut);
  findings.completeness = "complete: two walks share no other body";
  if (!answer.found.connected) {
    findings.completeness = "complete";
    findings.notes.push_back("Nothing can pass from the sources to the targets.");
  } else if (answer.bodies == 0) {
    findings.notes.push_back(answer.found.edges.empty()
                                 ? "No single body must be passed: there are two ways that share none."
                                 : "No body between the ends must be passed, but the listed ties must be taken.");
  }
  if (answer.unstated > 0) findings.notes.push_back(unstated_note(answer.unstated));
}

/// The dominators as the stages tell them: what the listing shows with the ends that it leaves out.
Result<Dominators> dominators_in(const Problem& problem, const Graph& graph, const Findings& findings) {
  const auto* stage =
      findings.per_node.empty() ? nullptr : std::get_if<NodeColumn<std::int64_t>>(&findings.per_node[0].second);
  if (!stage || stage->size() != graph.node_count() || findings.listings.size() != 2) {
    return fail(ErrorCode::bad_argument, "These findings hold no stages, or not the listings of bodies and ties.");
  }
  Dominators found;
  found.stage = *stage;
  found.walks = findings.walks;
  found.connected = !findings.walks.empty();
  const auto only = [](const std::vector<NodeId>& group) {
    return std::ranges::all_of(group, [&](NodeId v) { return v == group.front(); });
  };
  if (found.connected && only(problem.from)) found.nodes.push_back(problem.from.front());
  for (const auto& row : findings.listings[0].rows) {
    const auto* body = row.size() > 1 ? std::get_if<NodeId>(&row[1]) : nullptr;
    if (!body) return fail(ErrorCode::bad_argument, "A row of the listing names no body.");
    found.nodes.push_back(*body);
  }
  if (found.connected && only(problem.to)) found.nodes.push_back(problem.to.front());
  for (const auto& row : findings.listings[1].rows) {
    const auto* tie = row.size() > 1 ? std::get_if<EdgeId>(&row[1]) : nullptr;
    if (!tie) return fail(ErrorCode::bad_argument, "A row of the listing names no tie.");
    found.edges.push_back(*tie);
  }
  return found;
}

Result<std::string> verify_dominators(const Problem& problem, const DominatorOptions&, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto money = money_of(problem, **graph);
  if (!money) return tl::unexpected(money.error());
  if (problem.from.empty() || problem.to.empty()) return fail(ErrorCode::bad_argument, "The question names no ends.");
  const auto found = dominators_in(problem, **graph, findings);
  if (!found) return tl::unexpected(found.error());
  return check_dominators(**graph, (*money)->units, problem.from, problem.to, *found).map([&] {
    return std::string(found->connected
                           ? "verified: no tie leads around a listed body, and two walks share no other; the listed ties "
                             "are the only ones where they are. The amount is what max-flow verifies."
                           : "verified: no tie leaves what the sources reach, and no target is among it.");
  });
}

}  // namespace

Card dominators_card() {
  return describe<DominatorOptions, DominatorAnswer>("dominators", "flow")
      .summary("The bodies and ties that all money from some nodes to others must pass.")
      .cost("O(n + m) and one maximum flow")
      .convention(
          "Ways lead along ties that state an amount above 0, in their direction; a mutual tie leads either way. Of "
          "parallel ties none is unavoidable, each being a way around the other; a self-loop is on no way. The only "
          "source and the only target are passed as a matter of course and not listed; of several, one that all must "
          "pass is. A tie that states no amount is no way, and is counted. Ends that no tie connects give an empty "
          "list. A node at both ends and a negative amount are refused.")
      .needs_ends()
      .needs_money()
      .per_node("stage", &DominatorAnswer::stage, "",
                "unavoidable bodies passed on every way to the node, itself included; -1: no way")
      .figure("value", &DominatorAnswer::value, "money", "of a maximum flow; all of it passes each listed body")
      .figure("bodies", &DominatorAnswer::bodies, "nodes", "that cannot be avoided, besides the ends")
      .figure("ties", &DominatorAnswer::ties, "ties", "that cannot be avoided")
      .also(list_dominators)
      .source("lengauer1979fast")
      .source("georgiadis2016dominator")
      .verified_by(verify_dominators)
      .runs(unavoidable_bodies);
}

}  // namespace entente

#include "algorithms/paths/path_cards.hpp"

#include "algorithms/certificates/paths.hpp"

namespace entente {

const char* const path_convention =
    "Directions are followed (both ways along a mutual tie). A path visits no node twice; between groups it has no "
    "other node in either group. Paths are sequences of nodes: parallel ties do not multiply them, each step lists "
    "the shortest, then the lowest tie. Equally long paths come in the order of their nodes. A self-loop lies on no "
    "path. Ends that are not connected have none, which is an answer. A length that is not finite and above 0 is "
    "refused, and so is an end that the graph does not have.";

PathRules path_rules_of(const Problem& problem) {
  PathRules rules;
  rules.length = problem.length;
  return rules;
}

Result<std::string> verify_shortest_listing(const Problem& problem, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const PathRules rules = path_rules_of(problem);
  if (auto checked = check_listing(**graph, problem.from, problem.to, rules, findings.walks); !checked) {
    return tl::unexpected(checked.error());
  }
  const Walk* first = findings.walks.empty() ? nullptr : &findings.walks.front();
  if (auto checked = check_nothing_shorter(**graph, problem.from, problem.to, rules, first); !checked) {
    return tl::unexpected(checked.error());
  }
  if (!first) return "verified: no path leads there.";
  return "verified: every step is a tie, no node comes twice, and no path is shorter than the first.";
}

}  // namespace entente

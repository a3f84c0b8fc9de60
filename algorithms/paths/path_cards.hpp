#pragma once

#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/paths/rules.hpp"

namespace entente {

/// What the cards of this folder have in common.

/// The convention that all of them state.
extern const char* const path_convention;

/// The lengths of the problem; nothing closed.
PathRules path_rules_of(const Problem& problem);

/// Moves a listing with walks, complete and completeness into the findings.
template <class Listing>
void tell_listing(Listing& listing, Findings& findings) {
  findings.walks = std::move(listing.walks);
  findings.complete = listing.complete;
  findings.completeness = std::move(listing.completeness);
}

/// Asks a kernel of this folder the problem's question: the graph to walk, the ends, the rules.
template <class Kernel>
auto ask_about_paths(const Problem& problem, Kernel&& kernel)
    -> decltype(kernel(*problem.graph, problem.from, problem.to, PathRules{})) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  return kernel(**graph, problem.from, problem.to, path_rules_of(problem));
}

/// Checks findings.walks by certificates: each a path, in order, none twice, and none shorter than the
/// first (or none at all where the listing is empty).
Result<std::string> verify_shortest_listing(const Problem& problem, const Findings& findings);

}  // namespace entente

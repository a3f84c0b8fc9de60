#pragma once

#include <string>

#include "algorithms/card.hpp"
#include "algorithms/centrality/eigenvector.hpp"
#include "algorithms/centrality/hits.hpp"
#include "algorithms/centrality/katz.hpp"
#include "algorithms/centrality/pagerank.hpp"
#include "engine/error.hpp"

namespace entente {

/// Certificates of the measures that are solutions of an equation: the scores are put into it, in the
/// user's order and tie by tie, and what does not balance is measured. O(n + m), whatever it cost to
/// find them. Each returns what was shown in one sentence.
/// Errors: bad_argument with what does not hold: scores missing, negative, not of the scale that is
/// promised, or farther from a solution than the findings say.

/// Proves an L1 distance from the exact scores: no sweep can leave more than d of an error, so the change
/// of one, divided by 1 - d, bounds it [langville2004deeper].
Result<std::string> verified_pagerank(const Problem& problem, const PageRankOptions& options, const Findings& findings);

/// Shows an eigenvector; where every score is above 0 also that no eigenvalue exceeds its own by more than
/// is said, by the quotients of Collatz [collatz1942einschliessungssatz].
Result<std::string> verified_eigenvector(const Problem& problem, const EigenvectorOptions& options,
                                         const Findings& findings);

/// Shows a solution. As its scores are above 0, it also proves that alpha is below 1 / the largest eigenvalue.
Result<std::string> verified_katz(const Problem& problem, const KatzOptions& options, const Findings& findings);

/// `name` is "hub" or "authority".
Result<std::string> verified_hits(const std::string& name, const Problem& problem, const HitsOptions& options,
                                  const Findings& findings);

}  // namespace entente

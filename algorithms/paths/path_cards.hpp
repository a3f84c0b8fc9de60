#pragma once

#include <string>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/paths/rules.hpp"

namespace entente {

/// What the cards of this folder have in common.

/// The convention that all of them state.
extern const char* const path_convention;

/// The lengths of the problem; nothing closed.
PathRules path_rules_of(const Problem& problem);

/// Checks findings.walks by certificates: each a path, in order, none twice, and none shorter than the
/// first (or none at all where the listing is empty).
Result<std::string> verify_shortest_listing(const Problem& problem, const Findings& findings);

}  // namespace entente

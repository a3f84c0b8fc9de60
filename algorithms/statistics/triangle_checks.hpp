#pragma once

#include <string>

#include "algorithms/card.hpp"

namespace entente {

/// Certificates of `triangles` and `clustering`: each value is possible, figures follow from the values, and the
/// triangles of up to 64 nodes, spread evenly, are counted again pair by pair of partners. O(n + m), and
/// d^2 log d for each of these nodes of d <= 1024 partners.
/// Errors: bad_argument with what does not hold.
Result<std::string> verified_triangles(const Problem& problem, const Findings& findings);
Result<std::string> verified_clustering(const Problem& problem, const Findings& findings);

}  // namespace entente

#pragma once

#include <string>

#include "algorithms/card.hpp"

namespace entente {

/// Checks betweenness by its sum. A shortest path of d hops has d edges and d - 1 nodes between its ends, so in hops
/// the values of all edges add up to the sum of d over all pairs that have a path, those of all nodes to
/// the sum of d - 1. The distances come from 64 searches at a time, one per bit. Where lengths are given, a path
/// is known by its length alone: the sum of value times length over all edges is the sum of all distances, which would
/// cost as much as the answer; then only the range of every value is checked. Cost O(n / 64 * levels * arcs).
/// Errors: bad_argument with what does not hold.
Result<std::string> check_betweenness_sum(const Problem& problem, const Findings& findings, bool normalized);
Result<std::string> check_edge_betweenness_sum(const Problem& problem, const Findings& findings, bool normalized);

}  // namespace entente

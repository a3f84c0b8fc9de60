#pragma once

#include <span>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Whether `distance` holds the lengths of the shortest paths from the nearest of `sources`, checked arc by
/// arc: sources have 0; no arc leads from u to v with d(v) > d(u) + length, so no distance is too large; and
/// tight arcs, d(v) = d(u) + length, lead from the sources to each node reached, so none is too small.
/// Infinity stands for no path. Null lengths: all 1. O(n + arcs).
/// Errors: bad_argument with the first thing that does not hold.
Result<void> check_distances(const Graph& graph, std::span<const NodeId> sources, const EdgeColumn<double>* length,
                             const NodeColumn<double>& distance);

/// The same for the first column of findings, with infinity out of reach.
Result<void> check_found_distances(const Graph& graph, std::span<const NodeId> sources,
                                   const EdgeColumn<double>* length, const Findings& findings);

}  // namespace entente

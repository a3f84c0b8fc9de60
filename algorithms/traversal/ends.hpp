#pragma once

#include <span>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// What every search of this folder checks at its door.

/// At least one source, each a node of the graph. Errors: bad_argument.
Result<void> check_sources(const Graph& graph, std::span<const NodeId> sources);

/// One finite length >= 0 per edge, with a finite sum; null is fine. Errors: bad_argument, naming the edge.
Result<void> check_arc_lengths(const Graph& graph, const EdgeColumn<double>* length);

/// The arcs to walk: both ways along each edge of an undirected problem, else with the directions.
/// Errors: bad_argument where the problem holds no such graph.
Result<const Graph*> graph_to_search(const Problem& problem);

}  // namespace entente

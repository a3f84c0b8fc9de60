#pragma once

#include <cstdint>
#include <string>

#include "algorithms/card.hpp"
#include "engine/graph.hpp"

namespace entente {

struct SpanningForestOptions {
  std::string objective = "minimum";  // or "maximum"
};

struct SpanningForest {
  EdgeColumn<std::uint8_t> in_forest;  // 1 for the edges of the forest
  double total = 0;                    // of their values, in the unit of these
  std::int64_t edges = 0;              // of the forest: nodes - trees
  std::int64_t trees = 0;              // one for each component, isolated nodes included
};

/// Minimum spanning forest: of all sets of edges that keep together what is together, the one of the smallest
/// total; or, as a maximum spanning forest, of the largest.
///
/// Of edges of equal value the one with the smaller id comes first, so there is exactly one answer. Directions
/// are ignored; a self-loop is never in the forest, and of parallel edges one at most.
///
/// Input    n nodes, m edges; value: finite, of any sign, one per edge; null: all 1.
/// Output   in_forest: m flags; total, added up in the order in which edges enter: from the best to the worst.
/// Cost     O(m + n log n) on average, O(m log n) at worst; one thread. 16 bytes for each edge that gets sorted,
///          which for random values are about 2 n.
/// Errors   bad_argument: a value per edge is missing or not finite, or the total is not; interrupted.
/// Source   [kruskal1956shortest]; most edges are dropped unsorted, as in [osipov2009filter].
Result<SpanningForest> spanning_forest(const Symmetric& graph, const EdgeColumn<double>* value,
                                       const SpanningForestOptions& options = {}, const Job& job = {});

/// The minimum by Problem::length, the maximum by Problem::weight.
Card spanning_forest_card();

}  // namespace entente

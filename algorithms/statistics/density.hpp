#pragma once

#include <cstdint>
#include <optional>

#include "algorithms/statistics/simple_rows.hpp"
#include "engine/graph.hpp"

namespace entente {

struct Density {
  std::int64_t pairs = 0;         // different pairs of nodes with a tie
  std::int64_t self_loops = 0;    // edges
  std::optional<double> density;  // pairs / possible pairs, in [0, 1]; absent below two nodes
  std::optional<double> edges_per_pair;  // all edges / possible pairs; above 1 where many are parallel
};

/// Density: the share of the possible ties that exist, directions ignored.
///
///     density        = pairs / (n (n - 1) / 2)
///     edges_per_pair = m / (n (n - 1) / 2)
///
/// `pairs` counts two nodes once, however many ties they have and whichever way these run. Both figures are
/// the same for a simple undirected graph.
///
/// Cost     O(n + m)
/// Source   [wasserman1994social]
Density density(const Symmetric& graph, const SimpleRows& rows);
Density density(const Symmetric& graph);

/// Density with directions: the share of the ordered pairs of different nodes from one of which a tie runs to
/// the other; a mutual tie runs both ways, parallel ties count once. Absent below two nodes. O(n + m)
std::optional<double> directed_density(const Graph& graph);

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/graph.hpp"

namespace entente {

struct Card;

struct DegreeOptions {
  bool normalized = false;  // divide by n - 1
};

struct Degree {
  NodeColumn<double> degree;  // ties, or ties per other node
};

/// Degree: the number of ties of a node [freeman1978centrality].
///
///     degree(v) = number of edge ends at v
///
/// Parallel edges count one by one; a self-loop has both its ends at v and counts twice.
///
/// Input    n nodes, m edges, their directions ignored.
/// Output   n values >= 0, in ties; they sum to 2m. Normalized: divided by n - 1, so that on a simple
///          graph 1 means tied to everybody (0 where n = 1).
/// Cost     O(n + m).
Degree degree(const Symmetric& graph, const DegreeOptions& options = {});

/// In-degree: the number of arcs that enter a node; out-degree: that leave it. A mutual tie is an arc
/// each way; a self-loop enters once and leaves once. Otherwise as degree.
Degree in_degree(const Graph& graph, const DegreeOptions& options = {});
Degree out_degree(const Graph& graph, const DegreeOptions& options = {});

Card degree_card();
Card in_degree_card();
Card out_degree_card();

}  // namespace entente

#pragma once

#include <cstddef>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// What every measure of this folder does at its door.

/// The strength of an edge: its value in a column, or 1 where there is no column.
class StrengthOf {
 public:
  explicit StrengthOf(const EdgeColumn<double>* weight) : weight_(weight) {}
  double operator()(EdgeId edge) const { return weight_ ? (*weight_)[edge] : 1.0; }

 private:
  const EdgeColumn<double>* weight_;
};

/// Weights are strengths: one finite value >= 0 per edge, with a finite sum. Null is fine: all 1.
/// A value above 0 but below 1e-300 is refused, because quotients of such numbers leave the doubles.
/// Errors: bad_argument, naming the edge.
Result<void> check_weights(std::size_t edge_count, const EdgeColumn<double>* weight);

/// Lengths are travelled: one finite value >= 1e-300 per edge, with a finite sum. Null is fine: all 1.
/// Zero is refused: a ring of zero lengths holds no shortest path, and 1/0 is no closeness.
/// Errors: bad_argument, naming the edge.
Result<void> check_lengths(std::size_t edge_count, const EdgeColumn<double>* length);

/// The arcs to walk: both ways along each edge of an undirected problem, else with the directions.
/// Errors: bad_argument where the problem holds no such graph.
Result<const Graph*> walkable_graph(const Problem& problem);

/// Calls visit(from, to, edge) once for each arc. Rows are built only where some edges run one way and some
/// both ways; otherwise the list of edges tells all. O(n + m), in an order that depends on the graph alone.
template <class Visit>
void for_each_arc(const Graph& graph, Visit&& visit) {
  // An edge is one arc, one that runs both ways two, a self-loop always one.
  const std::size_t back = graph.arc_count() - graph.edge_count();
  std::size_t loops = 0;
  if (back > 0) {
    for (const EdgeId edge : graph.edges()) loops += graph.ends(edge).source == graph.ends(edge).target ? 1u : 0u;
  }
  if (back > 0 && back + loops < graph.edge_count()) {
    for (const NodeId u : graph.nodes()) {
      for (const auto [v, edge] : graph.out(u)) visit(u, v, edge);
    }
    return;
  }
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    visit(source, target, edge);
    if (back > 0 && source != target) visit(target, source, edge);
  }
}

/// The graph without directions. Errors: bad_argument where the problem holds none.
Result<const Symmetric*> symmetric_graph(const Problem& problem);

}  // namespace entente

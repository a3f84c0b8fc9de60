#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

struct Card;

struct StrengthOptions {
  bool normalized = false;  // divide by n - 1
};

struct Strength {
  NodeColumn<double> strength;  // in the unit of the weight
};

/// Strength: the degree with weights, the sum of the weights of a node's ties [barrat2004architecture].
///
///     strength(v) = sum of w(e) over the edge ends at v
///
/// Parallel edges add up; a self-loop counts twice. Without weights strength is degree.
///
/// Input    n nodes, m edges, their directions ignored; weight: one finite value >= 0 per edge; null: all 1.
/// Output   n values >= 0 in the unit of the weight. Normalized: divided by n - 1, the mean weight between
///          the node and another (0 where n = 1).
/// Cost     O(n + m).
/// Errors   bad_argument: a weight that is negative or not finite.
Result<Strength> strength(const Symmetric& graph, const EdgeColumn<double>* weight = nullptr,
                          const StrengthOptions& options = {});

/// In-strength: the sum of the weights of the arcs that enter a node; out-strength: that leave it. A
/// mutual tie is an arc each way; a self-loop enters once and leaves once. Otherwise as strength.
Result<Strength> in_strength(const Graph& graph, const EdgeColumn<double>* weight = nullptr,
                             const StrengthOptions& options = {});
Result<Strength> out_strength(const Graph& graph, const EdgeColumn<double>* weight = nullptr,
                              const StrengthOptions& options = {});

Card strength_card();
Card in_strength_card();
Card out_strength_card();

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Weights of ties times 2^-exponent, so that the largest lies in [1/2, 1). Exact but for weights that
/// are 10^300 times smaller than the largest; sums of them cannot overflow, and weights that are all
/// multiplied by one power of two give the same bits.
struct ScaledWeights {
  EdgeColumn<double> weight;
  int exponent = 0;
  bool equal = false;  // all are the same, and positive: ties need only be counted
};

/// Errors   bad_argument: not one weight per edge; a negative or non-finite weight.
Result<ScaledWeights> scaled_weights(const Graph& graph, const EdgeColumn<double>& weight);

}  // namespace entente

#include "algorithms/community/weights.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

namespace entente {

Result<ScaledWeights> scaled_weights(const Graph& graph, const EdgeColumn<double>& weight) {
  if (weight.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument,
                "There are " + std::to_string(weight.size()) + " weights for " + std::to_string(graph.edge_count()) +
                    " edges; give one weight per edge.",
                "weight");
  }
  double least = INFINITY, largest = 0;
  for (const EdgeId edge : graph.edges()) {
    const double w = weight[edge];
    if (!(w >= 0 && w < INFINITY)) {
      std::ostringstream found;
      found << "Edge " << edge.index << " has the weight " << w
            << "; clusters need weights that are finite and not negative.";
      return fail(ErrorCode::bad_argument, found.str(), "weight");
    }
    least = std::min(least, w);
    largest = std::max(largest, w);
  }
  ScaledWeights scaled{weight, 0, largest > 0 && least == largest};
  std::frexp(largest, &scaled.exponent);
  // In two steps, because 2^1073 is no number; each is exact where the result is.
  const double half = std::ldexp(1.0, -(scaled.exponent / 2));
  const double rest = std::ldexp(1.0, -(scaled.exponent - scaled.exponent / 2));
  for (double& w : scaled.weight.values()) w = w * half * rest;
  return scaled;
}

}  // namespace entente

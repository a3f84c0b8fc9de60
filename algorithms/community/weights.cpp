#include "algorithms/community/weights.hpp"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

namespace entente {

Result<ScaledWeights> scaled_weights(const Symmetric& graph, const EdgeColumn<double>& weight) {
  if (weight.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument,
                "There are " + std::to_string(weight.size()) + " weights for " + std::to_string(graph.edge_count()) +
                    " edges; give one weight per edge.",
                "weight");
  }
  double largest = 0;
  for (const EdgeId edge : graph.edges()) {
    if (!(std::isfinite(weight[edge]) && weight[edge] >= 0)) {
      std::ostringstream found;
      found << "Edge " << edge.index << " has the weight " << weight[edge]
            << "; clusters need weights that are finite and not negative.";
      return fail(ErrorCode::bad_argument, found.str(), "weight");
    }
    largest = std::max(largest, weight[edge]);
  }
  ScaledWeights scaled{weight, 0};
  std::frexp(largest, &scaled.exponent);
  for (double& w : scaled.weight.values()) w = std::ldexp(w, -scaled.exponent);
  return scaled;
}

}  // namespace entente

#pragma once

#include <string>

#include "algorithms/card.hpp"

namespace entente {

/// Checks the columns and figures of a cluster card against the network: clusters numbered without gaps
/// by falling size, ties by the smallest node; modularity as stated; clusters connected if they must be.
/// Errors: bad_argument with what does not hold.
Result<std::string> verified_clusters(const Problem& problem, const Findings& findings, bool connected);

/// The error of max_iterations below 1.
tl::unexpected<Error> no_iterations();

/// Calls `kernel` with the weights of the problem, or with 1 for each edge where it has none.
template <class Kernel>
auto with_weights(const Problem& problem, Kernel&& kernel) {
  if (problem.weight) return kernel(*problem.weight);
  return kernel(EdgeColumn<double>(problem.symmetric->edge_count(), 1.0));
}

}  // namespace entente

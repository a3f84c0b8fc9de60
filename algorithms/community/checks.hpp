#pragma once

#include <string>

#include "algorithms/card.hpp"
#include "algorithms/community/level.hpp"

namespace entente {

/// What the clusters of a card promise beyond their columns.
struct ClusterPromise {
  std::string quality = "modularity";
  bool directed = false;
  double resolution = 1;
  bool connected = true;
  bool optimal = false;  // neither moving one node nor merging two clusters raises the quality
};

/// Checks the columns and figures of a cluster card against the network: clusters numbered without gaps
/// by falling size, ties by the smallest node; modularity as stated; and what is promised. O(n + m).
/// Errors: bad_argument with what does not hold.
Result<std::string> verified_clusters(const Problem& problem, const Findings& findings,
                                      const ClusterPromise& promise);

/// The figure `converged`.
bool found_converged(const Findings& findings);

/// The quality of a word of a card, where `modularity` says which modularity is meant.
Result<ClusterQuality> quality_named(const std::string& name, ClusterQuality modularity);

/// What a cluster card says of odd input.
std::string cluster_convention(const std::string& loops, const std::string& directions, const std::string& more);

/// The error of max_iterations below 1.
tl::unexpected<Error> no_iterations();

/// Calls `kernel` with the weights of the problem, or with 1 for each edge where it has none.
template <class Kernel>
auto with_weights(const Problem& problem, Kernel&& kernel) {
  if (problem.weight) return kernel(*problem.weight);
  return kernel(EdgeColumn<double>(problem.symmetric->edge_count(), 1.0));
}

}  // namespace entente

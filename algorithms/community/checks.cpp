#include "algorithms/community/checks.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/community/level.hpp"
#include "algorithms/community/modularity.hpp"

namespace entente {

tl::unexpected<Error> no_iterations() {
  return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
}

Result<std::string> verified_clusters(const Problem& problem, const Findings& findings, bool connected) {
  const Symmetric& graph = *problem.symmetric;
  const auto wrong = [](std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); };
  const NodeColumn<std::int64_t>* cluster = nullptr;
  for (const auto& [name, values] : findings.per_node) {
    if (name == "cluster") cluster = std::get_if<NodeColumn<std::int64_t>>(&values);
  }
  if (!cluster || cluster->size() != graph.node_count()) return wrong("There is not one cluster per node.");

  const auto recomputed =
      with_weights(problem, [&](const EdgeColumn<double>& weight) { return modularity(graph, weight, *cluster); });
  if (!recomputed) return tl::unexpected(recomputed.error());
  Grouping group;
  for (const std::int64_t c : cluster->values()) group.push_back(static_cast<std::uint32_t>(c));
  const Numbering numbering = numbered_by_size(group);
  if (numbering.group != *cluster) return wrong("The clusters are not numbered by falling size.");

  bool stated = false;
  for (const auto& [name, value] : findings.figures) {
    if (name == "clusters" && std::get<std::int64_t>(value) != numbering.count) {
      return wrong("The number of clusters is not the one stated.");
    }
    if (name == "modularity") {
      stated = true;
      if (!*recomputed || !(std::abs(std::get<double>(value) - **recomputed) <= 1e-9)) {
        return wrong("The modularity of the clusters is not the one stated.");
      }
    }
  }
  if (*recomputed && !stated) return wrong("The modularity is missing.");

  std::string sentence = "Modularity was computed again from the clusters and agrees";
  if (connected) {
    const auto weights = with_weights(
        problem, [&](const EdgeColumn<double>& weight) { return scaled_weights(graph, weight); });
    if (!weights) return tl::unexpected(weights.error());
    const Level ground = ground_level(graph, *weights, ClusterQuality::modularity);
    if (split_disconnected(ground, group) > 0) return wrong("A cluster falls apart into pieces without a tie.");
    sentence += "; every cluster is connected";
  }
  return sentence + ".";
}

}  // namespace entente

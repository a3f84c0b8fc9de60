#include "algorithms/community/checks.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/community/climb.hpp"
#include "algorithms/community/clustering.hpp"
#include "algorithms/community/level.hpp"
#include "algorithms/community/modularity.hpp"

namespace entente {

tl::unexpected<Error> no_iterations() {
  return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
}

bool found_converged(const Findings& findings) {
  const auto figure = std::ranges::find(findings.figures, "converged", [](const auto& pair) { return pair.first; });
  return figure != findings.figures.end() && std::get<bool>(figure->second);
}

Result<ClusterQuality> quality_named(const std::string& name, ClusterQuality modularity) {
  if (name == "modularity") return modularity;
  if (name == "cpm" && modularity == ClusterQuality::directed_modularity) {
    return fail(ErrorCode::bad_argument, "The constant Potts model knows no directions; leave out directed.",
                "option quality");
  }
  if (name == "cpm") return ClusterQuality::cpm;
  return fail(ErrorCode::bad_argument, "quality must be one of: modularity, cpm.", "option quality");
}

std::string cluster_convention(const std::string& loops, const std::string& directions, const std::string& more) {
  return directions + "; weights are strengths; a tie of weight 0 is no tie, a negative, infinite or missing weight is "
         "refused, and weights are scaled so that sums cannot overflow; parallel edges add up; " + loops +
         "; an isolate is a cluster of its own; an empty network has no clusters" + more;
}

Result<std::string> verified_clusters(const Problem& problem, const Findings& findings,
                                      const ClusterPromise& promise) {
  const auto wrong = [](std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); };
  const auto quality = quality_named(
      promise.quality, promise.directed ? ClusterQuality::directed_modularity : ClusterQuality::modularity);
  if (!quality) return tl::unexpected(quality.error());
  const Graph& graph = promise.directed ? *problem.graph : problem.symmetric->both_ways();
  const NodeColumn<std::int64_t>* cluster = nullptr;
  for (const auto& [name, values] : findings.per_node) {
    if (name == "cluster") cluster = std::get_if<NodeColumn<std::int64_t>>(&values);
  }
  if (!cluster || cluster->size() != graph.node_count()) return wrong("There is not one cluster per node.");
  Grouping group;
  for (const std::int64_t c : cluster->values()) {
    if (c < 0 || static_cast<std::uint64_t>(c) >= cluster->size()) return wrong("A cluster has an impossible number.");
    group.push_back(static_cast<std::uint32_t>(c));
  }
  const Numbering numbering = numbered_by_size(group);
  if (numbering.group != *cluster) return wrong("The clusters are not numbered by falling size.");

  const auto weights =
      with_weights(problem, [&](const EdgeColumn<double>& weight) { return scaled_weights(graph, weight); });
  if (!weights) return tl::unexpected(weights.error());
  const ClusterTotals totals =
      cluster_totals(graph, *weights, *quality, group, static_cast<std::size_t>(numbering.count));
  const std::optional<double> recomputed = totals.modularity(1);
  const auto same = [](double stated, double again) {
    return std::abs(stated - again) <= 1e-9 * std::max(1.0, std::abs(again));
  };
  bool stated = false;
  for (const auto& [name, value] : findings.figures) {
    if (name == "clusters" && std::get<std::int64_t>(value) != numbering.count) {
      return wrong("The number of clusters is not the one stated.");
    }
    if (name == "modularity") {
      stated = true;
      if (!recomputed || !same(std::get<double>(value), *recomputed)) {
        return wrong("The modularity of the clusters is not the one stated.");
      }
    }
    if (name == "quality") {
      const double again = *quality == ClusterQuality::cpm ? totals.constant_potts(promise.resolution)
                                                           : totals.modularity(promise.resolution).value_or(0);
      if (!same(std::get<double>(value), again)) return wrong("The quality of the clusters is not the one stated.");
    }
  }
  if (recomputed && !stated) return wrong("The modularity is missing.");

  std::string sentence = "Modularity was computed again from the clusters and agrees";
  if (!promise.connected && !promise.optimal) return sentence + ".";
  const Level ground = ground_level(graph, *weights, *quality);
  Grouping by_rank(group.size());
  for (const NodeId v : graph.nodes()) by_rank[graph.hub_first().rank_of(v)] = group[v.index];
  if (promise.connected) {
    Grouping pieces = by_rank;
    if (split_disconnected(ground, pieces) > 0) return wrong("A cluster falls apart into pieces without a tie.");
    sentence += "; every cluster is connected";
  }
  if (promise.optimal) {
    const double penalty = penalty_of(ground, *quality, promise.resolution, weights->exponent);
    if (Ladder(ground, penalty, Random(1), {}).climb(Climb::by_clusters, by_rank) > 0) {
      return wrong("Moving a node or merging two clusters would raise the quality.");
    }
    sentence += "; neither moving a node nor merging two clusters would raise the quality";
  }
  return sentence + ".";
}

}  // namespace entente

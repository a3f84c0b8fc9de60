#include "algorithms/community/louvain.hpp"

#include <utility>

#include "algorithms/community/checks.hpp"
#include "algorithms/community/climb.hpp"

namespace entente {

Result<Clustering> louvain(const Symmetric& graph, const EdgeColumn<double>& weight, const LouvainOptions& options,
                           const Job& job) {
  if (options.max_iterations < 1) return no_iterations();
  const auto run = [&](const Level& ground, double penalty, Random random) {
    ClusterRun result{.group = singletons(ground.size())};
    while (!result.converged && result.iterations < options.max_iterations && !job.cancelled()) {
      ++result.iterations;
      result.converged = climb(ground, penalty, Climb::by_clusters, result.group, random, job) == 0;
    }
    return result;
  };
  return best_of_runs(graph, weight,
                      {ClusterQuality::modularity, options.resolution, options.seed, options.runs}, run, job);
}

Card louvain_card() {
  return describe<LouvainOptions, Clustering>("louvain", "community")
      .summary("Clusters with many ties inside, by greedy moves that raise modularity.")
      .cost("about O(m) per iteration and run")
      .convention("directions ignored; weights are strengths; parallel edges add up; a self-loop counts twice in the "
                  "strength of its node; an isolate is a cluster of its own; a cluster may be disconnected")
      .source("blondel2008fast")
      .source("reichardt2006statistical")
      .source("gates2019element")
      .option("resolution", &LouvainOptions::resolution, {0, 1e9}, "above 0; higher for more and smaller clusters")
      .option("seed", &LouvainOptions::seed, {0, 0x1p53}, "of the random orders")
      .option("runs", &LouvainOptions::runs, {1, 1e6}, "searches, of which the best is kept; 1 = no stability")
      .option("max_iterations", &LouvainOptions::max_iterations, {1, 1e6}, "iterations allowed in a run")
      .per_node("cluster", &Clustering::cluster, "", "number of the cluster; 0 is the largest")
      .per_node("stability", &Clustering::stability, "share", "how far the other runs agree on the node's cluster")
      .figure("clusters", &Clustering::clusters, "clusters", "how many clusters there are")
      .figure("modularity", &Clustering::modularity, "", "of the clusters, at resolution 1")
      .figure("quality", &Clustering::quality, "", "what was maximised: modularity at the resolution asked for")
      .figure("iterations", &Clustering::iterations, "iterations", "of the run that was kept")
      .figure("converged", &Clustering::converged, "", "its last iteration changed nothing")
      .also([](Clustering& answer, Findings& findings) { findings.notes = std::move(answer.notes); })
      .verified_by([](const Problem& problem, const LouvainOptions&, const Findings& findings) {
        return verified_clusters(problem, findings, false);
      })
      .runs([](const Problem& problem, const LouvainOptions& options, const Job& job) {
        return with_weights(problem, [&](const EdgeColumn<double>& weight) {
          return louvain(*problem.symmetric, weight, options, job);
        });
      });
}

}  // namespace entente

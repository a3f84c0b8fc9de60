#include "algorithms/community/louvain.hpp"

#include <utility>

#include "algorithms/community/checks.hpp"
#include "algorithms/community/climb.hpp"

namespace entente {

namespace {

Result<Clustering> louvain_search(const Graph& graph, const EdgeColumn<double>& weight, ClusterQuality modularity,
                                  const LouvainOptions& options, const Job& job) {
  const auto quality = quality_named(options.quality, modularity);
  if (!quality) return tl::unexpected(quality.error());
  if (options.max_iterations < 1) return no_iterations();
  const auto run = [&](const Level& ground, double penalty, Random random, const Job& run_job) {
    ClusterRun result{.group = singletons(ground.size())};
    Ladder ladder(ground, penalty, random, run_job);
    const bool hubs_last = hubs_should_wait(ground);
    while (!result.converged && result.iterations < options.max_iterations && !run_job.cancelled()) {
      ++result.iterations;
      // Where few hubs hold most ties, groups form round them more slowly.
      const MovingLimits limits = limits_of_climb(result.iterations, hubs_last ? 2 : 3, hubs_last);
      result.converged = ladder.climb(Climb::by_clusters, result.group, limits) == 0;
      run_job.report("louvain iterations", static_cast<std::size_t>(result.iterations),
                     static_cast<std::size_t>(options.max_iterations));
    }
    return result;
  };
  return best_of_runs(graph, weight, {*quality, options.resolution, options.seed, options.runs}, run, job);
}

}  // namespace

Result<Clustering> louvain(const Symmetric& graph, const EdgeColumn<double>& weight, const LouvainOptions& options,
                           const Job& job) {
  return louvain_search(graph.both_ways(), weight, ClusterQuality::modularity, options, job);
}

Result<Clustering> louvain(const Graph& graph, const EdgeColumn<double>& weight, const LouvainOptions& options,
                           const Job& job) {
  return louvain_search(graph, weight, ClusterQuality::directed_modularity, options, job);
}

Card louvain_card() {
  return describe<LouvainOptions, Clustering>("louvain", "community")
      .summary("Clusters with many ties inside, by greedy moves that raise modularity.")
      .cost("about O(m) per iteration and run")
      .convention(cluster_convention("a self-loop counts twice in the strength of its node, once in each direction "
                                     "with follow_directions",
                                     "directions are ignored unless follow_directions is set", "; a cluster may be disconnected"))
      .source("blondel2008fast")
      .source("reichardt2006statistical")
      .source("leicht2008community")
      .source("traag2011narrow")
      .source("gates2019element")
      .choice("quality", &LouvainOptions::quality, {"modularity", "cpm"}, "what to maximise; cpm: constant Potts model")
      .flag("follow_directions", &LouvainOptions::directed, "follow directions: modularity of directed networks")
      .option("resolution", &LouvainOptions::resolution, {0, 1e9}, "above 0; higher for more and smaller clusters")
      .option("seed", &LouvainOptions::seed, {0, 0x1p53}, "of the random orders")
      .option("runs", &LouvainOptions::runs, {1, 1e6}, "searches, of which the best is kept; 1 = no stability")
      .option("max_iterations", &LouvainOptions::max_iterations, {1, 1e6}, "iterations allowed in a run")
      .per_node("cluster", &Clustering::cluster, "", "number of the cluster; 0 is the largest")
      .per_node("stability", &Clustering::stability, "share", "how far the other runs agree on the node's cluster")
      .figure("clusters", &Clustering::clusters, "clusters", "how many clusters there are")
      .figure("modularity", &Clustering::modularity, "", "of the clusters, at resolution 1")
      .figure("quality", &Clustering::quality, "", "what was maximised, at the resolution asked for")
      .figure("iterations", &Clustering::iterations, "iterations", "of the run that was kept")
      .figure("converged", &Clustering::converged, "", "its last iteration changed nothing")
      .also([](Clustering& answer, Findings& findings) { findings.notes = std::move(answer.notes); })
      .verified_by([](const Problem& problem, const LouvainOptions& options, const Findings& findings) {
        return verified_clusters(problem, findings,
                                 {.quality = options.quality,
                                  .directed = options.directed,
                                  .resolution = options.resolution,
                                  .connected = false,
                                  .optimal = found_converged(findings)});
      })
      .runs([](const Problem& problem, const LouvainOptions& options, const Job& job) {
        return with_weights(problem, [&](const EdgeColumn<double>& weight) {
          return options.directed ? louvain(*problem.graph, weight, options, job)
                                  : louvain(*problem.symmetric, weight, options, job);
        });
      });
}

}  // namespace entente

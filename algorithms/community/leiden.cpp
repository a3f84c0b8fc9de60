#include "algorithms/community/leiden.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/community/checks.hpp"
#include "algorithms/community/climb.hpp"

namespace entente {

namespace {

/// Most of what many iterations gain, they gain on small networks, where they cost nothing.
int iterations_by_size(std::size_t edges) {
  return static_cast<int>(std::clamp<std::size_t>(10'000'000 / std::max<std::size_t>(1, edges), 3, 100));
}

Result<Clustering> leiden_search(const Graph& graph, const EdgeColumn<double>& weight, ClusterQuality modularity,
                                 const LeidenOptions& options, const Job& job) {
  const auto quality = quality_named(options.quality, modularity);
  if (!quality) return tl::unexpected(quality.error());
  if (options.max_iterations < 0) {
    return fail(ErrorCode::bad_argument, "max_iterations must not be negative; 0 chooses by size.",
                "option max_iterations");
  }
  const int allowed = options.max_iterations > 0 ? options.max_iterations : iterations_by_size(graph.edge_count());
  const auto run = [&](const Level& ground, double penalty, Random random, const Job& run_job) {
    ClusterRun result{.group = singletons(ground.size())};
    Ladder ladder(ground, penalty, random, run_job);
    const bool hubs_last = hubs_should_wait(ground);
    while (!result.converged && result.iterations < allowed && !run_job.cancelled()) {
      ++result.iterations;
      // Where hubs wait, whole clusters come out well: the first climb costs less by them, and what it joins too early,
      // the next one takes apart again.
      const bool whole = hubs_last && result.iterations == 1;
      const MovingLimits limits = limits_of_climb(result.iterations, 2, hubs_last);
      result.converged = ladder.climb(whole ? Climb::by_clusters : Climb::by_parts, result.group, limits) == 0;
      if (whole) ladder.part_disconnected(result.group);
      run_job.report("leiden iterations", static_cast<std::size_t>(result.iterations),
                     static_cast<std::size_t>(allowed));
    }
    // Stopped short: at least nothing simple is left to gain.
    while (!result.converged && !run_job.cancelled() && ladder.climb(Climb::by_clusters, result.group) > 0) {
      ladder.part_disconnected(result.group);
    }
    return result;
  };
  return best_of_runs(graph, weight, {*quality, options.resolution, options.seed, options.runs}, run, job);
}

}  // namespace

Result<Clustering> leiden(const Symmetric& graph, const EdgeColumn<double>& weight, const LeidenOptions& options,
                          const Job& job) {
  return leiden_search(graph.both_ways(), weight, ClusterQuality::modularity, options, job);
}

Result<Clustering> leiden(const Graph& graph, const EdgeColumn<double>& weight, const LeidenOptions& options,
                          const Job& job) {
  return leiden_search(graph, weight, ClusterQuality::directed_modularity, options, job);
}

Card leiden_card() {
  return describe<LeidenOptions, Clustering>("leiden", "community")
      .summary("Clusters with many ties inside, every cluster connected.")
      .cost("about O(m) per iteration and run")
      .convention(cluster_convention("a self-loop counts twice in the strength of its node, once in each direction "
                                     "with follow_directions",
                                     "directions are ignored unless follow_directions is set", "; every cluster is connected"))
      .source("traag2019louvain")
      .source("traag2011narrow")
      .source("leicht2008community")
      .source("gates2019element")
      .choice("quality", &LeidenOptions::quality, {"modularity", "cpm"}, "what to maximise; cpm: constant Potts model")
      .flag("follow_directions", &LeidenOptions::directed, "follow directions: modularity of directed networks")
      .option("resolution", &LeidenOptions::resolution, {0, 1e9}, "above 0; higher for more and smaller clusters")
      .option("seed", &LeidenOptions::seed, {0, 0x1p53}, "of the random orders and choices")
      .option("runs", &LeidenOptions::runs, {1, 1e6}, "searches, of which the best is kept; 1 = no stability")
      .option("max_iterations", &LeidenOptions::max_iterations, {0, 1e6},
              "iterations allowed in a run; 0 = 100, fewer beyond 100,000 ties, but at least 3")
      .per_node("cluster", &Clustering::cluster, "", "number of the cluster; 0 is the largest")
      .per_node("stability", &Clustering::stability, "share", "how far the other runs agree on the node's cluster")
      .figure("clusters", &Clustering::clusters, "clusters", "how many clusters there are")
      .figure("modularity", &Clustering::modularity, "", "of the clusters, at resolution 1")
      .figure("quality", &Clustering::quality, "", "what was maximised, at the resolution asked for")
      .figure("iterations", &Clustering::iterations, "iterations", "of the run that was kept")
      .figure("converged", &Clustering::converged, "", "its last iteration changed nothing")
      .also([](Clustering& answer, Findings& findings) { findings.notes = std::move(answer.notes); })
      .verified_by([](const Problem& problem, const LeidenOptions& options, const Findings& findings) {
        return verified_clusters(problem, findings,
                                 {.quality = options.quality,
                                  .directed = options.directed,
                                  .resolution = options.resolution,
                                  .connected = true,
                                  .optimal = true});
      })
      .runs([](const Problem& problem, const LeidenOptions& options, const Job& job) {
        return with_weights(problem, [&](const EdgeColumn<double>& weight) {
          return options.directed ? leiden(*problem.graph, weight, options, job)
                                  : leiden(*problem.symmetric, weight, options, job);
        });
      });
}

}  // namespace entente

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

}  // namespace

Result<Clustering> leiden(const Symmetric& graph, const EdgeColumn<double>& weight, const LeidenOptions& options,
                          const Job& job) {
  if (options.quality != "modularity" && options.quality != "cpm") {
    return fail(ErrorCode::bad_argument, "quality must be one of: modularity, cpm.", "option quality");
  }
  if (options.max_iterations < 0) {
    return fail(ErrorCode::bad_argument, "max_iterations must not be negative; 0 chooses by size.",
                "option max_iterations");
  }
  const int allowed = options.max_iterations > 0 ? options.max_iterations : iterations_by_size(graph.edge_count());
  const auto run = [&](const Level& ground, double penalty, Random random) {
    ClusterRun result{.group = singletons(ground.size())};
    // Parts are connected, but a cluster of parts need not be where its last move took away the part that
    // joined the others. Parting pieces without a tie raises the quality, so the search still ends.
    const auto improve = [&](Climb by) {
      const std::size_t moves = climb(ground, penalty, by, result.group, random, job);
      return moves + split_disconnected(ground, result.group);
    };
    while (!result.converged && result.iterations < allowed && !job.cancelled()) {
      ++result.iterations;
      result.converged = improve(Climb::by_parts) == 0;
    }
    // Stopped short: at least nothing simple is left to gain.
    while (!result.converged && improve(Climb::by_clusters) > 0 && !job.cancelled()) {
    }
    return result;
  };
  const auto quality = options.quality == "cpm" ? ClusterQuality::cpm : ClusterQuality::modularity;
  return best_of_runs(graph, weight, {quality, options.resolution, options.seed, options.runs}, run, job);
}

Card leiden_card() {
  return describe<LeidenOptions, Clustering>("leiden", "community")
      .summary("Clusters with many ties inside, every cluster connected.")
      .cost("about O(m) per iteration and run")
      .convention("directions ignored; weights are strengths; parallel edges add up; a self-loop counts twice in the "
                  "strength of its node; an isolate is a cluster of its own")
      .source("traag2019louvain")
      .source("traag2011narrow")
      .source("gates2019element")
      .choice("quality", &LeidenOptions::quality, {"modularity", "cpm"}, "what to maximise; cpm: constant Potts model")
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
      .verified_by([](const Problem& problem, const LeidenOptions&, const Findings& findings) {
        return verified_clusters(problem, findings, true);
      })
      .runs([](const Problem& problem, const LeidenOptions& options, const Job& job) {
        return with_weights(problem, [&](const EdgeColumn<double>& weight) {
          return leiden(*problem.symmetric, weight, options, job);
        });
      });
}

}  // namespace entente

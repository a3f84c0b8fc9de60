#include "algorithms/community/label_propagation.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "algorithms/community/checks.hpp"

namespace entente {

namespace {

/// One node after the other takes over its neighbours' heaviest label. Returns how many labels changed.
std::size_t label_sweep(const Level& level, Grouping& label, Grouping& order, Random& random, const Job& job) {
  std::vector<double> weight_of(level.size(), 0);
  std::vector<std::uint32_t> touched, heaviest;
  std::size_t changes = 0;
  shuffle(order, random);
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (i % 4096 == 0 && job.cancelled()) break;
    const std::uint32_t v = order[i];
    double most = 0;
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      const std::uint32_t l = label[level.neighbour[a]];
      if (weight_of[l] == 0) touched.push_back(l);
      weight_of[l] += level.weight[a];
      most = std::max(most, weight_of[l]);
    }
    // Sums that differ by rounding alone are equal; otherwise labels could chase each other for ever.
    const double enough = most * (1 - 1e-12);
    if (most > 0 && weight_of[label[v]] < enough) {
      for (const std::uint32_t l : touched) {
        if (weight_of[l] >= enough) heaviest.push_back(l);
      }
      label[v] = heaviest[random.below(heaviest.size())];
      heaviest.clear();
      ++changes;
    }
    for (const std::uint32_t l : touched) weight_of[l] = 0;
    touched.clear();
  }
  return changes;
}

}  // namespace

Result<Clustering> label_propagation(const Symmetric& graph, const EdgeColumn<double>& weight,
                                     const LabelPropagationOptions& options, const Job& job) {
  if (options.max_iterations < 1) return no_iterations();
  const auto run = [&](const Level& ground, double, Random random) {
    ClusterRun result{.group = singletons(ground.size())};
    Grouping order = singletons(ground.size());
    while (!result.converged && result.iterations < options.max_iterations && !job.cancelled()) {
      ++result.iterations;
      result.converged = label_sweep(ground, result.group, order, random, job) == 0;
    }
    split_disconnected(ground, result.group);
    return result;
  };
  return best_of_runs(graph, weight, {ClusterQuality::modularity, 1, options.seed, options.runs}, run, job);
}

Card label_propagation_card() {
  return describe<LabelPropagationOptions, Clustering>("label_propagation", "community")
      .summary("Clusters whose nodes share the label that weighs most among their neighbours.")
      .cost("O(m) per sweep and run")
      .convention("directions ignored; weights are strengths; parallel edges add up; self-loops count for nothing; an "
                  "isolate is a cluster of its own")
      .source("raghavan2007near")
      .source("gates2019element")
      .option("seed", &LabelPropagationOptions::seed, {0, 0x1p53}, "of the random orders and choices")
      .option("runs", &LabelPropagationOptions::runs, {1, 1e6}, "searches, of which the best is kept; 1 = no stability")
      .option("max_iterations", &LabelPropagationOptions::max_iterations, {1, 1e6}, "sweeps allowed in a run")
      .per_node("cluster", &Clustering::cluster, "", "number of the cluster; 0 is the largest")
      .per_node("stability", &Clustering::stability, "share", "how far the other runs agree on the node's cluster")
      .figure("clusters", &Clustering::clusters, "clusters", "how many clusters there are")
      .figure("modularity", &Clustering::modularity, "", "of the clusters")
      .figure("iterations", &Clustering::iterations, "sweeps", "of the run that was kept")
      .figure("converged", &Clustering::converged, "", "its last sweep changed nothing")
      .also([](Clustering& answer, Findings& findings) { findings.notes = std::move(answer.notes); })
      .verified_by([](const Problem& problem, const LabelPropagationOptions&, const Findings& findings) {
        return verified_clusters(problem, findings, true);
      })
      .runs([](const Problem& problem, const LabelPropagationOptions& options, const Job& job) {
        return with_weights(problem, [&](const EdgeColumn<double>& weight) {
          return label_propagation(*problem.symmetric, weight, options, job);
        });
      });
}

}  // namespace entente

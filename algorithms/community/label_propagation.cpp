#include "algorithms/community/label_propagation.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "algorithms/community/checks.hpp"
#include "algorithms/community/local_moving.hpp"
#include "algorithms/community/ties.hpp"
#include "algorithms/community/visiting.hpp"

// While nearly every node has a label of its own, one that happens upon some hubs floods the network. So the first
// sweep weighs labels against what chance would give them: it is one of modularity [barber2009detecting]. A later
// sweep looks again only at nodes of which a neighbour took over another label; for all others nothing can have
// become heavier than their own. So the sweeps after the first few cost next to nothing, and the labels are those
// of whole sweeps.

namespace entente {

namespace {

template <class Ties>
class LabelSweeps {
 public:
  LabelSweeps(const Ties& ties, Grouping& label, Random& random)
      : ties_(ties), level_(ties.level), label_(label), random_(random), order_(level_.size()),
        doubtful_(level_.size(), 1), weight_of_(level_.size(), Weight{}), touched_(level_.size() + 1) {}

  /// One node after the other takes over its neighbours' heaviest label. Returns how many labels changed.
  std::size_t sweep(const Job& job) {
    const std::size_t n = level_.size();
    visiting_order(order_, n, random_, 4);
    std::size_t changes = 0;
    for (std::size_t i = 0; i < n; ++i) {
      if (i % 2048 == 0 && job.cancelled()) break;
      prefetch(i);
      const std::uint32_t v = order_[i];
      if (!std::exchange(doubtful_[v], std::uint8_t{0}) || own_outweighs_all(v)) continue;
      if (!take_over(v)) continue;
      ++changes;
      for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
        const std::uint32_t u = level_.neighbour[a];
        doubtful_[u] = static_cast<std::uint8_t>(doubtful_[u] | (label_[u] != label_[v]));
      }
    }
    return changes;
  }

 private:
  using Weight = typename Ties::Weight;

  void prefetch(std::size_t i) const {
    if (i + 8 < order_.size()) prefetch_row(level_, order_[i + 8]);
    if (i + 3 >= order_.size()) return;
    const std::uint32_t v = order_[i + 3];
    if (!doubtful_[v]) return;
    const std::uint64_t end = std::min(level_.begin[v + 1], level_.begin[v] + 16);
    for (std::uint64_t a = level_.begin[v]; a < end; ++a) __builtin_prefetch(&label_[level_.neighbour[a]]);
  }

  bool own_outweighs_all(std::uint32_t v) const {
    const std::uint32_t own = label_[v];
    Weight inside{};
    for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
      inside += label_[level_.neighbour[a]] == own ? ties_.weight(a) : Weight{};
    }
    return static_cast<double>(inside) >= level_.tied[v] - static_cast<double>(inside);
  }

  bool take_over(std::uint32_t v) {
    std::size_t labels = 0;
    for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
      const std::uint32_t l = label_[level_.neighbour[a]];
      touched_[labels] = l;
      labels += weight_of_[l] == 0;
      weight_of_[l] += ties_.weight(a);
    }
    const auto own = static_cast<double>(weight_of_[label_[v]]);
    double most = 0;
    for (std::size_t i = 0; i < labels; ++i) most = std::max(most, static_cast<double>(weight_of_[touched_[i]]));
    // Sums that differ by rounding alone are equal; otherwise labels could chase each other for ever.
    const double enough = most * (1 - 1e-12);
    std::size_t heaviest = 0;
    for (std::size_t i = 0; i < labels; ++i) {
      const std::uint32_t l = touched_[i];
      touched_[heaviest] = l;
      heaviest += static_cast<double>(std::exchange(weight_of_[l], Weight{})) >= enough;
    }
    if (!(own < enough)) return false;
    label_[v] = touched_[random_.below(heaviest)];
    return true;
  }

  const Ties& ties_;
  const Level& level_;
  Grouping& label_;
  Random& random_;
  Buffer<std::uint32_t> order_;
  Buffer<std::uint8_t> doubtful_;
  Buffer<Weight> weight_of_;
  Buffer<std::uint32_t> touched_;
};

}  // namespace

Result<Clustering> label_propagation(const Symmetric& graph, const EdgeColumn<double>& weight,
                                     const LabelPropagationOptions& options, const Job& job) {
  if (options.max_iterations < 1) return no_iterations();
  const auto run = [&](const Level& ground, double penalty, Random random, const Job& run_job) {
    ClusterRun result{.group = singletons(ground.size())};
    with_ties(ground, [&](const auto& ties) {
      LabelSweeps sweeps(ties, result.group, random);
      while (!result.converged && result.iterations < options.max_iterations && !run_job.cancelled()) {
        ++result.iterations;
        if (result.iterations == 1) move_nodes(ground, penalty, result.group, random, run_job, {.looks_per_node = 1});
        else result.converged = sweeps.sweep(run_job) == 0;
        run_job.report("label sweeps", static_cast<std::size_t>(result.iterations),
                       static_cast<std::size_t>(options.max_iterations));
      }
    });
    split_disconnected(ground, result.group);
    return result;
  };
  return best_of_runs(graph.both_ways(), weight, {ClusterQuality::modularity, 1, options.seed, options.runs}, run, job);
}

Card label_propagation_card() {
  return describe<LabelPropagationOptions, Clustering>("label_propagation", "community")
      .summary("Clusters whose nodes share the label that weighs most among their neighbours.")
      .cost("O(m) per sweep and run")
      .convention(cluster_convention("self-loops count for nothing", "directions are ignored",
                                     "; every cluster is connected"))
      .source("raghavan2007near")
      .source("barber2009detecting")
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
        return verified_clusters(problem, findings, {});
      })
      .runs([](const Problem& problem, const LabelPropagationOptions& options, const Job& job) {
        return with_weights(problem, [&](const EdgeColumn<double>& weight) {
          return label_propagation(*problem.symmetric, weight, options, job);
        });
      });
}

}  // namespace entente

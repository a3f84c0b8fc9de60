#include "algorithms/community/label_propagation.hpp"

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/community/checks.hpp"
#include "algorithms/community/label_network.hpp"
#include "algorithms/community/label_sweeps.hpp"
#include "algorithms/community/ties.hpp"
#include "engine/hub_first.hpp"
#include "engine/text.hpp"

// While nearly every node has a label of its own, one that happens upon some hubs floods the network. So the first
// sweep weighs labels against what chance would give them: it is one of modularity [barber2009detecting]. It begins
// with the hubs, which agree on labels while these are few: then most nodes meet labels that will last, and fewer of
// them change later.
//
// A later sweep looks again only at nodes of which a neighbour took over another label; for all others nothing can have
// become heavier than their own. So the sweeps after the first few cost next to nothing, and the labels are those
// of whole sweeps. The weight inside the labels is known from what each node gave up and took: modularity needs no
// further look at the ties.

namespace entente {

namespace {

JudgedRun run_labels(const Level& network, std::span<const std::uint32_t> rank_of, Random random, int max_iterations,
                    const Job& job) {
  JudgedRun run;
  Grouping label = singletons(network.size());
  double inside = 0;
  const auto spread = [&](const auto& ties) {
    LabelSweeps sweeps(ties, label, random);
    while (!run.converged && run.iterations < max_iterations && !job.cancelled()) {
      if (++run.iterations == 1) sweeps.first_sweep(job);
      else run.converged = sweeps.sweep(job) == 0;
      job.report("label sweeps", static_cast<std::size_t>(run.iterations), static_cast<std::size_t>(max_iterations));
    }
    inside = sweeps.inside();
  };
  if (network.counted) spread(CountedTies{network});
  else spread(WeightedTies{network});
  if (job.cancelled()) return run;

  run.modularity = label_modularity(network, label, part_labels(network, label), inside);
  run.quality = run.modularity.value_or(0);
  Grouping in_user_order(label.size());
  for (std::size_t v = 0; v < label.size(); ++v) in_user_order[v] = label[rank_of[v]];
  run.numbering = numbered_by_size(in_user_order);
  return run;
}

}  // namespace

Result<Clustering> label_propagation(const Symmetric& graph, const EdgeColumn<double>& weight,
                                     const LabelPropagationOptions& options, const Job& job) {
  if (options.max_iterations < 1) return no_iterations();
  if (options.runs < 1) return fail(ErrorCode::bad_argument, "runs must be at least 1.", "option runs");
  const auto network = label_network(graph, weight, job);
  if (!network) return tl::unexpected(network.error());
  const std::span<const std::uint32_t> rank_of = graph.hub_first(job).rank_of();

  auto result = best_run(options.runs, options.seed, [&](Random random, const Job& run_job) {
    return run_labels(*network, rank_of, random, options.max_iterations, run_job);
  }, job);
  if (result && !result->converged) {
    result->notes.push_back("Labels were still changing when the search stopped after " +
                            counted(static_cast<std::size_t>(result->iterations), "sweep", "sweeps") + "; more may give better clusters.");
  }
  return result;
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

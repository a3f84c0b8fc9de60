#include "algorithms/community/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/community/modularity.hpp"
#include "engine/hub_first.hpp"
#include "engine/parallel.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

std::vector<std::vector<std::uint32_t>> members_of_clusters(const NodeColumn<std::int64_t>& cluster) {
  std::vector<std::vector<std::uint32_t>> members;
  for (std::uint32_t v = 0; v < cluster.size(); ++v) {
    const auto c = static_cast<std::size_t>(cluster[NodeId{v}]);
    if (c >= members.size()) members.resize(c + 1);
    members[c].push_back(v);
  }
  return members;
}

}  // namespace

double penalty_of(const Level& ground, ClusterQuality quality, double resolution, int exponent) {
  if (quality == ClusterQuality::cpm) {
    // In the unit of the level's weights. No tie can pay a price of 1e100, and larger ones could overflow.
    return std::min(std::ldexp(resolution, -exponent) / ground.unit, 1e100);
  }
  const double all = ground.directed() ? ground.doubled / 2 : ground.doubled;
  return all > 0 ? resolution / all : 0.0;
}

void add_element_similarity(const NodeColumn<std::int64_t>& a, const NodeColumn<std::int64_t>& b,
                            NodeColumn<double>& sum) {
  std::vector<std::size_t> size_in_b(b.size(), 0), common(b.size(), 0);
  for (const std::int64_t c : b.values()) ++size_in_b[static_cast<std::size_t>(c)];
  const auto other = [&](std::uint32_t v) { return static_cast<std::size_t>(b[NodeId{v}]); };
  for (const std::vector<std::uint32_t>& members : members_of_clusters(a)) {
    for (const std::uint32_t v : members) ++common[other(v)];
    for (const std::uint32_t v : members) {
      sum[NodeId{v}] += static_cast<double>(common[other(v)]) /
                        static_cast<double>(std::max(members.size(), size_in_b[other(v)]));
    }
    for (const std::uint32_t v : members) common[other(v)] = 0;
  }
}

Result<Clustering> best_run(int runs, Seed seed, const std::function<JudgedRun(Random, const Job&)>& run, const Job& job) {
  if (runs < 1) return fail(ErrorCode::bad_argument, "runs must be at least 1.", "option runs");
  std::vector<JudgedRun> judged(static_cast<std::size_t>(runs));
  const auto at_once = static_cast<std::size_t>(thread_count(job, judged.size()));
  Job run_job = job;
  if (runs > 1) run_job.progress = nullptr;
  for (std::size_t first = 0; first < judged.size(); first += at_once) {
    for_each_long_block(std::min(at_once, judged.size() - first), job,
                        [&](std::size_t i) { judged[first + i] = run(Random(seed, first + i + 1), run_job); });
    if (job.cancelled()) return interrupted();
    job.report("clusters", std::min(first + at_once, judged.size()), judged.size());
  }

  const auto best = std::ranges::max_element(judged, {}, &JudgedRun::quality);
  Clustering result;
  if (runs > 1) {
    NodeColumn<double> similarity(best->numbering.group.size(), 0);
    for (auto other = judged.begin(); other != judged.end(); ++other) {
      if (other != best) add_element_similarity(best->numbering.group, other->numbering.group, similarity);
    }
    for (double& s : similarity.values()) s /= static_cast<double>(runs - 1);
    result.stability = std::move(similarity);
  }
  result.cluster = std::move(best->numbering.group);
  result.clusters = best->numbering.count;
  result.modularity = best->modularity;
  result.quality = best->quality;
  result.iterations = best->iterations;
  result.converged = best->converged;
  if (!result.modularity) {
    result.notes.push_back(
        "No tie has any weight, so modularity does not exist and every node is a cluster of its own.");
  }
  return result;
}

Result<Clustering> best_of_runs(const Graph& graph, const EdgeColumn<double>& weight, const ClusterSearch& search,
                                const ClusterKernel& kernel, const Job& job) {
  if (!(search.resolution > 0) || !std::isfinite(search.resolution)) {
    return fail(ErrorCode::bad_argument, "resolution must be a positive number.", "option resolution");
  }
  const auto scaled = scaled_weights(graph, weight);
  if (!scaled) return tl::unexpected(scaled.error());
  const Level ground = ground_level(graph, *scaled, search.quality, job);
  const double penalty = penalty_of(ground, search.quality, search.resolution, scaled->exponent);
  const std::span<const std::uint32_t> rank_of = graph.hub_first(job).rank_of();

  const auto judged_run = [&](Random random, const Job& run_job) {
    const ClusterRun found = kernel(ground, penalty, random, run_job);
    JudgedRun result{.numbering = {}, .modularity = {}, .iterations = found.iterations, .converged = found.converged};
    if (job.cancelled()) return result;
    Grouping cluster(rank_of.size());
    for (std::size_t v = 0; v < cluster.size(); ++v) cluster[v] = found.group[rank_of[v]];
    result.numbering = numbered_by_size(cluster);
    const auto count = static_cast<std::size_t>(result.numbering.count);
    const ClusterTotals totals = group_totals(ground, search.quality, scaled->exponent, found.group, count);
    result.modularity = totals.modularity(1);
    result.quality = search.quality == ClusterQuality::cpm ? totals.constant_potts(search.resolution)
                                                           : totals.modularity(search.resolution).value_or(0);
    return result;
  };
  auto result = best_run(search.runs, search.seed, judged_run, job);
  if (result && !result->converged) {
    result->notes.push_back("The search was stopped after " + counted(static_cast<std::size_t>(result->iterations), "iteration", "iterations") +
                            ", before one changed nothing; more may find slightly better clusters.");
  }
  return result;
}

}  // namespace entente

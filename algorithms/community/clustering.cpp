#include "algorithms/community/clustering.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/community/modularity.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

double penalty_of(const Level& ground, const ClusterSearch& search, int exponent) {
  if (search.quality == ClusterQuality::modularity) {
    return ground.doubled > 0 ? search.resolution / ground.doubled : 0.0;
  }
  // In the unit of the scaled weights. No tie can pay a price of 1e100, and larger ones could overflow.
  return std::min(std::ldexp(search.resolution, -exponent), 1e100);
}

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

Result<Clustering> best_of_runs(const Symmetric& graph, const EdgeColumn<double>& weight, const ClusterSearch& search,
                                const ClusterKernel& kernel, const Job& job) {
  if (!(search.resolution > 0) || !std::isfinite(search.resolution)) {
    return fail(ErrorCode::bad_argument, "resolution must be a positive number.", "option resolution");
  }
  if (search.runs < 1) return fail(ErrorCode::bad_argument, "runs must be at least 1.", "option runs");
  const auto scaled = scaled_weights(graph, weight);
  if (!scaled) return tl::unexpected(scaled.error());
  const Level ground = ground_level(graph, *scaled, search.quality);
  const double penalty = penalty_of(ground, search, scaled->exponent);

  struct Judged {
    Numbering numbering;
    double quality = 0;
    std::int64_t iterations = 0;
    bool converged = false;
  };
  const auto runs = static_cast<std::size_t>(search.runs);
  std::vector<Judged> judged(runs);
  const auto at_once = static_cast<std::size_t>(thread_count(job, runs));
  for (std::size_t first = 0; first < runs; first += at_once) {
    for_each_block(std::min(at_once, runs - first), job, [&](std::size_t i) {
      const std::size_t run = first + i;
      ClusterRun found = kernel(ground, penalty, Random(search.seed, run + 1));
      if (job.cancelled()) return;
      Judged& result = judged[run];
      result.numbering = numbered_by_size(found.group);
      result.iterations = found.iterations;
      result.converged = found.converged;
      result.quality = search.quality == ClusterQuality::modularity
                           ? modularity(graph, weight, result.numbering.group, search.resolution)->value_or(0)
                           : *constant_potts_quality(graph, weight, result.numbering.group, search.resolution);
    });
    if (job.cancelled()) return interrupted();
    job.report("clusters", std::min(first + at_once, runs), runs);
  }

  const auto best = std::ranges::max_element(judged, {}, &Judged::quality);  // the first of several
  Clustering result;
  if (runs > 1) {
    NodeColumn<double> similarity(graph.node_count(), 0);
    for (auto run = judged.begin(); run != judged.end(); ++run) {
      if (run != best) add_element_similarity(best->numbering.group, run->numbering.group, similarity);
    }
    for (double& s : similarity.values()) s /= static_cast<double>(runs - 1);
    result.stability = std::move(similarity);
  }
  result.cluster = std::move(best->numbering.group);
  result.clusters = best->numbering.count;
  result.modularity = *modularity(graph, weight, result.cluster);
  result.quality = best->quality;
  result.iterations = best->iterations;
  result.converged = best->converged;
  if (!result.modularity) {
    result.notes.push_back(
        "No tie has any weight, so modularity does not exist and every node is a cluster of its own.");
  }
  if (!result.converged) {
    result.notes.push_back("The search was stopped after " + std::to_string(result.iterations) +
                           " iterations, before one changed nothing; more may find slightly better clusters.");
  }
  return result;
}

}  // namespace entente

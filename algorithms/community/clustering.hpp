#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/community/level.hpp"
#include "engine/graph.hpp"
#include "engine/random.hpp"

namespace entente {

/// Clusters of a network, and how far to trust them.
struct Clustering {
  NodeColumn<std::int64_t> cluster;             // 0 is the largest; ties by the smallest node
  std::optional<NodeColumn<double>> stability;  // in [0, 1]; absent with a single run
  std::int64_t clusters = 0;
  std::optional<double> modularity;  // at resolution 1, directed if the search was; absent without any weight
  double quality = 0;                // what was maximised
  std::int64_t iterations = 0;       // of the run that was kept
  bool converged = false;            // its last iteration changed nothing
  std::vector<std::string> notes;
};

/// How a search for clusters is repeated and judged.
struct ClusterSearch {
  ClusterQuality quality = ClusterQuality::modularity;
  double resolution = 1;
  Seed seed = 1;
  int runs = 1;
};

/// What one run of a search leaves behind.
struct ClusterRun {
  Grouping group;
  std::int64_t iterations = 0;
  bool converged = false;
};

/// The clusters of one run, in the user's order of nodes, and how good they are.
struct JudgedRun {
  Numbering numbering;
  std::optional<double> modularity;
  double quality = 0;
  std::int64_t iterations = 0;
  bool converged = false;
};

/// Makes `runs` runs, each with a stream of the seed of its own, keeps the one of highest quality (the first of several),
/// and measures how much the others agree with it (see best_of_runs). Runs go on at the same time, so one depends on nothing
/// but its stream; its job is for cancelling and, when there is a single run, for reporting.
/// Errors   bad_argument: runs below 1; interrupted.
Result<Clustering> best_run(int runs, Seed seed, const std::function<JudgedRun(Random, const Job&)>& run, const Job& job);

/// One run on the ground level; `penalty` is what a gain is measured by (see ClusterQuality). It must
/// depend on nothing else, so that runs can go on at the same time; the job is for cancelling and,
/// when there is a single run, for reporting.
using ClusterKernel = std::function<ClusterRun(const Level& ground, double penalty, Random random, const Job& job)>;

/// What a gain on this level is measured by, for weights that were scaled by 2^-exponent.
double penalty_of(const Level& ground, ClusterQuality quality, double resolution, int exponent);

/// Runs `kernel` with search.runs independent streams of the seed, keeps the run of highest quality (the
/// first of several), and measures how much the others agree with it.
///
/// The stability of node v is the average over the other runs of its element-centric similarity
/// [gates2019element], for clusters without overlap
///
///     |C and C'| / max(|C|, |C'|)
///
/// where C and C' are the clusters of v in the kept run and in the other: 1 where all runs put v with
/// the same nodes, near 0 where each run puts it elsewhere.
///
/// The graph must run both ways unless search.quality is directed modularity.
///
/// Errors   those of `modularity`; bad_argument: runs below 1; interrupted.
Result<Clustering> best_of_runs(const Graph& graph, const EdgeColumn<double>& weight, const ClusterSearch& search,
                                const ClusterKernel& kernel, const Job& job);

/// Adds each node's similarity between two partitions, both numbered 0 … (see best_of_runs), to `sum`.
void add_element_similarity(const NodeColumn<std::int64_t>& a, const NodeColumn<std::int64_t>& b,
                            NodeColumn<double>& sum);

}  // namespace entente

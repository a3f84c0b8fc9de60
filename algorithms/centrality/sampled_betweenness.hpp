#pragma once

#include <cstdint>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"
#include "engine/random.hpp"

namespace entente {

struct Card;

struct SampledBetweennessOptions {
  double epsilon = 0.01;    // largest error, as a share of all n (n - 1) ordered pairs of nodes
  double delta = 0.1;       // chance that some interval does not hold the true value
  std::uint64_t seed = 1;
  bool normalized = false;  // as in BetweennessOptions
};

struct SampledBetweenness {
  NodeColumn<double> betweenness_sampled;  // estimate, in pairs
  NodeColumn<double> lower, upper;         // the interval of each node, in pairs
  std::int64_t samples = 0;                // paths drawn for the estimates
  std::int64_t first_samples = 0;          // paths drawn before, to plan the bounds
};

/// Betweenness by random shortest paths, for networks too large for all of them: with a chance of at least 1 - delta
/// the true value of every node lies in its interval, and no interval reaches farther from its estimate than epsilon,
/// as a share of all pairs.
///
/// A sample is an ordered pair of different nodes and one of its shortest paths, all equally likely; the estimate
/// is the share of samples that have v inside. Why the bounds hold is told at SamplingPlan; they are proven for
/// every network. What a path is, see `betweenness`; a pair without a path has nobody inside.
///
/// Input    length: one finite value > 0 per edge; null: hops. 1e-5 <= epsilon <= 0.5, 1e-9 <= delta <= 0.5.
/// Output   estimate and interval of each node, in pairs or, normalized, as a share of the pairs of other nodes;
///          the intervals are cut to what is possible. All 0 where n < 3.
/// Cost     of order max p(v) ln(1 / delta) / epsilon^2 samples, p the largest share of all pairs; a sample
///          searches from both ends, in most networks about sqrt(arcs) steps. With lengths rows are sorted first.
///          Memory 24 bytes a node, and 12 (with lengths 40) a node and thread; with lengths 16 an arc.
/// Repeats  bit for bit with the same seed, whatever the number of threads.
/// Errors   bad_argument: an option or a length out of its range. overflow: more than 1e300 shortest paths.
///          interrupted.
/// Source   search and split of delta after [borassi2016kadabra], bounds [hoeffding1963probability].
Result<SampledBetweenness> sampled_betweenness(const Graph& graph, const EdgeColumn<double>* length = nullptr,
                                               const SampledBetweennessOptions& options = {}, const Job& job = {});
Result<SampledBetweenness> sampled_betweenness(const Symmetric& graph, const EdgeColumn<double>* length = nullptr,
                                               const SampledBetweennessOptions& options = {}, const Job& job = {});

Card sampled_betweenness_card();

}  // namespace entente

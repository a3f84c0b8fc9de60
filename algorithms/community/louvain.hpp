#pragma once

#include <cstdint>

#include "algorithms/card.hpp"
#include "algorithms/community/clustering.hpp"

namespace entente {

struct LouvainOptions {
  double resolution = 1;     // > 0; higher for more and smaller clusters
  std::uint64_t seed = 1;    // of the random orders
  int runs = 20;             // searches, of which the best is kept; 1 = no stability
  int max_iterations = 100;  // climbs of one run
};

/// Louvain clusters: groups of nodes with many ties inside, by greedy moves that raise modularity.
///
/// One iteration climbs a ladder: single nodes move to the neighbouring cluster that raises modularity
/// most until none gains; then the clusters become the nodes of a smaller network, and so on up, until
/// nothing moves. The next iteration starts from single nodes again, in the clusters found, until an
/// iteration moves nothing. Then neither moving one node nor merging two clusters raises modularity.
/// A cluster may fall apart into pieces without a tie between them; `leiden` never returns such.
///
/// Input    n nodes, m edges; weight: one finite value >= 0 per edge, any unit. Parallel edges add up, a
///          self-loop counts twice in the strength of its node, a tie of weight 0 is no tie.
/// Output   cluster: n numbers 0 … clusters-1 by falling number of nodes, ties by the smallest node; an
///          isolated node is a cluster of its own. stability: see `best_of_runs`.
/// Cost     about O(m) per iteration, a handful of iterations for each run; about 12 bytes an arc,
///          and as much again for each thread.
/// Repeats  bit for bit for a seed, whatever the number of threads, which share the runs.
/// Errors   bad_argument: resolution not positive and finite, runs or max_iterations below 1, not one
///          weight per edge, a negative or non-finite weight; interrupted.
/// Source   [blondel2008fast]; resolution as in [reichardt2006statistical].
Result<Clustering> louvain(const Symmetric& graph, const EdgeColumn<double>& weight,
                           const LouvainOptions& options = {}, const Job& job = {});

Card louvain_card();

}  // namespace entente

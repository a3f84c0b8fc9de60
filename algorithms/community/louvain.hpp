#pragma once

#include <cstdint>
#include <string>

#include "algorithms/card.hpp"
#include "algorithms/community/clustering.hpp"

namespace entente {

struct LouvainOptions {
  std::string quality = "modularity";  // or "cpm", the constant Potts model
  bool directed = false;               // for the card: which of the two functions below it calls
  double resolution = 1;               // > 0; higher for more and smaller clusters
  std::uint64_t seed = 1;              // of the random orders
  int runs = 20;                       // searches, of which the best is kept; 1 = no stability
  int max_iterations = 100;            // climbs of one run
};

/// Louvain clusters: groups of nodes with many ties inside, by greedy moves that raise modularity.
///
/// One iteration climbs a ladder: single nodes move to the neighbouring cluster that raises modularity
/// most until none gains; then the clusters become the nodes of a smaller network, and so on up, until
/// nothing moves. The next iteration starts from single nodes again, in the clusters found, until an
/// iteration moves nothing. Then neither moving one node nor merging two clusters raises modularity.
/// The first iteration goes over the single nodes two or three times only: the next one starts where it stopped.
/// A cluster may fall apart into pieces without a tie between them; `leiden` never returns such.
///
/// quality is modularity, or with "cpm" the constant Potts model (see `constant_potts_quality`), in which
/// resolution is the least density, in weight per pair of nodes, that a cluster must have. With a Graph
/// modularity is that of a directed network, and the constant Potts model, which knows no directions, is refused.
///
/// Input    n nodes, m edges; weight: one finite value >= 0 per edge, any unit. Parallel edges add up, a
///          self-loop counts twice in the strength of its node, a tie of weight 0 is no tie.
/// Output   cluster: n numbers 0 … clusters-1 by falling number of nodes, ties by the smallest node; an
///          isolated node is a cluster of its own. stability: see `best_of_runs`.
/// Cost     about O(m) per iteration, two or three iterations for each run. Memory beside the graph: 48 bytes a
///          node, 12 bytes an arc unless all weights are equal, and for each thread as much again.
/// Repeats  bit for bit for a seed, whatever the number of threads. These share the runs; one run moves node
///          after node on one thread, because moves at the same time would depend on each other's timing.
/// Errors   bad_argument: an unknown quality, resolution not positive and finite, runs or max_iterations below 1, not
///          one weight per edge, a negative or non-finite weight; interrupted.
/// Source   [blondel2008fast]; resolution as in [reichardt2006statistical]; directed [leicht2008community];
///          the constant Potts model [traag2011narrow].
Result<Clustering> louvain(const Symmetric& graph, const EdgeColumn<double>& weight,
                           const LouvainOptions& options = {}, const Job& job = {});

/// As above, following the directions of the ties.
Result<Clustering> louvain(const Graph& graph, const EdgeColumn<double>& weight, const LouvainOptions& options = {},
                           const Job& job = {});

Card louvain_card();

}  // namespace entente

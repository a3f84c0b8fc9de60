#pragma once

#include <cstdint>
#include <string>

#include "algorithms/card.hpp"
#include "algorithms/community/clustering.hpp"

namespace entente {

struct LeidenOptions {
  std::string quality = "modularity";  // or "cpm", the constant Potts model
  bool directed = false;               // for the card: which of the two functions below it calls
  double resolution = 1;               // > 0; higher for more and smaller clusters
  std::uint64_t seed = 1;              // of the random orders and choices
  int runs = 20;                       // searches, of which the best is kept; 1 = no stability
  int max_iterations = 0;              // climbs of one run; 0 = 10^7 / m, but within 3 and 100
};

/// Leiden clusters: groups of nodes with many ties inside, every group connected.
///
/// As `louvain`, but between moving and aggregating each cluster is refined: divided into well-connected
/// parts, which become the nodes of the smaller network and can part again there. (Where `hubs_should_wait`, the
/// first iteration aggregates whole clusters and parts them only where they are in pieces. A level above the network on
/// which hardly a node moved is not refined again.) Iterated until an
/// iteration moves nothing, or max_iterations; then moves and mergers go on until none gains. So every
/// cluster returned is connected by ties of positive weight, and neither moving one node nor merging
/// two clusters raises the quality.
///
/// quality is modularity, or with "cpm" the constant Potts model (see `constant_potts_quality`), in which
/// resolution is the least density, in weight per pair of nodes, that a cluster must have. With a Graph
/// modularity is that of a directed network, and the constant Potts model, which knows no directions, is refused.
///
/// Input    n nodes, m edges; weight: one finite value >= 0 per edge, any unit. Parallel edges add up, a
///          self-loop counts twice in the strength of its node, a tie of weight 0 is no tie.
/// Output   cluster: n numbers 0 … clusters-1 by falling number of nodes, ties by the smallest node; an
///          isolated node is a cluster of its own. stability: see `best_of_runs`.
/// Cost     about O(m) per iteration, a handful of iterations for each run. Memory beside the graph: 48 bytes a
///          node, 12 bytes an arc unless all weights are equal, and for each thread as much again.
/// Repeats  bit for bit for a seed, whatever the number of threads. These share the runs; one run moves node
///          after node on one thread, because moves at the same time would depend on each other's timing.
/// Errors   bad_argument: an unknown quality, resolution not positive and finite, runs below 1,
///          max_iterations below 0, not one weight per edge, a negative or non-finite weight; interrupted.
/// Source   [traag2019louvain]; the constant Potts model [traag2011narrow]; directed [leicht2008community].
Result<Clustering> leiden(const Symmetric& graph, const EdgeColumn<double>& weight, const LeidenOptions& options = {},
                          const Job& job = {});

/// As above, following the directions of the ties; connected then means over ties of either direction.
Result<Clustering> leiden(const Graph& graph, const EdgeColumn<double>& weight, const LeidenOptions& options = {},
                          const Job& job = {});

Card leiden_card();

}  // namespace entente

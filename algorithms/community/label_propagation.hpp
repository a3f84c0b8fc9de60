#pragma once

#include <cstdint>

#include "algorithms/card.hpp"
#include "algorithms/community/clustering.hpp"

namespace entente {

struct LabelPropagationOptions {
  std::uint64_t seed = 1;    // of the random orders and choices
  int runs = 20;             // searches, of which the best is kept; 1 = no stability
  int max_iterations = 100;  // sweeps of one run
};

/// Label propagation: every node takes over the label that weighs most among its neighbours, one node
/// after the other in random order, until each holds such a label. Nodes with the same label that ties
/// join are a cluster.
///
/// A node keeps its label while none weighs more; among several heavier ones it draws. In the first sweep alone, the
/// hubs, one node in 32, come before all others, and each label weighs less by what chance would give it (modularity):
/// otherwise, while nearly every node still has a label of its own, some label may happen upon many hubs and flood
/// the network. Quick and parameter-free, but clusters vary between runs: of several runs the one of highest
/// modularity is kept.
///
/// Input    n nodes, m edges; weight: one finite value >= 0 per edge. Parallel edges add up; self-loops and
///          ties of weight 0 count for nothing.
/// Output   as `leiden`; every cluster is connected, an isolated node is a cluster of its own.
/// Cost     O(m) for the first sweeps; later ones look only at nodes with a neighbour that changed. Memory beside the
///          graph: 32 bytes a node, 12 bytes an arc unless all weights are equal, 8 bytes a node for each run, and 40
///          bytes a node and 8 bytes a tie of the largest hub for each thread.
/// Repeats  bit for bit for a seed, whatever the number of threads, which share the runs.
/// Errors   bad_argument: runs or max_iterations below 1, not one weight per edge, a negative or
///          non-finite weight; interrupted.
/// Source   [raghavan2007near]; the first sweep as in [barber2009detecting]
Result<Clustering> label_propagation(const Symmetric& graph, const EdgeColumn<double>& weight,
                                     const LabelPropagationOptions& options = {}, const Job& job = {});

Card label_propagation_card();

}  // namespace entente

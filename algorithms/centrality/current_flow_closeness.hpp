#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct CurrentFlowClosenessOptions {};

struct CurrentFlowCloseness {
  NodeColumn<double> current_flow_closeness;  // 1 / mean resistance
};

/// Current-flow closeness, also information centrality: how small the resistance to all nodes is that a node reaches
/// [stephenson1989rethinking] [brandes2005centrality]. Several ways side by side make two nodes nearer.
///
///     c(v) = (k - 1) / sum of R(v, t) over the k nodes of the component of v
///
/// R(v, t) is the voltage that drives a unit current from v to t where ties are resistors and their weights are
/// conductances. Directions are ignored; conductances of parallel ties add up; self-loops and ties of weight 0 carry
/// nothing. In a tree without weights this is closeness.
///
/// Input    conductance: one finite value >= 0 per edge; null: all 1.
/// Output   n values >= 0, in units of conductance; isolates have 0.
/// Cost     in a component of k nodes O(k fill), at most O(k^3), with 12 bytes an entry of the factor, at most
///          6 k^2; k may be 4096. Factoring the Laplacian (at worst seconds) cannot be interrupted.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: a weight that is not finite or below 0; weights more than about 1e14 apart.
///          resource: a component of more than 4096 nodes. interrupted.
Result<CurrentFlowCloseness> current_flow_closeness(const Symmetric& graph,
                                                    const EdgeColumn<double>* conductance = nullptr,
                                                    const CurrentFlowClosenessOptions& options = {},
                                                    const Job& job = {});

Card current_flow_closeness_card();

}  // namespace entente

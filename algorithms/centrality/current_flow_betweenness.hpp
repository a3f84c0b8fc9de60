#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct CurrentFlowBetweennessOptions {
  bool normalized = false;  // divide by the number of pairs of other nodes
};

struct CurrentFlowBetweenness {
  NodeColumn<double> current_flow_betweenness;  // pairs of nodes whose current passes through this one
};

/// Current-flow betweenness: how much of a unit current between two others passes through a node, over all pairs
/// [newman2005measure] [brandes2005centrality]. It counts all ways, the short ones more.
///
///     b(v) = sum over pairs s, t of other nodes of  1/2 sum over ties e of v of |current in e from s to t|
///
/// Ties are resistors; their weights are conductances. Equally: how often a random walker on the way from s to t
/// passes v in one direction more than in the other. Directions are ignored; conductances of parallel ties add up;
/// self-loops and ties of weight 0 carry nothing. Pairs in different components carry no current. Ends are not
/// between (Newman counts them; that adds n - 1 everywhere in a connected network).
///
/// Method   the graph is cut into bicomponents whose nodes stand for all that hangs on them
///          [sariyuce2013shattering]; the current in an edge is f(s) - f(t) with f from two columns of the inverse
///          Laplacian, and the sum of |f(s) - f(t)| over pairs comes from sorting f.
/// Input    conductance: one finite value >= 0 per edge; null: all 1.
/// Output   n values >= 0, in pairs. Normalized: divided by (n - 1)(n - 2) / 2, 0 where n < 3.
/// Cost     in a bicomponent of k nodes and l edges O(k fill + l k log k), at most O(k^3 + l k log k), with 8 k^2
///          bytes; k may be 4096. Factoring the Laplacian (at worst seconds) cannot be interrupted.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: a weight that is not finite or below 0; weights more than about 1e14 apart.
///          resource: a bicomponent of more than 4096 nodes. interrupted.
Result<CurrentFlowBetweenness> current_flow_betweenness(const Symmetric& graph,
                                                        const EdgeColumn<double>* conductance = nullptr,
                                                        const CurrentFlowBetweennessOptions& options = {},
                                                        const Job& job = {});

Card current_flow_betweenness_card();

}  // namespace entente

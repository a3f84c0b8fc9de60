#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct PageRankOptions {
  double damping = 0.85;      // chance of following an arc, in [0, 1)
  double tolerance = 1e-10;   // largest L1 distance from the exact scores accepted
  int max_iterations = 1000;  // sweeps allowed
};

struct PageRank {
  NodeColumn<double> score;  // share of the walker's time; sums to 1
  int iterations = 0;        // sweeps over all arcs made
  double residual = 0;       // L1 change of the last sweep
  double error = 0;          // d / (1 - d) * residual: the scores are no farther than this from the exact ones, in L1
  bool converged = true;     // error <= tolerance
};

/// PageRank: the share of time a random walker spends at each node.
///
///     r(v) = (1 - d + d * sum over sinks u of r(u)) * q(v)
///            + d * sum over arcs u->v of r(u) w(u,v) / W(u)
///
/// With chance d the walker follows an arc, in proportion to its weight w; otherwise, and always at a
/// sink (W(u) = 0: no arc leaves, or only arcs of weight 0), it restarts: anywhere with q = 1/n, or, as
/// personalised PageRank, in proportion to `restart`. Parallel edges count one by one; a
/// self-loop lets the walker stay. For a graph without directions give symmetric.both_ways().
///
/// The scores are found as the solution of x = q + d P x, with nothing returning from sinks, brought to
/// sum 1: that is the same vector [langville2004deeper]. A Krylov method comes near in a third or less of the sweeps
/// that sweeping alone would need; without directions and restart it begins where a walker who never restarts
/// settles in each component. From there plain sweeps decide. A sweep shrinks any L1 distance by d, so its
/// change c proves that the scores are within c d / (1 - d) of the exact ones.
///
/// Input    n nodes; weight: one finite value >= 0 per edge, any unit; null: all 1. restart: one finite
///          value >= 0 per node, not all 0; null: all equal.
/// Output   score: n values, dimensionless, sum 1; 0 where the walker never comes.
/// Cost     O(n + arcs) per sweep; ten columns of n doubles (twelve with directions), 8 bytes an arc for weights.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: damping outside [0, 1), tolerance not above 0, no sweep allowed; a weight or a
///          restart that is negative or not finite, a restart without a place. interrupted.
/// Source   [page1999pagerank]; personalised as in [haveliwala2003topic].
Result<PageRank> pagerank(const Graph& graph, const EdgeColumn<double>* weight = nullptr,
                          const PageRankOptions& options = {}, const Job& job = {},
                          const NodeColumn<double>* restart = nullptr);

Card pagerank_card();

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct PageRankOptions {
  double damping = 0.85;      // chance of following an arc, in [0, 1)
  double tolerance = 1e-10;   // stop once a sweep changes the scores by at most this, in L1
  int max_iterations = 1000;  // sweeps allowed
};

struct PageRank {
  NodeColumn<double> score;  // share of the walker's time; sums to 1
  int iterations = 0;
  double residual = 0;  // L1 change of the last sweep
  bool converged = true;
};

/// PageRank: the share of time a random walker spends at each node.
///
///     r(v) = (1 - d)/n + d * ( sum over arcs u->v of  r(u) w(u,v) / W(u)
///                            + sum over sinks u of    r(u) / n )
///
/// With chance d the walker follows an arc, in proportion to its weight w; otherwise, and always at a
/// sink (W(u) = 0: no arc leaves, or only arcs of weight 0), it restarts anywhere uniformly.
/// Parallel edges count one by one; a self-loop lets the walker stay. For a graph without directions
/// give symmetric.both_ways().
///
/// Input    n nodes; weight: one finite value >= 0 per edge, any unit; null: all 1.
/// Output   score: n values, dimensionless, sum 1.
/// Cost     O(n + arcs) per sweep; four columns of n doubles. The residual shrinks by d each sweep.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: damping outside [0, 1), tolerance not above 0, no sweep allowed; a negative
///          or non-finite weight. interrupted.
/// Source   [page1999pagerank]; sinks as in [langville2004deeper].
Result<PageRank> pagerank(const Graph& graph, const EdgeColumn<double>* weight = nullptr,
                          const PageRankOptions& options = {}, const Job& job = {});

Card pagerank_card();

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct KatzOptions {
  double alpha = 0.1;          // what a step of a walk costs; below 1 / the largest eigenvalue
  double beta = 1;             // what each node has of its own, > 0
  bool normalized = false;     // unit Euclidean norm
  double tolerance = 1e-12;    // stop once a sweep changes the scores by at most this share, in L1
  int max_iterations = 10000;  // sweeps allowed
  bool scores_only = false;    // leave the eigenvalue as far as the scores have brought it: about half the time
};

struct Katz {
  NodeColumn<double> score;  // >= beta, or unit Euclidean norm
  double eigenvalue = 0;     // largest eigenvalue lambda of the matrix of weights; alpha < 1 / lambda
  bool eigenvalue_settled = true;  // else lambda is larger than that
  int iterations = 0;
  double residual = 0;  // L1 change of the last sweep, relative to the sum of the scores
  bool converged = true;
};

/// Katz centrality: all walks that end at a node, those of k steps counted alpha^k [katz1953new].
///
///     x(v) = beta + alpha * sum over arcs u->v of x(u) w(u,v)
///
/// For a graph without directions give symmetric.both_ways(). Parallel edges add up; a self-loop counts
/// once. A node that nobody points to, an isolate too, has beta.
///
/// Input    weight: one finite value >= 0 per edge; null: all 1.
/// Output   n values >= beta. Normalized: unit Euclidean norm.
///          eigenvalue: without directions it is never above lambda; once settled it is within 1e-5,
///          relatively, and as a rule within 1e-10. Lattices may not settle it in the 100 products spent on it.
///          That alpha is below 1 / lambda is proven by the scores all the same: they are above alpha times what
///          flows in, and no eigenvalue exceeds the largest such quotient. With scores_only nothing else is proven,
///          and without directions the eigenvalue is a lower bound to a digit or two.
/// Cost     without directions one run of Lanczos' method gives lambda and the scores: O(n + arcs) a product, 6
///          columns of n doubles. With directions lambda is found first, at the cost of the eigenvector
///          centrality. Plain sweeps, each of which leaves alpha * lambda of an error, have the last word.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: alpha not below 1/lambda (the message tells the bound), alpha < 0, beta <= 0; a
///          weight that is negative or not finite. interrupted.
Result<Katz> katz(const Graph& graph, const EdgeColumn<double>* weight = nullptr, const KatzOptions& options = {},
                  const Job& job = {});

Card katz_card();

}  // namespace entente

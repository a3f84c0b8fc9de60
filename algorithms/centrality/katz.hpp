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
};

struct Katz {
  NodeColumn<double> score;  // >= beta, or unit Euclidean norm
  double eigenvalue = 0;     // largest eigenvalue lambda of the matrix of weights; alpha < 1 / lambda
  int iterations = 0;
  double residual = 0;  // relative L1 change of the last sweep
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
/// Cost     O(n + arcs) a sweep; the residual shrinks by alpha * lambda each sweep. lambda itself is
///          found first, at the cost of the eigenvector centrality.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: alpha not below 1/lambda (the message tells the bound), alpha < 0, beta <= 0; a
///          weight that is negative or not finite. interrupted.
Result<Katz> katz(const Graph& graph, const EdgeColumn<double>* weight = nullptr, const KatzOptions& options = {},
                  const Job& job = {});

Card katz_card();

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct EigenvectorOptions {
  bool normalized = false;     // scale so that the largest score is 1
  double tolerance = 1e-12;    // largest |x A - lambda x| / lambda accepted, Euclidean
  int max_iterations = 10000;  // products with the matrix allowed
};

struct Eigenvector {
  NodeColumn<double> score;  // >= 0, unit Euclidean norm
  double eigenvalue = 0;     // lambda, in the unit of the weight
  int iterations = 0;
  double residual = 0;
  bool converged = true;
};

/// Eigenvector centrality: a node matters as much as those who point to it, times the strength of
/// their ties [bonacich1972factoring].
///
///     lambda x(v) = sum over arcs u->v of x(u) w(u,v),    lambda as large as possible
///
/// For a graph without directions give symmetric.both_ways(). Parallel edges add up; a self-loop counts
/// once. The score is 0 where no cycle leads to the node; so it is everywhere in a graph without cycles
/// (an edge without direction is a cycle), and at every isolate. Parts of the network whose own
/// eigenvalue is smaller than lambda have 0, too: on an unconnected network take its largest component.
/// Parts that tie for lambda share the score as the projection of (1, …, 1) onto their eigenspace does.
/// Where directions lead from one such part to another the matrix is defective and no walk settles: `converged`
/// is false, and `residual` says how far from an eigenvector the scores are.
///
/// Input    weight: one finite value >= 0 per edge; null: all 1.
/// Output   score: n values >= 0, unit Euclidean norm. Normalized: the largest is 1.
/// Cost     without directions Lanczos' method: O(n + arcs) a product, of which most networks need 10 to 40; up
///          to 36 columns of n doubles. With directions Arnoldi's: O(20 n) beside each product, 22 columns.
///          Lattices have their eigenvalues so close together that they need thousands of products.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: a weight that is negative or not finite; a tolerance not above 0. interrupted.
Result<Eigenvector> eigenvector(const Graph& graph, const EdgeColumn<double>* weight = nullptr,
                                const EigenvectorOptions& options = {}, const Job& job = {});

Card eigenvector_card();

}  // namespace entente

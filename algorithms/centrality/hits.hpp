#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct HitsOptions {
  bool normalized = false;     // scale so that the largest score is 1
  double tolerance = 1e-12;    // largest relative residual accepted, Euclidean
  int max_iterations = 10000;  // double sweeps allowed
};

struct Hits {
  NodeColumn<double> hub;        // >= 0, unit Euclidean norm
  NodeColumn<double> authority;  // >= 0, unit Euclidean norm
  int iterations = 0;
  double residual = 0;
  bool converged = true;
};

/// Hubs and authorities: a good hub points to good authorities, a good authority is pointed to by good
/// hubs [kleinberg1999authoritative].
///
///     s hub(u) = sum over arcs u->v of w(u,v) authority(v)
///     s authority(v) = sum over arcs u->v of w(u,v) hub(u),    s as large as possible
///
/// Parallel edges add up; a self-loop counts once. A node without outgoing weight has hub 0, one without
/// incoming weight authority 0, and so have the parts of the network whose own s is smaller. Parts that
/// tie share the score as the iteration from hub = (1, …, 1) would have it.
/// Without directions the two coincide and are the eigenvector centrality.
///
/// Input    weight: one finite value >= 0 per edge; null: all 1.
/// Output   two columns of n values >= 0, each of unit Euclidean norm (all 0 where no edge has weight).
///          Normalized: the largest is 1.
/// Cost     O(n + arcs) a double sweep by Lanczos' method, 10 to 40 of them as a rule; up to 38 columns of n doubles.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: a weight that is negative or not finite; a tolerance not above 0. interrupted.
Result<Hits> hits(const Graph& graph, const EdgeColumn<double>* weight = nullptr, const HitsOptions& options = {},
                  const Job& job = {});
Result<Hits> hits(const Symmetric& graph, const EdgeColumn<double>* weight = nullptr, const HitsOptions& options = {},
                  const Job& job = {});

Card hub_card();
Card authority_card();

}  // namespace entente

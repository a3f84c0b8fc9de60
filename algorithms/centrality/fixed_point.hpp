#pragma once

#include <string_view>

#include "algorithms/centrality/arc_matrix.hpp"
#include "engine/buffer.hpp"
#include "engine/job.hpp"

namespace entente {

/// The linear system x = b + factor * M S x that PageRank and Katz centrality solve; M is the matrix of
/// arcs and S the diagonal of `share` >= 0 (PageRank: what a node sends along a unit of weight).
struct FixedPoint {
  const ArcMatrix* matrix;
  const Buffer<double>* share;
  double factor;
  std::string_view what;  // for reports of progress
};

struct Approach {
  int products = 0;     // products with M made
  double residual = 0;  // L1 norm of what is left
};

/// Brings x near the solution in few products with M. `residual` is b - (I - factor M S) x on entry and on
/// return; it ends once |residual| <= tolerance * |x| (L1), after `most_products`, or where the method breaks down.
///
/// Sweeping x <- b + factor M S x gains the same factor each time. Krylov methods find the best of all
/// polynomials in M S, in about the square root as many products: conjugate gradients [hestenes1952methods]
/// where every edge runs both ways, for then M S is self-adjoint in the inner product <x, S y>; else the stabilised
/// biconjugate gradients [vandervorst1992bicgstab], which take two products a step. The latter prove nothing:
/// who needs certainty sweeps once more and looks at the change.
///
/// An entry that no walk from the entries of b reaches stays exactly 0.
/// Cost     O(n + arcs) a product; three columns of n doubles, without symmetry five.
Approach approach_fixed_point(const FixedPoint& system, Buffer<double>& x, Buffer<double>& residual, double tolerance,
                              int most_products, const Job& job);

/// How many plain sweeps, each of which leaves at most `factor` < 1 of an error, gain `tolerance`.
int sweeps_to_gain(double tolerance, double factor);

}  // namespace entente

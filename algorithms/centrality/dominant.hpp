#pragma once

#include <string_view>

#include "algorithms/centrality/arc_matrix.hpp"
#include "engine/buffer.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Dominant {
  Buffer<double> vector;  // by rank, >= 0, unit Euclidean norm; all 0 where the start is
  double value = 0;       // the largest eigenvalue that the start leads to
  int products = 0;       // how often the matrix was applied
  double residual = 0;    // |M x - value x| / value, Euclidean
  bool converged = true;  // residual <= tolerance
};

struct DominantOptions {
  double tolerance = 1e-12;
  int max_products = 10000;
};

/// The dominant eigenvector of a matrix M >= 0 by Arnoldi's method with restarts [saad2011numerical]; for
/// a symmetric one dominant_of_symmetric() needs a fraction of the time.
///
/// A Krylov space x, Mx, M²x, … of the start x holds, for each eigenvalue, only what x itself has of that
/// eigenspace. So where several parts of a network share the largest eigenvalue, none leading to another, the
/// answer is still one: the projection of the start onto their eigenspace. Where directions lead from one such part
/// to another M is defective, no such projection need exist, and `converged` is false. The vector given out is
/// multiplied once more, so that its residual is its own. Unlike the power method it needs no shift on
/// bipartite graphs and few products where the second eigenvalue is close.
/// Entries below 1e-14 are rounding and come back as 0.
///
/// Cost     one product, and O(20 n) for keeping the basis orthogonal, per step; 22 columns of n doubles.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   interrupted.
Result<Dominant> dominant_eigenvector(const ArcMatrix& M, Buffer<double> start, const DominantOptions& options,
                                      std::string_view what, const Job& job);

/// By rank, 1 for each node on a cycle of arcs of weight > 0 or downstream of one, else 0. Walks of any length
/// end only there, so outside it the dominant eigenvector is 0; a graph without cycles has no eigenvalue but 0.
Buffer<double> downstream_of_cycles(const Graph& graph, const EdgeColumn<double>* weight, const Job& job);

/// The largest eigenvalue of the matrix of entering arcs and the vector that belongs to it, by whichever method fits.
Result<Dominant> dominant_of_arcs(const Graph& graph, const EdgeColumn<double>* weight, const ArcMatrix& entering,
                                  const DominantOptions& options, std::string_view what, const Job& job);

/// Takes the sign that makes the sum positive, sets what is below 1e-14 to 0, and scales to unit norm.
void make_non_negative(const ArcMatrix& matrix, Buffer<double>& x, const Job& job);

}  // namespace entente

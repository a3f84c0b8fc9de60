#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "algorithms/centrality/arc_matrix.hpp"
#include "algorithms/centrality/dominant.hpp"
#include "engine/buffer.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// What leaves the space by less than this, relative to the matrix, is rounding: the space is closed.
inline constexpr double lanczos_closed = 1e-13;

/// A symmetric matrix S >= 0: a matrix of arcs that all run both ways, or M Mᵀ for any matrix of arcs.
class SymmetricMatrix {
 public:
  explicit SymmetricMatrix(const ArcMatrix& matrix) : last_(&matrix) {}
  /// x -> last(first(x)), each the transpose of the other.
  SymmetricMatrix(const ArcMatrix& last, const ArcMatrix& first)
      : last_(&last), first_(&first), between_(first.size()) {}

  /// The blocks of rows of y = S x.
  const ArcMatrix& blocks() const { return *last_; }
  std::size_t size() const { return last_->size(); }

  template <class Work>
  auto multiply(const Buffer<double>& x, Buffer<double>& y, const Job& job, Work&& then) {
    if (!first_) return last_->multiply(x, y, job, then);
    first_->multiply(x, between_, job);
    return last_->multiply(between_, y, job, then);
  }

 private:
  const ArcMatrix* last_;
  const ArcMatrix* first_ = nullptr;
  Buffer<double> between_;
};

/// A vector of Lanczos' basis: value / norm, of unit length. Dividing is left to whoever reads it.
struct LanczosVector {
  Buffer<double> value;
  double norm = 0;
};

/// One step of Lanczos' method [lanczos1950iteration] in the stable order of operations of
/// [paige1972variants]: with unit vectors q, next = S q - alpha q - beta q_before, where beta is now.norm.
/// Returns alpha. Two passes over the rows, of which the first follows the product through the cache.
double lanczos_step(SymmetricMatrix& S, const LanczosVector* before, const LanczosVector& now, LanczosVector& next,
                    const Job& job);

/// S seen inside the space spanned so far: tridiagonal, alpha on the diagonal and beta beside it.
struct Tridiagonal {
  std::vector<double> alpha, beta;  // beta[i] joins i and i + 1; the last leads out of the space

  /// The largest eigenvalue, at least `lower`, by bisection. O(size) for each bit.
  double largest_eigenvalue(double lower = 0) const;

  /// Its eigenvector, all entries > 0 and of unit norm. `value` is what largest_eigenvalue() gave.
  std::vector<double> eigenvector(double value) const;
};

/// dominant_eigenvector() for a symmetric matrix: Lanczos' method without reorthogonalisation and without restarts.
///
/// Restarts forget what the space had learnt, and keeping the basis orthogonal costs more than the products
/// and is not needed: a basis loses its orthogonality only in the direction of vectors that have settled
/// [paige1972variants], and we stop at the first. A long run does not keep its basis: the first 32 vectors
/// stay, the others are made again, bit for bit, once the coefficients of the answer are known.
///
/// Cost     a product and O(n) per step, steps beyond the 32nd twice; up to 36 columns of n doubles.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   interrupted.
Result<Dominant> dominant_of_symmetric(SymmetricMatrix S, Buffer<double> start, const DominantOptions& options,
                                       std::string_view what, const Job& job);

}  // namespace entente

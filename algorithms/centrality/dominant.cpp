#include "algorithms/centrality/dominant.hpp"

#include <algorithm>
#include <cmath>
#include <complex>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <Eigen/Eigenvalues>

#include "algorithms/centrality/lanczos.hpp"

namespace entente {

namespace {

constexpr std::size_t basis_size = 20;
constexpr double rounding = 1e-14;
constexpr double krylov_closed = 1e-13;  // what leaves a Krylov space by less than this is rounding
constexpr double much_left = 0.7;         // of a vector after what it had of the basis is taken away
constexpr double lost_to_rounding = 1e-10;  // of a residual, by what make_non_negative sets to 0
constexpr double tie = 1e-10;            // eigenvalues this close, relatively, are equal

/// y += sum of factor[i] * basis[i].
void add_combination(const ArcMatrix& M, const std::vector<Buffer<double>>& basis, std::span<const double> factor,
                     Buffer<double>& y, const Job& job) {
  M.for_rows(job, [&](std::size_t first, std::size_t last) {
    for (std::size_t j = 0; j < factor.size(); ++j) {
      for (std::size_t v = first; v < last; ++v) y[v] += factor[j] * basis[j][v];
    }
  });
}

/// The inner products of y with each column of the basis, in one pass.
Sums<basis_size> inner_products(const ArcMatrix& M, const std::vector<Buffer<double>>& basis, const Buffer<double>& y,
                                const Job& job) {
  return M.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<basis_size> sum{};
    for (std::size_t j = 0; j < basis.size(); ++j) {
      for (std::size_t v = first; v < last; ++v) sum[j] += basis[j][v] * y[v];
    }
    return sum;
  });
}

void divide(const ArcMatrix& M, Buffer<double>& x, double divisor, const Job& job) {
  M.for_rows(job, [&](std::size_t first, std::size_t last) {
    for (std::size_t v = first; v < last; ++v) x[v] /= divisor;
  });
}

/// An orthonormal basis V of a Krylov space and M seen inside it: M V = V H + (what leaves it) e_k^T.
struct KrylovSpace {
  std::vector<Buffer<double>> basis;
  Eigen::MatrixXd H;
  double leaving = 0;  // norm of what leaves the space; 0: the space is closed under M
};

KrylovSpace krylov_space(const ArcMatrix& M, Buffer<double> start, int size, const Job& job) {
  KrylovSpace space;
  space.H = Eigen::MatrixXd::Zero(size, size);
  space.basis.push_back(std::move(start));
  for (int j = 0; j < size && !job.cancelled(); ++j) {
    Buffer<double> next(space.basis[0].size());
    M.multiply(space.basis.back(), next, job);
    const double before = euclidean_norm(M, next, job);
    double norm = before;
    for (int pass = 0; pass < 2; ++pass) {
      Sums<basis_size> part = inner_products(M, space.basis, next, job);
      for (int i = 0; i <= j; ++i) space.H(i, j) += part[static_cast<std::size_t>(i)];
      for (double& p : part) p = -p;
      add_combination(M, space.basis, std::span(part).first(space.basis.size()), next, job);
      const double left = euclidean_norm(M, next, job);
      const bool enough = left > much_left * norm;  // little was taken away, so little of it was rounding
      norm = left;
      if (enough) break;
    }
    space.leaving = norm;
    if (space.leaving <= krylov_closed * before) {
      space.leaving = 0;
      break;
    }
    if (j + 1 == size) break;
    space.H(j + 1, j) = space.leaving;
    divide(M, next, space.leaving, job);
    space.basis.push_back(std::move(next));
  }
  const auto k = static_cast<Eigen::Index>(space.basis.size());
  space.H = space.H.topLeftCorner(k, k).eval();
  return space;
}

/// |M x - value x| / value.
double relative_residual(const ArcMatrix& M, const Buffer<double>& x, double value, const Job& job) {
  Buffer<double> image(x.size());
  M.multiply(x, image, job);
  return std::sqrt(M.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> square{};
    for (std::size_t v = first; v < last; ++v) square[0] += (image[v] - value * x[v]) * (image[v] - value * x[v]);
    return square;
  })[0]) / value;
}

/// The eigenvalue of H with the largest real part (for M >= 0 the dominant one is real and no other has
/// a larger real part), and what the start, which is the first unit vector, has of its eigenspace: of
/// unit norm. Rounding can bring the directions of a tie into the space that the start does not have;
/// so equal eigenvalues are taken together.
std::pair<double, Eigen::VectorXd> dominant_of_small(const Eigen::MatrixXd& H) {
  const Eigen::EigenSolver<Eigen::MatrixXd> solver(H);
  const Eigen::VectorXcd lambda = solver.eigenvalues();
  const Eigen::MatrixXcd X = solver.eigenvectors();
  Eigen::Index best = 0;
  for (Eigen::Index i = 1; i < H.rows(); ++i) {
    if (lambda[i].real() > lambda[best].real()) best = i;
  }
  const Eigen::VectorXcd share = X.partialPivLu().solve(Eigen::VectorXcd::Unit(H.rows(), 0));
  Eigen::VectorXd y = Eigen::VectorXd::Zero(H.rows());
  for (Eigen::Index i = 0; i < H.rows(); ++i) {
    if (std::abs(lambda[i] - lambda[best]) <= tie * std::abs(lambda[best])) y += (share[i] * X.col(i)).real();
  }
  if (!(y.allFinite() && y.norm() > 0)) y = X.col(best).real();  // H is defective: any vector of the eigenspace
  return {lambda[best].real(), y.normalized()};
}

}  // namespace

void make_non_negative(const ArcMatrix& matrix, Buffer<double>& x, const Job& job) {
  const double sum = matrix.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> part{};
    for (std::size_t v = first; v < last; ++v) part[0] += x[v];
    return part;
  })[0];
  const double sign = (sum < 0 ? -1 : 1) / std::max(euclidean_norm(matrix, x, job), std::numeric_limits<double>::min());
  matrix.for_rows(job, [&](std::size_t first, std::size_t last) {
    for (std::size_t v = first; v < last; ++v) {
      x[v] *= sign;
      if (x[v] < rounding) x[v] = 0;
    }
  });
  if (const double norm = euclidean_norm(matrix, x, job); norm > 0) divide(matrix, x, norm, job);
}

Result<Dominant> dominant_eigenvector(const ArcMatrix& M, Buffer<double> start, const DominantOptions& options,
                                      std::string_view what, const Job& job) {
  Dominant answer;
  answer.vector = std::move(start);
  const double norm = euclidean_norm(M, answer.vector, job);
  if (job.cancelled()) return interrupted();
  if (!(norm > 0)) return answer;
  divide(M, answer.vector, norm, job);

  do {
    const int size = std::min(static_cast<int>(basis_size), options.max_products - answer.products);
    const KrylovSpace space = krylov_space(M, std::move(answer.vector), size, job);
    if (job.cancelled()) return interrupted();
    const int k = static_cast<int>(space.basis.size());
    answer.products += k;

    const auto [value, y] = dominant_of_small(space.H);
    answer.vector = Buffer<double>(M.size(), 0.0);
    add_combination(M, space.basis, {y.data(), space.basis.size()}, answer.vector, job);
    divide(M, answer.vector, euclidean_norm(M, answer.vector, job), job);
    answer.value = value;
    answer.residual = value > 0 ? space.leaving * std::abs(y[k - 1]) / value : space.leaving;
    answer.converged = answer.residual <= options.tolerance;
    job.report(what, static_cast<std::size_t>(answer.products), static_cast<std::size_t>(options.max_products));
  } while (!answer.converged && answer.products < options.max_products);

  make_non_negative(M, answer.vector, job);
  if (answer.value > 0) {
    // Where parts of equal eigenvalue lie one behind the other the matrix is defective: a Krylov space can be closed
    // and hold no eigenvector that the start leads to. So the vector given out is put to the test.
    const double residual = relative_residual(M, answer.vector, answer.value, job);
    if (residual > std::max(lost_to_rounding, 10 * options.tolerance)) {
      answer.residual = residual;
      answer.converged = false;
    }
  }
  if (job.cancelled()) return interrupted();
  return answer;
}

Buffer<double> downstream_of_cycles(const Graph& graph, const EdgeColumn<double>* weight, const Job& job) {
  const HubFirst& ranks = graph.hub_first(job);
  const Rows& out = ranks.out();
  const bool some_weigh_nothing = weight && std::ranges::find(weight->values(), 0.0) != weight->values().end();
  const Buffer<std::uint32_t>* edge = some_weigh_nothing ? &ranks.out_edge(job) : nullptr;
  const auto is_arc = [&](std::uint64_t i) { return !edge || (*weight)[EdgeId{(*edge)[i]}] > 0; };

  std::vector<std::uint32_t> entering(ranks.node_count(), 0);
  for (std::uint64_t i = 0; i < out.arc_count(); ++i) entering[out.node[i]] += is_arc(i) ? 1u : 0u;
  std::vector<std::uint32_t> dry;  // nodes that no endless walk reaches
  for (std::uint32_t v = 0; v < entering.size(); ++v) {
    if (entering[v] == 0) dry.push_back(v);
  }
  Buffer<double> downstream(ranks.node_count(), 1.0);
  while (!dry.empty()) {
    const std::uint32_t u = dry.back();
    dry.pop_back();
    downstream[u] = 0;
    for (std::uint64_t i = out.begin[u]; i < out.begin[u + 1]; ++i) {
      if (is_arc(i) && --entering[out.node[i]] == 0) dry.push_back(out.node[i]);
    }
  }
  return downstream;
}

Result<Dominant> dominant_of_arcs(const Graph& graph, const EdgeColumn<double>* weight, const ArcMatrix& entering,
                                  const DominantOptions& options, std::string_view what, const Job& job) {
  if (entering.symmetric()) {
    // M 1 has of every eigenvector what 1 has, times the eigenvalue, and costs no product.
    return dominant_of_symmetric(SymmetricMatrix(entering), entering.row_sums(job), options, what, job);
  }
  return dominant_eigenvector(entering, downstream_of_cycles(graph, weight, job), options, what, job);
}

}  // namespace entente

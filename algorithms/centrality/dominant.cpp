#include "algorithms/centrality/dominant.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <complex>
#include <span>
#include <utility>
#include <vector>

#include <Eigen/Eigenvalues>

#include "algorithms/centrality/input.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t basis_size = 20;
constexpr double rounding = 1e-14;
constexpr double closed = 1e-13;  // what leaves a Krylov space by less than this is rounding
constexpr double tie = 1e-10;     // eigenvalues this close, relatively, are equal

/// y += sum of factor[i] * basis[i], for the first k.
void add_combination(const std::vector<NodeColumn<double>>& basis, std::span<const double> factor,
                     NodeColumn<double>& y, const Job& job) {
  for_each_index(y.size(), job, [&](std::size_t i) {
    for (std::size_t j = 0; j < factor.size(); ++j) y.values()[i] += factor[j] * basis[j].values()[i];
  });
}

/// The inner products of y with each column of the basis, in one pass.
std::vector<double> inner_products(const std::vector<NodeColumn<double>>& basis, const NodeColumn<double>& y,
                                   const Job& job) {
  struct Sums {
    std::array<double, basis_size> value{};
    Sums& operator+=(const Sums& other) {
      for (std::size_t j = 0; j < value.size(); ++j) value[j] += other.value[j];
      return *this;
    }
  };
  std::vector<Sums> part((y.size() + block_size - 1) / block_size);
  for_each_block(part.size(), job, [&](std::size_t b) {
    const std::size_t end = std::min(y.size(), (b + 1) * block_size);
    for (std::size_t j = 0; j < basis.size(); ++j) {
      for (std::size_t i = b * block_size; i < end; ++i) part[b].value[j] += basis[j].values()[i] * y.values()[i];
    }
  });
  Sums total;
  for (const Sums& sums : part) total += sums;
  return {total.value.begin(), total.value.begin() + static_cast<std::ptrdiff_t>(basis.size())};
}

void divide(NodeColumn<double>& x, double divisor, const Job& job) {
  for_each_index(x.size(), job, [&](std::size_t i) { x.values()[i] /= divisor; });
}

/// An orthonormal basis V of a Krylov space and M seen inside it: M V = V H + (what leaves it) e_k^T.
struct KrylovSpace {
  std::vector<NodeColumn<double>> basis;
  Eigen::MatrixXd H;
  double leaving = 0;  // norm of what leaves the space; 0: the space is closed under M
};

KrylovSpace krylov_space(const Product& product, NodeColumn<double> start, int size, const Job& job) {
  KrylovSpace space;
  space.H = Eigen::MatrixXd::Zero(size, size);
  space.basis.push_back(std::move(start));
  for (int j = 0; j < size && !job.cancelled(); ++j) {
    NodeColumn<double> next(space.basis[0].size());
    product(space.basis.back(), next);
    const double before = euclidean_norm(next, job);
    for (int twice = 0; twice < 2; ++twice) {  // once is not enough for orthogonality to working precision
      std::vector<double> part = inner_products(space.basis, next, job);
      for (int i = 0; i <= j; ++i) space.H(i, j) += part[static_cast<std::size_t>(i)];
      for (double& p : part) p = -p;
      add_combination(space.basis, part, next, job);
    }
    space.leaving = euclidean_norm(next, job);
    if (space.leaving <= closed * before) {
      space.leaving = 0;
      break;
    }
    if (j + 1 == size) break;
    space.H(j + 1, j) = space.leaving;
    divide(next, space.leaving, job);
    space.basis.push_back(std::move(next));
  }
  const auto k = static_cast<Eigen::Index>(space.basis.size());
  space.H = space.H.topLeftCorner(k, k).eval();
  return space;
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

/// The sign that makes the sum positive, rounding taken off, unit norm.
void make_non_negative(NodeColumn<double>& x, const Job& job) {
  const double sum = sum_over_indices(x.size(), job, [&](std::size_t i) { return x.values()[i]; });
  for (double& value : x.values()) {
    if (sum < 0) value = -value;
    if (value < rounding) value = 0;
  }
  if (const double norm = euclidean_norm(x, job); norm > 0) divide(x, norm, job);
}

}  // namespace

Result<Dominant> dominant_eigenvector(const Product& product, NodeColumn<double> start, const DominantOptions& options,
                                      std::string_view what, const Job& job) {
  Dominant answer;
  answer.vector = std::move(start);
  const double norm = euclidean_norm(answer.vector, job);
  if (job.cancelled()) return interrupted();
  if (!(norm > 0)) return answer;
  divide(answer.vector, norm, job);

  do {
    const int size = std::min(static_cast<int>(basis_size), options.max_products - answer.products);
    const KrylovSpace space = krylov_space(product, answer.vector, size, job);
    if (job.cancelled()) return interrupted();
    const int k = static_cast<int>(space.basis.size());
    answer.products += k;

    const auto [value, y] = dominant_of_small(space.H);
    answer.vector = NodeColumn<double>(answer.vector.size());
    add_combination(space.basis, {y.data(), space.basis.size()}, answer.vector, job);
    divide(answer.vector, euclidean_norm(answer.vector, job), job);
    answer.value = value;
    answer.residual = value > 0 ? space.leaving * std::abs(y[k - 1]) / value : space.leaving;
    answer.converged = answer.residual <= options.tolerance;
    job.report(what, static_cast<std::size_t>(answer.products), static_cast<std::size_t>(options.max_products));
  } while (!answer.converged && answer.products < options.max_products);

  make_non_negative(answer.vector, job);
  if (job.cancelled()) return interrupted();
  return answer;
}

NodeColumn<double> downstream_of_cycles(const Graph& graph, const EdgeColumn<double>* weight) {
  const StrengthOf w(weight);
  NodeColumn<std::uint64_t> entering(graph.node_count());
  NodeColumn<double> downstream(graph.node_count(), 1.0);
  std::vector<NodeId> dry;  // nodes that no endless walk reaches
  for (const NodeId v : graph.nodes()) {
    for (const auto [u, edge] : graph.in(v)) entering[v] += w(edge) > 0 ? 1u : 0u;
    if (entering[v] == 0) dry.push_back(v);
  }
  while (!dry.empty()) {
    const NodeId u = dry.back();
    dry.pop_back();
    downstream[u] = 0;
    for (const auto [v, edge] : graph.out(u)) {
      if (w(edge) > 0 && --entering[v] == 0) dry.push_back(v);
    }
  }
  return downstream;
}

double weight_scale(const EdgeColumn<double>* weight) {
  if (!weight) return 1;
  double largest = 0;
  for (const double value : weight->values()) largest = std::max(largest, value);
  return largest > 0 ? largest : 1;
}

void sum_over_in_arcs(const Graph& graph, const EdgeColumn<double>* weight, double scale, const NodeColumn<double>& x,
                      NodeColumn<double>& y, const Job& job) {
  const StrengthOf w(weight);
  for_each_node(graph, job, [&](NodeId v) {
    double sum = 0;
    for (const auto [u, edge] : graph.in(v)) sum += x[u] * w(edge);
    y[v] = sum / scale;
  });
}

void sum_over_out_arcs(const Graph& graph, const EdgeColumn<double>* weight, double scale, const NodeColumn<double>& x,
                       NodeColumn<double>& y, const Job& job) {
  const StrengthOf w(weight);
  for_each_node(graph, job, [&](NodeId v) {
    double sum = 0;
    for (const auto [u, edge] : graph.out(v)) sum += x[u] * w(edge);
    y[v] = sum / scale;
  });
}

void scale_to_maximum(NodeColumn<double>& x) {
  double largest = 0;
  for (const double value : x.values()) largest = std::max(largest, value);
  if (!(largest > 0)) return;
  for (double& value : x.values()) value /= largest;
}

double euclidean_norm(const NodeColumn<double>& x, const Job& job) {
  return std::sqrt(sum_over_indices(x.size(), job, [&](std::size_t i) { return x.values()[i] * x.values()[i]; }));
}

}  // namespace entente

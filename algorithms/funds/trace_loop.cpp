#include "algorithms/funds/trace_loop.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include <Eigen/IterativeLinearSolvers>
#include <Eigen/Sparse>
#include <Eigen/SparseLU>

namespace entente {

namespace {

using FundsMatrix = Eigen::SparseMatrix<double>;
using FundsRowMatrix = Eigen::SparseMatrix<double, Eigen::RowMajor>;

/// One sweep as a preconditioner: what it passes on along the order of the rows is exact, and only what goes
/// round is left to the iteration.
class SweepAhead {
 public:
  template <class Matrix>
  SweepAhead& compute(const Matrix& matrix) {
    matrix_ = matrix;
    return *this;
  }
  template <class Matrix>
  SweepAhead& analyzePattern(const Matrix&) { return *this; }
  template <class Matrix>
  SweepAhead& factorize(const Matrix& matrix) { return compute(matrix); }
  template <class Vector>
  Eigen::VectorXd solve(const Vector& right) const {
    return matrix_.triangularView<Eigen::Lower>().solve(Eigen::VectorXd(right));
  }
  Eigen::ComputationInfo info() const { return Eigen::Success; }

 private:
  FundsRowMatrix matrix_;
};

constexpr std::size_t largest_factored = 1500;  // even a full factorisation of so many rows takes about a second
constexpr int patient_sweeps = 200;             // then a factorisation is the shorter way
constexpr int first_sweeps = 16;                // where a loop is large, then what BiCGSTAB takes is soon less
constexpr int most_rounds = 4000;

/// What the equation of row i leaves unequal: by differences, since where nearly all circles both sides are almost equal.
long double rest_of_row(const LoopSystem& system, const std::vector<double>& x, std::size_t i) {
  long double loss = system.handled[i], gain = 0;
  for (std::size_t k = system.row_begin[i]; k < system.row_begin[i + 1]; ++k) {
    loss -= system.amount[k];
    gain += static_cast<long double>(system.amount[k]) * (static_cast<long double>(x[system.column[k]]) - x[i]);
  }
  return system.right[i] + gain - loss * x[i];
}

double loop_left_open(const LoopSystem& system, const std::vector<double>& weight, const std::vector<double>& x) {
  long double open = 0;
  for (std::size_t i = 0; i < system.size(); ++i) {
    open += static_cast<long double>(weight[i]) * std::fabs(rest_of_row(system, x, i));
  }
  return static_cast<double>(open);
}

/// One Gauss-Seidel sweep.
void loop_sweep(const LoopSystem& system, std::vector<double>& x) {
  for (std::size_t i = 0; i < system.size(); ++i) {
    double sum = system.right[i];
    for (std::size_t k = system.row_begin[i]; k < system.row_begin[i + 1]; ++k) {
      sum += system.amount[k] * x[system.column[k]];
    }
    x[i] = sum / system.handled[i];
  }
}

/// The matrix of the system with each row over what its place handles, so that its diagonal is 1.
template <class Matrix>
Matrix scaled_loop_matrix(const LoopSystem& system) {
  std::vector<Eigen::Triplet<double>> entries;
  entries.reserve(system.amount.size() + system.size());
  for (std::size_t i = 0; i < system.size(); ++i) {
    const int row = static_cast<int>(i);
    entries.emplace_back(row, row, 1.0);
    for (std::size_t k = system.row_begin[i]; k < system.row_begin[i + 1]; ++k) {
      entries.emplace_back(row, static_cast<int>(system.column[k]), -system.amount[k] / system.handled[i]);
    }
  }
  const auto size = static_cast<Eigen::Index>(system.size());
  Matrix matrix(size, size);
  matrix.setFromTriplets(entries.begin(), entries.end());
  matrix.makeCompressed();
  return matrix;
}

Eigen::VectorXd scaled_loop_rest(const LoopSystem& system, const std::vector<double>& x) {
  Eigen::VectorXd rest(static_cast<Eigen::Index>(system.size()));
  for (std::size_t i = 0; i < system.size(); ++i) {
    rest[static_cast<Eigen::Index>(i)] = static_cast<double>(rest_of_row(system, x, i) / system.handled[i]);
  }
  return rest;
}

void correct_loop(std::vector<double>& x, const Eigen::VectorXd& correction) {
  for (std::size_t i = 0; i < x.size(); ++i) x[i] += correction[static_cast<Eigen::Index>(i)];
}

/// By factors of the matrix: corrections shrink until x is as good as its digits, though what circles may be so much
/// more than what leaves that the first solution is not.
bool solve_by_factors(const LoopSystem& system, const Job& job, LoopSolution& solution) {
  const auto matrix = scaled_loop_matrix<FundsMatrix>(system);
  const Eigen::SparseLU<FundsMatrix> factors(matrix);
  if (factors.info() != Eigen::Success) return true;
  solution.factored = 1;
  double before = std::numeric_limits<double>::infinity();
  for (int round = 0; round < 30; ++round) {
    if (job.cancelled()) return false;
    const Eigen::VectorXd correction = factors.solve(scaled_loop_rest(system, solution.x));
    const double size = correction.lpNorm<Eigen::Infinity>();
    if (!(size < before / 2)) break;
    correct_loop(solution.x, correction);
    before = size;
  }
  return true;
}

/// By BiCGSTAB, some steps at a time so that a cancelled job ends soon, as long as less is left open.
bool solve_by_steps(const LoopSystem& system, const std::vector<double>& weight, double allowed, const Job& job,
                    LoopSolution& solution) {
  const auto matrix = scaled_loop_matrix<FundsRowMatrix>(system);
  Eigen::BiCGSTAB<FundsRowMatrix, SweepAhead> steps(matrix);
  steps.setMaxIterations(25);
  steps.setTolerance(1e-10);
  for (int round = 0; round < 40 && solution.open > allowed; ++round) {
    if (job.cancelled()) return false;
    std::vector<double> better = solution.x;
    correct_loop(better, steps.solve(scaled_loop_rest(system, solution.x)));
    const double open = loop_left_open(system, weight, better);
    if (!(open < solution.open)) break;
    solution.x = std::move(better);
    solution.open = open;
  }
  return true;
}

}  // namespace

std::optional<LoopSolution> solve_loop(const LoopSystem& system, const std::vector<double>& weight, double allowed,
                                       const Job& job) {
  LoopSolution solution{std::vector<double>(system.size(), 0.0), 0, 0, 0};
  solution.open = loop_left_open(system, weight, solution.x);
  const auto sweeps = [&](int count) {
    double before = solution.open;
    for (int i = 1; i <= count && solution.open > allowed; ++i) {
      if (job.cancelled()) return false;
      loop_sweep(system, solution.x);
      ++solution.sweeps;
      if (i % 8 != 0) continue;
      solution.open = loop_left_open(system, weight, solution.x);
      if (solution.open >= before) break;  // as near as doubles get
      before = solution.open;
    }
    return true;
  };
  const bool large = system.size() > largest_factored;
  if (!sweeps(large ? first_sweeps : patient_sweeps)) return std::nullopt;
  if (solution.open <= allowed) return solution;

  if (!large) {
    if (!solve_by_factors(system, job, solution)) return std::nullopt;
    solution.open = loop_left_open(system, weight, solution.x);
    return solution;
  }
  if (!solve_by_steps(system, weight, allowed, job, solution)) return std::nullopt;
  if (!sweeps(most_rounds)) return std::nullopt;
  return solution;
}

}  // namespace entente

#include "algorithms/centrality/lanczos.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace entente {

namespace {

constexpr std::size_t kept_vectors = 32;

/// The basis, vector by vector: the first ones are kept, of the others only the last three.
class LanczosBasis {
 public:
  LanczosBasis(SymmetricMatrix& S, Buffer<double> start, double norm, const Job& job) : S_(S), job_(job) {
    vector_.push_back({std::move(start), norm});
  }

  const LanczosVector& operator[](std::size_t k) const { return vector_[place(k)]; }

  /// Makes vector k + 1. Returns alpha of k.
  double step(std::size_t k) {
    if (vector_.size() <= place(k + 1)) vector_.push_back({Buffer<double>(S_.size()), 0});
    return lanczos_step(S_, k > 0 ? &vector_[place(k - 1)] : nullptr, vector_[place(k)], vector_[place(k + 1)], job_);
  }

  /// The combination of vectors 0 … share.size() - 1. Returns the products made to see the later ones again.
  int combine(const std::vector<double>& share, Buffer<double>& sum) {
    sum.fill(0);
    const std::size_t kept = std::min(share.size(), kept_vectors);
    S_.blocks().for_rows(job_, [&](std::size_t first, std::size_t last) {
      for (std::size_t k = 0; k < kept; ++k) add(share[k], k, sum, first, last);
    });
    for (std::size_t k = kept; k < share.size() && !job_.cancelled(); ++k) {
      step(k - 1);
      S_.blocks().for_rows(job_, [&](std::size_t first, std::size_t last) { add(share[k], k, sum, first, last); });
    }
    return static_cast<int>(share.size() - kept);
  }

 private:
  static std::size_t place(std::size_t k) { return k < kept_vectors ? k : kept_vectors + (k - kept_vectors) % 3; }

  void add(double share, std::size_t k, Buffer<double>& sum, std::size_t first, std::size_t last) const {
    const LanczosVector& q = (*this)[k];
    const double factor = share / q.norm;
    for (std::size_t v = first; v < last; ++v) sum[v] += factor * q.value[v];
  }

  SymmetricMatrix& S_;
  const Job& job_;
  std::vector<LanczosVector> vector_;
};

}  // namespace

double lanczos_step(SymmetricMatrix& S, const LanczosVector* before, const LanczosVector& now, LanczosVector& next,
                    const Job& job) {
  const double to_unit = 1 / now.norm, back = before ? now.norm / before->norm : 0.0;
  const double alpha = to_unit * S.multiply(now.value, next.value, job, [&](std::size_t first, std::size_t last) {
    Sums<1> sum{};
    for (std::size_t v = first; v < last; ++v) {
      next.value[v] *= to_unit;
      if (before) next.value[v] -= back * before->value[v];
      sum[0] += next.value[v] * now.value[v];
    }
    return sum;
  })[0];
  const double along = alpha * to_unit;
  next.norm = std::sqrt(S.blocks().for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> square{};
    for (std::size_t v = first; v < last; ++v) {
      next.value[v] -= along * now.value[v];
      square[0] += next.value[v] * next.value[v];
    }
    return square;
  })[0]);
  return alpha;
}

double Tridiagonal::largest_eigenvalue(double lower) const {
  const std::size_t size = alpha.size();
  double upper = 0;  // Gershgorin
  for (std::size_t i = 0; i < size; ++i) {
    upper = std::max(upper, alpha[i] + (i > 0 ? beta[i - 1] : 0.0) + (i + 1 < size ? beta[i] : 0.0));
  }
  constexpr double eps = std::numeric_limits<double>::epsilon();
  upper *= 1 + 4 * eps;
  // x is above all eigenvalues where x I - T has only positive pivots.
  const auto above_all = [&](double x) {
    double pivot = x - alpha[0];
    for (std::size_t i = 1; i < size && pivot > 0; ++i) pivot = x - alpha[i] - beta[i - 1] * beta[i - 1] / pivot;
    return pivot > 0;
  };
  lower = std::min(lower * (1 - 4 * eps), upper);
  while (upper - lower > 2 * eps * upper && upper > std::numeric_limits<double>::min()) {
    const double middle = lower + (upper - lower) / 2;
    if (middle <= lower || middle >= upper) break;
    (above_all(middle) ? upper : lower) = middle;
  }
  return upper;
}

std::vector<double> Tridiagonal::eigenvector(double value) const {
  // A factorisation from both ends that meets where the vector is largest [dhillon2004multiple]: the entries are
  // then products of positive ratios, and even the smallest, on which the residual hangs, has its digits.
  const std::size_t size = alpha.size();
  std::vector<double> down(size), up(size), x(size);
  for (std::size_t i = 0; i < size; ++i) {
    down[i] = value - alpha[i] - (i > 0 ? beta[i - 1] * beta[i - 1] / down[i - 1] : 0.0);
  }
  for (std::size_t i = size; i-- > 0;) {
    up[i] = value - alpha[i] - (i + 1 < size ? beta[i] * beta[i] / up[i + 1] : 0.0);
  }
  std::size_t peak = 0;
  double least = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i < size; ++i) {
    const double meeting = std::abs(down[i] + up[i] - (value - alpha[i]));
    if (meeting < least) {
      least = meeting;
      peak = i;
    }
  }
  x[peak] = 1;
  for (std::size_t i = peak; i-- > 0;) x[i] = x[i + 1] * beta[i] / std::abs(down[i]);
  for (std::size_t i = peak + 1; i < size; ++i) x[i] = x[i - 1] * beta[i - 1] / std::abs(up[i]);
  double square = 0;
  for (const double entry : x) square += entry * entry;
  for (double& entry : x) entry /= std::sqrt(square);
  return x;
}

Result<Dominant> dominant_of_symmetric(SymmetricMatrix S, Buffer<double> start, const DominantOptions& options,
                                       std::string_view what, const Job& job) {
  Dominant answer;
  const double norm = euclidean_norm(S.blocks(), start, job);
  if (job.cancelled()) return interrupted();
  if (!(norm > 0)) {
    answer.vector = std::move(start);
    return answer;
  }

  LanczosBasis basis(S, std::move(start), norm, job);
  Tridiagonal T;
  std::vector<double> share;
  double size_of_S = 0;
  const auto second_look = [&](std::size_t steps) { return steps - std::min(steps, kept_vectors); };
  const std::size_t most = static_cast<std::size_t>(options.max_products);
  for (std::size_t steps = 1, next_check = 1;; ++steps) {
    T.alpha.push_back(basis.step(steps - 1));
    T.beta.push_back(basis[steps].norm);
    if (job.cancelled()) return interrupted();
    job.report(what, steps, most);

    size_of_S = std::max(size_of_S, std::abs(T.alpha.back()) + T.beta.back());
    const bool is_closed = T.beta.back() <= lanczos_closed * size_of_S;
    const bool is_last = is_closed || steps + 1 + second_look(steps + 1) > most;
    if (steps < next_check && !is_last) continue;
    next_check = steps + 1 + steps / 32;

    answer.value = T.largest_eigenvalue(answer.value);
    share = T.eigenvector(answer.value);
    const double leaving = is_closed ? 0.0 : T.beta.back() * share.back();
    answer.residual = answer.value > 0 ? leaving / answer.value : leaving;
    answer.products = static_cast<int>(steps);
    if (answer.residual <= options.tolerance || is_last) break;
  }

  answer.vector = Buffer<double>(S.size());
  answer.products += basis.combine(share, answer.vector);
  if (job.cancelled()) return interrupted();
  // Where the basis is not orthogonal the combination is no unit vector; the residual is one of what it is.
  answer.residual /= euclidean_norm(S.blocks(), answer.vector, job);
  answer.converged = answer.residual <= options.tolerance;
  make_non_negative(S.blocks(), answer.vector, job);
  if (job.cancelled()) return interrupted();
  return answer;
}

}  // namespace entente

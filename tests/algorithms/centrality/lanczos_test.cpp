#include "algorithms/centrality/lanczos.hpp"

#include <Eigen/Eigenvalues>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

Eigen::MatrixXd dense(const Tridiagonal& T) {
  const auto size = static_cast<Eigen::Index>(T.alpha.size());
  Eigen::MatrixXd M = Eigen::MatrixXd::Zero(size, size);
  for (Eigen::Index i = 0; i < size; ++i) {
    M(i, i) = T.alpha[static_cast<std::size_t>(i)];
    if (i + 1 < size) M(i, i + 1) = M(i + 1, i) = T.beta[static_cast<std::size_t>(i)];
  }
  return M;
}

}  // namespace

TEST_CASE("lanczos: the largest eigenpair of a tridiagonal matrix agrees with a dense solver") {
  for_each_seed(200, [](Seed seed) {
    Random random(seed);
    Tridiagonal T;
    const std::size_t size = 1 + random.below(30);
    for (std::size_t i = 0; i < size; ++i) {
      T.alpha.push_back(random.unit() * 4 - 1);
      T.beta.push_back(0.001 + random.unit());
    }
    const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(dense(T));
    const double expected = solver.eigenvalues()[static_cast<Eigen::Index>(size) - 1];
    if (!(expected > 0)) return;  // a matrix of arcs has none below 0
    const double value = T.largest_eigenvalue();
    CHECK(std::abs(value - expected) < 1e-13 * (1 + expected));
    CHECK(std::abs(T.largest_eigenvalue(0.99 * expected) - value) < 1e-14 * (1 + expected));
    const std::vector<double> x = T.eigenvector(value);
    double square = 0;
    for (std::size_t i = 0; i < size; ++i) {
      CHECK(x[i] >= 0);
      square += x[i] * x[i];
      const double left = i > 0 ? T.beta[i - 1] * x[i - 1] : 0, right = i + 1 < size ? T.beta[i] * x[i + 1] : 0;
      CHECK(std::abs(left + T.alpha[i] * x[i] + right - value * x[i]) < 1e-12);
    }
    CHECK(std::abs(square - 1) < 1e-12);
  });
}

TEST_CASE("lanczos: even the smallest entries of an eigenvector have their digits") {
  // From a peak of 10 the entries fall by a known factor, far from the end: (value - sqrt(value² - 4)) / 2.
  Tridiagonal T{{10}, {}};
  for (int i = 1; i < 40; ++i) T.alpha.push_back(0);
  T.beta.assign(40, 1.0);
  const double value = T.largest_eigenvalue();
  const std::vector<double> x = T.eigenvector(value);
  const double factor = (value - std::sqrt(value * value - 4)) / 2;
  CHECK(x[30] < 1e-29);
  for (std::size_t i = 0; i < 20; ++i) CHECK(std::abs(x[i + 1] / x[i] - factor) < 1e-12 * factor);
}

TEST_CASE("lanczos: steps satisfy the recurrence they are made of") {
  const Graph graph = undirected(karate_club()).both_ways();
  const ArcMatrix M(graph, ArcMatrix::Of::entering, nullptr, 1, {});
  SymmetricMatrix S(M);
  std::vector<LanczosVector> q(6);
  for (LanczosVector& vector : q) vector.value = Buffer<double>(34, 1.0);
  q[0].norm = std::sqrt(34.0);
  for (std::size_t k = 0; k + 1 < q.size(); ++k) {
    const double alpha = lanczos_step(S, k > 0 ? &q[k - 1] : nullptr, q[k], q[k + 1], {});
    Buffer<double> product(34);
    M.multiply(q[k].value, product, {});
    for (std::size_t v = 0; v < 34; ++v) {
      const double before = k > 0 ? q[k].norm * q[k - 1].value[v] / q[k - 1].norm : 0;
      const double along = alpha * q[k].value[v] / q[k].norm;
      CHECK(std::abs(product[v] / q[k].norm - (before + along + q[k + 1].value[v])) < 1e-13);
    }
    CHECK(std::abs(euclidean_norm(M, q[k + 1].value, {}) - q[k + 1].norm) < 1e-14 * q[k + 1].norm);
    for (std::size_t j = 0; j <= k; ++j) {  // a few steps are still orthogonal
      double inner = 0;
      for (std::size_t v = 0; v < 34; ++v) inner += q[j].value[v] * q[k + 1].value[v];
      CHECK(std::abs(inner) < 1e-12 * q[j].norm * q[k + 1].norm);
    }
  }
}

TEST_CASE("lanczos: a start of nothing leads nowhere") {
  const Graph graph = undirected(path_graph(3)).both_ways();
  const ArcMatrix M(graph, ArcMatrix::Of::entering, nullptr, 1, {});
  const auto answer = dominant_of_symmetric(SymmetricMatrix(M), Buffer<double>(3, 0.0), {}, "test", {});
  REQUIRE(answer);
  CHECK(answer->value == 0);
  CHECK(answer->products == 0);
  CHECK(std::ranges::all_of(answer->vector, [](double value) { return value == 0; }));
}

#include "algorithms/centrality/fixed_point.hpp"

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// |b - (x - factor M x)|, L1.
double residual_of(const ArcMatrix& M, double factor, const Buffer<double>& x, double b) {
  Buffer<double> product(x.size());
  M.multiply(x, product, {});
  double sum = 0;
  for (std::size_t v = 0; v < x.size(); ++v) sum += std::abs(b - (x[v] - factor * product[v]));
  return sum;
}

}  // namespace

TEST_CASE("fixed point: both methods come to the solution, and the residual they tell is true") {
  for_each_seed(20, [](Seed seed) {
    const auto edges = random_arcs(300, 900, seed, true, true);
    for (const Graph& graph : {directed(300, edges), undirected(300, edges).both_ways()}) {
      const ArcMatrix M(graph, ArcMatrix::Of::entering, nullptr, 1, {});
      const Buffer<double> share(300, 1.0);
      Buffer<double> x(300, 0.0), residual(300, 1.0);
      const Approach done = approach_fixed_point({&M, &share, 0.05, "test"}, x, residual, 1e-11, 200, {});
      const double recomputed = residual_of(M, 0.05, x, 1);
      CHECK(recomputed <= 1e-10 * 300);
      CHECK(std::abs(recomputed - done.residual) <= 1e-11 * 300);
      CHECK(done.products < 60);
    }
  });
}

TEST_CASE("fixed point: no more products than allowed, and none are needed where nothing is left") {
  const auto edges = random_arcs(300, 900, 1);
  for (const Graph& graph : {directed(300, edges), undirected(300, edges).both_ways()}) {
    const ArcMatrix M(graph, ArcMatrix::Of::entering, nullptr, 1, {});
    const Buffer<double> share(300, 1.0);
    for (const int most : {0, 1, 2, 3, 7}) {
      Buffer<double> x(300, 0.0), residual(300, 1.0);
      const Approach done = approach_fixed_point({&M, &share, 0.05, "test"}, x, residual, 1e-15, most, {});
      CHECK(done.products <= most);
      CHECK(std::abs(residual_of(M, 0.05, x, 1) - done.residual) <= 1e-10 * 300);
    }
    Buffer<double> x(300, 0.0), nothing(300, 0.0);
    CHECK(approach_fixed_point({&M, &share, 0.05, "test"}, x, nothing, 1e-15, 100, {}).products == 0);
    CHECK(std::ranges::all_of(x, [](double value) { return value == 0; }));
  }
}

TEST_CASE("fixed point: plain sweeps to gain a tolerance") {
  CHECK(sweeps_to_gain(1e-3, 0.1) == 3);
  CHECK(sweeps_to_gain(1e-8, 0.85) == 114);
  CHECK(sweeps_to_gain(0.5, 0.0) == 1);
  CHECK(sweeps_to_gain(1e-15, 0.999999999999) == 1000000000);
}

#include "algorithms/centrality/katz.hpp"

#include <atomic>

#include <Eigen/Dense>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// x = beta (I - alpha A^T)^-1 1, solved densely.
std::vector<double> katz_by_elimination(const Graph& graph, const EdgeColumn<double>& weight, double alpha,
                                        double beta) {
  const auto n = static_cast<Eigen::Index>(graph.node_count());
  Eigen::MatrixXd M = Eigen::MatrixXd::Identity(n, n);
  for (const NodeId v : graph.nodes()) {
    for (const auto [u, edge] : graph.in(v)) M(v.index, u.index) -= alpha * weight[edge];
  }
  const Eigen::VectorXd x = M.fullPivLu().solve(Eigen::VectorXd::Constant(n, beta));
  return {x.begin(), x.end()};
}

}  // namespace

TEST_CASE("katz: a path of three, by hand") {
  // x1 = 1 + 0.2 x0, x0 = 1 + 0.1 x1
  const auto answer = katz(undirected(path_graph(3)).both_ways());
  REQUIRE(answer);
  CHECK(answer->converged);
  CHECK(largest_difference(answer->score, {1.1 / 0.98, 1.2 / 0.98, 1.1 / 0.98}) < 1e-11);
  CHECK(std::abs(answer->eigenvalue - std::sqrt(2)) < 1e-9);
}

TEST_CASE("katz: normalized, a path of three has the values of the networkx test suite") {
  // test_katz_centrality.py::TestKatzCentrality::test_P3
  CHECK(largest_difference(katz(undirected(path_graph(3)).both_ways(), nullptr, {.normalized = true})->score,
                           {0.5598852584152165, 0.6107839182711449, 0.5598852584152162}) < 1e-11);
}

TEST_CASE("katz: along a chain walks pile up at its end, for any alpha, as there is no cycle") {
  const auto answer = katz(directed(path_graph(3)), nullptr, {.alpha = 10, .beta = 2});
  REQUIRE(answer);
  CHECK(list(answer->score) == std::vector<double>{2, 22, 222});
  CHECK(answer->eigenvalue == 0);
}

TEST_CASE("katz: an isolate has beta and an empty graph no score") {
  CHECK(list(katz(directed(2, {}), nullptr, {.beta = 0.5})->score) == std::vector<double>{0.5, 0.5});
  CHECK(katz(Graph())->score.empty());
  CHECK(katz(Graph())->converged);
}

TEST_CASE("katz: solves its linear system on random directed and undirected multigraphs") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(20);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 3);
    for (const Graph& graph : {directed(n, edges), undirected(n, edges).both_ways()}) {
      const auto bound = katz(graph, &weight, {.alpha = 0});
      REQUIRE(bound);
      const double alpha = bound->eigenvalue > 0 ? 0.9 / bound->eigenvalue : 0.5;
      const auto answer = katz(graph, &weight, {.alpha = alpha, .beta = 1.5});
      REQUIRE(answer);
      CHECK(answer->converged);
      const auto expected = katz_by_elimination(graph, weight, alpha, 1.5);
      CHECK(largest_difference(answer->score, expected) < 1e-8 * (1 + *std::ranges::max_element(expected)));
    }
  });
}

TEST_CASE("katz: alpha at or above 1/lambda is refused and the sentence tells the bound") {
  const Graph full = undirected(complete_graph(5)).both_ways();  // lambda = 4
  const auto answer = katz(full, nullptr, {.alpha = 0.5});
  REQUIRE(!answer);
  CHECK(answer.error().code == ErrorCode::bad_argument);
  CHECK(answer.error().where == "option alpha");
  CHECK(answer.error().what ==
        "Here Katz centrality exists only for alpha below 0.25 (1 / the largest eigenvalue 4); alpha was 0.5.");
  CHECK(katz(full, nullptr, {.alpha = 0.24}));
}

TEST_CASE("katz: not settling is said, wrong options are refused, a cancelled job is interrupted") {
  const Graph full = undirected(complete_graph(5)).both_ways();
  const auto answer = katz(full, nullptr, {.alpha = 0.2, .max_iterations = 3});
  REQUIRE(answer);
  CHECK_FALSE(answer->converged);
  CHECK(katz(full, nullptr, {.alpha = -1}).error().where == "option alpha");
  CHECK(katz(full, nullptr, {.beta = 0}).error().where == "option beta");
  CHECK(katz(full, nullptr, {.tolerance = 0}).error().where == "option tolerance");
  CHECK(katz(full, nullptr, {.max_iterations = 0}).error().where == "option max_iterations");
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(katz(full, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("katz: the same bits with 1, 2 and 7 threads") {
  const auto edges = random_arcs(5000, 15000, 9, true, true);
  const Graph graph = directed(5000, edges);
  const auto one = katz(graph, nullptr, {}, with_threads(1));
  for (const int threads : {2, 7}) CHECK(katz(graph, nullptr, {}, with_threads(threads))->score == one->score);
}

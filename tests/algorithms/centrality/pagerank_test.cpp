#include "algorithms/centrality/pagerank.hpp"

#include <atomic>
#include <numeric>

#include <Eigen/Dense>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// The definition as a linear system, solved densely: r = (1-d)/n + d (P + sinks/n) r.
std::vector<double> pagerank_by_elimination(std::size_t n, const Graph& graph, const EdgeColumn<double>& weight,
                                            double d) {
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::MatrixXd P = Eigen::MatrixXd::Zero(size, size);
  for (const NodeId u : graph.nodes()) {
    double total = 0;
    for (const auto [v, edge] : graph.out(u)) total += weight[edge];
    for (const auto [v, edge] : graph.out(u)) {
      if (total > 0) P(v.index, u.index) += weight[edge] / total;
    }
    if (!(total > 0)) P.col(u.index).setConstant(1.0 / static_cast<double>(n));
  }
  const Eigen::VectorXd restart = Eigen::VectorXd::Constant(size, (1 - d) / static_cast<double>(n));
  const Eigen::VectorXd r = (Eigen::MatrixXd::Identity(size, size) - d * P).fullPivLu().solve(restart);
  return {r.begin(), r.end()};
}

double sum_of(const NodeColumn<double>& column) {
  return std::accumulate(column.values().begin(), column.values().end(), 0.0);
}

}  // namespace

TEST_CASE("pagerank: a chain of two, by hand") {
  // 1 is a sink: r(0) = (1-d)/2 + d r(1)/2 and r(0) + r(1) = 1, so r(0) = 1/(2+d).
  const auto answer = pagerank(directed(2, edges_of({{0, 1}})));
  REQUIRE(answer);
  CHECK(answer->converged);
  CHECK(largest_difference(answer->score, {1 / 2.85, 1.85 / 2.85}) < 1e-9);
}

TEST_CASE("pagerank: everywhere alike on a cycle and on isolates") {
  CHECK(largest_difference(pagerank(directed(cycle_graph(5)))->score, std::vector<double>(5, 0.2)) < 1e-15);
  CHECK(largest_difference(pagerank(directed(3, {}))->score, std::vector<double>(3, 1.0 / 3)) < 1e-15);
  CHECK(pagerank(Graph())->score.empty());
  CHECK(pagerank(Graph())->converged);
}

TEST_CASE("pagerank: an edge of weight 0 is no edge") {
  const auto edges = edges_of({{0, 1}, {0, 2}, {1, 2}});
  const EdgeColumn<double> weight{0, 1, 1};
  const auto without = pagerank(directed(3, edges_of({{0, 2}, {1, 2}})));
  CHECK(largest_difference(pagerank(directed(3, edges), &weight)->score, list(without->score)) < 1e-12);
  const EdgeColumn<double> nothing{0, 0, 0};
  CHECK(largest_difference(pagerank(directed(3, edges), &nothing)->score, std::vector<double>(3, 1.0 / 3)) < 1e-15);
}

TEST_CASE("pagerank: solves its linear system, on graphs with loops, parallel edges and sinks") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(15);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 4);
    const double damping = random.unit() * 0.95;
    const Graph graph = directed(n, edges);
    const auto answer = pagerank(graph, &weight, {.damping = damping});
    REQUIRE(answer);
    CHECK(answer->converged);
    CHECK(answer->residual <= 1e-10);
    CHECK(std::abs(sum_of(answer->score) - 1) < 1e-14);
    CHECK(largest_difference(answer->score, pagerank_by_elimination(n, graph, weight, damping)) < 2e-9);
  });
}

TEST_CASE("pagerank: only the proportions of the weights matter") {
  for_each_seed(20, [](Seed seed) {
    const auto edges = random_arcs(10, 30, seed);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed);
    EdgeColumn<double> scaled = weight;
    for (double& w : scaled.values()) w *= 1024;
    const Graph graph = directed(10, edges);
    CHECK(pagerank(graph, &weight)->score == pagerank(graph, &scaled)->score);
  });
}

TEST_CASE("pagerank: the same bits with 1, 2 and 7 threads") {
  const auto edges = random_arcs(6000, 30000, 5, true, true);
  const Graph graph = directed(6000, edges);
  const auto one = pagerank(graph, nullptr, {}, with_threads(1));
  for (const int threads : {2, 7}) {
    const auto more = pagerank(graph, nullptr, {}, with_threads(threads));
    CHECK(more->score == one->score);
    CHECK(more->residual == one->residual);
  }
}

TEST_CASE("pagerank: not settling is said, not hidden") {
  const auto answer = pagerank(directed(path_graph(5)), nullptr, {.max_iterations = 1});
  REQUIRE(answer);
  CHECK_FALSE(answer->converged);
  CHECK(answer->iterations == 1);
  CHECK(answer->residual > 1e-10);
  CHECK(std::abs(sum_of(answer->score) - 1) < 1e-14);
}

TEST_CASE("pagerank: wrong options are refused with the option's name") {
  const Graph graph = directed(path_graph(3));
  CHECK(pagerank(graph, nullptr, {.damping = 1}).error().where == "option damping");
  CHECK(pagerank(graph, nullptr, {.damping = -0.1}).error().where == "option damping");
  CHECK(pagerank(graph, nullptr, {.damping = std::nan("")}).error().where == "option damping");
  CHECK(pagerank(graph, nullptr, {.tolerance = 0}).error().where == "option tolerance");
  CHECK(pagerank(graph, nullptr, {.max_iterations = 0}).error().where == "option max_iterations");
  const EdgeColumn<double> negative{1, -1};
  CHECK(pagerank(graph, &negative).error().code == ErrorCode::bad_argument);
}

TEST_CASE("pagerank: a cancelled job is interrupted") {
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(pagerank(directed(path_graph(5)), nullptr, {}, job).error().code == ErrorCode::interrupted);
}

#include "algorithms/centrality/pagerank.hpp"

#include <atomic>
#include <numeric>

#include <Eigen/Dense>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// The definition as a linear system, solved densely: r = (1-d) q + d (P + q at sinks) r.
std::vector<double> pagerank_by_elimination(std::size_t n, const Graph& graph, const EdgeColumn<double>& weight,
                                            double d, const NodeColumn<double>* restart = nullptr) {
  const auto size = static_cast<Eigen::Index>(n);
  Eigen::VectorXd q = Eigen::VectorXd::Constant(size, 1.0 / static_cast<double>(n));
  if (restart) {
    for (Eigen::Index v = 0; v < size; ++v) q[v] = restart->values()[static_cast<std::size_t>(v)];
    q /= q.sum();
  }
  Eigen::MatrixXd P = Eigen::MatrixXd::Zero(size, size);
  for (const NodeId u : graph.nodes()) {
    double total = 0;
    for (const auto [v, edge] : graph.out(u)) total += weight[edge];
    for (const auto [v, edge] : graph.out(u)) {
      if (total > 0) P(v.index, u.index) += weight[edge] / total;
    }
    if (!(total > 0)) P.col(u.index) = q;
  }
  const Eigen::VectorXd r = (Eigen::MatrixXd::Identity(size, size) - d * P).fullPivLu().solve((1 - d) * q);
  return {r.begin(), r.end()};
}

double l1_difference(const NodeColumn<double>& a, const std::vector<double>& b) {
  REQUIRE(a.size() == b.size());
  double sum = 0;
  for (std::size_t i = 0; i < b.size(); ++i) sum += std::abs(a.values()[i] - b[i]);
  return sum;
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
    for (const Graph& graph : {directed(n, edges), undirected(n, edges).both_ways()}) {
      const auto answer = pagerank(graph, &weight, {.damping = damping});
      REQUIRE(answer);
      CHECK(answer->converged);
      CHECK(answer->error <= 1e-10);
      CHECK(std::abs(sum_of(answer->score) - 1) < 1e-14);
      // What is proven holds: the elimination is exact to about 1e-14.
      CHECK(l1_difference(answer->score, pagerank_by_elimination(n, graph, weight, damping)) <= answer->error + 1e-13);
    }
  });
}

TEST_CASE("pagerank: the stated error holds at every number of sweeps, few or many") {
  const auto edges = random_arcs(40, 120, 3, true, true);
  const EdgeColumn<double> one(edges.size(), 1.0);
  for (const Graph& graph : {directed(40, edges), undirected(40, edges).both_ways()}) {
    const auto exact = pagerank_by_elimination(40, graph, one, 0.85);
    for (int sweeps = 1; sweeps < 40; ++sweeps) {
      CAPTURE(sweeps);
      const auto answer = pagerank(graph, nullptr, {.tolerance = 1e-13, .max_iterations = sweeps});
      REQUIRE(answer);
      CHECK(answer->iterations <= sweeps);
      CHECK(l1_difference(answer->score, exact) <= answer->error + 1e-14);
    }
  }
}

TEST_CASE("pagerank: personalised, the walker restarts where it is told to, by elimination") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(15);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 4);
    NodeColumn<double> restart(n);
    for (double& value : restart.values()) value = static_cast<double>(random.below(3));
    restart[NodeId{static_cast<std::uint32_t>(random.below(n))}] += 1;
    for (const Graph& graph : {directed(n, edges), undirected(n, edges).both_ways()}) {
      const auto answer = pagerank(graph, &weight, {}, {}, &restart);
      REQUIRE(answer);
      CHECK(answer->converged);
      CHECK(l1_difference(answer->score, pagerank_by_elimination(n, graph, weight, 0.85, &restart)) < 1.1e-10);
    }
  });
}

TEST_CASE("pagerank: personalised, the complete graph of four has the values of the networkx test suite") {
  // test_pagerank.py::TestPageRank::test_personalization and test_incomplete_personalization
  const Graph full = undirected(complete_graph(4)).both_ways();
  const NodeColumn<double> several{1, 1, 4, 4}, last{0, 0, 0, 1};
  CHECK(largest_difference(pagerank(full, nullptr, {}, {}, &several)->score,
                           {0.2324673261566759, 0.2324673261566759, 0.26753267384332413, 0.26753267384332413}) < 1e-6);
  CHECK(largest_difference(pagerank(full, nullptr, {}, {}, &last)->score,
                           {0.22077931820379193, 0.22077931820379193, 0.22077931820379193, 0.3376620453886241}) < 1e-6);
}

TEST_CASE("pagerank: personalised, who is out of reach has exactly 0") {
  // 0 -> 1 -> 2, 3 -> 2, and 4 - 5 apart.
  const auto edges = edges_of({{0, 1}, {1, 2}, {3, 2}, {4, 5}});
  const NodeColumn<double> first{1, 0, 0, 0, 0, 0};
  const auto walk = pagerank(directed(6, edges), nullptr, {}, {}, &first)->score;
  for (const std::uint32_t v : {3u, 4u, 5u}) CHECK(walk[NodeId{v}] == 0.0);
  CHECK(walk[NodeId{2}] > 0.1);
  const auto both_ways = pagerank(undirected(6, edges).both_ways(), nullptr, {}, {}, &first)->score;
  for (const std::uint32_t v : {4u, 5u}) CHECK(both_ways[NodeId{v}] == 0.0);
  CHECK(both_ways[NodeId{3}] > 0.01);
}

TEST_CASE("pagerank: a restart needs a place, and one value >= 0 for each node") {
  const Graph graph = directed(path_graph(3));
  for (const NodeColumn<double>& wrong :
       {NodeColumn<double>{1, 1}, NodeColumn<double>{0, 0, 0}, NodeColumn<double>{1, -1, 1},
        NodeColumn<double>{1, std::nan(""), 1}, NodeColumn<double>{1, INFINITY, 1}}) {
    const auto refused = pagerank(graph, nullptr, {}, {}, &wrong);
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::bad_argument);
  }
}

TEST_CASE("pagerank: the card restarts at the starting nodes, each counted once") {
  Asked asked(4, complete_graph(4).edges, true);
  asked.problem.from = {NodeId{3}, NodeId{3}};
  const NodeColumn<double> last{0, 0, 0, 1};
  const Card& card = centrality_card("pagerank");
  const auto findings = card.run(asked.problem, {}, {});
  REQUIRE(findings);
  CHECK(first_column(*findings) == list(pagerank(asked.symmetric.both_ways(), nullptr, {}, {}, &last)->score));
  CHECK(card.verify(asked.problem, {}, *findings));
  asked.problem.from = {NodeId{2}};
  CHECK(!card.verify(asked.problem, {}, *findings));  // the scores of another restart
  asked.problem.from = {NodeId{4}};
  CHECK(!card.verify(asked.problem, {}, *findings));
  CHECK(card.run(asked.problem, {}, {}).error().code == ErrorCode::bad_argument);
}

TEST_CASE("pagerank: weights as far apart as they may be still give the exact shares") {
  const auto edges = edges_of({{0, 1}, {1, 2}, {2, 0}, {0, 2}});
  const EdgeColumn<double> weight{1e-300, 1e300, 1, 1e-300};
  for (const Graph& graph : {directed(3, edges), undirected(3, edges).both_ways()}) {
    const auto answer = pagerank(graph, &weight);
    REQUIRE(answer);
    CHECK(answer->converged);
    CHECK(l1_difference(answer->score, pagerank_by_elimination(3, graph, weight, 0.85)) < 1.1e-10);
  }
}

TEST_CASE("pagerank: near damping 1 the answer is good or says that it is not") {
  const auto edges = random_edges(30, 60, 11);
  const EdgeColumn<double> one(edges.size(), 1.0);
  for (const Graph& graph : {directed(30, edges), undirected(30, edges).both_ways()}) {
    for (const double damping : {0.99, 0.9999, 0.999999}) {
      const auto answer = pagerank(graph, nullptr, {.damping = damping});
      REQUIRE(answer);
      CHECK(answer->converged == (answer->error <= 1e-10));
      CHECK(l1_difference(answer->score, pagerank_by_elimination(30, graph, one, damping)) <= answer->error + 1e-9);
    }
  }
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

TEST_CASE("pagerank: the same bits with 1, 2, 7 and 16 threads") {
  const auto edges = random_arcs(70000, 200000, 5, true, true);
  for (const Graph& graph : {directed(70000, edges), undirected(70000, edges).both_ways()}) {
    const auto one = pagerank(graph, nullptr, {.tolerance = 1e-6}, with_threads(1));
    for (const int threads : {2, 7, 16}) {
      const auto more = pagerank(graph, nullptr, {.tolerance = 1e-6}, with_threads(threads));
      CHECK(more->score == one->score);
      CHECK(more->residual == one->residual);
    }
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

TEST_CASE("pagerank: progress is told sweep by sweep, and stopping on the way is an interruption") {
  const Graph graph = undirected(300, random_edges(300, 900, 4)).both_ways();
  std::atomic<bool> stop{false};
  std::size_t told = 0;
  Job job{.threads = 1, .cancel = &stop, .progress = {}};
  job.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    CHECK(what == "pagerank");
    CHECK(done <= total);
    ++told;
  };
  const auto answer = pagerank(graph, nullptr, {}, job);
  REQUIRE(answer);
  CHECK(told == static_cast<std::size_t>(answer->iterations));
  job.progress = [&](std::string_view, std::size_t done, std::size_t) { stop = done == 3; };
  CHECK(pagerank(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
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

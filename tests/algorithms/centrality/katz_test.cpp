#include "algorithms/centrality/katz.hpp"

#include <algorithm>
#include <atomic>

#include <Eigen/Dense>

#include "algorithms/centrality/eigenvector.hpp"
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
  for (const Graph& graph : {undirected(path_graph(60)).both_ways(), directed(cycle_graph(60))}) {
    const auto answer = katz(graph, nullptr, {.alpha = 0.4, .max_iterations = 3});
    REQUIRE(answer);
    CHECK(answer->converged == (answer->residual <= 1e-12));
    CHECK(answer->iterations <= 3);
  }
  CHECK_FALSE(katz(undirected(path_graph(60)).both_ways(), nullptr, {.alpha = 0.4, .max_iterations = 3})->converged);
  CHECK(katz(full, nullptr, {.alpha = -1}).error().where == "option alpha");
  CHECK(katz(full, nullptr, {.beta = 0}).error().where == "option beta");
  CHECK(katz(full, nullptr, {.tolerance = 0}).error().where == "option tolerance");
  CHECK(katz(full, nullptr, {.max_iterations = 0}).error().where == "option max_iterations");
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(katz(full, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("katz: the same bits with 1, 2, 7 and 16 threads") {
  const auto edges = random_arcs(70000, 200000, 9, true, true);
  for (const Graph& graph : {directed(70000, edges), undirected(70000, edges).both_ways()}) {
    const KatzOptions options{.alpha = 0.02, .tolerance = 1e-8};
    const auto one = katz(graph, nullptr, options, with_threads(1));
    REQUIRE(one);
    for (const int threads : {2, 7, 16}) {
      const auto more = katz(graph, nullptr, options, with_threads(threads));
      CHECK(more->score == one->score);
      CHECK(more->eigenvalue == one->eigenvalue);
    }
  }
}

TEST_CASE("katz: just below 1/lambda it is solved, just above it is refused, with and without directions") {
  for_each_seed(30, [](Seed seed) {
    auto edges = random_arcs(25, 60, seed, true, true);
    for (const Ends& e : cycle_graph(25).edges) edges.push_back(e);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 1, 3);
    for (const Graph& graph : {directed(25, edges), undirected(25, edges).both_ways()}) {
      const double lambda = katz(graph, &weight, {.alpha = 0})->eigenvalue;
      const auto below = katz(graph, &weight, {.alpha = 0.9999 / lambda});
      REQUIRE(below);
      CHECK(below->converged);
      const auto expected = katz_by_elimination(graph, weight, 0.9999 / lambda, 1);
      CHECK(largest_difference(below->score, expected) < 1e-6 * *std::ranges::max_element(expected));
      CHECK(katz(graph, &weight, {.alpha = 1.0001 / lambda}).error().where == "option alpha");
      CHECK(katz(graph, &weight, {.alpha = 100 / lambda}).error().where == "option alpha");
    }
  });
}

TEST_CASE("katz: the scores alone are the same scores, and what they prove is not believed without proof") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const auto edges = random_arcs(2 + random.below(40), random.below(120), seed, true, true);
    std::size_t n = 1;
    for (const auto [u, v] : edges) n = std::max<std::size_t>({n, u.index + 1u, v.index + 1u});
    for (const Graph& graph : {directed(n, edges), undirected(n, edges).both_ways()}) {
      const double lambda = katz(graph, nullptr, {.alpha = 0})->eigenvalue;
      const double limit = lambda > 0 ? 1 / lambda : 1;
      for (const double share : {0.0, 0.3, 0.9, 0.999}) {
        CAPTURE(n, lambda, share);
        const auto all = katz(graph, nullptr, {.alpha = share * limit});
        const auto scores = katz(graph, nullptr, {.alpha = share * limit, .scores_only = true});
        REQUIRE(scores);
        CHECK(scores->converged == all->converged);
        CHECK(scores->eigenvalue <= lambda * (1 + 1e-9));
        for (std::size_t v = 0; v < n; ++v) {
          CHECK(std::abs(scores->score.values()[v] - all->score.values()[v]) <= 1e-7 * all->score.values()[v]);
        }
      }
      for (const double times : {1.001, 1.5, 40.0}) {
        const auto all = katz(graph, nullptr, {.alpha = times * limit});
        const auto scores = katz(graph, nullptr, {.alpha = times * limit, .scores_only = true});
        REQUIRE(scores.has_value() == all.has_value());
        if (!all) CHECK(scores.error().what == all.error().what);
      }
    }
  });
}

TEST_CASE("katz: without directions the eigenvalue is that of the eigenvector centrality") {
  for_each_seed(30, [](Seed seed) {
    const auto edges = random_edges(200, 600, seed, true, true);
    const Graph graph = undirected(200, edges).both_ways();
    const double lambda = eigenvector(graph)->eigenvalue, found = katz(graph, nullptr, {.alpha = 0})->eigenvalue;
    CHECK(found <= lambda * (1 + 1e-14));
    CHECK(found >= lambda * (1 - 1e-9));
  });
}

TEST_CASE("katz: where the eigenvalue does not settle, it is a lower bound and the card says so") {
  const NamedGraph grid = grid_graph(150, 150);
  const auto answer = katz(undirected(grid).both_ways(), nullptr, {.alpha = 0.1});
  REQUIRE(answer);
  CHECK(answer->converged);
  CHECK_FALSE(answer->eigenvalue_settled);
  const double lambda = 4 * std::cos(M_PI / 151);
  CHECK(answer->eigenvalue < lambda);
  CHECK(answer->eigenvalue > 0.99 * lambda);
  const Asked asked(grid.node_count, grid.edges, true);
  const auto findings = centrality_card("katz").run(asked.problem, {}, {});
  REQUIRE(findings);
  CHECK(findings->notes.size() == 1);
  CHECK(katz(asked.symmetric.both_ways(), nullptr, {.alpha = 1.001 / lambda}).error().where == "option alpha");
}

TEST_CASE("katz: weights of any size are only a matter of the unit of alpha") {
  const auto edges = edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}});
  const EdgeColumn<double> weight{1, 2, 3, 4}, huge{1e300, 2e300, 3e300, 4e300};
  for (const Graph& graph : {directed(4, edges), undirected(4, edges).both_ways()}) {
    const auto small = katz(graph, &weight, {.alpha = 0.1}), large = katz(graph, &huge, {.alpha = 1e-301});
    REQUIRE(small);
    REQUIRE(large);
    CHECK(largest_difference(large->score, list(small->score)) < 1e-10);
  }
}

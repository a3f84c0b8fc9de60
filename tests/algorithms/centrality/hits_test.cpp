#include "algorithms/centrality/hits.hpp"

#include <atomic>

#include <Eigen/Dense>

#include "algorithms/centrality/eigenvector.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// Authorities and hubs by singular value decomposition: the part of A^T 1 in the space of the largest
/// singular value.
struct DenseHits {
  std::vector<double> hub, authority;
};

DenseHits hits_densely(const Graph& graph, const EdgeColumn<double>& weight) {
  const auto n = static_cast<Eigen::Index>(graph.node_count());
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(n, n);
  for (const EdgeId e : graph.edges()) A(graph.ends(e).source.index, graph.ends(e).target.index) += weight[e];
  const Eigen::JacobiSVD<Eigen::MatrixXd> svd(A, Eigen::ComputeFullU | Eigen::ComputeFullV);
  Eigen::VectorXd authority = Eigen::VectorXd::Zero(n);
  const Eigen::VectorXd start = A.transpose() * Eigen::VectorXd::Ones(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    if (svd.singularValues()[i] < svd.singularValues()[0] - 1e-9) continue;
    authority += svd.matrixV().col(i).dot(start) * svd.matrixV().col(i);
  }
  Eigen::VectorXd hub = A * authority;
  if (authority.norm() > 0) authority.normalize();
  if (hub.norm() > 0) hub.normalize();
  return {{hub.begin(), hub.end()}, {authority.begin(), authority.end()}};
}

}  // namespace

TEST_CASE("hits: two donors and two projects, by hand") {
  // 0 -> 2, 0 -> 3, 1 -> 3: A^T A on {2, 3} is [[1,1],[1,2]]; the golden ratio appears.
  const auto answer = hits(directed(4, edges_of({{0, 2}, {0, 3}, {1, 3}})));
  REQUIRE(answer);
  const double phi = (1 + std::sqrt(5)) / 2, norm = std::sqrt(1 + phi * phi);
  CHECK(largest_difference(answer->authority, {0, 0, 1 / norm, phi / norm}) < 1e-12);
  CHECK(largest_difference(answer->hub, {phi / norm, 1 / norm, 0, 0}) < 1e-12);
}

TEST_CASE("hits: no edge, no score") {
  for (const std::size_t n : {0u, 1u, 3u}) {
    const auto answer = hits(directed(n, {}));
    REQUIRE(answer);
    CHECK(list(answer->hub) == std::vector<double>(n, 0.0));
    CHECK(list(answer->authority) == std::vector<double>(n, 0.0));
    CHECK(answer->converged);
  }
  const EdgeColumn<double> nothing{0};
  CHECK(list(hits(directed(2, edges_of({{0, 1}})), &nothing)->hub) == std::vector<double>{0, 0});
}

TEST_CASE("hits: agrees with the singular vectors on random directed multigraphs") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(25);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 4);
    const Graph graph = directed(n, edges);
    const auto answer = hits(graph, &weight);
    REQUIRE(answer);
    CHECK(answer->converged);
    const DenseHits expected = hits_densely(graph, weight);
    CHECK(largest_difference(answer->authority, expected.authority) < 1e-7);
    CHECK(largest_difference(answer->hub, expected.hub) < 1e-7);
  });
}

TEST_CASE("hits: turning every arc round swaps hubs and authorities") {
  for_each_seed(30, [](Seed seed) {
    auto edges = random_arcs(15, 60, seed);
    for (const Ends& e : cycle_graph(15).edges) edges.push_back(e);
    std::vector<Ends> turned;
    for (const auto& [source, target] : edges) turned.push_back({target, source});
    const auto there = hits(directed(15, edges)), back = hits(directed(15, turned));
    CHECK(largest_difference(there->hub, list(back->authority)) < 1e-6);
    CHECK(largest_difference(there->authority, list(back->hub)) < 1e-6);
  });
}

TEST_CASE("hits: without directions both are the eigenvector centrality, on bipartite graphs too") {
  for (const NamedGraph& shape : {star_graph(4), karate_club(), path_graph(5)}) {
    CAPTURE(shape.name);
    const auto answer = hits(undirected(shape));
    CHECK(answer->hub == answer->authority);
    CHECK(answer->hub == eigenvector(undirected(shape).both_ways())->score);
  }
}

TEST_CASE("hits: normalized, the largest hub and the largest authority are 1") {
  const auto answer = hits(directed(4, edges_of({{0, 2}, {0, 3}, {1, 3}})), nullptr, {.normalized = true});
  CHECK(*std::ranges::max_element(answer->hub.values()) == 1.0);
  CHECK(*std::ranges::max_element(answer->authority.values()) == 1.0);
}

TEST_CASE("hits: the same bits with 1, 2, 7 and 16 threads") {
  const auto edges = random_arcs(70000, 200000, 9, true, true);
  const Graph graph = directed(70000, edges);
  const HitsOptions options{.tolerance = 1e-6, .max_iterations = 60};
  const auto one = hits(graph, nullptr, options, with_threads(1));
  for (const int threads : {2, 7, 16}) {
    const auto more = hits(graph, nullptr, options, with_threads(threads));
    CHECK(more->hub == one->hub);
    CHECK(more->authority == one->authority);
  }
}

TEST_CASE("hits: wrong options and weights are refused, a cancelled job is interrupted") {
  const Graph graph = directed(path_graph(3));
  CHECK(hits(graph, nullptr, {.tolerance = -1}).error().where == "option tolerance");
  CHECK(hits(graph, nullptr, {.max_iterations = 0}).error().where == "option max_iterations");
  const EdgeColumn<double> negative{1, -1};
  CHECK(hits(graph, &negative).error().code == ErrorCode::bad_argument);
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(hits(graph, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

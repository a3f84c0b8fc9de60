#include "algorithms/centrality/eigenvector.hpp"

#include <atomic>

#include <Eigen/Dense>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

double euclidean(const std::vector<double>& x) {
  double sum = 0;
  for (const double value : x) sum += value * value;
  return std::sqrt(sum);
}

/// |x A - lambda x|, recomputed from the edges alone.
double residual_of(const Graph& graph, const EdgeColumn<double>& weight, const Eigenvector& answer) {
  std::vector<double> difference;
  for (const NodeId v : graph.nodes()) {
    double sum = 0;
    for (const auto [u, edge] : graph.in(v)) sum += answer.score[u] * weight[edge];
    difference.push_back(sum - answer.eigenvalue * answer.score[v]);
  }
  return euclidean(difference);
}

/// The projection of (1, …, 1) onto the eigenspace of the largest eigenvalue of a symmetric matrix.
std::pair<double, std::vector<double>> eigenvector_densely(const Symmetric& graph, const EdgeColumn<double>& weight) {
  const auto n = static_cast<Eigen::Index>(graph.node_count());
  Eigen::MatrixXd A = Eigen::MatrixXd::Zero(n, n);
  for (const NodeId v : graph.nodes()) {
    for (const auto [u, edge] : graph.arcs(v)) A(v.index, u.index) += weight[edge];
  }
  const Eigen::SelfAdjointEigenSolver<Eigen::MatrixXd> solver(A);
  const double largest = solver.eigenvalues()[n - 1];
  Eigen::VectorXd projection = Eigen::VectorXd::Zero(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    if (solver.eigenvalues()[i] < largest - 1e-9) continue;
    projection += solver.eigenvectors().col(i).sum() * solver.eigenvectors().col(i);
  }
  if (largest < 1e-9) projection.setZero();  // no edge: every score is 0
  else projection.normalize();
  return {largest, {projection.begin(), projection.end()}};
}

}  // namespace

TEST_CASE("eigenvector: star, path and complete graph, by hand") {
  const auto star = eigenvector(undirected(star_graph(4)).both_ways());  // lambda = sqrt(4)
  CHECK(std::abs(star->eigenvalue - 2) < 1e-12);
  CHECK(largest_difference(star->score, {std::sqrt(0.5), std::sqrt(0.125), std::sqrt(0.125), std::sqrt(0.125),
                                         std::sqrt(0.125)}) < 1e-12);
  const auto path = eigenvector(undirected(path_graph(3)).both_ways());
  CHECK(std::abs(path->eigenvalue - std::sqrt(2)) < 1e-12);
  CHECK(largest_difference(path->score, {0.5, std::sqrt(0.5), 0.5}) < 1e-12);
  const auto full = eigenvector(undirected(complete_graph(5)).both_ways());
  CHECK(std::abs(full->eigenvalue - 4) < 1e-12);
  CHECK(largest_difference(full->score, std::vector<double>(5, 1 / std::sqrt(5))) < 1e-12);
}

TEST_CASE("eigenvector: on a directed graph scores come in along the arcs") {
  // A ring 0 -> 1 -> 0 that feeds 2; nobody hears 3.
  const auto answer = eigenvector(directed(4, edges_of({{0, 1}, {1, 0}, {1, 2}, {3, 0}})));
  CHECK(std::abs(answer->eigenvalue - 1) < 1e-12);
  CHECK(largest_difference(answer->score, {1 / std::sqrt(3), 1 / std::sqrt(3), 1 / std::sqrt(3), 0}) < 1e-12);
}

TEST_CASE("eigenvector: without a cycle every score is 0 and the card says so") {
  const auto answer = eigenvector(directed(path_graph(4)));
  REQUIRE(answer);
  CHECK(answer->converged);
  CHECK(answer->eigenvalue == 0);
  CHECK(list(answer->score) == std::vector<double>(4, 0.0));
  const Asked asked(4, path_graph(4).edges, false);
  const auto findings = centrality_card("eigenvector").run(asked.problem, {}, {});
  REQUIRE(findings);
  CHECK(findings->notes.size() == 1);
}

TEST_CASE("eigenvector: of several components the one with the largest eigenvalue has the scores") {
  const auto answer = eigenvector(undirected(7, edges_of({{0, 1}, {1, 2}, {2, 0}, {4, 5}, {5, 6}})).both_ways());
  CHECK(largest_difference(answer->score, {1 / std::sqrt(3), 1 / std::sqrt(3), 1 / std::sqrt(3), 0, 0, 0, 0}) < 1e-12);
  for (std::uint32_t i = 3; i < 7; ++i) CHECK(answer->score[NodeId{i}] == 0.0);
}

TEST_CASE("eigenvector: components that tie share the score as the projection of ones does") {
  // A ring of five and a star of four leaves both have the eigenvalue 2.
  std::vector<Ends> edges = cycle_graph(5).edges;
  for (const Ends& e : star_graph(4).edges) edges.push_back(ends_of(e.source.index + 5, e.target.index + 5));
  const Symmetric graph = undirected(10, edges);
  const EdgeColumn<double> one(edges.size(), 1.0);
  const auto answer = eigenvector(graph.both_ways());
  CHECK(largest_difference(answer->score, eigenvector_densely(graph, one).second) < 1e-12);
  CHECK(answer->score[NodeId{0}] > 0.1);
  CHECK(answer->score[NodeId{5}] > 0.1);
}

TEST_CASE("eigenvector: agrees with a dense solver on random multigraphs") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(40);
    const auto edges = random_edges(n, random.below(3 * n), seed, true, true);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 5);
    const Symmetric graph = undirected(n, edges);
    const auto answer = eigenvector(graph.both_ways(), &weight);
    REQUIRE(answer);
    CHECK(answer->converged);
    const auto [value, vector] = eigenvector_densely(graph, weight);
    CHECK(std::abs(answer->eigenvalue - value) < 1e-9 * (1 + value));
    CHECK(largest_difference(answer->score, vector) < 1e-7);
    CHECK(residual_of(graph.both_ways(), weight, *answer) <= 1e-11 * (1 + value));
  });
}

TEST_CASE("eigenvector: on strongly connected directed graphs it is the positive eigenvector") {
  for_each_seed(40, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 2 + random.below(40);
    auto edges = random_arcs(n, n, seed, true, true);
    for (const Ends& e : cycle_graph(n).edges) edges.push_back(e);
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed);
    const Graph graph = directed(n, edges);
    const auto answer = eigenvector(graph, &weight);
    REQUIRE(answer);
    CHECK(answer->converged);
    CHECK(residual_of(graph, weight, *answer) <= 1e-10 * answer->eigenvalue);
    // A positive eigenvector of an irreducible matrix is the dominant one (Perron and Frobenius).
    for (const double value : answer->score.values()) CHECK(value > 0);
    CHECK(std::abs(euclidean(list(answer->score)) - 1) < 1e-12);
  });
}

TEST_CASE("eigenvector: a long path, whose eigenvalues lie close together, still settles") {
  const std::size_t n = 150;
  const auto answer = eigenvector(undirected(path_graph(n)).both_ways());
  CHECK(answer->converged);
  CHECK(answer->iterations < 2000);
  std::vector<double> sine;  // the known eigenvector: sin(pi i / (n + 1)), lambda = 2 cos(pi / (n + 1))
  for (std::size_t i = 1; i <= n; ++i) {
    sine.push_back(std::sqrt(2.0 / (n + 1)) * std::sin(M_PI * static_cast<double>(i) / (n + 1)));
  }
  CHECK(std::abs(answer->eigenvalue - 2 * std::cos(M_PI / (n + 1))) < 1e-12);
  CHECK(largest_difference(answer->score, sine) < 1e-7);
}

TEST_CASE("eigenvector: the karate club has the values networkx 2.8.8 and igraph 0.10.2 agree on") {
  const auto club = eigenvector(undirected(karate_club()).both_ways());
  CHECK(std::abs(club->eigenvalue - 6.725697727631733) < 1e-12);
  CHECK(std::abs(club->score[NodeId{0}] - 0.3554914445245639) < 1e-11);
  CHECK(std::abs(club->score[NodeId{16}] - 0.023635628104590963) < 1e-11);
  CHECK(std::abs(club->score[NodeId{33}] - 0.3733634702914858) < 1e-11);
  const EdgeColumn<double> weight = karate_club_strengths();
  const auto weighted = eigenvector(undirected(karate_club()).both_ways(), &weight);
  CHECK(std::abs(weighted->score[NodeId{33}] - 0.3640968819701129) < 1e-11);
}

TEST_CASE("eigenvector: normalized, the largest score is 1 and the proportions stay") {
  const Graph club = undirected(karate_club()).both_ways();
  const auto plain = eigenvector(club), scaled = eigenvector(club, nullptr, {.normalized = true});
  CHECK(*std::ranges::max_element(scaled->score.values()) == 1.0);
  const double factor = plain->score[NodeId{33}];
  for (const NodeId v : club.nodes()) CHECK(std::abs(scaled->score[v] * factor - plain->score[v]) < 1e-15);
}

TEST_CASE("eigenvector: weights of any size change nothing but the eigenvalue") {
  const auto edges = edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}});
  const Symmetric graph = undirected(4, edges);
  const EdgeColumn<double> weight{1, 2, 3, 4}, huge{1e300, 2e300, 3e300, 4e300};
  CHECK(largest_difference(eigenvector(graph.both_ways(), &weight)->score,
                           list(eigenvector(graph.both_ways(), &huge)->score)) < 1e-12);
}

TEST_CASE("eigenvector: a long run, whose basis is not kept but made again, settles on the same vector") {
  // Enough products for the second look at the basis; the known eigenvector is a product of sines.
  const std::size_t side = 60;
  const auto answer = eigenvector(undirected(grid_graph(side, side)).both_ways());
  REQUIRE(answer);
  CHECK(answer->converged);
  CHECK(answer->iterations > 100);
  const double angle = M_PI / static_cast<double>(side + 1);
  CHECK(std::abs(answer->eigenvalue - 4 * std::cos(angle)) < 1e-12);
  std::vector<double> sines;
  for (std::size_t row = 1; row <= side; ++row) {
    for (std::size_t column = 1; column <= side; ++column) {
      sines.push_back(2 * std::sin(angle * static_cast<double>(row)) * std::sin(angle * static_cast<double>(column)) /
                      static_cast<double>(side + 1));
    }
  }
  CHECK(largest_difference(answer->score, sines) < 1e-9);
}

TEST_CASE("eigenvector: whatever the number of products allowed, they are not exceeded and the residual is true") {
  const Graph grid = undirected(grid_graph(30, 31)).both_ways();
  const EdgeColumn<double> one(grid.edge_count(), 1.0);
  for (const int products : {1, 2, 5, 31, 32, 33, 34, 40, 65, 100}) {
    CAPTURE(products);
    const auto answer = eigenvector(grid, nullptr, {.max_iterations = products});
    REQUIRE(answer);
    CHECK(answer->iterations <= products);
    CHECK(answer->iterations + 2 > std::min(products, 32));
    const double recomputed = residual_of(grid, one, *answer) / answer->eigenvalue;
    CHECK(std::abs(recomputed - answer->residual) <= 1e-6 * answer->residual + 1e-13);
  }
}

TEST_CASE("eigenvector: the same bits with 1, 2, 7 and 16 threads") {
  const auto edges = random_edges(70000, 200000, 9, true, true);
  for (const Graph& graph : {directed(70000, edges), undirected(70000, edges).both_ways()}) {
    const auto one = eigenvector(graph, nullptr, {.tolerance = 1e-6, .max_iterations = 60}, with_threads(1));
    for (const int threads : {2, 7, 16}) {
      const auto more = eigenvector(graph, nullptr, {.tolerance = 1e-6, .max_iterations = 60}, with_threads(threads));
      CHECK(more->score == one->score);
    }
  }
}

TEST_CASE("eigenvector: not settling is said, wrong options are refused, a cancelled job is interrupted") {
  const Graph path = undirected(path_graph(400)).both_ways();
  const auto answer = eigenvector(path, nullptr, {.max_iterations = 7});
  REQUIRE(answer);
  CHECK_FALSE(answer->converged);
  CHECK(answer->iterations == 7);
  CHECK(eigenvector(path, nullptr, {.tolerance = 0}).error().where == "option tolerance");
  CHECK(eigenvector(path, nullptr, {.max_iterations = 0}).error().where == "option max_iterations");
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(eigenvector(path, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("eigenvector: parts of equal eigenvalue one behind the other are not said to settle unless they did") {
  // Two loops in a row: the only eigenvector is (0, 1), and no sum of walks from (1, 1) tends to it in few products.
  const Graph loops = directed(2, edges_of({{0, 0}, {0, 1}, {1, 1}}));
  // Twelve directed triangles, each leading to the next.
  std::vector<Ends> edges;
  for (std::size_t t = 0; t < 12; ++t) {
    for (std::size_t i = 0; i < 3; ++i) edges.push_back(ends_of(3 * t + i, 3 * t + (i + 1) % 3));
    if (t > 0) edges.push_back(ends_of(3 * t - 1, 3 * t));
  }
  for (const Graph& graph : {loops, directed(36, edges)}) {
    const auto answer = eigenvector(graph, nullptr, {.tolerance = 1e-12, .max_iterations = 200}).value();
    const EdgeColumn<double> ones(graph.edge_count(), 1.0);
    const double residual = residual_of(graph, ones, answer) / answer.eigenvalue;
    CHECK(answer.converged == (residual < 1e-9));
    CHECK(std::abs(answer.residual - residual) < 1e-9);
  }
  CHECK_FALSE(eigenvector(loops).value().converged);
}

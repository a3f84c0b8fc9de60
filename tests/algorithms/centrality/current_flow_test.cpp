#include <atomic>
#include <cmath>
#include <numeric>

#include <Eigen/Dense>

#include "algorithms/centrality/betweenness.hpp"
#include "algorithms/centrality/current_flow_betweenness.hpp"
#include "algorithms/centrality/current_flow_closeness.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// Both measures from their definitions, by the pseudoinverse of the whole Laplacian.
struct Dense {
  std::vector<double> betweenness, closeness;

  Dense(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>* conductance)
      : betweenness(n, 0), closeness(n, 0) {
    const auto size = static_cast<Eigen::Index>(n);
    Eigen::MatrixXd g = Eigen::MatrixXd::Zero(size, size);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const auto a = static_cast<Eigen::Index>(edges[i].source.index);
      const auto b = static_cast<Eigen::Index>(edges[i].target.index);
      if (a == b) continue;
      const double c = conductance ? conductance->values()[i] : 1.0;
      g(a, b) += c;
      g(b, a) += c;
    }
    const Eigen::MatrixXd laplacian = Eigen::MatrixXd(g.rowwise().sum().asDiagonal()) - g;
    const Eigen::MatrixXd inverse = laplacian.completeOrthogonalDecomposition().pseudoInverse();
    for (Eigen::Index s = 0; s < size; ++s) {
      double resistances = 0, others = 0;
      for (Eigen::Index t = 0; t < size; ++t) {
        const Eigen::VectorXd potential = inverse.col(s) - inverse.col(t);
        Eigen::VectorXd current = laplacian * potential;
        current(s) -= 1;
        current(t) += 1;
        if (s == t || current.norm() > 1e-6) continue;  // no current can run from s to t
        resistances += potential(s) - potential(t);
        others += 1;
        for (Eigen::Index v = 0; v < size; ++v) {
          if (v == s || v == t || t < s) continue;
          for (Eigen::Index u = 0; u < size; ++u) {
            betweenness[static_cast<std::size_t>(v)] += g(u, v) * std::abs(potential(u) - potential(v)) / 2;
          }
        }
      }
      if (others > 0) closeness[static_cast<std::size_t>(s)] = others / resistances;
    }
  }
};

void check_against_dense(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>* conductance) {
  const Symmetric graph = undirected(n, edges);
  const Dense dense(n, edges, conductance);
  const auto b = current_flow_betweenness(graph, conductance)->current_flow_betweenness;
  const auto c = current_flow_closeness(graph, conductance)->current_flow_closeness;
  CHECK(largest_difference(b, dense.betweenness) < 1e-8);
  CHECK(largest_difference(c, dense.closeness) < 1e-8);
}

}  // namespace

TEST_CASE("current flow: a triangle, by hand") {
  // From a to b two thirds of the current go straight, one third through c. R = 2/3 between any two.
  const Symmetric triangle = undirected(cycle_graph(3));
  for (const bool normalized : {false, true}) {  // there is one pair of others
    const auto b = current_flow_betweenness(triangle, nullptr, {.normalized = normalized})->current_flow_betweenness;
    CHECK(largest_difference(b, {1. / 3, 1. / 3, 1. / 3}) < 1e-14);
  }
  CHECK(largest_difference(current_flow_closeness(triangle)->current_flow_closeness, {1.5, 1.5, 1.5}) < 1e-14);
}

TEST_CASE("current flow: in a tree current has one way, so both measures are those of shortest paths") {
  for_each_seed(20, [](Seed seed) {
    Random random(seed);
    std::vector<Ends> tree;
    std::vector<std::vector<double>> hops(60, std::vector<double>(60, 0));
    for (std::size_t v = 1; v < 60; ++v) {
      const std::size_t parent = random.below(v);
      tree.push_back(ends_of(v, parent));
      for (std::size_t u = 0; u < v; ++u) hops[v][u] = hops[u][v] = hops[parent][u] + 1;
    }
    std::vector<double> closeness;
    for (const auto& row : hops) closeness.push_back(59 / std::accumulate(row.begin(), row.end(), 0.0));
    const Symmetric graph = undirected(60, tree);
    CHECK(largest_difference(current_flow_betweenness(graph)->current_flow_betweenness,
                             list(betweenness(graph)->betweenness)) < 1e-9);
    CHECK(largest_difference(current_flow_closeness(graph)->current_flow_closeness, closeness) < 1e-11);
  });
}

TEST_CASE("current flow: the karate club has the values of networkx 2.8.8") {
  // current_flow_betweenness_centrality(karate_club_graph(), normalized=False, weight=None), and
  // 33 * current_flow_closeness_centrality(...), which leaves out the factor n - 1; nodes 0 ... 33
  const Symmetric club = undirected(karate_club());
  CHECK(largest_difference(current_flow_betweenness(club)->current_flow_betweenness, {
          256.8124460137, 97.02755769386, 133.4459074638, 52.73524194219, 24.76315789474, 37.90350877193,
          37.90350877193, 28.28062100699, 54.66696994921, 15.37870148423, 24.76315789474, 0, 11.50663695094,
          50.2741177167, 5.215668614208, 5.215668614208, 8.315789473684, 10.88258293846, 5.215668614208,
          35.84130467561, 5.215668614208, 10.88258293846, 5.215668614208, 48.86571456838, 22.05512430569,
          24.73302160396, 8.392244635253, 42.86607192292, 25.08316543117, 30.91242338422, 39.91433793777,
          81.9545832122, 130.7758948326, 206.1145783271}) < 1e-9);
  CHECK(largest_difference(current_flow_closeness(club)->current_flow_closeness, {
          1.93271449948835, 1.7333253113037, 1.8402586939648, 1.54528465094376, 1.08026305309339,
          1.12550987464743, 1.12550987464743, 1.38707959639934, 1.5545106475057, 1.04378119412976,
          1.08026305309339, 0.672447941917462, 0.997309618324932, 1.54300806676866, 1.02120154675856,
          1.02120154675856, 0.790587741906377, 1.018033324004, 1.02120154675856, 1.29016485920325,
          1.02120154675856, 1.018033324004, 1.02120154675856, 1.43954179991094, 1.10836367061338,
          1.11419487849254, 0.96367049723552, 1.36187699337726, 1.25961680984704, 1.30929753460507,
          1.42042796427124, 1.57022581841768, 1.81811916670142, 1.95303592877783}) < 1e-11);
  // The same with weight = the strengths of the friendships
  const EdgeColumn<double> strength = karate_club_strengths();
  CHECK(largest_difference(current_flow_betweenness(club, &strength)->current_flow_betweenness, {
          248.481107591, 100.2860675921, 151.8154562233, 56.88615808928, 24.0364489354, 42.25081198123,
          38.23204619271, 28.10178311266, 71.00962464501, 9.677369252969, 22.82028148683, 0, 6.392909898566,
          58.68781561164, 4.101555653685, 6.206461206602, 6.506676290148, 5.008967498374, 2.427187742713,
          18.54669213713, 2.410112969012, 7.625229563241, 4.368386995388, 58.98704006268, 13.62110785493,
          30.74996038322, 7.857978076304, 44.83515683874, 21.80572183111, 33.37467200892, 38.45849326701,
          81.78779783593, 141.5442607157, 204.7724246624}) < 1e-9);
}

TEST_CASE("current flow: agrees with the pseudoinverse on random multigraphs with conductances") {
  for_each_seed(30, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 2 + random.below(18);
    const auto edges = random_edges(n, random.below(2 * n), seed, true, true);
    const EdgeColumn<double> conductance = random_whole_values(edges.size(), seed, 0, 4);
    check_against_dense(n, edges, nullptr);
    check_against_dense(n, edges, &conductance);
  });
}

TEST_CASE("current flow: agrees with the pseudoinverse on the odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const EdgeColumn<double> conductance(shape.edges.size(), 0.25);
    if (shape.node_count > 0) check_against_dense(shape.node_count, shape.edges, nullptr);
    if (shape.node_count > 0) check_against_dense(shape.node_count, shape.edges, &conductance);
    CHECK(current_flow_betweenness(undirected(shape))->current_flow_betweenness.size() == shape.node_count);
    CHECK(current_flow_closeness(undirected(shape))->current_flow_closeness.size() == shape.node_count);
  }
}

TEST_CASE("current flow: conductances in another unit change no betweenness and scale closeness") {
  const auto edges = random_edges(40, 80, 3);
  const Symmetric graph = undirected(40, edges);
  EdgeColumn<double> weight = random_whole_values(edges.size(), 3);
  const auto b = list(current_flow_betweenness(graph, &weight)->current_flow_betweenness);
  const auto c = list(current_flow_closeness(graph, &weight)->current_flow_closeness);
  for (double& value : weight.values()) value *= 1e200;
  CHECK(largest_difference(current_flow_betweenness(graph, &weight)->current_flow_betweenness, b) < 1e-9);
  const auto scaled = list(current_flow_closeness(graph, &weight)->current_flow_closeness);
  for (std::size_t v = 0; v < 40; ++v) CHECK(scaled[v] == Approx(c[v] * 1e200));
}

TEST_CASE("current flow: the same bits with 1, 2, 7 and 16 threads") {
  const auto edges = random_edges(300, 700, 5);
  const Symmetric graph = undirected(300, edges);
  const auto b = current_flow_betweenness(graph, nullptr, {}, with_threads(1))->current_flow_betweenness;
  const auto c = current_flow_closeness(graph, nullptr, {}, with_threads(1))->current_flow_closeness;
  for (const int threads : {2, 7, 16}) {
    CHECK(current_flow_betweenness(graph, nullptr, {}, with_threads(threads))->current_flow_betweenness == b);
    CHECK(current_flow_closeness(graph, nullptr, {}, with_threads(threads))->current_flow_closeness == c);
  }
}

TEST_CASE("current flow: what is too large is refused by its size; trees of any size are not, for betweenness") {
  const Symmetric ring = undirected(cycle_graph(4097));
  CHECK(current_flow_betweenness(ring).error().code == ErrorCode::resource);
  CHECK(current_flow_closeness(ring).error().what.find("4097") != std::string::npos);
  CHECK(current_flow_betweenness(undirected(star_graph(20000)))->current_flow_betweenness[NodeId{0}] ==
        Approx(20000.0 * 19999 / 2));
}

TEST_CASE("current flow: bad weights are refused, and weights too far apart, and a cancelled job is interrupted") {
  const Symmetric ring = undirected(cycle_graph(4));
  for (const double bad : {-1.0, std::nan(""), double(INFINITY)}) {
    const EdgeColumn<double> weight{1, 1, bad, 1};
    CHECK(current_flow_betweenness(ring, &weight).error().what.starts_with("edge 2 has the weight "));
    CHECK(current_flow_closeness(ring, &weight).error().what.starts_with("edge 2 has the weight "));
  }
  const EdgeColumn<double> apart{1, 1e-30, 1e-30, 1};
  CHECK(current_flow_betweenness(ring, &apart).error().code == ErrorCode::bad_argument);
  CHECK(current_flow_closeness(ring, &apart).error().code == ErrorCode::bad_argument);
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(current_flow_betweenness(ring, nullptr, {}, job).error().code == ErrorCode::interrupted);
  CHECK(current_flow_closeness(ring, nullptr, {}, job).error().code == ErrorCode::interrupted);
}

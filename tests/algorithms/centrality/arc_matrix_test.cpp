#include "algorithms/centrality/arc_matrix.hpp"

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// y in the user's order for an x given in it.
std::vector<double> product_in_user_order(const ArcMatrix& M, const std::vector<double>& x, const Job& job = {}) {
  Buffer<double> by_rank(M.size()), y(M.size());
  for (std::size_t v = 0; v < x.size(); ++v) by_rank[M.ranks().rank_of()[v]] = x[v];
  M.multiply(by_rank, y, job);
  return list(M.ranks().in_user_order(std::as_const(y).span()));
}

}  // namespace

TEST_CASE("arc matrix: entering and leaving arcs, by hand") {
  // 0 -> 1 twice, 1 -> 2, a loop at 2; node 3 is an isolate.
  const Graph graph = directed(4, edges_of({{0, 1}, {0, 1}, {1, 2}, {2, 2}}));
  const EdgeColumn<double> weight{2, 3, 4, 8};
  const std::vector<double> x{1, 10, 100, 1000};
  CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::entering, nullptr, 1, {}), x) ==
        std::vector<double>{0, 2, 110, 0});
  CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::leaving, nullptr, 1, {}), x) ==
        std::vector<double>{20, 100, 100, 0});
  CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::entering, &weight, 2, {}), x) ==
        std::vector<double>{0, 2.5, 420, 0});
  CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::leaving, &weight, 2, {}), x) ==
        std::vector<double>{25, 200, 400, 0});
}

TEST_CASE("arc matrix: agrees with a sum over the edges on graphs of many blocks, long rows among them") {
  for_each_seed(4, [](Seed seed) {
    auto edges = random_arcs(6000, 60000, seed, true, true);
    for (std::size_t v = 0; v < 6000; v += 2) edges.push_back(ends_of(seed, v));  // a hub
    for (std::size_t v = 0; v < 6000; v += 3) edges.push_back(ends_of(v, 2 * seed));
    const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 9);
    const EdgeColumn<double> x_values = random_whole_values(6000, seed + 100, 0, 1000);
    const std::vector<double> x(x_values.values().begin(), x_values.values().end());
    std::vector<double> entering(6000, 0.0), leaving(6000, 0.0);
    for (std::size_t i = 0; i < edges.size(); ++i) {
      entering[edges[i].target.index] += x[edges[i].source.index] * weight.values()[i];
      leaving[edges[i].source.index] += x[edges[i].target.index] * weight.values()[i];
    }
    const Graph graph = directed(6000, edges);  // whole numbers: sums are exact in any order
    for (const int threads : {1, 4}) {
      const Job job = with_threads(threads);
      CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::entering, &weight, 1, job), x, job) == entering);
      CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::leaving, &weight, 1, job), x, job) == leaving);
    }
  });
}

TEST_CASE("arc matrix: rows of every length up to 70 are summed in full") {
  std::vector<Ends> edges;  // v is entered by v arcs, from all over the place
  for (std::size_t v = 0; v <= 70; ++v) {
    for (std::size_t i = 0; i < v; ++i) edges.push_back(ends_of((v * 13 + i * 29) % 71, v));
  }
  const Graph graph = directed(71, edges);
  const EdgeColumn<double> weight = random_whole_values(edges.size(), 7, 0, 9);
  std::vector<double> x(71), plain(71, 0.0), weighted(71, 0.0);
  for (std::size_t v = 0; v < 71; ++v) x[v] = static_cast<double>(1 + v * v);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    plain[edges[i].target.index] += x[edges[i].source.index];
    weighted[edges[i].target.index] += x[edges[i].source.index] * weight.values()[i];
  }
  CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::entering, nullptr, 1, {}), x) == plain);
  CHECK(product_in_user_order(ArcMatrix(graph, ArcMatrix::Of::entering, &weight, 1, {}), x) == weighted);
}

TEST_CASE("arc matrix: a vector of floats gives the same sums, and the rows up to the last arc are all but isolates") {
  const auto edges = random_edges(3000, 40000, 5, true, true);
  const Graph graph = undirected(20000, edges).both_ways();  // 17000 isolates
  const ArcMatrix M(graph, ArcMatrix::Of::entering, nullptr, 1, {});
  Buffer<float> floats(M.size());
  Buffer<double> doubles(M.size()), y(M.size()), of_floats(M.size(), -1.0);
  for (std::size_t v = 0; v < M.size(); ++v) doubles[v] = floats[v] = static_cast<float>(v % 97);
  M.multiply(doubles, y, {});
  std::size_t rows = 0;
  M.multiply(floats, of_floats, {}, [&](std::size_t first, std::size_t last) { rows += last - first; },
             ArcMatrix::Extent::up_to_last_arc);
  CHECK(rows >= 3000);
  CHECK(rows < 8000);
  for (std::size_t v = 0; v < M.size(); ++v) {
    if (of_floats[v] != (v < rows ? y[v] : -1.0)) FAIL("row " << v);
    if (v >= rows && y[v] != 0) FAIL("row " << v << " has arcs");
  }
}

TEST_CASE("arc matrix: row sums are the product with 1, and blocks cover each row once") {
  const auto edges = random_edges(3000, 40000, 8, true, true);
  const EdgeColumn<double> weight = random_whole_values(edges.size(), 8);
  const Graph graph = undirected(3000, edges).both_ways();
  for (const EdgeColumn<double>* column : {static_cast<const EdgeColumn<double>*>(nullptr), &weight}) {
    const ArcMatrix M(graph, ArcMatrix::Of::entering, column, 1, {});
    const Buffer<double> one(3000, 1.0), sums = M.row_sums({});
    Buffer<double> product(3000);
    const auto [rows, total] = M.multiply(one, product, with_threads(3), [&](std::size_t first, std::size_t last) {
      Sums<2> sum{static_cast<double>(last - first), 0};
      for (std::size_t v = first; v < last; ++v) sum[1] += product[v];
      return sum;
    });
    CHECK(rows == 3000);
    CHECK(std::ranges::equal(sums, product));
    CHECK(total == M.for_rows({}, [&](std::size_t first, std::size_t last) {
      Sums<1> sum{};
      for (std::size_t v = first; v < last; ++v) sum[0] += sums[v];
      return sum;
    })[0]);
  }
}

TEST_CASE("arc matrix: the largest weight is the scale, and 1 where there is none") {
  const EdgeColumn<double> weight{1, 7, 3}, nothing{0, 0};
  CHECK(weight_scale(&weight) == 7);
  CHECK(weight_scale(&nothing) == 1);
  CHECK(weight_scale(nullptr) == 1);
}

#include "algorithms/generate/models.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <numeric>
#include <set>

#include "algorithms/generate/pair_set.hpp"

using namespace entente;

namespace {

bool is_simple(const GeneratedGraph& graph) {
  std::set<std::pair<std::uint32_t, std::uint32_t>> seen;
  for (const Ends& ends : graph.edges) {
    if (ends.source == ends.target || ends.source.index >= graph.node_count || ends.target.index >= graph.node_count) return false;
    if (!seen.insert(std::minmax(ends.source.index, ends.target.index)).second) return false;
  }
  return true;
}

std::vector<std::uint32_t> degrees_of(const GeneratedGraph& graph) {
  std::vector<std::uint32_t> degree(graph.node_count, 0);
  for (const Ends& ends : graph.edges) ++degree[ends.source.index], ++degree[ends.target.index];
  return degree;
}

/// A number that stands for all edges and their order.
std::uint64_t fingerprint(const std::vector<Ends>& edges) {
  std::uint64_t hash = edges.size();
  for (const Ends& ends : edges) hash = Random(hash ^ (std::uint64_t{ends.source.index} << 32 | ends.target.index)).next();
  return hash;
}

Job on(int threads) {
  Job job;
  job.threads = threads;
  return job;
}

}  // namespace

TEST_CASE("pair set: a pair is taken once, whichever way round, and a self-loop never") {
  PairSet set(100);
  const auto ends = [](std::uint32_t a, std::uint32_t b) { return Ends{NodeId{a}, NodeId{b}}; };
  CHECK(set.insert(ends(0, 1)));
  CHECK_FALSE(set.insert(ends(1, 0)));
  CHECK_FALSE(set.insert(ends(0, 1)));
  CHECK_FALSE(set.insert(ends(7, 7)));
  CHECK(set.insert(ends(4294967294u, 0)));
  for (std::uint32_t i = 2; i < 90; ++i) CHECK(set.insert(ends(i, 0)));
  for (std::uint32_t i = 2; i < 90; ++i) CHECK_FALSE(set.insert(ends(0, i)));
}

TEST_CASE("kronecker: simple, skewed as the quarters say, and the same on any number of threads") {
  const KroneckerOptions options{13, 16, 5};
  const GeneratedGraph graph = kronecker_graph(options, on(1)).value();
  CHECK(graph.node_count == 8192);
  CHECK(is_simple(graph));
  CHECK(graph.edges.size() > 100'000);  // of 131,072 draws
  CHECK(graph.edges.size() < 125'000);
  for (const int threads : {2, 7, 16}) CHECK(kronecker_graph(options, on(threads)).value().edges == graph.edges);
  CHECK(kronecker_graph({13, 16, 6}).value().edges != graph.edges);

  auto degree = degrees_of(graph);
  std::ranges::sort(degree, std::greater<>());
  // A node whose number has k ones expects 2 * 2^scale * 16 * 0.76^(scale - k) * 0.24^k draws; the first, all zeros.
  CHECK(degree[0] > 1500);  // far above the mean of 28, below the 7,400 draws that meet it (many of the same pair)
  CHECK(degree[0] < 7400);
  CHECK(std::ranges::count(degree, 0u) > 1000);
  const auto tenth = std::accumulate(degree.begin(), degree.begin() + 819, std::uint64_t{0});
  CHECK(tenth > graph.edges.size());  // a tenth of the nodes hold over half of all ends
}

TEST_CASE("kronecker: the smallest scales, no draws, and what is too large is refused in a sentence") {
  CHECK(kronecker_graph({0, 16, 1}).value().node_count == 1);
  CHECK(kronecker_graph({0, 16, 1}).value().edges.empty());
  CHECK(kronecker_graph({3, 0, 1}).value().edges.empty());
  CHECK(kronecker_graph({1, 100, 1}).value().edges.size() == 1);
  CHECK(kronecker_graph({32, 16, 1}).error().where == "option scale");
  CHECK(kronecker_graph({31, 16, 1}).error().where == "option edge_factor");
  CHECK(kronecker_graph({16, std::size_t{1} << 60, 1}).error().code == ErrorCode::bad_argument);
}

TEST_CASE("uniform: exactly the edges asked for, from none to all pairs") {
  for (const std::size_t edges : {0u, 1u, 17u, 100u, 494u, 495u, 900u, 1900u, 1979u, 1980u}) {
    CAPTURE(edges);
    const UniformOptions options{45, std::min<std::size_t>(edges, 990), 3};
    const GeneratedGraph graph = uniform_graph(options).value();
    CHECK(graph.edges.size() == options.edges);
    CHECK(is_simple(graph));
    CHECK(uniform_graph(options).value().edges == graph.edges);
  }
  CHECK(uniform_graph({0, 0, 1}).value().node_count == 0);
  CHECK(uniform_graph({1, 0, 1}).value().node_count == 1);
}

TEST_CASE("uniform: every pair is as likely as any other, when few are taken and when many are") {
  for (const std::size_t edges : {3u, 12u}) {  // of 15 pairs
    CAPTURE(edges);
    std::vector<double> times(36, 0);
    constexpr int runs = 6000;
    for (Seed seed = 1; seed <= runs; ++seed) {
      const GeneratedGraph graph = uniform_graph({6, edges, seed}).value();
      for (const Ends& ends : graph.edges) {
        const auto [low, high] = std::minmax(ends.source.index, ends.target.index);
        times[low * 6 + high] += 1.0 / runs;
      }
    }
    for (std::uint32_t a = 0; a < 6; ++a) {
      for (std::uint32_t b = a + 1; b < 6; ++b) CHECK(times[a * 6 + b] == Approx(static_cast<double>(edges) / 15).margin(0.025));
    }
  }
}

TEST_CASE("uniform: more edges than pairs, and more nodes than ids, are refused before memory is asked for") {
  const auto many = uniform_graph({5, 11, 1});
  REQUIRE_FALSE(many);
  CHECK(many.error().code == ErrorCode::bad_argument);
  CHECK(many.error().what == "5 nodes have only 10 pairs, fewer than the 11 edges asked for. Ask for more nodes or fewer edges.");
  CHECK(uniform_graph({1, 1, 1}).error().what.starts_with("1 node has only 0 pairs"));
  CHECK_FALSE(uniform_graph({std::size_t{1} << 33, 0, 1}));
  CHECK_FALSE(uniform_graph({1'000'000, std::size_t{4'294'967'295}, 1}));
}

TEST_CASE("lattice: worked by hand, its counts and degrees") {
  const GeneratedGraph small = lattice_graph({2, 3}).value();
  const auto edge = [](std::uint32_t a, std::uint32_t b) { return Ends{NodeId{a}, NodeId{b}}; };
  CHECK(small.edges == std::vector<Ends>{edge(0, 1), edge(0, 3), edge(1, 2), edge(1, 4), edge(2, 5), edge(3, 4), edge(4, 5)});
  const GeneratedGraph graph = lattice_graph({30, 40}).value();
  CHECK(is_simple(graph));
  CHECK(graph.edges.size() == 2 * 30 * 40 - 30 - 40);
  auto degree = degrees_of(graph);
  CHECK(std::ranges::count(degree, 2u) == 4);
  CHECK(std::ranges::count(degree, 3u) == 2 * (28 + 38));
  CHECK(std::ranges::count(degree, 4u) == 28 * 38);
  CHECK(lattice_graph({1, 5}).value().edges.size() == 4);
  CHECK(lattice_graph({0, 5}).value().node_count == 0);
  CHECK(lattice_graph({1, 1}).value().node_count == 1);
  CHECK_FALSE(lattice_graph({70'000, 70'000}));
  CHECK_FALSE(lattice_graph({std::size_t{1} << 63, 2}));
}

TEST_CASE("weights: whole numbers from 1 to the most, evenly") {
  const auto weight = uniform_weights(51'000, 255, 9);
  std::vector<int> times(256, 0);
  for (const std::uint32_t w : weight.values()) {
    REQUIRE(w >= 1);
    REQUIRE(w <= 255);
    ++times[w];
  }
  CHECK(*std::ranges::min_element(times.begin() + 1, times.end()) > 130);  // 200 expected
  CHECK(*std::ranges::max_element(times) < 280);
  CHECK(uniform_weights(51'000, 255, 9) == weight);
}

TEST_CASE("generated graphs are the same on every machine") {
  // Found on x86-64 with GCC 12; whole-number arithmetic leaves no room for others.
  CHECK(fingerprint(kronecker_graph({10, 8, 7}).value().edges) == 7912928867900772530u);
  CHECK(fingerprint(uniform_graph({1000, 5000, 7}).value().edges) == 11980657133827391559u);
  CHECK(fingerprint(uniform_graph({100, 4000, 7}).value().edges) == 5569838198749913343u);
}

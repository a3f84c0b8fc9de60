#include "algorithms/statistics/triangles.hpp"

#include <algorithm>
#include <atomic>
#include <catch2/catch.hpp>
#include <set>
#include <vector>

#include "engine/simd.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

/// By definition: all pairs of partners of each node.
NodeColumn<std::int64_t> triangles_by_pairs(std::size_t n, const std::vector<Ends>& edges) {
  std::vector<std::set<std::uint32_t>> partners(n);
  for (const auto& [source, target] : edges) {
    if (source == target) continue;
    partners[source.index].insert(target.index);
    partners[target.index].insert(source.index);
  }
  NodeColumn<std::int64_t> counts(n, 0);
  for (std::uint32_t u = 0; u < n; ++u) {
    for (const std::uint32_t v : partners[u]) {
      for (const std::uint32_t w : partners[u]) counts[NodeId{u}] += v < w && partners[v].contains(w);
    }
  }
  return counts;
}

const std::vector<simd::Isa> every_isa{simd::Isa::portable, simd::Isa::avx2, simd::Isa::avx512};

}  // namespace

TEST_CASE("triangles: on every instruction set those of the definition, with loops and parallel ties") {
  for_each_seed(30, [](Seed seed) {
    const std::size_t n = 5 + 8 * seed;
    const auto edges = random_edges(n, 6 * n, seed, true, true);
    const auto expected = triangles_by_pairs(n, edges);
    const auto graph = undirected(n, edges);
    for (const simd::Isa isa : every_isa) {
      const simd::ForcedIsa forced(isa);
      CHECK(triangles(graph)->triangles == expected);
    }
  });
}

TEST_CASE("triangles: everyone with everyone among 700, more than one line of hubs holds") {
  // C(699, 2) at each node, C(700, 3) in all.
  const auto graph = undirected(complete_graph(700));
  for (const simd::Isa isa : every_isa) {
    const simd::ForcedIsa forced(isa);
    const auto found = triangles(graph).value();
    CHECK(found.total == 56921900);
    CHECK(std::ranges::all_of(found.triangles.values(), [](std::int64_t count) { return count == 243951; }));
  }
  CHECK(local_clustering(graph)->average == 1.0);
  CHECK(local_clustering(graph)->triangles == 56921900);
}

TEST_CASE("triangles: those far behind the hubs are found too") {
  // 600 hubs tied to many, and 5000 disjoint triangles among 15,000 nodes of low degree: rows with and without a
  // line of hubs, corners below and above it.
  std::vector<Ends> edges;
  const std::size_t n = 15600;
  Random random(7);
  for (std::size_t hub = 0; hub < 600; ++hub) {
    for (int i = 0; i < 40; ++i) edges.push_back(ends_of(hub, 600 + random.below(15000)));
  }
  for (std::size_t v = 600; v < n; v += 3) {
    edges.push_back(ends_of(v, v + 1));
    edges.push_back(ends_of(v + 1, v + 2));
    edges.push_back(ends_of(v, v + 2));
  }
  const auto expected = triangles_by_pairs(n, edges);
  const auto graph = undirected(n, edges);
  for (const simd::Isa isa : every_isa) {
    const simd::ForcedIsa forced(isa);
    CHECK(triangles(graph)->triangles == expected);
  }
}

TEST_CASE("triangles: odd shapes and a cancelled job") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    CHECK(triangles(undirected(shape))->triangles == triangles_by_pairs(shape.node_count, shape.edges));
  }
  CHECK(triangles(Symmetric{})->total == 0);
  CHECK(!local_clustering(Symmetric{})->average);
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(triangles(undirected(path_graph(3)), job).error().code == ErrorCode::interrupted);
  CHECK(local_clustering(undirected(path_graph(3)), job).error().code == ErrorCode::interrupted);
}

}  // namespace entente::test

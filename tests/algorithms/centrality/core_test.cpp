#include "algorithms/centrality/core.hpp"

#include <atomic>
#include <set>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// For k = 1, 2, …: take away whoever has fewer than k partners left, until nobody has.
std::vector<std::int64_t> core_by_peeling(std::size_t n, const std::vector<Ends>& edges) {
  std::vector<std::set<std::uint32_t>> partners(n);
  for (const auto& [s, t] : edges) {
    if (s == t) continue;
    partners[s.index].insert(t.index);
    partners[t.index].insert(s.index);
  }
  std::vector<std::int64_t> core(n, 0);
  std::vector<bool> left(n, true);
  for (std::int64_t k = 1; k <= static_cast<std::int64_t>(n); ++k) {
    for (bool changed = true; changed;) {
      changed = false;
      for (std::size_t v = 0; v < n; ++v) {
        const auto count = std::ranges::count_if(partners[v], [&](std::uint32_t u) { return left[u]; });
        if (!left[v] || count >= k) continue;
        left[v] = false;
        changed = true;
      }
    }
    for (std::size_t v = 0; v < n; ++v) {
      if (left[v]) core[v] = k;
    }
  }
  return core;
}

}  // namespace

TEST_CASE("core: a triangle with a tail and an isolate, by hand") {
  const Core answer = core_numbers(undirected(6, edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}})));
  CHECK(list(answer.core) == std::vector<std::int64_t>{2, 2, 2, 1, 1, 0});
  CHECK(answer.degeneracy == 2);
}

TEST_CASE("core: parallel ties and self-loops make no partners") {
  const Core answer = core_numbers(undirected(3, edges_of({{0, 1}, {0, 1}, {1, 0}, {0, 0}, {2, 2}})));
  CHECK(list(answer.core) == std::vector<std::int64_t>{1, 1, 0});
}

TEST_CASE("core: the karate club has the values networkx 2.8.8 and igraph 0.10.2 agree on") {
  const std::vector<std::int64_t> expected{4, 4, 4, 4, 3, 3, 3, 4, 4, 2, 3, 1, 2, 4, 2, 2, 2,
                                           2, 2, 3, 2, 2, 2, 3, 3, 3, 2, 3, 3, 3, 4, 3, 4, 4};
  CHECK(list(core_numbers(undirected(karate_club())).core) == expected);
}

TEST_CASE("core: agrees with peeling on random multigraphs and on the odd shapes") {
  for_each_seed(80, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(20);
    const auto edges = random_edges(n, random.below(6 * n), seed, true, true);
    CHECK(list(core_numbers(undirected(n, edges)).core) == core_by_peeling(n, edges));
  });
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    CHECK(list(core_numbers(undirected(shape)).core) == core_by_peeling(shape.node_count, shape.edges));
  }
}

TEST_CASE("core: everyone in the innermost core has that many partners in it") {
  for_each_seed(20, [](Seed seed) {
    const Symmetric graph = undirected(200, random_edges(200, 900, seed));
    const Core answer = core_numbers(graph);
    CHECK(answer.degeneracy > 1);
    for (const NodeId v : graph.nodes()) {
      const auto inside = std::ranges::count_if(
          graph.neighbours(v), [&](NodeId u) { return answer.core[u] >= answer.core[v]; });
      CHECK(inside >= answer.core[v]);
    }
  });
}

TEST_CASE("core: a cancelled job is an error") {
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(core_numbers(undirected(path_graph(3)), job).error().code == ErrorCode::interrupted);
}

TEST_CASE("core: parallel ties count once in every round of the peeling") {
  for_each_seed(40, [](Seed seed) {
    const std::size_t n = 30;
    const auto edges = random_edges(n, 20 + 8 * seed, seed, true, true);
    CHECK(list(core_numbers(undirected(n, edges)).core) == core_by_peeling(n, edges));
  });
}

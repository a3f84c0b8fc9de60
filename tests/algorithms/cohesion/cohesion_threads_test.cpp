#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "algorithms/centrality/core.hpp"
#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/components.hpp"
#include "algorithms/cohesion/numbering.hpp"
#include "algorithms/statistics/triangles.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

/// A network with hubs, a giant and many small parts, large enough for several blocks of work.
std::vector<Ends> hubs_and_crumbs(std::size_t n, std::size_t m, Seed seed) {
  Random random(seed);
  std::vector<Ends> edges;
  for (std::size_t i = 0; i < m; ++i) {
    const std::size_t a = random.below(1 + random.below(1 + random.below(n))), b = random.below(1 + random.below(n));
    edges.push_back(ends_of((a * 7919) % n, (b * 7919) % n));
  }
  return edges;
}

}  // namespace

TEST_CASE("cohesion: the same answers on 1, 2, 7 and 16 threads") {
  const std::size_t n = 80000, m = 90000;
  const auto edges = hubs_and_crumbs(n, m, 5);
  const Symmetric both = undirected(n, edges);
  const Graph graph = directed(n, edges);
  const Job one{.threads = 1, .cancel = nullptr, .progress = {}};
  const auto parts = components(both, one).value();
  const auto strong = strong_components(graph, one).value();
  const auto blocks = bicomponents(both, one).value();
  const auto corners = triangles(both, one).value();
  const auto local = local_clustering(both, one).value();
  CHECK(parts.count > 100);
  CHECK(parts.largest > 20000);
  CHECK(strong.largest > 20);
  CHECK(blocks.articulation_points > 100);
  CHECK(corners.total > 30);
  for (const int threads : {2, 7, 16}) {
    const Job job{.threads = threads, .cancel = nullptr, .progress = {}};
    CHECK(components(both, job)->component == parts.component);
    CHECK(strong_components(graph, job)->component == strong.component);
    const auto again = bicomponents(both, job).value();
    CHECK(again.bicomponent == blocks.bicomponent);
    CHECK(again.articulation == blocks.articulation);
    CHECK(again.bridge == blocks.bridge);
    CHECK(triangles(both, job)->triangles == corners.triangles);
    CHECK(local_clustering(both, job)->clustering == local.clustering);
    CHECK(core_numbers(both, job)->core == core_numbers(both).core);
  }
}

TEST_CASE("components: a network without hubs needs more than one round and is still whole") {
  const auto grid = grid_graph(200, 200);
  CHECK(components(undirected(grid))->count == 1);
  const auto name = random_renaming(grid.node_count, 3);
  CHECK(components(undirected(grid.node_count, renamed(grid.edges, name)))->largest == 40000);
  CHECK(bicomponents(undirected(grid.node_count, renamed(grid.edges, name)))->largest == 40000);
}

TEST_CASE("numbering: groups of all sizes by falling size, ties by the smallest node") {
  // Sizes 2000, 1500, 1500, then 3, 3, 1; listed so that order of appearance differs from order of size.
  std::vector<std::uint32_t> code{5, 9, 9, 9, 7, 7, 7};
  for (int i = 0; i < 1500; ++i) code.insert(code.end(), {20, 30, 40});
  code.insert(code.end(), 500, 40);
  const Numbering found = numbered_by_size(code);
  CHECK(found.count == 6);
  CHECK(found.largest == 2000);
  const auto number_at = [&](std::size_t v) { return found.group[NodeId{static_cast<std::uint32_t>(v)}]; };
  CHECK(number_at(0) == 5);
  CHECK(number_at(1) == 3);
  CHECK(number_at(4) == 4);
  CHECK(number_at(7) == 1);
  CHECK(number_at(8) == 2);
  CHECK(number_at(9) == 0);
  CHECK(numbered_by_size({}).count == 0);
}

}  // namespace entente::test

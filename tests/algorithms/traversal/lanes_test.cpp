#include "algorithms/traversal/lanes.hpp"

#include <atomic>
#include <numeric>

#include "algorithms/traversal/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

std::vector<std::uint32_t> all_ranks(const Graph& graph) { return near_each_other(graph.hub_first()); }

/// sum_hops() against one textbook search from each node.
void check_sums(const Graph& graph, const std::vector<std::uint32_t>& sources) {
  const HubFirst& ranks = graph.hub_first();
  const auto sums = sum_hops(ranks, sources, SumOf::hops, "hops", {});
  const auto inverses = sum_hops(ranks, sources, SumOf::inverses, "inverses", {});
  REQUIRE(sums);
  REQUIRE(inverses);
  double longest = 0;
  for (const NodeId v : graph.nodes()) {
    const std::vector<double> hops = textbook_hops(graph, {v});
    double sum = 0, reached = 0, inverse = 0;
    for (const std::uint32_t s : sources) {
      const double d = hops[ranks.node_at(s).index];
      if (d == far_away) continue;
      sum += d;
      reached += 1;
      if (d > 0) inverse += 1 / d;
      longest = std::max(longest, d);
    }
    const std::uint32_t rank = ranks.rank_of(v);
    CHECK(static_cast<double>(sums->hops[rank]) == sum);
    CHECK(sums->reached[rank] == reached);
    CHECK(std::abs(to_double(inverses->inverses[rank]) - inverse) <= 1e-13 * inverse);
    if (sources.size() == graph.node_count()) {
      const auto own = sum_hops_from(ranks, std::vector{rank}, "own", {});
      REQUIRE(own);
      CHECK(own->front().hops == sums->hops[rank]);
      CHECK(own->front().reached == sums->reached[rank]);
      CHECK(own->front().inverses == inverses->inverses[rank]);
    }
  }
  CHECK(sums->longest == longest);
  CHECK(inverses->longest == longest);
}

}  // namespace

TEST_CASE("lanes: sums along a chain, by hand") {
  const Graph chain = directed(path_graph(4));  // 0 -> 1 -> 2 -> 3
  const HubFirst& ranks = chain.hub_first();
  const auto sums = sum_hops(ranks, all_ranks(chain), SumOf::hops, "", {}).value();
  const auto inverses = sum_hops(ranks, all_ranks(chain), SumOf::inverses, "", {}).value();
  for (const auto& [node, hops, reached, inverse] :
       {std::tuple{0u, 6u, 4u, 1.0 + 1.0 / 2 + 1.0 / 3}, {1u, 3u, 3u, 1.5}, {2u, 1u, 2u, 1.0}, {3u, 0u, 1u, 0.0}}) {
    const std::uint32_t rank = ranks.rank_of(NodeId{node});
    CHECK(sums.hops[rank] == hops);
    CHECK(sums.reached[rank] == reached);
    CHECK(to_double(inverses.inverses[rank]) == inverse);
  }
  CHECK(sums.longest == 3);
}

TEST_CASE("lanes: agree with a search from each node on random graphs, whatever the instructions") {
  on_each_isa([] {
    for_each_seed(25, [](Seed seed) {
      Random random(seed);
      const std::size_t n = 1 + random.below(90);
      const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
      check_sums(directed(n, edges), all_ranks(directed(n, edges)));
      check_sums(undirected(n, edges).both_ways(), all_ranks(undirected(n, edges).both_ways()));
    });
  });
}

TEST_CASE("lanes: several batches of sources, and only some nodes as sources") {
  on_each_isa([] {
    const Graph graph = undirected(1200, hub_edges(1100, 3, 8)).both_ways();  // and 100 isolates
    std::vector<std::uint32_t> some(1050);
    std::iota(some.begin(), some.end(), 130u);
    const HubFirst& ranks = graph.hub_first();
    const auto sums = sum_hops(ranks, some, SumOf::hops, "", {}).value();
    for (std::uint32_t v = 0; v < 1200; v += 37) {
      const auto hops = textbook_hops(graph, {ranks.node_at(v)});
      double sum = 0, reached = 0;
      for (const std::uint32_t s : some) {
        const double d = hops[ranks.node_at(s).index];
        if (d == far_away) continue;
        sum += d;
        reached += 1;
      }
      CHECK(static_cast<double>(sums.hops[v]) == sum);
      CHECK(sums.reached[v] == reached);
    }
  });
}

TEST_CASE("lanes: counting by source and counting by node agree to the last bit over several batches") {
  on_each_isa([] {
    const Graph graph = directed(1300, hub_edges(1300, 5, 2));
    const auto sources = all_ranks(graph);
    const HubFirst& ranks = graph.hub_first();
    const auto by_source = sum_hops_from(ranks, sources, "", {}).value();
    const auto hops = sum_hops(ranks, sources, SumOf::hops, "", {}).value();
    const auto inverses = sum_hops(ranks, sources, SumOf::inverses, "", {}).value();
    bool same = true;
    for (std::size_t i = 0; i < sources.size(); ++i) {
      same = same && by_source[i].hops == hops.hops[sources[i]] && by_source[i].reached == hops.reached[sources[i]] &&
             by_source[i].inverses == inverses.inverses[sources[i]];
    }
    CHECK(same);
  });
}

TEST_CASE("lanes: hold on the odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    check_sums(directed(shape), all_ranks(directed(shape)));
    check_sums(undirected(shape).both_ways(), all_ranks(undirected(shape).both_ways()));
  }
}

TEST_CASE("lanes: without sources all sums are 0") {
  check_sums(directed(path_graph(3)), {});
}

TEST_CASE("lanes: a long path keeps the inverse sums exact to the last bit or so") {
  const Graph path = undirected(path_graph(2000)).both_ways();
  const auto sums = sum_hops(path.hub_first(), all_ranks(path), SumOf::inverses, "", {}).value();
  long double harmonic_number = 0;
  for (int k = 1999; k >= 1; --k) harmonic_number += 1.0L / k;
  const double end = to_double(sums.inverses[path.hub_first().rank_of(NodeId{0})]);
  CHECK(std::abs(end - static_cast<double>(harmonic_number)) <= 2e-15);
}

TEST_CASE("lanes: the same sums on 1, 2, 7 and 16 threads and on all instruction sets") {
  const Graph graph = directed(4000, hub_edges(4000, 4, 3));
  const auto sources = all_ranks(graph);
  const auto alone = sum_hops(graph.hub_first(), sources, SumOf::inverses, "", on_threads(1)).value();
  const auto same = [&](const HopSums& other) { return std::ranges::equal(alone.inverses, other.inverses); };
  for (const int threads : {2, 7, 16}) {
    CHECK(same(sum_hops(graph.hub_first(), sources, SumOf::inverses, "", on_threads(threads)).value()));
  }
  on_each_isa([&] { CHECK(same(sum_hops(graph.hub_first(), sources, SumOf::inverses, "", on_threads(2)).value())); });
}

TEST_CASE("lanes: sources in the order of a search from the hubs, each node once, components together") {
  const Graph graph = undirected(7, edges_of({{0, 1}, {2, 3}, {3, 4}, {3, 5}})).both_ways();
  const HubFirst& ranks = graph.hub_first();
  std::vector<std::uint32_t> users;
  for (const std::uint32_t rank : near_each_other(ranks)) users.push_back(ranks.node_at(rank).index);
  CHECK(users == std::vector<std::uint32_t>{3, 2, 4, 5, 0, 1, 6});
}

TEST_CASE("lanes: a cancelled job is interrupted, a running one reports its progress") {
  const Graph graph = undirected(1500, hub_edges(1500, 2, 3)).both_ways();
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(sum_hops(graph.hub_first(), all_ranks(graph), SumOf::hops, "", job).error().code == ErrorCode::interrupted);
  std::vector<std::size_t> reported;
  Job heard;
  heard.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    if (what == "sums" && total == 1500) reported.push_back(done);
  };
  REQUIRE(sum_hops(graph.hub_first(), all_ranks(graph), SumOf::hops, "sums", heard));
  CHECK(reported.size() == 3);
  CHECK(reported.back() == 1500);
}

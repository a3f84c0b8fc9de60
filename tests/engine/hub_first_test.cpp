#include "engine/hub_first.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <thread>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/graph.hpp"
#include "support/random_graphs.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// Arcs (from, to, edge) of a row structure in the user's nodes, sorted.
using Arcs = std::vector<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t>>;

Arcs arcs_of(const HubFirst& hubs, const Rows& rows, const Buffer<std::uint32_t>& edge) {
  Arcs arcs;
  for (std::uint32_t u = 0; u < rows.node_count(); ++u) {
    for (std::uint64_t i = rows.begin[u]; i < rows.begin[u + 1]; ++i) {
      arcs.emplace_back(hubs.node_at(u).index, hubs.node_at(rows.node[i]).index, edge[i]);
    }
  }
  std::ranges::sort(arcs);
  return arcs;
}

Arcs arcs_of(const Graph& graph, bool out) {
  Arcs arcs;
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : out ? graph.out(u) : graph.in(u)) arcs.emplace_back(u.index, v.index, edge.index);
  }
  std::ranges::sort(arcs);
  return arcs;
}

void check_law(const Graph& graph, const std::vector<Ends>& edges) {
  const HubFirst& hubs = graph.hub_first();
  const std::size_t n = graph.node_count();
  REQUIRE(hubs.node_count() == n);

  std::vector<std::size_t> degree(n, 0);
  for (const auto [source, target] : edges) ++degree[source.index], ++degree[target.index];
  for (std::uint32_t rank = 0; rank < n; ++rank) {
    CHECK(hubs.rank_of(hubs.node_at(rank)) == rank);
    if (rank == 0) continue;
    const auto before = hubs.node_at(rank - 1), here = hubs.node_at(rank);
    CHECK((degree[before.index] > degree[here.index] ||
           (degree[before.index] == degree[here.index] && before < here)));
  }
  for (const Rows* rows : {&hubs.out(), &hubs.in()}) {
    for (std::uint32_t u = 0; u < n; ++u) CHECK(std::ranges::is_sorted((*rows)[u]));
  }
  CHECK(arcs_of(hubs, hubs.out(), hubs.out_edge()) == arcs_of(graph, true));
  CHECK(arcs_of(hubs, hubs.in(), hubs.in_edge()) == arcs_of(graph, false));
}

}  // namespace

TEST_CASE("hub first: a star with a loop and a parallel edge, by hand") {
  // Node 2 is the hub; 0–2 twice; 3 has a loop; 4 is alone.
  const Symmetric graph = undirected(5, {{{0}, {2}}, {{1}, {2}}, {{2}, {0}}, {{3}, {2}}, {{3}, {3}}});
  const HubFirst& hubs = graph.hub_first();
  CHECK(hubs.symmetric());
  // Degrees: 2, 1, 4, 3 (a loop counts at both ends), 0.
  CHECK(std::ranges::equal(hubs.node_at(), std::vector<std::uint32_t>{2, 3, 0, 1, 4}));
  CHECK(std::ranges::equal(hubs.out()[0], std::vector<std::uint32_t>{1, 2, 2, 3}));
  CHECK(std::ranges::equal(hubs.out()[1], std::vector<std::uint32_t>{0, 1}));
  CHECK(std::ranges::equal(hubs.out()[2], std::vector<std::uint32_t>{0, 0}));
  CHECK(hubs.out().degree(4) == 0);
  CHECK(&hubs.in() == &hubs.out());
  const auto& edge = hubs.out_edge();
  CHECK(std::ranges::equal(edge, std::vector<std::uint32_t>{3, 0, 2, 1, 3, 4, 0, 2, 1}));
  const std::vector<int> by_rank{10, 11, 12, 13, 14};
  CHECK(hubs.in_user_order<int>(by_rank) == NodeColumn<int>{12, 13, 10, 11, 14});
}

TEST_CASE("hub first: the same arcs as the rows of the graph, hubs first, rows ascending") {
  for_each_seed(20, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(60);
    std::vector<Ends> edges(random.below(300));
    for (Ends& edge : edges) {
      const auto hub = [&] { return NodeId{static_cast<std::uint32_t>(random.below(1 + random.below(n)))}; };
      edge = {hub(), hub()};
    }
    CAPTURE(n, edges.size());
    check_law(make_graph(n, edges).value(), edges);
    check_law(make_symmetric(n, edges).value().both_ways(), edges);
    EdgeColumn<std::uint8_t> one_way(edges.size());
    for (std::uint8_t& flag : one_way.values()) flag = random.below(2) == 1;
    check_law(make_mixed_graph(n, edges, one_way).value(), edges);
  });
}

TEST_CASE("hub first: no nodes, one node, no edges") {
  CHECK(Graph().hub_first().node_count() == 0);
  CHECK(make_symmetric(1, std::vector<Ends>{}).value().hub_first().out().degree(0) == 0);
  const Graph empty = make_graph(5, std::vector<Ends>{}).value();
  CHECK(std::ranges::equal(empty.hub_first().node_at(), std::vector<std::uint32_t>{0, 1, 2, 3, 4}));
  CHECK(empty.hub_first().in().arc_count() == 0);
}

TEST_CASE("hub first: large rows are the same at any number of threads") {
  // Enough edges that the work is cut for several threads.
  Random random(Seed{7});
  constexpr std::size_t n = 3000;
  std::vector<Ends> edges(400'000);
  for (Ends& edge : edges) {
    edge = {NodeId{static_cast<std::uint32_t>(random.below(1 + random.below(n)))},
            NodeId{static_cast<std::uint32_t>(random.below(n))}};
  }
  for (const bool symmetric : {false, true}) {
    const auto made = [&] { return symmetric ? make_symmetric(n, edges).value().both_ways() : make_graph(n, edges).value(); };
    const Graph one_graph = made();
    Job job;
    job.threads = 1;
    const HubFirst& one = one_graph.hub_first(job);
    const auto& one_edge = one.out_edge(job);
    CHECK(arcs_of(one, one.out(), one_edge) == arcs_of(one_graph, true));
    for (const int threads : {2, 7, 16}) {
      job.threads = threads;
      const Graph graph = made();
      const HubFirst& hubs = graph.hub_first(job);
      CHECK(std::ranges::equal(hubs.out().begin, one.out().begin));
      CHECK(std::ranges::equal(hubs.out().node, one.out().node));
      CHECK(std::ranges::equal(hubs.out_edge(job), one_edge));
      CHECK(std::ranges::equal(hubs.in(job).node, one.in().node));
    }
  }
}

TEST_CASE("hub first: may be asked for from several threads at once") {
  const Graph graph = directed(300, [] {
    std::vector<Ends> edges;
    Random random(Seed{3});
    for (int i = 0; i < 2000; ++i) {
      edges.push_back({NodeId{static_cast<std::uint32_t>(random.below(300))},
                       NodeId{static_cast<std::uint32_t>(random.below(300))}});
    }
    return edges;
  }());
  std::vector<const HubFirst*> seen(8);
  std::vector<std::size_t> arcs(8);
  {
    std::vector<std::jthread> threads;
    for (std::size_t i = 0; i < seen.size(); ++i) {
      threads.emplace_back([&, i] {
        seen[i] = &graph.hub_first();
        arcs[i] = seen[i]->in().arc_count() + seen[i]->out_edge().size() + graph.in(NodeId{0}).size();
      });
    }
  }
  CHECK(std::set<const HubFirst*>(seen.begin(), seen.end()).size() == 1);
  CHECK(std::set<std::size_t>(arcs.begin(), arcs.end()).size() == 1);
}

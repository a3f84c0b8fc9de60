#include "algorithms/centrality/settled_walk.hpp"

#include <map>
#include <numeric>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

std::vector<double> settled(const Symmetric& graph, const EdgeColumn<double>* weight = nullptr, const Job& job = {}) {
  const ArcMatrix arcs(graph.both_ways(), ArcMatrix::Of::entering, weight, 1, job);
  const Buffer<double> time = settled_walk(arcs, arcs.row_sums(job), job);
  return list(arcs.ranks().in_user_order(time.span()));
}

/// The smallest node of each node's component, by asking every edge until nothing changes.
std::vector<std::size_t> components_of(std::size_t n, const std::vector<Ends>& edges) {
  std::vector<std::size_t> name(n);
  std::iota(name.begin(), name.end(), std::size_t{0});
  for (bool changed = true; changed;) {
    changed = false;
    for (const auto& [a, b] : edges) {
      const std::size_t least = std::min(name[a.index], name[b.index]);
      changed = changed || name[a.index] != name[b.index];
      name[a.index] = name[b.index] = least;
    }
  }
  return name;
}

/// How much of the time a step of the walk moves, in L1.
double moved_by_a_step(const std::vector<double>& time, const std::vector<Ends>& edges, const EdgeColumn<double>* weight) {
  std::vector<double> W(time.size(), 0.0), next(time.size(), 0.0);
  const auto for_arcs = [&](auto&& visit) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const std::size_t a = edges[i].source.index, b = edges[i].target.index;
      const double w = weight ? weight->values()[i] : 1.0;
      visit(a, b, w);
      if (a != b) visit(b, a, w);
    }
  };
  for_arcs([&](std::size_t a, std::size_t, double w) { W[a] += w; });
  for_arcs([&](std::size_t a, std::size_t b, double w) { next[b] += W[a] > 0 ? time[a] * w / W[a] : 0.0; });
  double moved = 0;
  for (std::size_t v = 0; v < time.size(); ++v) moved += std::abs(next[v] - (W[v] > 0 ? time[v] : 0.0));
  return moved;
}

/// `most` nodes that hang together by a hub, and beside them chains of 2, 3, 4 … nodes and isolates, in mixed order.
std::vector<Ends> giant_and_chains(std::size_t n, std::size_t most, Seed seed) {
  const auto at = [&](std::size_t v) { return (v * 7919 + seed) % n; };  // n is no multiple of 7919
  std::vector<Ends> edges;
  for (std::size_t v = 1; v < most; ++v) {
    edges.push_back(ends_of(at(0), at(v)));
    if (v % 3 == 0) edges.push_back(ends_of(at(v), at(v / 2)));
  }
  for (std::size_t first = most, length = 2; first + length < n; first += length, length = 2 + length % 5) {
    for (std::size_t v = first; v + 1 < first + length; ++v) edges.push_back(ends_of(at(v), at(v + 1)));
    ++first;  // an isolate
  }
  return edges;
}

}  // namespace

TEST_CASE("settled walk: by hand, a giant, a pair, a heavy loop and an isolate") {
  // A star of 20 nodes around 0, the pair 20 - 21, node 22 with a loop, node 23 alone: each component its share of 24.
  std::vector<Ends> edges;
  for (std::size_t v = 1; v < 20; ++v) edges.push_back(ends_of(std::size_t{0}, v));
  edges.push_back(ends_of(std::size_t{20}, std::size_t{21}));
  edges.push_back(ends_of(std::size_t{22}, std::size_t{22}));
  const auto time = settled(undirected(24, edges));
  CHECK(time[0] == Approx(10.0 / 24));
  CHECK(time[7] == Approx(10.0 / 24 / 19));
  CHECK(time[20] == Approx(1.0 / 24));
  CHECK(time[21] == Approx(1.0 / 24));
  CHECK(time[22] == Approx(1.0 / 24));
  CHECK(time[23] == 0);
}

TEST_CASE("settled walk: a step leaves it as it is, on any network, with weights, some of them 0") {
  for_each_seed(40, [](Seed seed) {
    const std::size_t n = 40;
    for (const std::size_t m : {std::size_t{0}, std::size_t{15}, std::size_t{40}, std::size_t{120}}) {
      const auto edges = random_edges(n, m, seed, true, true);
      const EdgeColumn<double> weight = random_whole_values(edges.size(), seed, 0, 3);
      for (const EdgeColumn<double>* column : {static_cast<const EdgeColumn<double>*>(nullptr), &weight}) {
        const auto time = settled(undirected(n, edges), column);
        CHECK(moved_by_a_step(time, edges, column) < 1e-14);
        CHECK(std::ranges::all_of(time, [](double t) { return t >= 0; }));
        CHECK(std::accumulate(time.begin(), time.end(), 0.0) <= 1 + 1e-14);
      }
    }
  });
}

TEST_CASE("settled walk: beside a giant every component has the share of its nodes, on any number of threads") {
  for_each_seed(5, [](Seed seed) {
    const std::size_t n = 3000;
    const auto edges = giant_and_chains(n, 2500, seed);
    const Symmetric graph = undirected(n, edges);
    const auto time = settled(graph);
    const auto component = components_of(n, edges);
    std::map<std::size_t, double> share;
    std::map<std::size_t, std::size_t> nodes;
    for (std::size_t v = 0; v < n; ++v) {
      share[component[v]] += time[v];
      ++nodes[component[v]];
    }
    REQUIRE(nodes.size() > 150);
    for (const auto& [name, sum] : share) {
      CHECK(sum == Approx(nodes[name] > 1 ? static_cast<double>(nodes[name]) / n : 0.0).epsilon(1e-12));
    }
    CHECK(moved_by_a_step(time, edges, nullptr) < 1e-13);
    for (const int threads : {2, 7, 16}) CHECK(settled(graph, nullptr, with_threads(threads)) == time);
  });
}

TEST_CASE("settled walk: a small component of weight 1e200 does not drown the giant") {
  auto edges = giant_and_chains(500, 400, 3);
  EdgeColumn<double> weight(edges.size(), 1.0);
  weight.values().back() = 1e200;  // of the last chain
  const auto time = settled(undirected(500, edges), &weight);
  CHECK(moved_by_a_step(time, edges, &weight) < 1e-13);
  CHECK(time[3] > 0.1);  // the hub of the giant
}

TEST_CASE("settled walk: no nodes, no ties") {
  CHECK(settled(undirected(0, {})).empty());
  CHECK(settled(undirected(3, {})) == std::vector<double>{0, 0, 0});
}

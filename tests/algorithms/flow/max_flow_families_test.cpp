#include <algorithm>
#include <cstdint>
#include <limits>
#include <vector>

#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/random_funding.hpp"
#include "algorithms/flow/search_trees.hpp"

// Networks of the kinds on which maximum flow is usually measured, small, each against textbook code and the proof.

namespace entente {
namespace {

using namespace test;

/// Slow oracle: a shortest way at a time over a matrix of capacities. [Edmonds and Karp 1972]
std::int64_t value_way_by_way(const Funding& f) {
  const std::size_t n = f.graph.node_count();
  std::vector<std::vector<std::int64_t>> left(n, std::vector<std::int64_t>(n, 0));
  for (const NodeId u : f.graph.nodes()) {
    for (const auto [v, edge] : f.graph.out(u)) left[u.index][v.index] += f.capacity[edge];
  }
  for (std::int64_t value = 0;;) {
    std::vector<std::size_t> parent(n, n), queue;
    for (const NodeId s : f.from) {
      parent[s.index] = s.index;
      queue.push_back(s.index);
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (std::size_t v = 0; v < n; ++v) {
        if (parent[v] != n || left[queue[i]][v] == 0) continue;
        parent[v] = queue[i];
        queue.push_back(v);
      }
    }
    const auto target = std::ranges::find_if(f.to, [&](NodeId t) { return parent[t.index] != n; });
    if (target == f.to.end()) return value;
    std::int64_t amount = std::numeric_limits<std::int64_t>::max();
    for (std::size_t v = target->index; parent[v] != v; v = parent[v]) amount = std::min(amount, left[parent[v]][v]);
    for (std::size_t v = target->index; parent[v] != v; v = parent[v]) {
      left[parent[v]][v] -= amount;
      left[v][parent[v]] += amount;
    }
    value += amount;
  }
}

/// The answer, the search trees alone and the slow oracle agree, and the flow is proven and without circles.
std::int64_t proven_value(const Funding& f) {
  const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
  REQUIRE(answer);
  REQUIRE(answer->value == value_way_by_way(f));
  REQUIRE(greatest_flow_value(f.graph, f.capacity, f.from, f.to, answer->flow, answer->source_side) == answer->value);
  REQUIRE(answer->cut == edges_leaving(f.graph, f.capacity, answer->source_side));
  EdgeColumn<std::int64_t> flow = answer->flow;
  REQUIRE(take_out_circles(f.graph, flow).empty());

  const FlowQuestion question = flow_question(f.graph, f.capacity, f.from, f.to).value();
  Residual residual(flow_capacities(f.graph, f.capacity).value());
  SearchTrees trees(residual);
  REQUIRE(trees.run(question, false) == SearchTrees::Outcome::done);
  REQUIRE(trees.value() == answer->value);
  const NodeColumn<std::uint8_t> side = residual.reached_from_sources(question);
  REQUIRE(trees.reached_from_sources() == side);
  REQUIRE(answer->source_side == side);
  return answer->value;
}

struct Ties {
  Funding f;
  void add(std::size_t u, std::size_t v, std::uint64_t units, bool one_way = true) {
    f.edges.push_back(ends_of(u, v));
    f.capacity.push_back(static_cast<std::int64_t>(units));
    f.one_way.push_back(one_way ? 1 : 0);
  }
  Funding between(std::size_t n, std::uint32_t s, std::uint32_t t) {
    f.graph = make_mixed_graph(n, f.edges, f.one_way).value();
    f.from = node_list({s});
    f.to = node_list({t});
    return std::move(f);
  }
};

TEST_CASE("max_flow: on lattices of mutual ties with both ends inside, where whole trees are cut off") {
  std::int64_t total = 0;
  for_each_seed(200, [&](Seed seed) {
    Random random(seed, 0x6C617474);
    const std::size_t side = 5 + random.below(8);
    Ties ties;
    for (std::size_t y = 0; y < side; ++y) {
      for (std::size_t x = 0; x < side; ++x) {
        const std::size_t v = y * side + x;
        if (x + 1 < side) ties.add(v, v + 1, random.below(30), false);
        if (y + 1 < side) ties.add(v + side, v, random.below(30), false);
      }
    }
    const auto middle = static_cast<std::uint32_t>(side / 2 * side);
    total += proven_value(ties.between(side * side, middle + 1, middle + static_cast<std::uint32_t>(side) - 2));
  });
  CHECK(total > 3000);
}

TEST_CASE("max_flow: a source that is shut in leaves its tree at once, however deep it has grown") {
  // a long chain of mutual ties on either side of each end; the source's own ties are the narrowest
  constexpr std::uint32_t length = 400;
  Ties ties;
  for (std::uint32_t v = 0; v + 1 < length; ++v) ties.add(v, v + 1, v == 100 || v == 99 ? 2 : 9, false);
  ties.add(length - 1, 0, 3, false);  // the other way round the ring
  const Funding f = ties.between(length, 100, 300);
  CHECK(proven_value(f) == 4);
  const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
  CHECK(std::ranges::count(answer->source_side.values(), std::uint8_t{1}) == 1);
}

TEST_CASE("max_flow: on dense networks without circles") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed, 0x64656E73);
    const std::size_t n = 10 + random.below(40);
    Ties ties;
    for (std::size_t u = 0; u < n; ++u) {
      for (std::size_t v = u + 1; v < n; ++v) ties.add(u, v, 1 + random.below(1000));
    }
    REQUIRE(proven_value(ties.between(n, 0, static_cast<std::uint32_t>(n - 1))) > 0);
  });
}

TEST_CASE("max_flow: on bipartite networks of unit ties, where each way fills every tie") {
  for_each_seed(80, [](Seed seed) {
    Random random(seed, 0x62697061);
    const std::size_t half = 10 + random.below(50);
    Ties ties;
    for (std::size_t u = 0; u < half; ++u) {
      ties.add(2 * half, u, 1);
      ties.add(half + u, 2 * half + 1, 1);
      for (std::size_t k = 0; k < 3; ++k) ties.add(u, half + random.below(half), 1);
    }
    const auto s = static_cast<std::uint32_t>(2 * half);
    REQUIRE(proven_value(ties.between(2 * half + 2, s, s + 1)) > 0);
  });
}

TEST_CASE("max_flow: on stars and on many parallel ties, where ways have one or two steps") {
  for_each_seed(100, [](Seed seed) {
    Random random(seed, 0x73746172);
    const std::size_t n = 3 + random.below(30);
    Ties ties;
    for (std::size_t k = 0; k < 6 * n; ++k) {
      const std::size_t v = random.below(n);
      if (random.below(2) == 0) ties.add(0, v, random.below(20), random.below(3) != 0);
      else ties.add(v, n - 1, random.below(20), random.below(3) != 0);
    }
    proven_value(ties.between(n, 0, static_cast<std::uint32_t>(n - 1)));
  });
}

TEST_CASE("max_flow: circles go from a flow in the same way whether few edges carry something or many") {
  std::size_t with_circles = 0;
  for_each_seed(300, [&](Seed seed) {
    const Funding f = random_funding(seed, 30);
    EdgeColumn<std::int64_t> flow(f.graph.edge_count());
    Random random(seed, 0x63697263);
    for (const EdgeId edge : f.graph.edges()) {
      if (random.below(3) == 0) flow[edge] = static_cast<std::int64_t>(random.below(9)) - (f.one_way[edge] ? 0 : 4);
    }
    std::vector<EdgeId> carrying;
    for (const EdgeId edge : f.graph.edges()) {
      if (flow[edge] != 0) carrying.push_back(edge);
    }
    EdgeColumn<std::int64_t> told = flow, among_many = flow, among_few = flow;
    with_circles += !take_out_circles(f.graph, told).empty();
    take_out_circles(f.graph, Carrying(f.graph, flow), among_many);
    drop_circles(f.graph, carrying, among_few);
    REQUIRE(among_many == told);
    REQUIRE(among_few == told);
  });
  CHECK(with_circles > 30);
}

}  // namespace
}  // namespace entente

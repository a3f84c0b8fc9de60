#include "algorithms/centrality/sampled_betweenness_lengths.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <set>

#include "algorithms/centrality/betweenness_pieces.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

const std::function<bool()> never = [] { return false; };

/// A sampler of a graph of arcs with lengths, each the only one of its pair.
struct Drawn {
  Drawn(std::uint32_t nodes, std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> arcs, bool either_way)
      : node_count(nodes) {
    if (either_way) {
      const auto one_way = arcs;
      for (const auto& [u, v, l] : one_way) arcs.emplace_back(v, u, l);
    }
    std::ranges::sort(arcs);
    begin.assign(nodes + std::size_t{1}, 0);
    for (const auto& [u, v, l] : arcs) {
      ++begin[u + std::size_t{1}];
      head.push_back(v);
      length.push_back(l);
    }
    for (std::size_t v = 0; v < nodes; ++v) begin[v + 1] += begin[v];
    graph = {nodes, begin.data(), head.data(), nullptr, nullptr, nullptr};
    sampler = std::make_unique<LengthPathSampler>(arcs_by_length(graph, length, either_way), nodes);
  }

  std::vector<std::uint32_t> draw(std::uint32_t s, std::uint32_t t, Random& random) {
    REQUIRE(sampler->draw(s, t, random, never) == BatchOutcome::done);
    return {sampler->inside().begin(), sampler->inside().end()};
  }

  /// The insides of all shortest paths, by trying every way: a walk that is no longer than what is left is gone on with.
  std::multiset<std::vector<std::uint32_t>> all(std::uint32_t s, std::uint32_t t) const {
    std::vector<double> to_t(node_count, INFINITY);  // Bellman and Ford
    to_t[t] = 0;
    for (std::uint32_t round = 0; round < node_count; ++round) {
      for (std::uint32_t u = 0; u < node_count; ++u) {
        for (std::uint64_t a = begin[u]; a < begin[u + 1]; ++a) to_t[u] = std::min(to_t[u], length[a] + to_t[head[a]]);
      }
    }
    std::multiset<std::vector<std::uint32_t>> found;
    std::vector<std::uint32_t> way;
    const std::function<void(std::uint32_t)> go_on = [&](std::uint32_t u) {
      if (u == t) {
        std::vector<std::uint32_t> inside(way.begin(), way.end() - 1);
        std::ranges::sort(inside);
        found.insert(inside);
        return;
      }
      for (std::uint64_t a = begin[u]; a < begin[u + 1]; ++a) {
        if (length[a] + to_t[head[a]] > to_t[u] * (1 + 1e-12)) continue;
        way.push_back(head[a]);
        go_on(head[a]);
        way.pop_back();
      }
    };
    if (to_t[s] < INFINITY) go_on(s);
    return found;
  }

  std::uint32_t node_count;
  std::vector<std::uint64_t> begin;
  std::vector<std::uint32_t> head;
  std::vector<double> length;
  BatchGraph graph;
  std::unique_ptr<LengthPathSampler> sampler;
};

/// Random pairs of different nodes, each at most once, with lengths unit * (1 … most).
Drawn random_drawn(std::uint32_t n, std::size_t m, Seed seed, std::uint64_t most, bool either_way, double unit = 1) {
  Random random(seed, 77);
  std::set<std::pair<std::uint32_t, std::uint32_t>> known;
  std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> arcs;
  for (std::size_t i = 0; i < m; ++i) {
    auto u = static_cast<std::uint32_t>(random.below(n)), v = static_cast<std::uint32_t>(random.below(n));
    if (either_way && u > v) std::swap(u, v);
    const double length = unit * static_cast<double>(1 + random.below(most));
    if (u != v && known.emplace(u, v).second) arcs.emplace_back(u, v, length);
  }
  return Drawn(n, arcs, either_way);
}

}  // namespace

TEST_CASE("paths in lengths: by hand") {
  // 0 -1- 1 -1- 3 and 0 -1- 2 -1- 3 are equal, 0 -3- 3 is longer; 4 hangs on 3, 5 is alone.
  Drawn ring(6, {{0, 1, 1}, {1, 3, 1}, {0, 2, 1}, {2, 3, 1}, {0, 3, 3}, {3, 4, 0.5}}, true);
  Random random(1);
  std::map<std::vector<std::uint32_t>, int> times;
  for (int i = 0; i < 1000; ++i) ++times[ring.draw(0, 4, random)];
  CHECK(times.size() == 2);
  CHECK(std::abs(times[{1, 3}] - 500) < 64);  // 4 standard deviations
  CHECK(std::abs(times[{2, 3}] - 500) < 64);
  CHECK(ring.draw(3, 4, random).empty());
  CHECK(ring.draw(0, 5, random).empty());
  CHECK(ring.draw(5, 0, random).empty());
  CHECK(ring.draw(4, 0, random).size() == 2);
}

TEST_CASE("paths in lengths: with directions, and a direct arc that is the longer way") {
  Drawn arcs(4, {{0, 1, 1}, {1, 2, 1}, {0, 2, 10}, {2, 3, 4}, {3, 0, 1}}, false);
  Random random(1);
  CHECK(arcs.draw(0, 2, random) == std::vector<std::uint32_t>{1});
  CHECK(arcs.draw(2, 1, random) == std::vector<std::uint32_t>{0, 3});
  CHECK(arcs.draw(1, 0, random) == std::vector<std::uint32_t>{2, 3});
}

TEST_CASE("paths in lengths: on random graphs each shortest path is drawn, each equally often, and no other") {
  for (Seed seed = 1; seed <= 60; ++seed) {
    const bool either_way = seed % 2 == 0;
    const double unit = seed % 3 == 0 ? 0.1 : 1;  // sums of tenths round, and count as equal
    Drawn drawn = random_drawn(9, 10 + seed % 17, seed, 1 + seed % 4, either_way, unit);
    Random random(seed);
    for (std::uint32_t s = 0; s < 9; s += 2) {
      const auto t = static_cast<std::uint32_t>((s + 1 + seed % 8) % 9);
      if (s == t) continue;
      const auto all = drawn.all(s, t);
      const int draws = 60 * static_cast<int>(std::max<std::size_t>(1, all.size()));
      std::map<std::vector<std::uint32_t>, int> times;
      for (int i = 0; i < draws; ++i) ++times[drawn.draw(s, t, random)];
      CAPTURE(seed, s, t, all.size());
      if (all.empty()) {
        CHECK((times.size() == 1 && times.begin()->first.empty()));
        continue;
      }
      for (const auto& [path, count] : times) {
        REQUIRE(all.contains(path));
        const double expected = 60.0 * static_cast<double>(all.count(path));
        CHECK(std::abs(count - expected) < 6 * std::sqrt(expected));
      }
      CHECK(times.size() == std::set(all.begin(), all.end()).size());
    }
  }
}

TEST_CASE("paths in lengths: of larger graphs they are as long as the shortest") {
  for (const bool either_way : {false, true}) {
    Drawn drawn = random_drawn(400, 1600, 5, 1000, either_way);
    Random random(3);
    for (std::uint32_t s = 0; s < 400; s += 7) {
      const std::uint32_t t = (s * 31 + 17) % 400;
      if (s == t) continue;
      const auto all = drawn.all(s, t);
      const auto path = drawn.draw(s, t, random);
      CAPTURE(either_way, s, t);
      CHECK((all.empty() ? path.empty() : all.contains(path)));
    }
  }
}

TEST_CASE("paths in lengths: long chains of lengths that no sum holds exactly, and lengths of all magnitudes") {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> chain;
  Random lengths(4);
  for (std::uint32_t v = 0; v + 1 < 200'000; ++v) chain.emplace_back(v, v + 1, 0.1 + lengths.unit());
  Random random(2);
  CHECK(Drawn(200'000, chain, true).draw(3, 199'990, random).size() == 199'986);
  CHECK(Drawn(200'000, chain, false).draw(3, 199'990, random).size() == 199'986);
  for (std::uint32_t v = 0; v + 1 < 200'000; ++v) {
    std::get<2>(chain[v]) = std::ldexp(1.0, static_cast<int>(lengths.below(600)) - 300);
  }
  // Whatever rounding loses, a way is found and no node is named twice.
  const auto path = Drawn(200'000, chain, true).draw(3, 1'990, random);
  CHECK(path.size() == 1'986);
  CHECK(std::set(path.begin(), path.end()).size() == path.size());
  Drawn tiny(4, {{0, 1, 5e-324}, {1, 2, 1e300}, {0, 2, 1e300}, {2, 3, 5e-324}}, true);
  CHECK(tiny.draw(0, 3, random).size() <= 2);
}

TEST_CASE("paths in lengths: too many to count are said to be, and a search can be stopped") {
  std::vector<std::tuple<std::uint32_t, std::uint32_t, double>> diamonds;  // 2 ways through each: 2^1200 in all
  for (std::uint32_t d = 0; d < 2400; ++d) {
    for (const std::uint32_t way : {1u, 2u}) {
      diamonds.emplace_back(3 * d, 3 * d + way, 1);
      diamonds.emplace_back(3 * d + way, 3 * d + 3, 1);
    }
  }
  Drawn drawn(7201, diamonds, true);
  Random random(1);
  CHECK(drawn.sampler->draw(0, 7200, random, never) == BatchOutcome::too_many_paths);
  CHECK(drawn.draw(0, 600, random).size() == 399);
  CHECK(drawn.sampler->draw(0, 7200, random, [] { return true; }) == BatchOutcome::stopped);
  CHECK(drawn.draw(0, 600, random).size() == 399);
}

#include "viz/sankey_layout.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <numeric>
#include <string>

#include "support/random_graphs.hpp"
#include "viz/networks.hpp"
#include "viz/sankey_columns.hpp"
#include "viz/sankey_laws.hpp"
#include "viz/sankey_levels.hpp"

using namespace entente;
using entente::testing::broken_place;
using entente::testing::money_network;
using entente::testing::MoneyRow;
using entente::testing::random_money;
using entente::testing::SmallNetwork;

namespace {

std::vector<SankeyArc> random_sankey_arcs(std::size_t n, std::size_t m, Seed seed) {
  Random random(seed, 0x617263);
  std::vector<SankeyArc> arcs;
  for (std::size_t i = 0; i < m; ++i) {
    arcs.push_back({random.below(n), random.below(n), static_cast<std::int64_t>(random.below(50)), random.below(3)});
  }
  return arcs;
}

std::int64_t backward(const std::vector<std::size_t>& order, const std::vector<SankeyArc>& arcs) {
  std::vector<std::size_t> place(order.size());
  for (std::size_t i = 0; i < order.size(); ++i) place[order[i]] = i;
  std::int64_t sum = 0;
  for (const SankeyArc& arc : arcs) sum += place[arc.source] > place[arc.target] ? arc.units : 0;
  return sum;
}

std::int64_t least_backward(std::size_t n, const std::vector<SankeyArc>& arcs) {
  std::vector<std::size_t> order(n);
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::int64_t least = backward(order, arcs);
  while (std::ranges::next_permutation(order).found) least = std::min(least, backward(order, arcs));
  return least;
}

Selection one_tie(const std::string& amount) {
  return SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding", "completed", amount, amount.empty() ? "" : "USD").selection();
}

}  // namespace

TEST_CASE("sankey levels: without a cycle nothing runs backwards, with one the cheapest arc does") {
  CHECK(feedback_order(3, {{2, 1, 5, 0}, {1, 0, 5, 0}}) == std::vector<std::size_t>{2, 1, 0});
  CHECK(backward(feedback_order(3, {{0, 1, 9, 0}, {1, 2, 7, 0}, {2, 0, 2, 0}}), {{0, 1, 9, 0}, {1, 2, 7, 0}, {2, 0, 2, 0}}) == 2);
  CHECK(feedback_order(0, {}).empty());
  CHECK(feedback_order(1, {{0, 0, 5, 0}}) == std::vector<std::size_t>{0});
  // Where no money decides, ties of unknown amount do.
  CHECK(feedback_order(2, {{0, 1, 0, 1}, {1, 0, 0, 4}}) == std::vector<std::size_t>{1, 0});
}

TEST_CASE("sankey levels: at most half of the money runs backwards, and hardly more than the least possible") {
  std::int64_t ours = 0, best = 0;
  test::for_each_seed(150, [&](std::uint64_t seed) {
    const std::size_t n = 2 + seed % 5;
    const auto arcs = random_sankey_arcs(n, 3 * n, seed);
    const auto order = feedback_order(n, arcs);
    auto sorted = order;
    std::ranges::sort(sorted);
    for (std::size_t i = 0; i < n; ++i) REQUIRE(sorted[i] == i);
    std::int64_t all = 0;
    for (const SankeyArc& arc : arcs) all += arc.source == arc.target ? 0 : arc.units;
    const std::int64_t least = least_backward(n, arcs), here = backward(order, arcs);
    CHECK(here >= least);
    CHECK(2 * here <= all);
    ours += here;
    best += least;
  });
  CHECK(static_cast<double>(ours) <= 1.02 * static_cast<double>(best));
}

TEST_CASE("sankey levels: forward arcs climb, unless they must be cut; then no cut keeps less money within") {
  test::for_each_seed(120, [](std::uint64_t seed) {
    const std::size_t n = 1 + seed % 8, most = 1 + seed % 4;
    const auto arcs = random_sankey_arcs(n, 2 * n, seed);
    const auto order = feedback_order(n, arcs);
    std::vector<std::size_t> place(n);
    for (std::size_t i = 0; i < n; ++i) place[order[i]] = i;
    const auto deep = hop_levels(order, arcs, n + 1);
    for (const SankeyArc& arc : arcs) {
      if (place[arc.source] < place[arc.target]) CHECK(deep[arc.source] < deep[arc.target]);
    }
    const auto cut = hop_levels(order, arcs, most);
    for (const std::size_t level : cut) CHECK(level < most);
    if (*std::ranges::max_element(deep) < most) return;
    // Brute force: every set of places where the order can be cut into as many pieces.
    const auto weight_within = [&](const std::vector<std::size_t>& level) {
      std::int64_t sum = 0;
      for (const SankeyArc& arc : arcs) {
        if (arc.source != arc.target && level[arc.source] == level[arc.target]) sum += arc.units * 1000 + static_cast<std::int64_t>(arc.unknown);
      }
      return sum;
    };
    std::int64_t least = -1;
    for (std::uint32_t cuts = 0; cuts < 1u << (n - 1); ++cuts) {
      if (static_cast<std::size_t>(__builtin_popcount(cuts)) + 1 != std::min(most, n)) continue;
      std::vector<std::size_t> level(n, 0);
      for (std::size_t i = 1; i < n; ++i) level[order[i]] = level[order[i - 1]] + (cuts >> (i - 1) & 1);
      const std::int64_t within = weight_within(level);
      if (least < 0 || within < least) least = within;
    }
    CHECK(weight_within(cut) == least);
  });
}

TEST_CASE("sankey columns: two crossed bands are untangled, and sweeps never make it worse") {
  SankeyColumns columns;
  columns.items = {{0, 0, SankeyItem::none, false, 20, 0}, {0, 1, SankeyItem::none, false, 20, 0}, {1, 2, SankeyItem::none, false, 20, 0}, {1, 3, SankeyItem::none, false, 20, 0}};
  columns.order = {{0, 1}, {2, 3}};
  columns.segments = {{0, 3, 0.5, 10, 10}, {1, 2, 0.25, 10, 10}};
  CHECK(crossing_weight(columns) == Approx(0.125));
  reduce_crossings(columns);
  CHECK(crossing_weight(columns) == 0);
  settle_heights(columns, 100);
  CHECK(columns.items[0].y == Approx(columns.items[3].y));
  CHECK(columns.items[1].y == Approx(columns.items[2].y));
  test::for_each_seed(100, [](std::uint64_t seed) {
    Random random(seed, 7);
    SankeyColumns random_columns;
    random_columns.order.resize(2 + seed % 3);
    for (std::size_t level = 0; level < random_columns.order.size(); ++level) {
      for (std::size_t i = 0; i <= random.below(6); ++i) {
        random_columns.order[level].push_back(random_columns.items.size());
        random_columns.items.push_back({level, random_columns.items.size(), SankeyItem::none, random.below(5) == 0, 5.0 + static_cast<double>(random.below(30)), 0});
      }
    }
    for (std::size_t level = 0; level + 1 < random_columns.order.size(); ++level) {
      for (std::size_t i = 0; i < 8; ++i) {
        const auto &left = random_columns.order[level], &right = random_columns.order[level + 1];
        random_columns.segments.push_back({left[random.below(left.size())], right[random.below(right.size())], 0.01 + random.unit(), 2, 2});
      }
    }
    SankeyColumns before = random_columns;
    for (auto& level : before.order) std::ranges::stable_sort(level, {}, [&](std::size_t item) { return before.items[item].last; });
    reduce_crossings(random_columns);
    CHECK(crossing_weight(random_columns) <= crossing_weight(before) + 1e-12);
    settle_heights(random_columns, 250);
    for (const auto& level : random_columns.order) {
      double bottom = 0;
      for (const std::size_t item : level) {
        CHECK(random_columns.items[item].y >= bottom - 1e-9);
        bottom = random_columns.items[item].y + random_columns.items[item].slot;
      }
      CHECK(bottom <= 250 + 1e-9);
    }
  });
}

TEST_CASE("sankey layout: one tie is one band as high as both its bars") {
  const auto data = sankey_data(one_tie("12.50"));
  REQUIRE(data);
  const SankeyLayout layout = sankey_layout(*data);
  REQUIRE(layout.bands.size() == 1);
  CHECK(layout.bands[0].width == Approx(1250 * layout.scale));
  CHECK(layout.bars[0].height() == Approx(layout.bands[0].width));
  CHECK(layout.bands[0].from == Approx(layout.bands[0].to));
  CHECK(layout.columns.size() == 2);
  CHECK(layout.width == Approx(960));
}

TEST_CASE("sankey layout: an unknown amount is a stub of constant size and never a width") {
  const auto unknown = sankey_data(one_tie(""));
  REQUIRE(unknown);
  const SankeyLayout layout = sankey_layout(*unknown);
  REQUIRE(layout.bands.size() == 1);
  CHECK(layout.scale == 0);
  CHECK(layout.bands[0].unknown);
  CHECK(layout.bands[0].width == sankey_stub_height);
  CHECK(layout.bars[0].through == 0);
  const auto zero = sankey_data(one_tie("0"));
  REQUIRE(zero);
  const SankeyLayout flat = sankey_layout(*zero);
  REQUIRE(flat.bands.size() == 1);
  CHECK_FALSE(flat.bands[0].unknown);
  CHECK(flat.bands[0].width == 0);
}

TEST_CASE("sankey layout: money that returns goes around, and only that") {
  const auto data = sankey_data(SmallNetwork()
                                    .node("a", "", "A")
                                    .node("b", "", "B")
                                    .node("c", "", "C")
                                    .tie("a", "b", "funding", "", "9", "USD")
                                    .tie("b", "c", "funding", "", "7", "USD")
                                    .tie("c", "a", "funding", "", "2", "USD")
                                    .tie("b", "b", "funding", "", "3", "USD")
                                    .selection());
  REQUIRE(data);
  const SankeyLayout layout = sankey_layout(*data);
  CHECK(layout.columns.size() == 3);
  CHECK(std::ranges::count_if(layout.bands, &SankeyBand::back) == 1);
  for (const SankeyBand& band : layout.bands) CHECK(band.back == (data->links[band.link].units == 2));
  CHECK(broken_place(*data, layout) == "");
}

TEST_CASE("sankey layout: stacks, scale, distances and borders hold on random cyclic networks") {
  test::for_each_seed(240, [](std::uint64_t seed) {
    const Selection selection = money_network(random_money(seed));
    SankeySpec spec;
    spec.levels = std::vector<std::string>{"hop", "kind", "country", "date"}[seed % 4];
    spec.top = 2 + seed % 25;
    spec.width = 400 + static_cast<double>(seed % 7) * 200;
    const auto data = sankey_data(selection, spec);
    if (!data) return;
    CHECK(broken_place(*data, sankey_layout(*data, spec)) == "");
  });
}

TEST_CASE("sankey layout: amounts a billion times apart keep their scale") {
  const auto data = sankey_data(SmallNetwork()
                                    .node("a", "", "A")
                                    .node("b", "", "B")
                                    .tie("a", "b", "funding.grant", "", "4000000000000000", "USD")
                                    .tie("a", "b", "funding.loan", "", "1", "USD")
                                    .selection());
  REQUIRE(data);
  const SankeyLayout layout = sankey_layout(*data);
  CHECK(broken_place(*data, layout) == "");
  CHECK(std::ranges::count_if(layout.bands, [](const SankeyBand& band) { return band.width < sankey_hairline; }) == 1);
}

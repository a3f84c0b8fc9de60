#include "viz/sankey_folding.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <string>
#include <vector>

#include "support/random_graphs.hpp"
#include "viz/sankey_laws.hpp"
#include "viz/sankey_levels.hpp"
#include "viz/sankey_svg.hpp"

using namespace entente;
using entente::testing::broken_place;
using entente::testing::broken_sum;
using entente::testing::money_network;
using entente::testing::MoneyRow;
using entente::testing::random_money;

namespace {

using Arcs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

/// Who reaches whom, by Warshall's rule.
std::vector<std::vector<bool>> reached(std::size_t n, const Arcs& arcs) {
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (const auto& [from, to] : arcs) reach[from][to] = true;
  for (std::size_t via = 0; via < n; ++via) {
    for (std::size_t a = 0; a < n; ++a) {
      for (std::size_t b = 0; b < n; ++b) reach[a][b] = reach[a][b] || (reach[a][via] && reach[via][b]);
    }
  }
  return reach;
}

/// A random network in which money only goes from lower numbers to higher ones, keys shuffled.
std::vector<MoneyRow> acyclic_money(Seed seed) {
  Random random(seed, 0x646167);
  const std::size_t bodies = 3 + random.below(60), ties = bodies + random.below(2 * bodies);
  std::vector<std::size_t> name(bodies);
  for (std::size_t i = 0; i < bodies; ++i) name[i] = i;
  for (std::size_t i = bodies; i > 1; --i) std::swap(name[i - 1], name[random.below(i)]);
  std::vector<MoneyRow> rows;
  for (std::size_t i = 0; i < ties; ++i) {
    std::size_t from = random.below(bodies), to = random.below(bodies);
    if (from == to) continue;
    if (from > to) std::swap(from, to);
    const std::string amount = random.below(6) == 0 ? "" : std::to_string(1 + random.below(1000));
    rows.push_back({"t" + std::to_string(i), "n" + std::to_string(name[from]), "n" + std::to_string(name[to]), "funding", "", "", amount});
  }
  rows.push_back({"last", "n" + std::to_string(name[0]), "n" + std::to_string(name[1]), "funding", "", "", "5"});
  return rows;
}

std::vector<MoneyRow> chain(int length) {
  std::vector<MoneyRow> rows;
  for (int i = 0; i + 1 < length; ++i) rows.push_back({"t" + std::to_string(i), "n" + std::to_string(i), "n" + std::to_string(i + 1), "funding", "", "", "10"});
  return rows;
}

std::size_t loops_of(const SankeyLayout& layout) {
  return static_cast<std::size_t>(std::ranges::count_if(layout.bands, &SankeyBand::back));
}

bool has_note(const SankeyData& data, const std::string& part) {
  return std::ranges::any_of(data.notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("sankey folding: an intermediary among the others makes no circle, by hand") {
  // A large giver and two large stations; the small body between the stations is folded with a small receiver of the last.
  const std::vector<MoneyRow> rows{{"1", "giver", "one", "funding", "", "", "100"}, {"2", "one", "small", "funding", "", "", "5"},
                                   {"3", "small", "two", "funding", "", "", "5"},   {"4", "one", "two", "funding", "", "", "90"},
                                   {"5", "two", "end", "funding", "", "", "95"},    {"6", "two", "tiny", "funding", "", "", "1"},
                                   {"7", "two", "mini", "funding", "", "", "1"}};
  SankeySpec spec;
  spec.top = 4;
  const auto data = sankey_data(money_network(rows), spec);
  REQUIRE(data);
  std::vector<std::string> names;
  for (const SankeyNode& node : data->nodes) names.push_back(node.name);
  CHECK(names == std::vector<std::string>{"Name of one", "Name of giver", "Name of two", "Name of end", "Name of small", "other receivers (2 bodies)"});
  CHECK(loops_of(sankey_layout(*data, spec)) == 0);
}

TEST_CASE("sankey folding: where no money returns, every band leads rightwards, however much is folded") {
  std::size_t folded = 0;
  test::for_each_seed(300, [&](std::uint64_t seed) {
    const Selection selection = money_network(acyclic_money(seed));
    SankeySpec spec;
    spec.top = 1 + seed % 40;
    spec.least_share = seed % 7 == 0 ? 0.03 : 0;
    const auto data = sankey_data(selection, spec);
    REQUIRE(data);
    CHECK(broken_sum(selection, *data) == "");
    const SankeyLayout layout = sankey_layout(*data, spec);
    CHECK(broken_place(*data, layout) == "");
    CHECK(loops_of(layout) == 0);
    CHECK(layout.columns.size() <= sankey_most_hops);
    folded += data->nodes.back().bundle ? 1u : 0u;
  });
  CHECK(folded > 150);
}

TEST_CASE("sankey folding: what runs around in the drawing runs around in the network") {
  std::size_t around = 0;
  test::for_each_seed(300, [&](std::uint64_t seed) {
    const Selection selection = money_network(random_money(seed));
    SankeySpec spec;
    spec.top = 1 + seed % 12;
    const auto data = sankey_data(selection, spec);
    if (!data) return;
    const Network& network = *selection.network;
    Arcs ties;
    for (const auto* links : {&data->links, &data->self_flows}) {
      for (const SankeyLink& link : *links) {
        for (const EdgeId tie : link.ties) ties.emplace_back(network.source(tie).index, network.target(tie).index);
      }
    }
    const auto reach = reached(network.node_count(), ties);
    const SankeyLayout layout = sankey_layout(*data, spec);
    for (const SankeyBand& band : layout.bands) {
      const SankeyLink& link = data->links[band.link];
      if (layout.bars[link.source].level <= layout.bars[link.target].level) continue;  // only what is said to return
      ++around;
      for (const EdgeId tie : link.ties) CHECK(reach[network.target(tie).index][network.source(tie).index]);
    }
  });
  CHECK(around > 300);
}

TEST_CASE("sankey folding: a chain of 200 bodies folds between those that stay, in a row") {
  const auto data = sankey_data(money_network(chain(200)));
  REQUIRE(data);
  const SankeyLayout layout = sankey_layout(*data);
  CHECK(loops_of(layout) == 0);
  CHECK(layout.columns.size() > 4);
  CHECK(layout.columns.size() <= sankey_most_hops);
  CHECK(has_note(*data, "since more would stand in more than 12 columns"));
  // As many bodies as fit stay.
  CHECK(std::ranges::count(data->nodes, false, &SankeyNode::bundle) > 4);
  const auto all = sankey_data(money_network(chain(12)));
  REQUIRE(all);
  CHECK(all->nodes.size() == 12);
  CHECK_FALSE(has_note(*all, "columns"));
}

TEST_CASE("sankey folding: a circle is still said, folded or not") {
  auto rows = chain(6);
  rows.push_back({"back", "n4", "n1", "funding", "", "", "3"});
  for (const std::size_t top : {1u, 2u, 6u}) {
    SankeySpec spec;
    spec.top = top;
    const auto data = sankey_data(money_network(rows), spec);
    REQUIRE(data);
    const SankeyLayout layout = sankey_layout(*data, spec);
    CHECK(loops_of(layout) == 1);
    CHECK(sankey_svg(*data, layout, spec).find(">returns USD ") != std::string::npos);
  }
}

TEST_CASE("sankey folding: circles longer than the columns are named in the notes") {
  SankeySpec spec;
  spec.top = 40;
  auto rows = chain(30);
  rows.push_back({"back", "n29", "n0", "funding", "", "", "3"});
  const auto data = sankey_data(money_network(rows), spec);
  REQUIRE(data);
  CHECK(has_note(*data, "the circles of this network take more than 12 columns"));
}

TEST_CASE("sankey circles: components are those who reach one another, in the order of the arcs") {
  test::for_each_seed(300, [](std::uint64_t seed) {
    Random random(seed, 0x636972);
    const std::size_t n = random.below(9);
    Arcs arcs;
    for (std::size_t i = 0; n > 0 && i < random.below(3 * n); ++i) {
      arcs.emplace_back(static_cast<std::uint32_t>(random.below(n)), static_cast<std::uint32_t>(random.below(n)));
    }
    const auto reach = reached(n, arcs);
    const SankeyComponents components = strong_components(n, arcs);
    REQUIRE(components.of.size() == n);
    std::vector<std::uint32_t> size(components.size.size(), 0);
    for (std::size_t a = 0; a < n; ++a) {
      ++size[components.of[a]];
      for (std::size_t b = 0; b < n; ++b) {
        CHECK((components.of[a] == components.of[b]) == (a == b || (reach[a][b] && reach[b][a])));
      }
    }
    CHECK(size == components.size);
    const auto level = component_levels(components, arcs);
    for (const auto& [from, to] : arcs) {
      CHECK(components.of[from] <= components.of[to]);
      if (components.of[from] != components.of[to]) CHECK(level[components.of[from]] < level[components.of[to]]);
    }
    // No level is left empty, so each is the longest way.
    for (std::uint32_t c = 0; c < level.size(); ++c) {
      CHECK((level[c] == 0 || std::ranges::any_of(arcs, [&](const auto& arc) {
        return components.of[arc.second] == c && level[components.of[arc.first]] + 1 == level[c];
      })));
    }
  });
}

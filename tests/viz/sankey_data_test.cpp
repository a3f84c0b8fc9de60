#include "viz/sankey_data.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <map>
#include <string>

#include "support/random_graphs.hpp"
#include "viz/networks.hpp"
#include "viz/sankey_laws.hpp"
#include "viz/sankey_table.hpp"

using namespace entente;
using entente::testing::broken_sum;
using entente::testing::money_network;
using entente::testing::MoneyRow;
using entente::testing::random_money;
using entente::testing::SmallNetwork;

namespace {

const SankeyNode* node_named(const SankeyData& data, const std::string& name) {
  const auto found = std::ranges::find(data.nodes, name, &SankeyNode::name);
  return found == data.nodes.end() ? nullptr : &*found;
}

bool says(const std::vector<std::string>& notes, const std::string& part) {
  return std::ranges::any_of(notes, [&](const std::string& note) { return note.find(part) != std::string::npos; });
}

/// A gives B 10, B gives C 4 (planned) and A 1, C gives C 2, and A gives C something.
Selection four_flows() {
  return SmallNetwork()
      .node("a", "bank", "A", "KR")
      .node("b", "firm", "B", "KR")
      .node("c", "firm", "C", "UZ")
      .tie("a", "b", "funding.grant", "completed", "10", "USD")
      .tie("b", "c", "funding.grant", "planned", "4.25", "USD")
      .tie("b", "a", "funding.loan", "completed", "1", "USD")
      .tie("c", "c", "funding.own", "completed", "2", "USD")
      .tie("a", "c", "funding.grant", "completed")
      .selection();
}

}  // namespace

TEST_CASE("sankey data: what comes in and is added equals what goes out and is kept, by hand") {
  const auto data = sankey_data(four_flows());
  REQUIRE(data);
  CHECK(data->decimals == 2);
  CHECK(data->total == 1725);
  CHECK(data->stated == 4);
  CHECK(data->unknown == 1);
  CHECK(data->links.size() == 4);
  REQUIRE(data->self_flows.size() == 1);
  CHECK(data->self_flows[0].units == 200);
  const SankeyNode *a = node_named(*data, "A"), *b = node_named(*data, "B"), *c = node_named(*data, "C");
  REQUIRE((a && b && c));
  CHECK((a->in == 100 && a->out == 1000 && a->own() == 900 && a->kept() == 0 && a->unknown_out == 1));
  CHECK((b->in == 1000 && b->out == 525 && b->own() == 0 && b->kept() == 475));
  CHECK((c->in == 425 && c->out == 0 && c->self == 200 && c->kept() == 425 && c->unknown_in == 1));
  CHECK(sankey_money(*data, 1234567890) == "USD 12,345,678.90");
  CHECK(sankey_short_money(*data, 1725) == "USD 17.2");
}

TEST_CASE("sankey data: kinds and classes of status are never summed into one link") {
  const auto data = sankey_data(SmallNetwork()
                                    .node("a", "", "A")
                                    .node("b", "", "B")
                                    .tie("a", "b", "funding.grant", "completed", "1", "USD")
                                    .tie("a", "b", "funding.grant", "signed", "2", "USD")
                                    .tie("a", "b", "funding.grant", "planned", "4", "USD")
                                    .tie("a", "b", "funding.loan", "completed", "8", "USD")
                                    .selection());
  REQUIRE(data);
  REQUIRE(data->links.size() == 3);
  std::map<std::pair<std::string, StatusClass>, std::int64_t> units;
  for (const SankeyLink& link : data->links) units[{sankey_kind(*data, link), link.status}] = link.units;
  CHECK(units[{"funding.grant", StatusClass::in_force}] == 3);
  CHECK(units[{"funding.grant", StatusClass::intended}] == 4);
  CHECK(units[{"funding.loan", StatusClass::in_force}] == 8);
}

TEST_CASE("sankey data: more kinds than colours share other kinds, which the notes name") {
  SmallNetwork network;
  network.node("a", "", "A").node("b", "", "B");
  for (int i = 0; i < 9; ++i) network.tie("a", "b", "funding.k" + std::to_string(i), "completed", std::to_string(1000 - 110 * i), "USD");
  const auto mixed = sankey_data(network.selection());
  REQUIRE(mixed);
  CHECK(mixed->kinds.size() == sankey_most_kinds);
  CHECK(mixed->other_kinds);
  CHECK(says(mixed->notes, "other kinds are 3: funding.k6, funding.k7, funding.k8"));

  // Where the largest have less than four fifths of the money, first words are told apart.
  SmallNetwork even;
  even.node("a", "", "A").node("b", "", "B");
  for (int i = 0; i < 20; ++i) even.tie("a", "b", "funding.k" + std::to_string(i), "completed", "10", "USD");
  const auto first_words = sankey_data(even.selection());
  REQUIRE(first_words);
  CHECK(first_words->kinds == std::vector<std::string>{"funding"});
  CHECK(first_words->links.size() == 1);
}

TEST_CASE("sankey data: small bodies become one other for each level, and no cent is lost") {
  SmallNetwork network;
  network.node("big", "bank", "Big").node("sink", "city", "Sink");
  network.tie("big", "sink", "funding", "completed", "1000000", "USD");
  for (int i = 0; i < 9; ++i) {
    const std::string key = "s" + std::to_string(i);
    network.node(key, i < 6 ? "firm" : "city", "Small " + key);
    network.tie(i < 6 ? "big" : key, i < 6 ? key : "sink", "funding", "completed", "10.0" + std::to_string(i), "USD");
  }
  const Selection selection = network.selection();
  SankeySpec spec;
  spec.top = 2;
  const auto by_hop = sankey_data(selection, spec);
  REQUIRE(by_hop);
  CHECK(broken_sum(selection, *by_hop) == "");
  REQUIRE(node_named(*by_hop, "other receivers (6 bodies)"));
  REQUIRE(node_named(*by_hop, "other givers (3 bodies)"));
  CHECK(node_named(*by_hop, "other receivers (6 bodies)")->in == 6015);
  CHECK(by_hop->nodes.size() == 4);
  spec.levels = "kind";
  const auto by_kind = sankey_data(selection, spec);
  REQUIRE(by_kind);
  CHECK(broken_sum(selection, *by_kind) == "");
  CHECK(by_kind->levels.size() == 3);
  CHECK(by_kind->levels.front() == "bank");
  CHECK(node_named(*by_kind, "other (6 bodies): firm"));
  spec = {};
  spec.least_share = 0.5;
  const auto by_share = sankey_data(selection, spec);
  REQUIRE(by_share);
  CHECK(by_share->nodes.size() == 4);
  const auto tables = sankey_tables(*by_share);
  REQUIRE(tables.size() == 3);
  CHECK(tables[2].rows.size() == 9);
}

TEST_CASE("sankey data: groups stand for their bodies, and what passes inside is a self-flow") {
  SankeySpec spec;
  spec.group = "country";
  const auto data = sankey_data(four_flows(), spec);
  REQUIRE(data);
  REQUIRE(data->nodes.size() == 2);
  CHECK(data->nodes[0].name == "South Korea");
  CHECK(data->nodes[0].self == 1100);
  CHECK(data->nodes[0].out == 425);
  CHECK(data->nodes[1].self == 200);
}

TEST_CASE("sankey data: levels by date are periods in their order, bodies without a date last") {
  std::vector<MoneyRow> rows;
  for (int year = 1990; year < 2020; ++year) {
    rows.push_back({"t" + std::to_string(year), "a" + std::to_string(year), "b" + std::to_string(year), "funding", "", std::to_string(year), "5", "USD"});
  }
  rows.push_back({"t", "x", "y", "funding", "", "", "5", "USD"});
  SankeySpec spec;
  spec.levels = "date";
  const auto data = sankey_data(money_network(rows), spec);
  REQUIRE(data);
  CHECK(data->levels == std::vector<std::string>{"1990–1994", "1995–1999", "2000–2004", "2005–2009", "2010–2014", "2015–2019", "no date"});
}

TEST_CASE("sankey data: only ties that carry money count as unknown, and money without direction is named") {
  const auto data = sankey_data(SmallNetwork()
                                    .node("a", "", "A")
                                    .node("b", "", "B")
                                    .tie("a", "b", "visit", "completed")
                                    .tie("a", "b", "funding.loan", "completed")
                                    .tie("a", "b", "cooperation", "signed", "7.50", "EUR")
                                    .selection());
  REQUIRE(data);
  CHECK(data->stated == 0);
  CHECK(data->unknown == 1);
  CHECK_FALSE(data->currency);
  CHECK(says(data->notes, "1 tie states money (EUR 7.50) but no direction and is left out"));
  CHECK(says(data->notes, "no tie states an amount"));
}

TEST_CASE("sankey data: what cannot be drawn is refused with the way out") {
  const auto refused = [](const Selection& selection, const SankeySpec& spec, ErrorCode code, const std::string& part) {
    const auto data = sankey_data(selection, spec);
    REQUIRE_FALSE(data);
    INFO(data.error().what);
    CHECK(data.error().code == code);
    CHECK(data.error().what.find(part) != std::string::npos);
  };
  const Selection two = SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding", "", "1", "USD").tie("a", "b", "funding", "", "1", "EUR").selection();
  refused(two, {}, ErrorCode::unit_mismatch, "EUR");
  SankeySpec in_dollars;
  in_dollars.currency = *parse_currency("USD");
  const auto dollars = sankey_data(two, in_dollars);
  REQUIRE(dollars);
  CHECK(dollars->total == 1);
  CHECK(says(dollars->notes, "1 amount in another currency left out"));
  in_dollars.currency = *parse_currency("KRW");
  refused(two, in_dollars, ErrorCode::bad_argument, "KRW");
  refused(SmallNetwork().selection(), {}, ErrorCode::bad_argument, "no money");
  refused(SmallNetwork().node("a", "", "A").tie("a", "a", "visit").selection(), {}, ErrorCode::bad_argument, "no money");
  // A negative amount is refused where it is read, so the network has no such tie.
  refused(SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding", "", "-1", "USD").selection(), {}, ErrorCode::bad_argument, "no money");
  refused(SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding", "", "9223372036854775807", "USD").tie("b", "a", "funding", "", "1", "USD").selection(), {},
          ErrorCode::overflow, "64 bits");
  SankeySpec wrong;
  wrong.levels = "colour";
  refused(four_flows(), wrong, ErrorCode::bad_argument, "hop, date, country, kind");
  wrong = {};
  wrong.group = "colour";
  refused(four_flows(), wrong, ErrorCode::bad_argument, "country, kind");
  wrong = {};
  wrong.least_share = std::nan("");
  refused(four_flows(), wrong, ErrorCode::bad_argument, "least-share is not a number");
  wrong = {};
  wrong.width = std::nan("");
  refused(four_flows(), wrong, ErrorCode::bad_argument, "width is not a number");
  Selection undirected = four_flows();
  undirected.undirected = true;
  refused(undirected, {}, ErrorCode::bad_argument, "directions");
}

TEST_CASE("sankey data: on random cyclic networks sums hold to the cent, however much is bundled") {
  test::for_each_seed(300, [](std::uint64_t seed) {
    const Selection selection = money_network(random_money(seed));
    for (const char* levels : {"hop", "kind", "country", "date"}) {
      SankeySpec spec;
      spec.levels = levels;
      spec.top = 1 + seed % 30;
      spec.least_share = seed % 4 == 0 ? 0.05 : 0;
      if (seed % 5 == 0) spec.group = "country";
      const auto data = sankey_data(selection, spec);
      if (!data) {
        CHECK(data.error().what.find("no money") != std::string::npos);
        continue;
      }
      CHECK(broken_sum(selection, *data) == "");
      CHECK(data->links.size() <= sankey_most_links);
    }
  });
}

TEST_CASE("sankey tables: the totals are those of the rows, and own is kept in sum") {
  test::for_each_seed(60, [](std::uint64_t seed) {
    const auto data = sankey_data(money_network(random_money(seed)));
    if (!data || data->stated == 0) return;
    const auto tables = sankey_tables(*data);
    const auto units = [&](const TableCell& cell) {
      const Money* money = std::get_if<Money>(&cell);
      return money ? rescale(*money, data->decimals)->units : 0;
    };
    const auto& flows = tables[0].rows;
    std::int64_t sum = 0, ties = 0;
    for (std::size_t i = 0; i + 1 < flows.size(); ++i) {
      sum += units(flows[i][4]);
      ties += std::get<std::int64_t>(flows[i][6]) + std::get<std::int64_t>(flows[i][7]);
    }
    CHECK(sum == units(flows.back()[4]));
    CHECK(ties == std::get<std::int64_t>(flows.back()[6]) + std::get<std::int64_t>(flows.back()[7]));
    const auto& balances = tables[1].rows;
    for (const auto& row : balances) CHECK(units(row[1]) + units(row[2]) == units(row[3]) + units(row[4]));
    CHECK(units(balances.back()[1]) == units(balances.back()[4]));
    CHECK(units(balances.back()[2]) + units(balances.back()[5]) == data->total);
  });
}

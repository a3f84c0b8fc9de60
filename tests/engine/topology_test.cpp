#include <algorithm>
#include <limits>

#include "engine/selection.hpp"
#include "made_network.hpp"
#include "support/random_graphs.hpp"

namespace entente {
namespace {

using namespace entente::test;

NetworkPtr funds() {
  return Made().tie_column("hours", CellType::number).tie_column("note")
      .node("a").node("b").node("c").node("d")
      .tie("c", "a", {.kind = "funding", .amount = "10.5", .currency = "USD", .further = {"2.5", "x"}})
      .tie("a", "c", {.kind = "mou", .further = {"0", ""}})
      .tie("c", "d", {.kind = "funding", .amount = "3.25", .currency = "USD", .further = {"1e3", ""}})
      .tie("c", "c", {.kind = "mou", .amount = "7", .currency = "KRW", .further = {"", ""}})
      .build();
}

Topology topology_of(const Selection& selection) {
  auto result = topology(selection);
  REQUIRE(result);
  return *result;
}

Selection part(const NetworkPtr& network, std::vector<std::uint32_t> nodes, std::vector<std::uint32_t> edges) {
  Selection selection;
  selection.network = network;
  for (const auto node : nodes) selection.nodes.push_back(NodeId{node});
  for (const auto edge : edges) selection.edges.push_back(EdgeId{edge});
  return selection;
}

TEST_CASE("topology: a directed tie is one arc, a mutual tie two, a mutual loop one") {
  const auto t = topology_of(whole(funds()));
  CHECK(t.graph.node_count() == 4);
  CHECK(t.graph.edge_count() == 4);
  CHECK(t.graph.arc_count() == 1 + 2 + 1 + 1);
  CHECK(t.symmetric.arc_count() == 2 + 2 + 2 + 1);
  CHECK_FALSE(t.undirected);
  const NodeId a{0}, b{1}, c{2};
  CHECK(t.graph.out(a).size() == 1);  // the memorandum only
  CHECK(t.graph.in(a).size() == 2);
  CHECK(t.graph.out(b).empty());
  CHECK(t.graph.out(c).size() == 4);
}

TEST_CASE("topology: ids are dense, and lead to the network and back") {
  const auto t = topology_of(part(funds(), {0, 2, 3}, {0, 2}));
  CHECK(t.graph.node_count() == 3);
  CHECK(t.node[NodeId{1}] == NodeId{2});
  CHECK(t.edge[EdgeId{1}] == EdgeId{2});
  CHECK(t.find(NodeId{3}) == NodeId{2});
  CHECK_FALSE(t.find(NodeId{1}));
  CHECK(t.graph.ends(EdgeId{0}) == Ends{NodeId{1}, NodeId{0}});
}

TEST_CASE("topology: without a direction that counts the graph runs both ways") {
  auto selection = whole(funds());
  selection.undirected = true;
  const auto ignored = topology_of(selection);
  CHECK(ignored.undirected);
  CHECK(ignored.graph.arc_count() == 7);
  const auto mutual = topology_of(part(funds(), {0, 2}, {1, 3}));
  CHECK(mutual.undirected);
  CHECK(mutual.graph.arc_count() == 3);
}

TEST_CASE("topology: refuses a tie whose end is not in the selection") {
  CHECK_FALSE(topology(part(funds(), {0, 1}, {0})));
}

TEST_CASE("topology: an empty selection is an empty graph") {
  const auto t = topology_of(part(funds(), {}, {}));
  CHECK(t.graph.node_count() == 0);
  CHECK(t.undirected);
  CHECK(tie_weights(t, "amount").value().value.empty());
}

TEST_CASE("topology: has the ends of the network on random selections") {
  for_each_seed(40, [](Seed seed) {
    const auto network = random_network(seed);
    const auto selection = select(network, {.where = "strength > 1"});
    REQUIRE(selection);
    const auto t = topology_of(*selection);
    for (const EdgeId edge : t.graph.edges()) {
      const auto [source, target] = t.graph.ends(edge);
      CHECK(Ends{t.node[source], t.node[target]} == network->ends(t.edge[edge]));
    }
    std::size_t arcs = 0;
    for (const EdgeId edge : selection->edges) {
      arcs += network->is_directed(edge) || network->source(edge) == network->target(edge) ? 1u : 2u;
    }
    CHECK(t.graph.arc_count() == arcs);
  });
}

TEST_CASE("tie_weights: none and count are ones, a column its numbers") {
  const auto t = topology_of(whole(funds()));
  CHECK(tie_weights(t, "none").value().value == EdgeColumn<double>{1, 1, 1, 1});
  CHECK(tie_weights(t, "count").value().unit == "ties");
  const auto hours = tie_weights(t, "hours").value();
  CHECK(hours.value == EdgeColumn<double>{2.5, 0, 1000, 0});
  CHECK(hours.unit == "hours");
  CHECK(hours.unknown == 1);
  CHECK(hours.notes == std::vector<std::string>{"1 of 4 ties states no hours and weighs nothing"});
}

TEST_CASE("tie_weights: amounts are money in one currency, unknown ones weigh nothing and are counted") {
  const auto t = topology_of(part(funds(), {0, 2, 3}, {0, 1, 2}));
  const auto weights = tie_weights(t, "amount").value();
  CHECK(weights.value == EdgeColumn<double>{10.5, 0, 3.25});
  CHECK(weights.unit == "USD");
  CHECK(weights.unknown == 1);
}

TEST_CASE("tie_weights: an amount beyond 2^53 is the nearest double") {
  const auto network = Made().node("a").node("b")
                           .tie("a", "b", {.amount = "9007199254740993.7", .currency = "USD"}).build();
  CHECK(tie_weights(topology_of(whole(network)), "amount").value().value[EdgeId{0}] == 9007199254740993.7);
}

TEST_CASE("tie_weights: refuses several currencies, unknown columns, text and negative numbers") {
  const auto t = topology_of(whole(funds()));
  const auto currencies = tie_weights(t, "amount");
  REQUIRE_FALSE(currencies);
  CHECK(currencies.error().code == ErrorCode::unit_mismatch);
  CHECK(currencies.error().what.find("KRW on 1 tie, USD on 2 ties") != std::string::npos);
  const auto unknown = tie_weights(t, "hour");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().what.find("Weights can be hours, ") != std::string::npos);
  const auto text = tie_weights(t, "note");
  REQUIRE_FALSE(text);
  CHECK(text.error().what.find("tie \"e1\" holds \"x\"") != std::string::npos);
  for (const char* bad : {"-1", "nan", "inf", "1,5", "1e999"}) {
    const auto network =
        Made().tie_column("w", CellType::number).node("a").node("b").tie("a", "b", {.further = {bad}}).build();
    CAPTURE(bad);
    CHECK_FALSE(tie_weights(topology_of(whole(network)), "w"));
  }
}

TEST_CASE("tie_weights: with a currency only amounts in it count, and the others are told") {
  const auto t = topology_of(whole(funds()));
  const auto won = tie_weights(t, "amount", parse_currency("KRW").value()).value();
  CHECK(won.unit == "KRW");
  CHECK(std::ranges::count_if(won.value.values(), [](double value) { return value > 0; }) == 1);
  CHECK(won.unknown == 1);
  CHECK(won.notes == std::vector<std::string>{
                         "2 of 4 ties state amounts in another currency than KRW and weigh nothing",
                         "1 of 4 ties states no amount and weighs nothing"});
  const auto euro = tie_weights(t, "amount", parse_currency("EUR").value()).value();
  CHECK(euro.value == EdgeColumn<double>{0, 0, 0, 0});
  CHECK(euro.unit == "EUR");
}

TEST_CASE("tie_weights: amount falls back on the plain numbers of that name only where no tie states money") {
  const auto plain = Made().tie_column("amount", CellType::number).node("a").node("b")
                         .tie("a", "b", {.further = {"2.5"}}).tie("a", "b").build();
  const auto weights = tie_weights(topology_of(whole(plain)), "amount").value();
  CHECK(weights.value == EdgeColumn<double>{2.5, 0});
  CHECK(weights.unknown == 1);
  CHECK(weights.notes.front() == "no tie states money, so the weights are the plain numbers of column amount (2)");
  const auto money = Made().tie_column("amount", CellType::number).node("a").node("b")
                         .tie("a", "b", {.amount = "7", .currency = "USD", .further = {"2.5"}}).build();
  CHECK(tie_weights(topology_of(whole(money)), "amount").value().value == EdgeColumn<double>{7});
}

TEST_CASE("tie_money: whole units to the decimals that the finest amount needs") {
  const auto t = topology_of(whole(funds()));
  const auto dollars = tie_money(t, parse_currency("USD").value()).value();
  CHECK(dollars.column.decimals == 2);
  CHECK(dollars.column.units == EdgeColumn<std::int64_t>{1050, 0, 325, 0});
  CHECK(dollars.stated == EdgeColumn<std::uint8_t>{1, 0, 1, 0});
  CHECK(dollars.unknown == 1);
  CHECK(dollars.other_currency == 1);
  const auto mixed = tie_money(t, std::nullopt);
  REQUIRE_FALSE(mixed);
  CHECK(mixed.error().code == ErrorCode::unit_mismatch);
}

TEST_CASE("tie_money: without an amount there is no currency to count in") {
  const auto network = Made().node("a").node("b").tie("a", "b").build();
  const auto t = topology_of(whole(network));
  CHECK_FALSE(tie_money(t, std::nullopt));
  const auto asked = tie_money(t, parse_currency("EUR").value());
  REQUIRE(asked);
  CHECK(asked->unknown == 1);
  CHECK(asked->column.units == EdgeColumn<std::int64_t>{0});
}

TEST_CASE("tie_money: says overflow where the common decimals do not fit") {
  const auto network = Made().node("a").node("b")
                           .tie("a", "b", {.amount = "9000000000000000000", .currency = "USD"})
                           .tie("a", "b", {.amount = "0.5", .currency = "USD"}).build();
  const auto money = tie_money(topology_of(whole(network)), std::nullopt);
  REQUIRE_FALSE(money);
  CHECK(money.error().code == ErrorCode::overflow);
}

}  // namespace
}  // namespace entente

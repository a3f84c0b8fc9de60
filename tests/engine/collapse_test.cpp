#include "engine/collapse.hpp"

#include <map>

#include "made_network.hpp"
#include "support/random_graphs.hpp"

namespace entente {
namespace {

using namespace entente::test;
using Keys = std::vector<std::string>;

Selection collapsed(const Selection& selection, const std::string& column) {
  const auto result = collapse(selection, column);
  INFO((result ? std::string() : result.error().sentence()));
  REQUIRE(result);
  return *result;
}

NetworkPtr places() {
  return Made().node_column("sector")
      .node("kr", "country", "KR", "Republic of Korea", {""})
      .node("seoul", "city", "KR", "Seoul", {""})
      .node("gu", "district", "KR", "", {""})
      .node("kist", "institution", "KR", "KIST", {"science"})
      .node("inha", "institution", "KR", "Inha", {"teaching"})
      .node("tuit", "institution", "UZ", "TUIT", {"teaching"})
      .node("UZ", "programme", "", "A programme", {""})
      .name("kr", "대한민국", "ko")
      .tie("kist", "gu", {.kind = "located_in", .key = "in1"})
      .tie("gu", "seoul", {.kind = "part_of", .key = "in2"})
      .tie("inha", "seoul", {.kind = "located_in.campus", .key = "in3"})
      .tie("kist", "inha", {.kind = "mou", .status = "signed", .start = "2021", .agreement = "A", .key = "mou"})
      .tie("inha", "tuit", {.kind = "funding", .amount = "10.50", .currency = "USD", .key = "grant"})
      .tie("UZ", "tuit", {.kind = "funding", .amount = "5", .currency = "USD", .key = "aid"})
      .quote("mou", "they signed").node_quote("kist", "an institute").build();
}

TEST_CASE("collapse: by country merges, names the country as the data does, and keeps what has none") {
  const auto result = collapsed(whole(places()), "country");
  const Network& network = *result.network;
  CHECK(node_keys(result) == Keys{"KR", "UZ_2", "UZ"});  // a programme has the key UZ
  const NodeId korea = node_of(network, "KR");
  CHECK(network.kind(korea) == "country");
  CHECK(network.country(korea) == "KR");
  CHECK(network.label(korea) == "Republic of Korea");
  REQUIRE(network.names(korea).size() == 1);
  CHECK(network.names(korea)[0].text == "대한민국");
  CHECK(network.node_attribute("members")->text(korea.index) == "5");
  CHECK(network.node_attribute("sector")->text(korea.index).empty());
  CHECK(network.evidence(korea).size() == 1);
  CHECK(network.node_attribute("sector")->text(node_of(network, "UZ_2").index) == "teaching");
  CHECK(network.kind(node_of(network, "UZ")) == "programme");
  CHECK(tie_ends(result) == Keys{"KR-KR", "KR-KR", "KR-KR", "KR-KR", "KR>UZ_2", "UZ>UZ_2"});
  CHECK(tie_keys(result) == Keys{"in1", "in2", "in3", "mou", "grant", "aid"});
  const EdgeId mou{3};
  CHECK(network.status(mou) == "signed");
  CHECK(network.agreement(mou) == "A");
  CHECK(quotes(network, mou) == Keys{"they signed"});
  CHECK(result.notes == Keys{"6 nodes merged into 2 nodes by country", "1 node without a country kept as they are",
                             "4 ties inside a merged node are loops"});
  CHECK(network.info().description == "Nodes merged by country.");
}

TEST_CASE("collapse: a city is the nearest that located_in and part_of lead to") {
  const auto result = collapsed(whole(places()), "city");
  CHECK(node_keys(result) == Keys{"kr", "seoul", "tuit", "UZ"});
  const NodeId seoul = node_of(*result.network, "seoul");
  CHECK(result.network->label(seoul) == "Seoul");
  CHECK(result.network->kind(seoul) == "city");
  CHECK(result.network->node_attribute("members")->text(seoul.index) == "4");
}

TEST_CASE("collapse: ties outside the selection still say in which city a node lies") {
  const auto selection =
      select(places(), {.node_kinds = {"institution"}, .edge_kinds = {"mou", "funding"}, .collapse = "city"});
  REQUIRE(selection);
  CHECK(node_keys(*selection) == Keys{"seoul", "tuit"});
  CHECK(tie_ends(*selection) == Keys{"seoul-seoul", "seoul>tuit"});
}

TEST_CASE("collapse: the nearest city wins, and a column city goes before ties") {
  const auto network = Made()
                           .node_column("city")
                           .node("a", "x", "", "", {""})
                           .node("b", "x", "", "", {"Tashkent"})
                           .node("c", "x", "", "", {"Hanoi"})
                           .node("hall", "x")
                           .node("near", "city")
                           .node("far", "city")
                           .node("tas", "city", "UZ", "Tashkent")
                           .tie("a", "hall", {.kind = "located_in"})
                           .tie("hall", "far", {.kind = "part_of"})
                           .tie("a", "near", {.kind = "part_of"})
                           .tie("b", "near", {.kind = "located_in"})
                           .build();
  const auto result = collapsed(whole(network), "city");
  CHECK(node_keys(result) == Keys{"near", "tas", "Hanoi", "far"});
  CHECK(tie_ends(result) == Keys{"near-far", "far-far", "near-near", "tas-near"});
}

TEST_CASE("collapse: part_of in a circle ends") {
  const auto network = Made()
                           .node("a")
                           .node("b")
                           .node("c", "city")
                           .tie("a", "b", {.kind = "part_of"})
                           .tie("b", "a", {.kind = "part_of"})
                           .build();
  CHECK(node_keys(collapsed(whole(network), "city")) == Keys{"a", "b", "c"});
}

TEST_CASE("collapse: by kind and by a further column") {
  CHECK(node_keys(collapsed(whole(places()), "kind")) ==
        Keys{"country", "city", "district", "institution", "programme"});
  const auto sectors = collapsed(whole(places()), "sector");
  CHECK(node_keys(sectors) == Keys{"kr", "seoul", "gu", "science", "teaching", "UZ"});
  CHECK(sectors.network->kind(node_of(*sectors.network, "teaching")) == "sector");
  CHECK(sectors.network->country(node_of(*sectors.network, "teaching")).empty());
  CHECK(sectors.network->country(node_of(*sectors.network, "science")) == "KR");
}

TEST_CASE("collapse: keys in the way are numbered until none is") {
  const auto network = Made()
                           .node_column("g")
                           .node("X", "", "", "", {""})
                           .node("X_2", "", "", "", {""})
                           .node("a", "", "", "", {"X"})
                           .node("b", "", "", "", {"X_3"})
                           .node("c", "", "", "", {"X_2"})
                           .build();
  CHECK(node_keys(collapsed(whole(network), "g")) == Keys{"X", "X_2", "X_4", "X_3", "X_2_2"});
}

TEST_CASE("collapse: an unknown column is refused with the known ones, and city where there is none") {
  const auto unknown = collapse(whole(places()), "sectr");
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().what.find("can be collapsed by sector, ") != std::string::npos);
  const auto cityless = collapse(whole(Made().node_column("town").node("a").build()), "city");
  REQUIRE_FALSE(cityless);
  CHECK(cityless.error().what.find("neither a column city nor nodes of kind city") != std::string::npos);
  CHECK(cityless.error().what.find("town") != std::string::npos);
}

TEST_CASE("collapse: by a column of distinct values keeps every tie between the same nodes") {
  for_each_seed(30, [](Seed seed) {
    const auto network = random_network(seed);
    const auto before = whole(network);
    const auto after = collapsed(before, "unique");
    REQUIRE(after.nodes == before.nodes);
    for (const NodeId node : before.nodes) {
      CHECK(after.network->key(node) == network->node_attribute("unique")->text(node.index));
      CHECK(after.network->country(node) == network->country(node));
    }
    REQUIRE(after.edges == before.edges);
    for (const EdgeId edge : before.edges) {
      CHECK(after.network->ends(edge) == network->ends(edge));
      CHECK(after.network->amount(edge) == network->amount(edge));
      CHECK(after.network->kind(edge) == network->kind(edge));
      CHECK(quotes(*after.network, edge) == quotes(*network, edge));
    }
  });
}

TEST_CASE("collapse: no amount is lost or doubled, and every tie joins the groups of its ends") {
  for_each_seed(30, [](Seed seed) {
    const auto network = random_network(seed);
    for (const char* column : {"country", "city", "kind"}) {
      CAPTURE(column);
      const auto after = collapsed(whole(network), column);
      for (const char* currency : {"USD", "KRW"}) CHECK(sum_in(after, currency) == sum_in(whole(network), currency));
      const auto value = [&](NodeId node) -> std::string {
        const std::string text = column == std::string("country") ? network->country(node)
                                 : column == std::string("kind")
                                     ? network->kind(node)
                                     : std::string(network->node_attribute("city")->text(node.index));
        return text.empty() ? std::string(network->key(node)) : text;
      };
      for (const EdgeId edge : network->edges()) {
        CHECK(after.network->key(after.network->source(edge)) == value(network->source(edge)));
        CHECK(after.network->key(after.network->target(edge)) == value(network->target(edge)));
      }
    }
  });
}

TEST_CASE("collapse: an empty selection stays empty") {
  CHECK(collapsed(whole(Made().build()), "country").nodes.empty());
}

}  // namespace
}  // namespace entente

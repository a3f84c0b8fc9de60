#include "engine/projection.hpp"

#include <charconv>
#include <map>
#include <set>

#include "engine/collapse.hpp"
#include "made_network.hpp"
#include "support/random_graphs.hpp"

namespace entente {
namespace {

using namespace entente::test;
using Keys = std::vector<std::string>;
using Weight = Projection::Weight;
using Pair = std::pair<std::string, std::string>;

Selection projected(const Selection& selection, const std::string& kind, Weight weight = Weight::count) {
  const auto result = project(selection, {kind, weight});
  INFO((result ? std::string() : result.error().sentence()));
  REQUIRE(result);
  return *result;
}

double number(std::string_view text) {
  double value = -1;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  CHECK(end == text.data() + text.size());
  return value;
}

std::map<Pair, double> weights_of(const Selection& selection) {
  const Network& network = *selection.network;
  const Attribute* weight = network.edge_attribute("weight");
  REQUIRE(weight);
  std::map<Pair, double> weights;
  for (const EdgeId edge : selection.edges) {
    if (!network.kind(edge).starts_with("shared.")) continue;
    const Pair pair{network.key(network.source(edge)), network.key(network.target(edge))};
    CHECK_FALSE(weights.contains(pair));
    weights[pair] = number(weight->text(edge.index));
  }
  return weights;
}

/// Eighteen women, fourteen events, 89 attendances. A. Davis, B. B. Gardner and M. R. Gardner, Deep
/// South, Chicago 1941, as printed by R. L. Breiger, "The duality of persons and groups", Social
/// Forces 53 (1974) 181-190.
NetworkPtr southern_women() {
  const std::vector<std::pair<std::string, std::vector<int>>> attendance{{"Evelyn", {1, 2, 3, 4, 5, 6, 8, 9}},
                                                                         {"Laura", {1, 2, 3, 5, 6, 7, 8}},
                                                                         {"Theresa", {2, 3, 4, 5, 6, 7, 8, 9}},
                                                                         {"Brenda", {1, 3, 4, 5, 6, 7, 8}},
                                                                         {"Charlotte", {3, 4, 5, 7}},
                                                                         {"Frances", {3, 5, 6, 8}},
                                                                         {"Eleanor", {5, 6, 7, 8}},
                                                                         {"Pearl", {6, 8, 9}},
                                                                         {"Ruth", {5, 7, 8, 9}},
                                                                         {"Verne", {7, 8, 9, 12}},
                                                                         {"Myrna", {8, 9, 10, 12}},
                                                                         {"Katherine", {8, 9, 10, 12, 13, 14}},
                                                                         {"Sylvia", {7, 8, 9, 10, 12, 13, 14}},
                                                                         {"Nora", {6, 7, 9, 10, 11, 12, 13, 14}},
                                                                         {"Helen", {7, 8, 10, 11, 12}},
                                                                         {"Dorothy", {8, 9}},
                                                                         {"Olivia", {9, 11}},
                                                                         {"Flora", {9, 11}}};
  Made made;
  for (const auto& [woman, events] : attendance) made.node(woman, "woman");
  for (int event = 1; event <= 14; ++event) made.node("E" + std::to_string(event), "event");
  for (const auto& [woman, events] : attendance) {
    for (const int event : events) made.tie(woman, "E" + std::to_string(event), {.kind = "attended"});
  }
  return made.build();
}

TEST_CASE("projection: of the Southern Women by events counts the events they share") {
  const auto women = projected(whole(southern_women()), "event");
  CHECK(women.nodes.size() == 18);
  const auto weights = weights_of(women);
  CHECK(weights.size() == 139);  // pairs that met at least once
  CHECK(weights.at({"Evelyn", "Laura"}) == 6);
  CHECK(weights.at({"Evelyn", "Theresa"}) == 7);
  CHECK(weights.at({"Evelyn", "Charlotte"}) == 3);
  CHECK(weights.at({"Sylvia", "Nora"}) == 6);
  CHECK(weights.at({"Olivia", "Flora"}) == 2);
  CHECK_FALSE(weights.contains({"Laura", "Olivia"}));
  const Attribute* through = women.network->edge_attribute("through");
  REQUIRE(through);
  CHECK(through->text(0) == "E1; E2; E3; E5; E6; E8");
}

TEST_CASE("projection: Newman's weight divides each event among those who came") {
  const auto weights = weights_of(projected(whole(southern_women()), "event", Weight::newman));
  // Events 2 3 4 5 6 8 9 had 3 6 4 8 8 14 12 guests.
  const double expected = 1.0 / 2 + 1.0 / 5 + 1.0 / 3 + 1.0 / 7 + 1.0 / 7 + 1.0 / 13 + 1.0 / 11;
  CHECK(weights.at({"Evelyn", "Theresa"}) == Approx(expected).epsilon(1e-14));
  // A woman's weights sum to the number of her events: Evelyn went to eight.
  double evelyn = 0;
  for (const auto& [pair, weight] : weights) evelyn += pair.first == "Evelyn" || pair.second == "Evelyn" ? weight : 0;
  CHECK(evelyn == Approx(8).epsilon(1e-13));
}

TEST_CASE("projection: events by women have the same duality") {
  const auto weights = weights_of(projected(whole(southern_women()), "woman"));
  CHECK(weights.at({"E8", "E9"}) == 9);
  CHECK(weights.at({"E13", "E14"}) == 3);
}

TEST_CASE("projection: evidence, common status and dates are carried; other ties and amounts are dealt with") {
  const auto network =
      Made()
          .node("a", "body")
          .node("b", "body")
          .node("c", "body")
          .node("e", "event.fair")
          .node("f", "event")
          .tie("a", "e",
               {.kind = "took_part", .status = "done", .start = "2021", .amount = "5", .currency = "USD", .key = "ae"})
          .tie("e", "b",
               {.kind = "took_part", .directed = "true", .status = "done", .start = "2021", .end = "2022", .key = "eb"})
          .tie("a", "c", {.kind = "funding", .amount = "7", .currency = "USD", .key = "ac"})
          .tie("e", "f", {.key = "ef"})
          .tie("c", "f", {.key = "cf"})
          .quote("ae", "a came")
          .quote("eb", "b came")
          .quote("ac", "a paid c")
          .build();
  const auto result = projected(whole(network), "event");
  CHECK(node_keys(result) == Keys{"a", "b", "c"});
  CHECK(tie_ends(result) == Keys{"a>c", "a-b"});
  const Network& made = *result.network;
  const EdgeId shared{1};
  CHECK(made.kind(shared) == "shared.event");
  CHECK(made.status(shared) == "done");
  CHECK(made.start(shared)->text() == "2021");
  CHECK_FALSE(made.end(shared));
  CHECK(quotes(made, shared) == Keys{"a came", "b came"});
  CHECK(quotes(made, EdgeId{0}) == Keys{"a paid c"});
  CHECK(sum_in(result, "USD") == Money{7, 0, parse_currency("USD").value()});
  CHECK(result.notes == Keys{"2 nodes of kind event replaced by 1 tie among neighbours",
                             "1 node of kind event joined fewer than two neighbours and left no tie",
                             "1 tie between two nodes of kind event left out",
                             "the amounts of 1 tie to nodes of kind event belong to no pair and are left out"});
  CHECK(result.description == "projected event:count");
  CHECK(made.info().description.find("event:count") != std::string::npos);
}

TEST_CASE("projection: parallel ties and loops of a shared node count once") {
  const auto network = Made().node("a").node("b").node("e", "event")
      .tie("a", "e").tie("e", "a").tie("a", "e").tie("b", "e").tie("e", "e").build();
  for (const Weight weight : {Weight::count, Weight::newman, Weight::binary}) {
    CHECK(weights_of(projected(whole(network), "event", weight)) == std::map<Pair, double>{{{"a", "b"}, 1.0}});
  }
}

TEST_CASE("projection: a column weight of the data goes on being used, of text is left alone") {
  const auto numbers = Made().tie_column("weight", CellType::integer).node("a").node("b").node("e", "event")
      .tie("a", "b", {.further = {"4"}}).tie("a", "e", {.further = {"9"}}).tie("b", "e", {.further = {"9"}}).build();
  const auto result = projected(whole(numbers), "event", Weight::newman);
  const Attribute* weight = result.network->edge_attribute("weight");
  CHECK(weight->type == CellType::number);
  CHECK(weight->text(0) == "4");
  CHECK(weight->text(1) == "1");
  const auto text = Made().tie_column("weight").node("a").node("b").node("e", "event")
      .tie("a", "e", {.further = {"heavy"}}).tie("b", "e", {.further = {"light"}}).build();
  const auto beside = projected(whole(text), "event");
  CHECK(beside.network->edge_attribute("weight")->text(0).empty());
  CHECK(beside.network->edge_attribute("weight_2")->text(0) == "1");
}

TEST_CASE("projection: equals brute force on random bipartite networks, for every weight") {
  for_each_seed(60, [](Seed seed) {
    Random random(seed);
    const std::size_t people = random.below(9), events = random.below(7);
    std::vector<std::set<std::size_t>> guests(events);
    Made made;
    for (std::size_t i = 0; i < people; ++i) made.node("p" + std::to_string(i), "actor");
    for (std::size_t k = 0; k < events; ++k) made.node("e" + std::to_string(k), "event");
    for (std::size_t k = 0; k < events; ++k) {
      for (std::size_t i = 0; i < people; ++i) {
        if (random.below(3) != 0) continue;
        guests[k].insert(i);
        for (std::uint64_t times = 1 + random.below(2); times > 0; --times) {
          const std::string person = "p" + std::to_string(i), event = "e" + std::to_string(k);
          random.below(2) ? made.tie(person, event, {.kind = "funding"}) : made.tie(event, person);
        }
      }
    }
    if (events == 0) return;
    const auto network = made.build();
    std::map<Pair, double> count, newman, binary;
    for (std::size_t i = 0; i < people; ++i) {
      for (std::size_t j = i + 1; j < people; ++j) {
        const Pair pair{"p" + std::to_string(i), "p" + std::to_string(j)};
        for (std::size_t k = 0; k < events; ++k) {
          if (!guests[k].contains(i) || !guests[k].contains(j)) continue;
          count[pair] += 1;
          newman[pair] += 1.0 / static_cast<double>(guests[k].size() - 1);
          binary[pair] = 1;
        }
      }
    }
    CHECK(weights_of(projected(whole(network), "event", Weight::count)) == count);
    CHECK(weights_of(projected(whole(network), "event", Weight::newman)) == newman);
    CHECK(weights_of(projected(whole(network), "event", Weight::binary)) == binary);
  });
}

TEST_CASE("projection: refuses a hub whose pairs would be too many, before it makes any") {
  Made made;
  made.node("hub", "event");
  for (int i = 0; i < 10'002; ++i) {
    const std::string key = "p" + std::to_string(i);
    made.node(key, "actor");
    made.tie(key, "hub");
  }
  const auto result = project(whole(made.build()), {"event", Weight::count});
  REQUIRE_FALSE(result);
  CHECK(result.error().what.find("more than 50 million pairs: node \"hub\" alone has 10,002 neighbours") !=
        std::string::npos);
}

TEST_CASE("projection: what cannot be projected is refused, what is empty is empty") {
  CHECK_FALSE(parse_projection(""));
  CHECK_FALSE(parse_projection(":count"));
  CHECK_FALSE(parse_projection("event:"));
  CHECK(parse_projection("event").value().weight == Weight::count);
  CHECK(parse_projection("event:newman").value().weight == Weight::newman);
  const auto unknown = project(whole(southern_women()), {"evnt", Weight::count});
  REQUIRE_FALSE(unknown);
  CHECK(unknown.error().what.find("It has event and woman.") != std::string::npos);
  const auto alone = Made().node("e", "event").build();
  CHECK(projected(whole(alone), "event").nodes.empty());
}

TEST_CASE("projection: two in a row, then a collapse, through select") {
  const auto selection =
      select(southern_women(), {.projections = {"event:binary"}, .collapse = "kind", .undirected = true});
  REQUIRE(selection);
  CHECK(node_keys(*selection) == Keys{"woman"});
  CHECK(selection->edges.size() == 139);
  CHECK(selection->description == "projected event:binary; collapsed by kind; directions ignored");
}

}  // namespace
}  // namespace entente

#include "engine/selection.hpp"

#include "engine/derivation.hpp"
#include "engine/kind.hpp"
#include "made_network.hpp"
#include "support/random_graphs.hpp"

namespace entente {
namespace {

using namespace entente::test;
using Keys = std::vector<std::string>;

NetworkInfo hiding(const std::string& kind) {
  NetworkInfo info;
  info.hidden_kinds = {kind};
  return info;
}

NetworkPtr partners() {
  return Made(hiding("person"))
      .node("kist", "institution.institute", "KR")
      .node("tuit", "institution.university", "UZ")
      .node("inha", "institution.university", "KR")
      .node("seoul", "city", "KR")
      .node("kim", "person", "KR")
      .node("lee", "person.minister", "KR")
      .node("alone", "institution", "")
      .tie("kist", "tuit", {.kind = "agreement.mou", .status = "signed", .start = "2021-12-16", .key = "mou"})
      .tie("kist", "tuit",
           {.kind = "funding.grant",
            .status = "planned",
            .start = "2021",
            .amount = "1000.50",
            .currency = "USD",
            .key = "grant"})
      .tie("kist", "seoul", {.kind = "located_in", .key = "place"})
      .tie("kim", "tuit", {.kind = "visit", .start = "2022-03", .key = "visit"})
      .tie("inha", "tuit", {.kind = "agreement", .status = "signed", .start = "2019/2020", .key = "old"})
      .build();
}

Selection chosen(const NetworkPtr& network, const SelectionSpec& spec) {
  const auto selection = select(network, spec);
  INFO((selection ? std::string() : selection.error().sentence()));
  REQUIRE(selection);
  return *selection;
}

TEST_CASE("select: nothing asked leaves out only the hidden kinds, with their ties, and says so") {
  const auto selection = chosen(partners(), {});
  CHECK(node_keys(selection) == Keys{"kist", "tuit", "inha", "seoul", "alone"});
  CHECK(tie_keys(selection) == Keys{"mou", "grant", "place", "old"});
  CHECK(selection.notes == Keys{"2 nodes of the hidden kind person left out", "1 tie left out together with a node"});
  CHECK(selection.description == "whole network without its hidden kinds");
}

TEST_CASE("select: keep_hidden keeps everything") {
  const auto network = partners();
  const auto selection = chosen(network, {.keep_hidden = true});
  CHECK(selection.nodes == whole(network).nodes);
  CHECK(selection.edges == whole(network).edges);
  CHECK(selection.notes.empty());
  CHECK(selection.description == "whole network");
}

TEST_CASE("select: a node kind takes its children and drops the rest") {
  const auto selection = chosen(partners(), {.node_kinds = {"institution"}});
  CHECK(node_keys(selection) == Keys{"kist", "tuit", "inha", "alone"});
  CHECK(tie_keys(selection) == Keys{"mou", "grant", "old"});
  CHECK(selection.description == "node kinds institution; without hidden kinds");
}

TEST_CASE("select: naming a hidden kind, or a child of it, brings it back, naming its parent does not") {
  CHECK(node_keys(chosen(partners(), {.node_kinds = {"person"}})) == Keys{"kim", "lee"});
  CHECK(node_keys(chosen(partners(), {.node_kinds = {"person.minister"}})) == Keys{"lee"});
  const auto network = Made(hiding("body.secret")).node("a", "body.open").node("b", "body.secret").build();
  CHECK(node_keys(chosen(network, {.node_kinds = {"body"}})) == Keys{"a"});
}

TEST_CASE("select: a kind is not the beginning of a word") {
  const auto network = Made().node("a", "city").node("b", "cityhall").node("c", "city.capital").build();
  CHECK(node_keys(chosen(network, {.node_kinds = {"city"}})) == Keys{"a", "c"});
}

TEST_CASE("select: tie kinds and statuses keep all nodes") {
  const auto kinds = chosen(partners(), {.edge_kinds = {"agreement"}});
  CHECK(kinds.nodes.size() == 5);
  CHECK(tie_keys(kinds) == Keys{"mou", "old"});
  CHECK(kinds.notes.back() == "2 ties of other kinds left out");
  const auto statuses = chosen(partners(), {.statuses = {"signed"}});
  CHECK(tie_keys(statuses) == Keys{"mou", "old"});
  CHECK(statuses.notes[2] == "1 tie of other statuses left out");
  CHECK(statuses.notes[3] == "1 tie without a status left out");
}

TEST_CASE("select: countries keep their nodes, and count those that have none") {
  const auto selection = chosen(partners(), {.countries = {"KR"}});
  CHECK(node_keys(selection) == Keys{"kist", "inha", "seoul"});
  CHECK(tie_keys(selection) == Keys{"place"});
  CHECK(selection.notes[1] == "1 node of other countries left out");
  CHECK(selection.notes[2] == "1 node without a country left out");
}

TEST_CASE("select: a window keeps what possibly meets it, and counts the imprecise and the undated") {
  const auto selection = chosen(partners(), {.since = "2021-06"});
  CHECK(tie_keys(selection) == Keys{"mou", "grant"});
  CHECK(selection.notes[2] == "1 tie outside the window left out");
  CHECK(selection.notes[3] == "1 tie without a date left out");
  CHECK(selection.notes[4] == "1 tie kept whose imprecise dates only possibly meet the window");
  CHECK(tie_keys(chosen(partners(), {.until = "2020"})) == Keys{"old"});
  CHECK(tie_keys(chosen(partners(), {.since = "2022", .keep_hidden = true})) == Keys{"visit"});
}

TEST_CASE("select: a tie with an end alone has a date, and is not counted among those without one") {
  const auto network = Made().node("a").node("b")
                           .tie("a", "b", {.end = "2019", .key = "over"})
                           .tie("a", "b", {.end = "2023", .key = "later"})
                           .tie("a", "b", {.key = "never"}).build();
  const auto selection = chosen(network, {.since = "2021"});
  CHECK(tie_keys(selection) == Keys{"later"});
  CHECK(selection.notes == Keys{"1 tie outside the window left out", "1 tie without a date left out"});
}

TEST_CASE("select: refuses what the network does not have, and names what it has, nearest first") {
  const auto sentence = [](const SelectionSpec& spec) {
    const auto selection = select(partners(), spec);
    REQUIRE_FALSE(selection);
    CHECK(selection.error().code == ErrorCode::bad_argument);
    return selection.error().sentence();
  };
  CHECK(sentence({.node_kinds = {"institutoin"}})
            .find("option node-kind: the network has no node kind \"institutoin\". It has institution, ") == 0);
  CHECK(sentence({.edge_kinds = {"vist"}}).find("It has visit, ") != std::string::npos);
  CHECK(sentence({.statuses = {"sign"}}).find("It has signed and planned.") != std::string::npos);
  CHECK(sentence({.countries = {"KP"}}).find("It has KR and UZ.") != std::string::npos);
  CHECK(sentence({.since = "2021-13"}).find("option since: ") == 0);
  CHECK(sentence({.since = "2022", .until = "2020"})
            .find("option until: the window ends (2020) before it begins (2022)") == 0);
  CHECK(sentence({.component = "big"}).find("option component: \"big\" is not a component") == 0);
  CHECK(sentence({.component = "0"}).find("option component: ") == 0);
  CHECK(sentence({.component = "-1"}).find("option component: ") == 0);
  CHECK(sentence({.projections = {"event:sum"}}).find("option project: ") == 0);
  CHECK(sentence({.collapse = "color"}).find("option collapse: ") == 0);
  CHECK(sentence({.agreements = "cliques"}).find("option agreements: ") == 0);
  CHECK(sentence({.where = "knd = 'x'"}).find("option where, letter 1: ") == 0);
}

TEST_CASE("select: components count from 1, the largest first, equals by their first node") {
  const auto network = Made().node("a").node("b").node("c").node("d").node("e").node("f")
                           .tie("b", "c").tie("f", "e", {.directed = "true"}).tie("e", "d").build();
  CHECK(node_keys(chosen(network, {.component = "largest"})) == Keys{"d", "e", "f"});
  CHECK(tie_keys(chosen(network, {.component = "largest"})) == Keys{"e2", "e3"});
  CHECK(node_keys(chosen(network, {.component = "2"})) == Keys{"b", "c"});
  CHECK(node_keys(chosen(network, {.component = "3"})) == Keys{"a"});
  CHECK(chosen(network, {.component = "1"}).notes == Keys{"3 nodes in 2 other components left out"});
  const auto none = select(network, {.component = "4"});
  REQUIRE_FALSE(none);
  CHECK(none.error().code == ErrorCode::not_found);
}

TEST_CASE("select: components are those of what the other conditions left") {
  const auto selection = chosen(partners(), {.edge_kinds = {"located_in"}, .component = "largest"});
  CHECK(node_keys(selection) == Keys{"kist", "seoul"});
}

TEST_CASE("select: the description says all that was asked, in one order") {
  const auto selection = chosen(partners(), {.node_kinds = {"institution", "city"},
                                             .statuses = {"signed"},
                                             .since = "2019",
                                             .component = "largest",
                                             .where = "kind is agreement",
                                             .undirected = true});
  CHECK(selection.description ==
        "node kinds institution, city; statuses signed; since 2019; where kind is agreement; component largest; "
        "directions ignored; without hidden kinds");
  CHECK(selection.undirected);
}

TEST_CASE("select: a condition on nodes drops nodes, one on ties drops ties") {
  const auto nodes = chosen(partners(), {.where = "node.country = 'KR'"});
  CHECK(node_keys(nodes) == Keys{"kist", "inha", "seoul"});
  CHECK(nodes.notes[1] == "2 nodes left out by where");
  const auto ties = chosen(partners(), {.where = "target.country = 'UZ'"});
  CHECK(ties.nodes.size() == 5);
  CHECK(tie_keys(ties) == Keys{"mou", "grant", "old"});
}

TEST_CASE("select: nodes to be projected away and agreement nodes are not asked for their kind or country") {
  const auto network = Made().node("a", "body", "KR").node("b", "body", "KR").node("c", "body", "UZ").node("e", "event")
                           .tie("a", "e").tie("b", "e").tie("c", "e").build();
  const auto selection = chosen(network, {.node_kinds = {"body"}, .countries = {"KR"}, .projections = {"event"}});
  CHECK(tie_ends(selection) == Keys{"a-b"});
  const auto parties = Made()
                           .node("a", "body", "KR")
                           .node("b", "body", "KR")
                           .node("c", "body", "UZ")
                           .node("d", "body", "UZ")
                           .tie("a", "b", {.kind = "mou", .agreement = "X"})
                           .tie("c", "d", {.kind = "mou", .agreement = "Y"})
                           .build();
  const auto korean = chosen(parties, {.countries = {"KR"}, .agreements = "node"});
  CHECK(node_keys(korean) == Keys{"a", "b", "X"});
  CHECK(korean.notes.back() == "1 agreement without a party left in the selection left out");
}

TEST_CASE("select: holds on random networks for every condition alone, against asking row by row") {
  for_each_seed(60, [](Seed seed) {
    const auto network = random_network(seed);
    const auto ids = [&](auto&& keep) {
      std::vector<EdgeId> edges;
      for (const EdgeId edge : network->edges()) {
        if (keep(edge)) edges.push_back(edge);
      }
      return edges;
    };
    const Edtf since = Edtf::parse("2020-03").value(), until = Edtf::parse("2020").value();
    if (network->edge_kinds().contains("funding")) {
      CHECK(chosen(network, {.edge_kinds = {"funding"}, .keep_hidden = true}).edges ==
            ids([&](EdgeId edge) { return is_kind(network->kind(edge), "funding"); }));
    }
    if (network->statuses().contains("signed")) {
      CHECK(chosen(network, {.statuses = {"signed"}, .keep_hidden = true}).edges ==
            ids([&](EdgeId edge) { return network->status(edge) == "signed"; }));
    }
    CHECK(chosen(network, {.since = "2020-03", .until = "2020", .keep_hidden = true}).edges == ids([&](EdgeId edge) {
            const Meets met = meets(network->start(edge), network->end(edge), &since, &until);
            return met == Meets::certainly || met == Meets::possibly;
          }));
    CHECK(chosen(network, {.where = "status = 'signed' or amount > 500", .keep_hidden = true}).edges ==
          ids([&](EdgeId edge) {
            const auto amount = network->amount(edge);
            return network->status(edge) == "signed" || (amount && std::stod(decimal_text(*amount)) > 500);
          }));
  });
}

TEST_CASE("select: selecting again from a copy of the selection changes nothing") {
  for_each_seed(40, [](Seed seed) {
    const auto network = random_network(seed, 20, 30);
    const SelectionSpec spec{.since = "2019", .component = "largest", .where = "not status = 'planned'"};
    const auto once = chosen(network, spec);
    const auto copy = copy_of(once);
    REQUIRE(copy);
    const auto twice = chosen(*copy, spec);
    CHECK(node_keys(twice) == node_keys(once));
    CHECK(tie_keys(twice) == tie_keys(once));
  });
}

TEST_CASE("copy_of: a copy of the whole says all that the network says") {
  for_each_seed(20, [](Seed seed) {
    const auto network = random_network(seed);
    const auto copy = copy_of(whole(network));
    REQUIRE(copy);
    CHECK(printed(**copy) == printed(*network));
    CHECK((*copy)->info().hidden_kinds == network->info().hidden_kinds);
  });
}

TEST_CASE("select: an empty network, one without ties and one all hidden are answered") {
  const auto empty = Made().build();
  CHECK(chosen(empty, {}).nodes.empty());
  CHECK(chosen(empty, {.since = "2020", .component = "largest", .collapse = "country"}).nodes.empty());
  CHECK_FALSE(select(empty, {.component = "1"}));
  CHECK_FALSE(select(empty, {.node_kinds = {"city"}}));
  const auto isolates = Made().node("a").node("b").build();
  CHECK(node_keys(chosen(isolates, {.component = "largest"})) == Keys{"a"});
  const auto hidden = Made(hiding("person")).node("a", "person").node("b", "person").tie("a", "b").build();
  CHECK(chosen(hidden, {}).nodes.empty());
  CHECK(chosen(hidden, {}).edges.empty());
}

}  // namespace
}  // namespace entente

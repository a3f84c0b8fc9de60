#include "engine/agreements.hpp"

#include <map>
#include <set>

#include "made_network.hpp"
#include "support/random_graphs.hpp"

namespace entente {
namespace {

using namespace entente::test;
using Keys = std::vector<std::string>;

AgreementsView viewed(const NetworkPtr& network, AgreementsAs as) {
  const auto view = view_agreements(network, as);
  INFO((view ? std::string() : view.error().sentence()));
  REQUIRE(view);
  return *view;
}

Money dollars(std::int64_t units) { return {units, 0, parse_currency("USD").value()}; }

/// Four parties sign X, stated as a chain; the lead pays one of them; an unrelated visit.
NetworkPtr consortium(std::string_view first_amount = {}, std::string_view second_amount = {},
                      std::string_view third_amount = {}) {
  const auto cells = [](std::string_view key, std::string_view status, std::string_view amount) {
    return TieCells{.kind = "agreement.mou", .status = status, .start = "2021-04", .amount = amount,
                    .currency = amount.empty() ? "" : "USD", .agreement = "X", .further = {"steel"}, .key = key};
  };
  return Made().tie_column("topic").node("a").node("b").node("c").node("d")
      .tie("b", "a", cells("ba", "signed", first_amount))
      .tie("d", "a", {.kind = "visit", .key = "visit"})
      .tie("a", "c", cells("ac", "signed", second_amount))
      .tie("a", "c", {.kind = "funding", .amount = "7", .currency = "USD", .agreement = "X", .key = "pay"})
      .tie("c", "d", cells("cd", "planned", third_amount))
      .quote("ba", "b and a").quote("ac", "a and c").quote("cd", "c and d").build();
}

TEST_CASE("agreements: as stated is the network itself") {
  const auto network = consortium();
  CHECK(viewed(network, AgreementsAs::stated).network == network);
}

TEST_CASE("agreements: as a clique every pair of parties has one tie, with evidence of both") {
  const auto view = viewed(consortium(), AgreementsAs::clique);
  const Selection all = whole(view.network);
  CHECK(tie_ends(all) == Keys{"b-a", "b-c", "b-d", "a-c", "a-d", "c-d", "d-a", "a>c"});
  CHECK(tie_keys(all) == Keys{"ba", "X:b:c", "X:b:d", "ac", "X:a:d", "cd", "visit", "pay"});
  CHECK(quotes(*view.network, EdgeId{0}) == Keys{"b and a"});
  CHECK(quotes(*view.network, EdgeId{2}) == Keys{"b and a", "c and d"});
  CHECK(view.network->kind(EdgeId{1}) == "agreement.mou");
  CHECK(view.network->agreement(EdgeId{1}) == "X");
  CHECK(view.network->start(EdgeId{1})->text() == "2021-04");
  CHECK(view.network->status(EdgeId{1}).empty());  // signed by some, planned by others
  CHECK(view.network->status(EdgeId{5}) == "planned");
  CHECK(view.network->edge_attribute("topic")->text(1) == "steel");
  CHECK(view.notes == Keys{"1 directed tie of agreements left as stated"});
}

TEST_CASE("agreements: as a star the lead is tied to each other party") {
  const auto view = viewed(consortium(), AgreementsAs::star);
  CHECK(tie_ends(whole(view.network)) == Keys{"b-a", "b-c", "b-d", "d-a", "a>c"});
}

TEST_CASE("agreements: as a node the agreement has one tie to each party") {
  const auto view = viewed(consortium(), AgreementsAs::node);
  const Network& network = *view.network;
  CHECK(node_keys(whole(view.network)) == Keys{"a", "b", "c", "d", "X"});
  CHECK(view.first_agreement_node == 4);
  CHECK(network.kind(NodeId{4}) == "agreement");
  CHECK(tie_ends(whole(view.network)) == Keys{"X-b", "X-a", "X-c", "X-d", "d-a", "a>c"});
  CHECK(network.status(EdgeId{0}) == "signed");
  CHECK(network.status(EdgeId{2}).empty());
  CHECK(network.status(EdgeId{3}) == "planned");
  CHECK(quotes(network, EdgeId{2}) == Keys{"a and c", "c and d"});
}

TEST_CASE("agreements: an amount that all ties repeat is counted once, whatever the view") {
  for (const auto as : {AgreementsAs::clique, AgreementsAs::star, AgreementsAs::node}) {
    const auto view = viewed(consortium("100", "100.0", "100.00"), as);
    CHECK(sum_in(whole(view.network), "USD") == dollars(100 + 7));
    CHECK(view.network->amount(EdgeId{0}) == dollars(100));
    CHECK(view.notes[0] ==
          "the amount that all ties of an agreement repeat is counted once, on the first of them (1 agreement)");
  }
}

TEST_CASE("agreements: an amount that one tie states is the agreement's; amounts that differ leave it as stated") {
  for (const auto as : {AgreementsAs::clique, AgreementsAs::star, AgreementsAs::node}) {
    CHECK(sum_in(whole(viewed(consortium("", "100", ""), as).network), "USD") == dollars(107));
    for (const auto& network : {consortium("100", "100", ""), consortium("1", "2", "3")}) {
      const auto view = viewed(network, as);
      CHECK(printed(*view.network) == printed(*network));
      CHECK(view.notes[0] == "1 agreement left as stated, since the ties carry amounts of their own");
    }
  }
}

TEST_CASE("agreements: an agreement node does not take the key of another node") {
  const auto network = Made().node("X").node("b").tie("X", "b", {.kind = "mou", .agreement = "X"}).build();
  CHECK(node_keys(whole(viewed(network, AgreementsAs::node).network)) == Keys{"X", "b", "X_2"});
}

TEST_CASE("agreements: several kinds of tie in one agreement share its node, and parallel ties join into one") {
  const auto network = Made()
                           .node("a")
                           .node("b")
                           .node("c")
                           .tie("a", "b", {.kind = "mou", .agreement = "X", .key = "p"})
                           .tie("b", "a", {.kind = "mou", .agreement = "X", .key = "q"})
                           .tie("a", "c", {.kind = "visit", .agreement = "X"})
                           .tie("c", "c", {.kind = "loan", .agreement = "X"})
                           .quote("p", "first")
                           .quote("q", "second")
                           .build();
  CHECK(tie_ends(whole(viewed(network, AgreementsAs::node).network)) == Keys{"X-a", "X-b", "X-a", "X-c", "c-c"});
  const auto clique = viewed(network, AgreementsAs::clique);
  CHECK(tie_ends(whole(clique.network)) == Keys{"a-b", "a-c", "c-c"});
  CHECK(quotes(*clique.network, EdgeId{0}) == Keys{"first", "second"});
}

TEST_CASE("agreements: a clique of too many parties is refused before it is made") {
  Made made;
  made.node("lead");
  for (int i = 0; i < 10'001; ++i) {
    const std::string key = "p" + std::to_string(i);
    made.node(key);
    made.tie("lead", key, {.kind = "mou", .agreement = "X"});
  }
  const auto network = made.build();
  const auto clique = view_agreements(network, AgreementsAs::clique);
  REQUIRE_FALSE(clique);
  CHECK(clique.error().what.find("agreement \"X\" alone has 10,002 parties") != std::string::npos);
  CHECK(view_agreements(network, AgreementsAs::star));
}

TEST_CASE(
    "agreements: on random networks a clique has every pair once, a star one tie less than parties, a node one tie a "
    "party") {
  for_each_seed(60, [](Seed seed) {
    const auto network = random_network(seed, 8, 14);
    std::map<std::pair<std::string, std::string>, std::set<std::string>> parties;
    std::map<std::pair<std::string, std::string>, std::vector<std::optional<Money>>> amounts;
    for (const EdgeId edge : network->edges()) {
      if (network->agreement(edge).empty() || network->is_directed(edge)) continue;
      const std::pair unit{network->agreement(edge), network->kind(edge)};
      parties[unit].insert(std::string(network->key(network->source(edge))));
      parties[unit].insert(std::string(network->key(network->target(edge))));
      amounts[unit].push_back(network->amount(edge));
    }
    const auto count = [&](AgreementsAs as, const std::pair<std::string, std::string>& unit) {
      const auto view = viewed(network, as);
      std::size_t ties = 0;
      for (const EdgeId edge : view.network->edges()) {
        ties += !view.network->is_directed(edge) && view.network->agreement(edge) == unit.first &&
                view.network->kind(edge) == unit.second;
      }
      return ties;
    };
    for (const auto& [unit, members] : parties) {
      CAPTURE(unit.first, unit.second);
      std::size_t stated = 0;
      bool equal = true;
      std::optional<Money> first;
      for (const auto& amount : amounts[unit]) {
        if (!amount) continue;
        if (stated++ == 0) first = amount;
        equal = equal && *amount == *first;
      }
      const std::size_t rows = amounts[unit].size(), n = members.size();
      const bool as_stated = n < 2 || (stated > 1 && !(equal && stated == rows));
      CHECK(count(AgreementsAs::clique, unit) == (as_stated ? rows : n * (n - 1) / 2));
      CHECK(count(AgreementsAs::star, unit) == (as_stated ? rows : n - 1));
      CHECK(count(AgreementsAs::node, unit) == (as_stated ? rows : n));
    }
  });
}

TEST_CASE("agreements: a network without agreements, or without anything, is copied as it is") {
  const auto empty = Made().build();
  const auto plain = Made().node("a").node("b").tie("a", "b").build();
  for (const auto as : {AgreementsAs::clique, AgreementsAs::star, AgreementsAs::node}) {
    CHECK(viewed(empty, as).network->node_count() == 0);
    CHECK(printed(*viewed(plain, as).network) == printed(*plain));
  }
  CHECK_FALSE(parse_agreements_view("cliques"));
}

}  // namespace
}  // namespace entente

#include "report/funds_reach.hpp"

#include <catch2/catch.hpp>

#include <random>
#include <set>
#include <string>

#include "engine/network_builder.hpp"
#include "report/funds.hpp"

using namespace entente;

namespace {

/// Ties between a few bodies: of 0, of something or of nobody knows what, one way or both.
NetworkPtr random_money(std::mt19937& random) {
  NetworkInfo info;
  info.name = "random";
  NetworkBuilder builder(info, {.implicit_nodes = true});
  const unsigned nodes = 2 + static_cast<unsigned>(random() % 7);
  const std::string amounts[] = {"", "0", "5", "12.50"};
  for (unsigned i = 0; i < nodes; ++i) builder.add(NodeRow{{}, {"n" + std::to_string(i)}, {}, {}, {}, {}});
  const std::size_t ties = random() % 14;
  for (std::size_t i = 0; i < ties; ++i) {
    const std::string from = "n" + std::to_string(random() % nodes), to = "n" + std::to_string(random() % nodes), amount = amounts[random() % 4];
    EdgeRow row;
    row.source.text = from;
    row.target.text = to;
    row.directed.text = random() % 3 ? "true" : "false";
    row.amount.text = amount;
    row.currency.text = amount.empty() ? "" : "USD";
    builder.add(row);
  }
  return builder.build();
}

/// The textbook way: add whoever is given something until nobody is added.
bool reaches(const Selection& part, const std::set<NodeId>& from, const std::set<NodeId>& to) {
  std::set<NodeId> reached;
  for (const NodeId node : part.nodes) {
    if (from.contains(node)) reached.insert(node);
  }
  for (bool grown = true; grown;) {
    grown = false;
    for (const EdgeId edge : part.edges) {
      const auto amount = part.network->amount(edge);
      if (!amount || amount->units == 0) continue;
      const auto [a, b] = part.network->ends(edge);
      if (reached.contains(a)) grown = reached.insert(b).second || grown;
      if ((part.undirected || !part.network->is_directed(edge)) && reached.contains(b)) grown = reached.insert(a).second || grown;
    }
  }
  for (const NodeId node : reached) {
    if (to.contains(node)) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("report funds: money reaches across a part where the textbook's closure does, again and again") {
  std::size_t across = 0;
  for (unsigned seed = 0; seed < 400; ++seed) {
    std::mt19937 random(seed);
    const NetworkPtr network = random_money(random);
    std::vector<NodeId> from, to;
    for (const NodeId node : network->nodes()) {
      if (random() % 3 == 0) from.push_back(node);
      else if (random() % 3 == 0) to.push_back(node);
    }
    FundsReach reach(*network, from, to);
    const Selection all = whole(network);
    for (int round = 0; round < 4; ++round) {
      std::vector<EdgeId> edges;
      for (const EdgeId edge : network->edges()) {
        if (round == 0 || random() % 2 == 0) edges.push_back(edge);
      }
      Selection part = small_part(all, edges);
      part.undirected = random() % 4 == 0;
      const bool expected = reaches(part, {from.begin(), from.end()}, {to.begin(), to.end()});
      INFO("seed " << seed << ", round " << round);
      CHECK(reach.leads(part) == expected);
      across += expected;
    }
  }
  CHECK(across > 100);
}

TEST_CASE("report funds: a small part holds its ties, their ends and who is named, each once and in order") {
  std::mt19937 random(3);
  const NetworkPtr network = random_money(random);
  Selection all = whole(network);
  all.notes = {"so it was"};
  const Selection part = small_part(all, {all.edges.front()}, {all.nodes.back(), all.nodes.back()});
  CHECK(part.edges == std::vector<EdgeId>{all.edges.front()});
  CHECK(std::ranges::is_sorted(part.nodes));
  CHECK(std::set<NodeId>(part.nodes.begin(), part.nodes.end()) ==
        std::set<NodeId>{network->source(all.edges.front()), network->target(all.edges.front()), all.nodes.back()});
  CHECK(part.notes == all.notes);
  CHECK(part.network == network);
  CHECK(small_part(all, {}).nodes.empty());
}

TEST_CASE("report funds: among many kinds that lead nowhere the one that leads across is told, and every kind has its account") {
  NetworkBuilder builder({.name = "many kinds"});
  for (const auto& [key, country] : {std::pair{"a", "KR"}, {"b", "KR"}, {"c", "UZ"}, {"d", "UZ"}, {"e", "VN"}}) {
    builder.add(NodeRow{{}, {key}, {"institution"}, {}, {country}, {}});
  }
  const auto tie = [&](const std::string& key, const char* from, const char* to, const std::string& kind, const char* amount) {
    builder.add(EdgeRow{{}, {key}, {from}, {to}, {kind}, {"true"}, {"signed"}, {}, {}, {amount}, {"USD"}, {}, {}});
  };
  for (int i = 0; i < 300; ++i) tie("w" + std::to_string(i), "a", "b", "inside" + std::to_string(i), "1");
  tie("z1", "a", "e", "zeal.pledge", "100");
  tie("z2", "e", "c", "zeal.pledge", "40");
  tie("z3", "b", "c", "zero", "7");
  std::vector<std::string> notes;
  const auto parts = funds_of(whole(builder.build()), {}, notes, {});
  REQUIRE(parts);
  REQUIRE(parts->size() == 1);
  CHECK(notes.empty());
  const FundsPart& part = parts->front();
  CHECK(part.indicators.size() == 302);
  for (const FundsPart::Accounts& accounts : part.indicators) CHECK(accounts.table.rows.size() == (accounts.family == "zeal (pledge)" ? 3 : 2));
  bool pledged = false;
  for (const FundsPassage& passage : part.passages) {
    if (passage.from != "KR" || passage.to != "UZ" || passage.family != "zeal (pledge)") continue;
    pledged = true;
    CHECK(decimal_text(passage.value) == "40");
    CHECK(decimal_text(*passage.put_in) == "100.00");
    CHECK(passage.routes.size() == 1);
    CHECK(passage.routes.front().first.size() == 3);
  }
  CHECK(pledged);
}

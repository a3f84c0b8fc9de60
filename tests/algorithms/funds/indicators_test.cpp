#include "algorithms/funds/indicators.hpp"

#include <atomic>
#include <cmath>
#include <limits>
#include <map>
#include <set>

#include "algorithms/funds/donor_overlap.hpp"
#include "algorithms/funds/random_gifts.hpp"

namespace entente {
namespace {

using namespace test;

NodeId node(std::uint32_t index) { return NodeId{index}; }

FundsLedger ledger_of(const Gifts& gifts) {
  auto ledger = money_ledger(gifts.problem());
  REQUIRE(ledger);
  return *std::move(ledger);
}

Indicators indicators_of(const Gifts& gifts) { return fund_indicators(ledger_of(gifts)); }

TEST_CASE("indicators: an account worked by hand") {
  // 0 gives 60 + 20 to 2, 1 gives 20 to 2; 2 spends 15 itself and gives 50 to 3; 3 gives 10 back to 2.
  const Gifts gifts(5, edges_of({{0, 2}, {0, 2}, {1, 2}, {2, 2}, {2, 3}, {3, 2}}), {60, 20, 20, 15, 50, 10});
  const Indicators all = indicators_of(gifts);
  CHECK(all.received == NodeColumn<std::int64_t>{0, 0, 110, 50, 0});
  CHECK(all.own == NodeColumn<std::int64_t>{80, 20, 0, 0, 0});
  CHECK(all.kept == NodeColumn<std::int64_t>{0, 0, 60, 40, 0});
  CHECK(all.spent == NodeColumn<std::int64_t>{0, 0, 15, 0, 0});
  CHECK(all.passed_on == NodeColumn<std::int64_t>{0, 0, 50, 10, 0});
  CHECK(all.net == NodeColumn<std::int64_t>{-80, -20, 60, 40, 0});
  CHECK(all.total == 160);
  CHECK(all.own_total == 100);
  CHECK(all.returned == 20);  // 10 each way between 2 and 3
  CHECK(all.largest_donor_total == 80 + 50);
  const Division& donors = all.donors[node(2)];
  CHECK(donors.parts == 3);
  CHECK(donors.largest == node(0));
  CHECK(*donors.largest_share == Approx(80.0 / 110));
  CHECK(*donors.herfindahl == Approx((80.0 * 80 + 20 * 20 + 10 * 10) / (110.0 * 110)));
  // mean absolute difference of 10, 20, 80 over twice the mean: (10 + 70 + 60) * 2 / 9 / (2 * 110 / 3)
  CHECK(*donors.gini == Approx(140.0 * 2 / 9 / (2 * 110.0 / 3)));
  CHECK_FALSE(all.donors[node(4)].herfindahl);
  CHECK_FALSE(all.donors[node(0)].largest);
}

TEST_CASE("indicators: money that a body spends beyond what it received is its own") {
  const Gifts gifts(2, edges_of({{0, 1}, {1, 1}}), {5, 12});
  const Indicators all = indicators_of(gifts);
  CHECK(all.own[node(1)] == 7);
  CHECK(all.kept[node(1)] == 12);
}

TEST_CASE("indicators: on random networks every account balances and agrees with sums over pairs") {
  for_each_seed(400, [](Seed seed) {
    const Gifts gifts = random_gifts(seed);
    const Indicators all = indicators_of(gifts);
    std::map<std::pair<NodeId, NodeId>, std::int64_t> pair;  // slow oracle: a table of sums
    for (const EdgeId edge : gifts.graph.edges()) {
      const auto [giver, taker] = gifts.graph.ends(edge);
      if (giver != taker && gifts.stated[edge]) pair[{giver, taker}] += gifts.money.units[edge];
    }
    std::int64_t own = 0, kept = 0, returned = 0;
    for (const NodeId v : gifts.graph.nodes()) {
      std::int64_t in = 0, out = 0, donors = 0;
      double squares = 0, differences = 0;
      for (const auto& [ends, units] : pair) {
        if (ends.first == v) out += units;
        if (ends.second != v) continue;
        in += units;
        donors += units > 0;
        squares += static_cast<double>(units * units);
        const auto back = pair.find({v, ends.first});
        if (back != pair.end()) returned += std::min(units, back->second);
        for (const auto& [others, more] : pair) {
          if (others.second == v && units > 0 && more > 0) differences += static_cast<double>(std::abs(units - more));
        }
      }
      CHECK(all.received[v] == in);
      CHECK(in + all.own[v] == out + all.kept[v]);
      CHECK(all.kept[v] >= all.spent[v]);
      CHECK((all.own[v] == 0 || all.kept[v] == all.spent[v]));
      CHECK(all.passed_on[v] <= std::min(in, out));
      CHECK(all.donors[v].parts == donors);
      REQUIRE(all.donors[v].gini.has_value() == (in > 0));
      if (in > 0) {
        const auto total = static_cast<double>(in);
        CHECK(*all.donors[v].herfindahl == Approx(squares / (total * total)));
        CHECK(*all.donors[v].gini == Approx(differences / (2 * static_cast<double>(donors) * total)).margin(1e-12));
        CHECK(*all.donors[v].herfindahl >= *all.donors[v].largest_share * *all.donors[v].largest_share);
        CHECK(*all.donors[v].herfindahl <= *all.donors[v].largest_share + 1e-15);
      }
      own += all.own[v];
      kept += all.kept[v];
    }
    CHECK(own == kept);
    CHECK(all.returned == returned);
  });
}

TEST_CASE("indicators: unknown amounts are counted, a stated nothing is not unknown, and neither makes a donor") {
  // 0 and 2 fund 1, which spends something itself and funds 3; only 2 states an amount: nothing. 3 funds 4 with 6.
  Gifts gifts(6, edges_of({{0, 1}, {2, 1}, {1, 1}, {1, 3}, {3, 4}, {0, 5}}), {0, 0, 0, 0, 6, 0});
  gifts.stated = {0, 1, 0, 0, 1, 0};
  const FundsLedger ledger = ledger_of(gifts);
  CHECK(ledger.unknown == 4);
  CHECK(ledger.ties_in[node(1)].stated == 1);
  CHECK(ledger.ties_in[node(1)].unknown == 1);
  CHECK(ledger.loops[node(1)].is_unknown());
  CHECK(fund_indicators(ledger).donors[node(1)].parts == 0);
  const auto findings = indicators_card().run(gifts.problem(), {}, {});
  REQUIRE(findings);
  CHECK(findings->notes.at(0).find("4 ties state no amount") != std::string::npos);
  CHECK(indicators_card().verify(gifts.problem(), {}, *findings));
  const Listing& bodies = findings->listings.at(0);
  CHECK(bodies.completeness.find("2 more have only ties that state none") != std::string::npos);  // 0 and 5
  const auto row_of = [&](std::uint32_t index) {
    return *std::ranges::find_if(bodies.rows, [&](const auto& row) { return std::get<NodeId>(row[0]) == node(index); });
  };
  const auto unknown = [&](std::uint32_t index, std::size_t column) { return std::holds_alternative<std::monostate>(row_of(index).at(column)); };
  CHECK(std::get<MoneyUnits>(row_of(1)[1]).units == 0);  // 2 states that it gave nothing
  for (const std::size_t column : {2u, 3u, 4u, 5u, 7u, 8u}) CHECK(unknown(1, column));
  CHECK(unknown(3, 1));
  CHECK(unknown(3, 2));
  CHECK(std::get<MoneyUnits>(row_of(3)[3]).units == 6);
  CHECK(std::get<MoneyUnits>(row_of(4)[1]).units == 6);
  CHECK(std::get<MoneyUnits>(row_of(4)[3]).units == 0);  // it has no tie to others
}

TEST_CASE("indicators: mutual ties name no giver and are left out, in a mixed and in an undirected network") {
  const auto edges = edges_of({{0, 1}, {1, 2}});
  Gifts gifts(3, edges, {5, 7});
  gifts.graph = make_mixed_graph(3, edges, EdgeColumn<std::uint8_t>{0, 1}).value();
  CHECK(ledger_of(gifts).mutual == 1);
  CHECK(ledger_of(gifts).total == 7);
  const Symmetric symmetric = undirected(3, edges);
  Problem problem = gifts.problem();
  problem.symmetric = &symmetric;
  problem.undirected = true;
  CHECK(money_ledger(problem)->mutual == 2);
  CHECK(indicators_card().run(problem, {}, {}));
}

TEST_CASE("indicators: negative amounts, sums beyond 64 bits and columns of another size are refused") {
  Gifts gifts(3, edges_of({{0, 1}, {1, 2}}), {5, -1});
  CHECK(money_ledger(gifts.problem()).error().code == ErrorCode::bad_argument);
  gifts.money.units = {std::numeric_limits<std::int64_t>::max(), 1};
  CHECK(money_ledger(gifts.problem()).error().code == ErrorCode::overflow);
  gifts.money.units = {1};
  CHECK(money_ledger(gifts.problem()).error().code == ErrorCode::bad_argument);
  Problem problem = gifts.problem();
  problem.money = nullptr;
  CHECK_FALSE(indicators_card().run(problem, {}, {}));
}

TEST_CASE("indicators: shares stay exact at the edge of 64 bits") {
  constexpr std::int64_t half = std::numeric_limits<std::int64_t>::max() / 2;
  const Indicators all = indicators_of(Gifts(3, edges_of({{0, 2}, {1, 2}}), {half, half}));
  CHECK(*all.donors[node(2)].herfindahl == Approx(0.5));
  CHECK(*all.donors[node(2)].gini == 0.0);
}

TEST_CASE("indicators: the card answers every odd shape, its table balances, and a changed cell is found out") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const Gifts gifts(shape.node_count, shape.edges, std::vector<std::int64_t>(shape.edges.size(), 3));
    const Card card = indicators_card();
    auto findings = card.run(gifts.problem(), {}, {});
    REQUIRE(findings);
    CHECK(card.verify(gifts.problem(), {}, *findings));
    auto& rows = findings->listings.at(0).rows;
    for (const std::size_t column : {1u, 2u, 4u}) {
      if (rows.empty()) continue;
      std::get<MoneyUnits>(rows[0][column]).units += 1;
      CHECK_FALSE(card.verify(gifts.problem(), {}, *findings));
      std::get<MoneyUnits>(rows[0][column]).units -= 1;
    }
    if (!rows.empty()) {
      rows.pop_back();
      CHECK_FALSE(card.verify(gifts.problem(), {}, *findings));
    }
  }
}

struct Both {
  explicit Both(const Gifts& gifts)
      : ledger(ledger_of(gifts)), takers(ledger, GiftRows::Of::takers), givers(ledger, GiftRows::Of::givers) {}
  FundsLedger ledger;
  GiftRows takers, givers;
};

std::vector<Overlap> overlaps_by_trying(const GiftRows& rows, std::size_t n) {
  std::vector<Overlap> pairs;
  for (std::uint32_t a = 0; a < n; ++a) {
    for (std::uint32_t b = a + 1; b < n; ++b) {
      Overlap pair{node(a), node(b), 0, 0, 0};
      std::set<NodeId> either;
      for (const auto [p, x] : rows[node(a)]) {
        either.insert(p);
        for (const auto [q, y] : rows[node(b)]) {
          if (p == q) ++pair.shared, pair.units += std::min(x, y);
        }
      }
      for (const auto [q, y] : rows[node(b)]) either.insert(q);
      pair.either = static_cast<std::int64_t>(either.size());
      if (pair.shared > 0) pairs.push_back(pair);
    }
  }
  std::ranges::sort(pairs, [](const Overlap& a, const Overlap& b) {
    return std::tuple(-a.units, -a.shared, a.first, a.second) < std::tuple(-b.units, -b.shared, b.first, b.second);
  });
  return pairs;
}

TEST_CASE("donor overlap: the greatest pairs are those found by comparing all") {
  for_each_seed(200, [](Seed seed) {
    const Both both(random_gifts(seed, 14, 9));
    const std::size_t n = both.ledger.node_count();
    const auto expected = overlaps_by_trying(both.takers, n);
    for (const std::int64_t most : {0, 1, 3, 1000}) {
      const auto found = greatest_overlaps(both.takers, both.givers, n, {.most_pairs = most});
      REQUIRE(found);
      REQUIRE(found->pairs.size() == std::min(expected.size(), static_cast<std::size_t>(most)));
      for (std::size_t i = 0; i < found->pairs.size(); ++i) {
        const Overlap &a = found->pairs[i], &b = expected[i];
        CHECK(std::tuple(a.first, a.second, a.shared, a.either, a.units) ==
              std::tuple(b.first, b.second, b.shared, b.either, b.units));
      }
      CHECK(found->certain);
      if (found->complete) CHECK(expected.size() == found->pairs.size());
    }
  });
}

TEST_CASE("donor overlap: it stops at a bound on steps and says for which bodies it holds") {
  std::vector<Ends> edges;
  for (std::size_t taker = 1; taker < 60; ++taker) edges.push_back(ends_of(0, taker));
  const Both both(Gifts(60, edges, std::vector<std::int64_t>(edges.size(), 4)));
  const auto found = greatest_overlaps(both.takers, both.givers, 60, {.most_pairs = 5000, .most_steps = 300});
  REQUIRE(found);
  CHECK_FALSE(found->certain);
  CHECK_FALSE(found->complete);
  CHECK(found->completeness.find("stopped after 300 steps") != std::string::npos);
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(greatest_overlaps(both.takers, both.givers, 60, {}, job).error().code == ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente

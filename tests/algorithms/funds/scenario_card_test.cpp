#include <algorithm>
#include <string>

#include "algorithms/funds/scenario_cases.hpp"
#include "algorithms/funds/scenario_pairs.hpp"

namespace entente {
namespace {

using namespace test;
OptionValues with(std::initializer_list<std::pair<const std::string, OptionValue>> values) { return OptionValues(values); }

TEST_CASE("scenario: the card answers odd shapes and random networks, is verified, and a changed amount is found out") {
  const Card card = scenario_card();
  std::vector<Gifts> networks;
  for (const NamedGraph& shape : odd_shapes()) {
    if (shape.node_count > 0) networks.emplace_back(shape.node_count, shape.edges, std::vector<std::int64_t>(shape.edges.size(), 3));
  }
  for (Seed seed = 1; seed <= 60; ++seed) networks.push_back(random_gifts(seed));
  std::size_t tampered = 0;
  for (const Gifts& gifts : networks) {
    Problem problem = gifts.problem();
    problem.from = {body(0), body(0)};
    for (const char* change : {"leave", "cap", "late"}) {
      for (const char* rule : {"proportional", "priority", "reserve"}) {
        OptionValues options = with({{"change", std::string(change)}, {"rule", std::string(rule)}, {"late", std::int64_t{100}}});
        if (std::string(change) == "cap") options["cap"] = std::string("37.5%");
        auto findings = card.run(problem, options, {});
        REQUIRE(findings);
        const auto verdict = card.verify(problem, options, *findings);
        REQUIRE(verdict);
        CHECK(verdict->starts_with("verified"));
        auto& after = std::get<EdgeColumn<std::int64_t>>(findings->per_edge[0].second);
        for (const EdgeId edge : gifts.graph.edges()) {
          after[edge] += 1;
          CHECK_FALSE(card.verify(problem, options, *findings));
          after[edge] -= 1;
          ++tampered;
          break;
        }
      }
    }
  }
  CHECK(tampered > 100);
}

TEST_CASE("scenario: targets limit whom it tells about, and a funder is never among them") {
  const Gifts gifts(4, edges_of({{0, 1}, {1, 2}, {1, 3}, {3, 0}}), {100, 50, 50, 10});
  Problem problem = gifts.problem();
  problem.from = {body(0)};
  const auto all = scenario_card().run(problem, {}, {});
  REQUIRE(all);
  CHECK(all->listings.at(0).rows.size() == 3);
  problem.to = {body(2), body(0)};
  const auto one = scenario_card().run(problem, {}, {});
  REQUIRE(one);
  REQUIRE(one->listings.at(0).rows.size() == 1);
  CHECK(std::get<NodeId>(one->listings[0].rows[0][0]) == body(2));
  CHECK(std::get<MoneyUnits>(one->listings[0].rows[0][3]).units == 50);
  problem.from = {body(2)};  // gives nothing
  const auto none = scenario_card().run(problem, {}, {});
  REQUIRE(none);
  CHECK(none->listings.at(0).rows.empty());
  CHECK(std::ranges::any_of(none->notes, [](const std::string& note) { return note.find("1 of 1 funders named give nothing") != note.npos; }));
}

TEST_CASE("scenario: what is missing or makes no sense is one sentence") {
  const Gifts gifts(3, edges_of({{0, 1}, {1, 2}}), {100, 50});
  const Card card = scenario_card();
  Problem problem = gifts.problem();
  const auto refused = [&](const OptionValues& options) {
    const auto answer = card.run(problem, options, {});
    REQUIRE_FALSE(answer);
    return answer.error().sentence();
  };
  CHECK(refused({}) == "option from: Name at least one funder that changes.");
  problem.from = {body(7)};
  CHECK(refused({}).find("7 is not one of the 3") != std::string::npos);
  problem.from = {body(0)};
  problem.to = {body(9)};
  CHECK(refused({}).find("9 is not one of the 3") != std::string::npos);
  problem.to = {};
  for (const char* cap : {"", "-1", "lots", "101%", "1.23456%", "0.001", "99999999999999999999"}) {
    CAPTURE(cap);
    CHECK(refused(with({{"change", std::string("cap")}, {"cap", std::string(cap)}})).starts_with("option cap"));
  }
  CHECK(refused(with({{"cap", std::string("50%")}})).find("goes with the change cap") != std::string::npos);
  CHECK(card.run(problem, with({{"change", std::string("cap")}, {"cap", std::string("0.5")}}), {}));
}

TEST_CASE("worst-pair: the worst pair is the one that trying all shows, and losses are those of the scenario") {
  for_each_seed(60, [](Seed seed) {
    const Gifts gifts = random_gifts(seed, 9, 100);
    const auto ledger = money_ledger(gifts.problem());
    const PassingRule rule = all_rules[seed % 3];
    const auto day = payment_days(gifts.edges.size(), &gifts.days, DayReading::latest);
    EdgeColumn<std::int64_t> turn;
    const PassingOn model(*ledger, passing_options(leaving({}, rule), day, turn));
    const auto givers = largest_givers(*ledger, 100);
    NodeColumn<std::uint8_t> counted(gifts.graph.node_count(), 1);
    counted[body(0)] = seed % 2 ? 1 : 0;
    const auto found = worst_pairs(*ledger, model, givers, counted, 1000);
    REQUIRE(found);
    CHECK(found->pairs.size() == givers.size() * (givers.size() - (givers.empty() ? 0 : 1)) / 2);
    const auto loss = [&](std::vector<NodeId> gone, NodeId a, NodeId b) {
      const Scenario s = outcome_of(gifts, leaving(std::move(gone), rule));
      std::int64_t sum = 0;
      for (const NodeId v : gifts.graph.nodes()) sum += v == a || v == b || !counted[v] ? 0 : s.body[v].before - s.body[v].after;
      return sum;
    };
    for (std::size_t i = 0; i < found->pairs.size(); ++i) {
      const FunderPair& pair = found->pairs[i];
      if (i > 0) CHECK(pair.loss <= found->pairs[i - 1].loss);
      CHECK(pair.loss == loss({pair.first, pair.second}, pair.first, pair.second));
      CHECK(pair.first_alone == loss({pair.first}, pair.first, pair.second));
      CHECK(pair.second_alone == loss({pair.second}, pair.first, pair.second));
    }
  });
}

TEST_CASE("worst-pair: two funders whom one reserve covers alone do harm only together") {
  // 2 receives 50 from each of 0 and 1, gives 50 to 3: either may leave, not both.
  const Gifts gifts(4, edges_of({{0, 2}, {1, 2}, {2, 3}}), {50, 50, 50});
  Problem problem = gifts.problem();
  problem.to = {body(3)};
  problem.from = {body(0), body(1)};
  const auto answer = worst_pair_card().run(problem, with({{"rule", std::string("reserve")}}), {});
  REQUIRE(answer);
  const auto& row = answer->listings.at(0).rows.at(0);
  CHECK(std::get<MoneyUnits>(row[2]).units == 50);
  CHECK(std::get<MoneyUnits>(row[5]).units == 50);
  CHECK(answer->complete);
  problem.from = {};
  const auto few = worst_pair_card().run(problem, with({{"candidates", std::int64_t{2}}, {"pairs", std::int64_t{1}}}), {});
  REQUIRE(few);
  CHECK_FALSE(few->complete);
  CHECK(few->completeness.find("the other 1, who give less, were not tried") != std::string::npos);
  problem.from = {body(0), body(3)};  // 3 gives nothing
  CHECK(worst_pair_card().run(problem, {}, {})->listings.at(0).rows.empty());
  problem.from = {body(4)};
  CHECK(worst_pair_card().run(problem, {}, {}).error().code == ErrorCode::bad_argument);
}

}  // namespace
}  // namespace entente

#include "algorithms/flow/decompose_card.hpp"

#include "algorithms/certificates/partial_routes.hpp"
#include "algorithms/flow/random_funding.hpp"
#include "algorithms/flow/question.hpp"

namespace entente {
namespace {

using namespace test;

TEST_CASE("decompose: three routes worked by hand, the widest first, and what two of them carry") {
  // 0 -> 1 -> 4: 7;  0 -> 2 -> 4: 2;  0 -> 3 -> 4: 1
  const Graph graph = directed(5, edges_of({{0, 1}, {1, 4}, {0, 2}, {2, 4}, {0, 3}, {3, 4}}));
  const FlowAsked asked(graph, {9, 7, 2, 5, 1, 1}, {0}, {4});
  const Findings all = asked.answer(decompose_card());
  CHECK(asked.figure(all, "value") == 10);
  CHECK(asked.figure(all, "listed") == 10);
  CHECK(all.complete);
  REQUIRE(all.walks.size() == 3);
  CHECK(all.walks[0].amount == 7);
  CHECK(all.walks[1].edges == std::vector<EdgeId>{EdgeId{2}, EdgeId{3}});

  const Findings two = asked.answer(decompose_card(), {{"routes", std::int64_t{2}}});
  CHECK(asked.figure(two, "listed") == 9);
  CHECK(asked.figure(two, "parts") == 3);
  CHECK_FALSE(two.complete);
  CHECK(two.completeness == "the widest 2 of 3 routes");
  REQUIRE(two.listings.size() == 1);
  CHECK_FALSE(two.listings[0].complete);
  const auto& row = two.listings[0].rows.at(1);
  CHECK(std::get<std::int64_t>(row[0]) == 2);
  CHECK(std::get<NodeId>(row[1]) == NodeId{0});
  CHECK(std::get<NodeId>(row[2]) == NodeId{4});
  CHECK(std::get<std::int64_t>(row[3]) == 2);
  CHECK(std::get<EdgeId>(row[4]) == EdgeId{2});
  CHECK(std::get<MoneyUnits>(row[5]).units == 2);
  CHECK(std::get<double>(row[6]) == Approx(0.2));
  CHECK(std::get<double>(row[7]) == Approx(0.9));
}

TEST_CASE("decompose: on random networks the routes add up, are ordered, and the certificate holds at every bound") {
  for_each_seed(300, [](Seed seed) {
    const Funding f = random_funding(seed);
    const FlowAsked asked(f);
    const Findings all = asked.answer(decompose_card());
    REQUIRE(asked.figure(all, "listed") == asked.figure(all, "value"));
    REQUIRE(decompose_card().verify(asked.problem, {}, all));
    std::int64_t before = -1;
    for (const std::int64_t bound : {1, 2, 3, 100}) {
      const Findings some = asked.answer(decompose_card(), {{"routes", bound}});
      REQUIRE(some.walks.size() == std::min<std::size_t>(all.walks.size(), static_cast<std::size_t>(bound)));
      REQUIRE(some.complete == (some.walks.size() == all.walks.size()));
      REQUIRE(asked.figure(some, "listed") >= before);
      before = asked.figure(some, "listed");
      REQUIRE(decompose_card().verify(asked.problem, {}, some));
    }
  });
}

TEST_CASE("decompose: a certificate fails once a route, a sum or the flow is changed") {
  const Funding f = random_funding(4, 15);
  const FlowAsked asked(f);
  const Card card = decompose_card();
  const Findings findings = asked.answer(card);
  REQUIRE(findings.walks.size() > 1);
  const auto spoilt = [&](auto&& spoil) {
    Findings copy = findings;
    spoil(copy);
    return !card.verify(asked.problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { copy.walks.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { ++copy.walks.front().amount; }));
  CHECK(spoilt([](Findings& copy) { copy.walks.front().nodes.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { copy.complete = false; }));
  CHECK(spoilt([](Findings& copy) { ++std::get<std::int64_t>(copy.figures[0].second); }));
  CHECK(spoilt([](Findings& copy) { ++std::get<std::int64_t>(copy.figures[1].second); }));
  CHECK(spoilt([](Findings& copy) { std::ranges::reverse(copy.walks); }));
}

TEST_CASE("decompose: nothing between the ends is an answer, unknown amounts are named, the same node twice refused") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}}));
  FlowAsked asked(graph, {5, 0}, {0}, {2});
  asked.states({1, 0});
  const Findings none = asked.answer(decompose_card());
  CHECK(none.walks.empty());
  CHECK(none.complete);
  REQUIRE(none.notes.size() == 2);
  CHECK(none.notes[1] == "1 tie states no amount and can carry nothing here.");
  CHECK(decompose_card().verify(asked.problem, {}, none));

  CHECK(FlowAsked(graph, {5, 1}, {0}, {0}).refusal(decompose_card()) == ErrorCode::bad_argument);
  CHECK(FlowAsked(graph, {5, -1}, {0}, {2}).refusal(decompose_card()) == ErrorCode::bad_argument);
  CHECK(FlowAsked(directed(0, {}), {}, {}, {}).refusal(decompose_card()) == ErrorCode::bad_argument);
  CHECK(asked.refusal(decompose_card(), {{"routes", std::int64_t{-1}}}) == ErrorCode::bad_argument);
}

}  // namespace
}  // namespace entente

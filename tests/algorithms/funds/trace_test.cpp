#include "algorithms/funds/trace.hpp"

#include <atomic>
#include <limits>
#include <utility>

#include "algorithms/funds/trace_cases.hpp"

namespace entente {
namespace {

using namespace test;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

TEST_CASE("trace: a body that keeps half of what it is paid passes on half of the traced money") {
  //  0 pays 60 and 1 pays 40 to 2; 2 pays 30 to 3 and 20 to 4, and keeps 50
  const Graph graph = directed(5, edges_of({{0, 2}, {1, 2}, {2, 3}, {2, 4}}));
  const EdgeColumn<std::int64_t> amount{60, 40, 30, 20};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({3}));
  REQUIRE(funds);
  CHECK(funds->put_in == 60);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{60, 0, 18, 12});
  CHECK(ended_at(*funds, 2) == 30);
  CHECK(ended_at(*funds, 3) == 18);
  CHECK(ended_at(*funds, 4) == 12);
  CHECK(funds->at_targets == 18);
  CHECK(funds->at_most == 30);  // 2 may have paid 3 with nothing else
  CHECK(funds->at_least == 0);  // or with the money of 1 alone
  REQUIRE(funds->ends.size() == 3);
  CHECK(funds->ends[0].body == NodeId{2});
  CHECK(funds->ends[0].kept == 50);
  CHECK_FALSE(funds->ends[0].at_most);
  CHECK(funds->ends[1].at_most == 30);
  REQUIRE(funds->bodies.size() == 3);
  CHECK(funds->bodies[0].received == 60);
  CHECK(funds->bodies[0].passed_on == 30);
}

TEST_CASE("trace: a body that adds own money passes all of the traced money on, and nothing else can have happened") {
  //  0 pays 10 to 1, which pays 30 to 2 and 10 to 3
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {1, 3}}));
  const EdgeColumn<std::int64_t> amount{10, 30, 10};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({2, 3}));
  REQUIRE(funds);
  CHECK(ended_at(*funds, 1) == 0);
  CHECK(ended_at(*funds, 2) + ended_at(*funds, 3) == 10);
  CHECK((ended_at(*funds, 2) == 7 || ended_at(*funds, 2) == 8));  // of 7.5
  CHECK(funds->at_least == 10);
  CHECK(funds->at_most == 10);
}

TEST_CASE("trace: money that circles is counted each time it comes by, and ends once") {
  //  0 pays 8 to 1; 1 pays 8 to 2; 2 pays 4 back to 1, and 1 keeps 4, 2 keeps 4
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {2, 1}}));
  const EdgeColumn<std::int64_t> amount{8, 8, 4};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), {});
  REQUIRE(funds);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{8, 8, 4});  // all money here is that of 0
  CHECK(ended_at(*funds, 1) == 4);
  CHECK(ended_at(*funds, 2) == 4);
  REQUIRE(funds->loops.size() == 1);
  CHECK(funds->loops[0].bodies == 2);
  CHECK(funds->loops[0].entered == 8);
  CHECK(funds->loops[0].circled == 12);
  CHECK(funds->loops[0].ended == 8);
  REQUIRE(funds->bodies.size() == 2);
  CHECK(funds->bodies[0].body == NodeId{1});
  CHECK(funds->bodies[0].received == 12);
  CHECK(funds->bodies[0].loop == 1);
  CHECK(funds->bodies[1].loop == 1);
}

TEST_CASE("trace: what comes back to the sources has returned, and a closed circle returns all") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {2, 0}}));
  const EdgeColumn<std::int64_t> amount{5, 5, 5};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({1}));
  REQUIRE(funds);
  CHECK(funds->put_in == 5);
  CHECK(funds->returned == 5);
  CHECK(ended_at(*funds, 0) == 5);
  CHECK(funds->at_most == 0);
  CHECK(funds->at_least == 0);
}

TEST_CASE("trace: sources are one group, and what they pay each other is their own business") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {0, 3}}));
  const EdgeColumn<std::int64_t> amount{100, 60, 7};
  const auto funds = trace_funds(graph, {&amount}, node_list({0, 1}), {});
  REQUIRE(funds);
  CHECK(funds->put_in == 67);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{0, 60, 7});
  CHECK(funds->returned == 0);
}

TEST_CASE("trace: targets together have narrower bounds than their sum") {
  //  0 and 1 pay 10 each to 2, which pays 10 each to 3 and 4: all of 0's money ended at 3 or 4
  const Graph graph = directed(5, edges_of({{0, 2}, {1, 2}, {2, 3}, {2, 4}}));
  const EdgeColumn<std::int64_t> amount{10, 10, 10, 10};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({3, 4}));
  REQUIRE(funds);
  CHECK(funds->at_least == 10);
  CHECK(funds->at_most == 10);
  for (const TracedEnd& end : funds->ends) {
    CHECK(end.at_least == 0);
    CHECK(end.at_most == 10);
    CHECK(end.money == 5);
  }
}

TEST_CASE("trace: a tie of unknown amount carries nothing, and is named where the money reached its payer") {
  const Graph graph = directed(5, edges_of({{0, 1}, {1, 2}, {3, 4}, {0, 4}}));
  const EdgeColumn<std::int64_t> amount{10, 0, 0, 0};
  const EdgeColumn<std::uint8_t> stated{1, 0, 0, 0};
  const auto funds = trace_funds(graph, {&amount, &stated}, node_list({0}), {});
  REQUIRE(funds);
  CHECK(ended_at(*funds, 1) == 10);
  CHECK(funds->unknown == std::vector<EdgeId>{EdgeId{1}, EdgeId{3}});
  const EdgeColumn<std::uint8_t> all{1, 1, 1, 1};
  CHECK(trace_funds(graph, {&amount, &all}, node_list({0}), {})->unknown.empty());
}

TEST_CASE("trace: ties without a direction are left out and counted, and refused where there are no others") {
  const std::vector<Ends> edges = edges_of({{0, 1}, {1, 2}});
  const EdgeColumn<std::int64_t> amount{10, 4};
  const auto mixed = make_mixed_graph(3, edges, EdgeColumn<std::uint8_t>{1, 0}).value();
  const auto funds = trace_funds(mixed, {&amount}, node_list({0}), {});
  REQUIRE(funds);
  CHECK(funds->mutual == 1);
  CHECK(ended_at(*funds, 1) == 10);
  const auto none = trace_funds(undirected(3, edges).both_ways(), {&amount}, node_list({0}), {});
  REQUIRE_FALSE(none);
  CHECK(none.error().what.find("who paid whom") != std::string::npos);
}

TEST_CASE("trace: what a body spends itself ended there") {
  //  0 pays 100 to 1, which spends 900 and pays 100 to 2: a tenth of all it held was of 0
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 1}, {1, 2}}));
  const EdgeColumn<std::int64_t> amount{100, 900, 100};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({2}));
  REQUIRE(funds);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{100, 90, 10});
  CHECK(funds->at_targets == 10);
  CHECK(funds->at_least == 0);
  CHECK(funds->at_most == 100);
  REQUIRE(funds->ends.size() == 2);
  CHECK(funds->ends[0].body == NodeId{1});
  CHECK(funds->ends[0].money == 90);
  CHECK(funds->ends[0].kept == 900);
  REQUIRE(funds->bodies.size() == 2);
  CHECK(funds->bodies[0].received == 100);
  CHECK(funds->bodies[0].passed_on == 10);
  CHECK(funds->bodies[0].kept == 90);
}

TEST_CASE("trace: bounds of an end count what it spent and what was left to it together") {
  //  0 pays 60 and 1 pays 40 to 2, which spends 20 and 10, pays 20 to 3, and has 50 left
  const Graph graph = directed(4, edges_of({{0, 2}, {1, 2}, {2, 2}, {2, 2}, {2, 3}}));
  const EdgeColumn<std::int64_t> amount{60, 40, 20, 10, 20};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({2}));
  REQUIRE(funds);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{60, 0, 12, 6, 12});
  CHECK(funds->at_targets == 48);
  CHECK(funds->at_least == 40);
  CHECK(funds->at_most == 60);
  CHECK(funds->ends[0].kept == 80);
  CHECK(funds->ends[0].at_least == 40);
  CHECK(funds->ends[0].at_most == 60);
}

TEST_CASE("trace: money spent within a loop ended with the loop") {
  //  0 pays 8 to 1; 1 pays 8 to 2 and keeps 4; 2 pays 4 back to 1 and spends 4
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 2}}));
  const EdgeColumn<std::int64_t> amount{8, 8, 4, 4};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), {});
  REQUIRE(funds);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{8, 8, 4, 4});
  REQUIRE(funds->loops.size() == 1);
  CHECK(funds->loops[0].bodies == 2);
  CHECK(funds->loops[0].entered == 8);
  CHECK(funds->loops[0].circled == 12);
  CHECK(funds->loops[0].ended == 8);
}

TEST_CASE("trace: a self-loop of unknown amount is named where the money reached its body, but for the sources") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 1}, {0, 0}, {2, 2}}));
  const EdgeColumn<std::int64_t> amount{10, 0, 0, 0};
  const EdgeColumn<std::uint8_t> stated{1, 0, 0, 0};
  const auto funds = trace_funds(graph, {&amount, &stated}, node_list({0}), {});
  REQUIRE(funds);
  CHECK(funds->unknown == std::vector<EdgeId>{EdgeId{1}});
  const MoneyColumn money{{{'U', 'S', 'D'}}, 2, amount};
  Problem problem;
  problem.graph = &graph;
  problem.undirected = false;
  problem.money = &money;
  problem.stated = &stated;
  problem.from = node_list({0});
  const auto findings = trace_card().run(problem, {}, {});
  REQUIRE(findings);
  REQUIRE(findings->notes.size() == 1);
  CHECK(findings->notes[0].find("self-loop states no amount") != std::string::npos);
}

TEST_CASE("trace: what a body pays or is paid, with what it spends, must fit 64 bits") {
  const EdgeColumn<std::int64_t> amount{5, largest, 1};
  for (const auto& edges : {edges_of({{0, 1}, {1, 1}, {2, 0}}), edges_of({{2, 0}, {1, 1}, {1, 2}})}) {
    const auto beyond = trace_funds(directed(3, edges), {&amount}, node_list({0}), {});
    REQUIRE_FALSE(beyond);
    CHECK(beyond.error().code == ErrorCode::overflow);
  }
  CHECK(trace_funds(directed(3, edges_of({{2, 0}, {1, 1}, {0, 2}})), {&amount}, node_list({0}), {}));
}

TEST_CASE("trace: parallel ties carry side by side, sources spend nothing that counts, the unreached get none") {
  const Graph graph = directed(5, edges_of({{0, 1}, {0, 1}, {1, 1}, {0, 0}, {3, 1}}));
  const EdgeColumn<std::int64_t> amount{3, 4, 50, 50, 7};
  const auto funds = trace_funds(graph, {&amount}, node_list({0}), node_list({4}));
  REQUIRE(funds);
  CHECK(funds->put_in == 7);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{3, 4, 7, 0, 0});  // 1 spent all that it was paid, and more
  CHECK(ended_at(*funds, 1) == 7);
  CHECK(funds->ends[0].kept == 50);
  CHECK(funds->ends.size() == 1);
  CHECK(funds->at_targets == 0);
  CHECK(funds->at_most == 0);
}

TEST_CASE("trace: sources that give nothing put nothing in") {
  const Graph graph = directed(2, edges_of({{0, 1}}));
  const EdgeColumn<std::int64_t> amount{5};
  const auto funds = trace_funds(graph, {&amount}, node_list({1}), node_list({0}));
  REQUIRE(funds);
  CHECK(funds->put_in == 0);
  CHECK(funds->ends.empty());
  CHECK(funds->at_most == 0);
  const EdgeColumn<std::int64_t> none;
  CHECK(trace_funds(directed(1, {}), {&none}, node_list({0}), {})->put_in == 0);
}

TEST_CASE("trace: amounts near the end of 64 bits stay exact where nothing is divided, and beyond are refused") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}}));
  const EdgeColumn<std::int64_t> whole{largest, largest - 1};
  const auto funds = trace_funds(graph, {&whole}, node_list({0}), node_list({2}));
  REQUIRE(funds);
  CHECK(funds->put_in == largest);
  CHECK(sum_of_ends(*funds) == largest);
  CHECK(*funds->at_least == largest - 1);
  CHECK(*funds->at_most == largest - 1);
  CHECK(*funds->at_targets == largest - 1);

  const EdgeColumn<std::int64_t> two{largest, 1};
  const auto beyond = trace_funds(directed(2, edges_of({{0, 1}, {0, 1}})), {&two}, node_list({0}), {});
  REQUIRE_FALSE(beyond);
  CHECK(beyond.error().code == ErrorCode::overflow);
  const auto together = trace_funds(directed(4, edges_of({{0, 2}, {1, 3}})), {&two}, node_list({0, 1}), {});
  REQUIRE_FALSE(together);
  CHECK(together.error().code == ErrorCode::overflow);

  // The sums of each body fit, but not what goes round.
  const EdgeColumn<std::int64_t> round{largest / 2, largest - 1, largest / 2};
  const auto circling = trace_funds(directed(3, edges_of({{0, 1}, {1, 2}, {2, 1}})), {&round}, node_list({0}), {});
  REQUIRE_FALSE(circling);
  CHECK(circling.error().code == ErrorCode::overflow);
}

TEST_CASE("trace: what cannot be asked is refused in a sentence") {
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}}));
  const EdgeColumn<std::int64_t> amount{5, 5}, negative{5, -1}, one_value{5};
  const auto refused = [&](const TracedTies& ties, std::vector<NodeId> from, std::vector<NodeId> to,
                           const TraceOptions& options = {}) {
    const auto answer = trace_funds(graph, ties, from, to, options);
    return answer ? std::string("answered") : answer.error().what;
  };
  CHECK(refused({&amount}, {}, {}).find("at least one body") != std::string::npos);
  CHECK(refused({&amount}, node_list({3}), {}).find("not one of") != std::string::npos);
  CHECK(refused({&amount}, node_list({0}), node_list({3})).find("not one of") != std::string::npos);
  CHECK(refused({&amount}, node_list({0}), node_list({0})).find("both") != std::string::npos);
  CHECK(refused({&negative}, node_list({0}), {}).find("-1") != std::string::npos);
  CHECK(refused({&one_value}, node_list({0}), {}).find("one value") != std::string::npos);
  CHECK(refused({}, node_list({0}), {}).find("amount") != std::string::npos);
  CHECK(refused({&amount}, node_list({0}), {}, {.dates = true}).find("days") != std::string::npos);
  CHECK(refused({&amount}, node_list({0}), {}, {.reading = "middle"}).find("reading") != std::string::npos);
}

TEST_CASE("trace: stops soon once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const EdgeColumn<std::int64_t> amount{5, 5, 2};
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {2, 1}}));
  const auto answer = trace_funds(graph, {&amount}, node_list({0}), {}, {}, job);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ErrorCode::interrupted);
}

/// A problem for the card; the columns must outlive it.
struct CardCase {
  explicit CardCase(Seed seed) : asked(random_trace(seed, 12, 40, 1000)) {
    money = MoneyColumn{{{'U', 'S', 'D'}}, 2, asked.amount};
    problem.graph = &asked.graph;
    problem.undirected = false;
    problem.money = &money;
    problem.days = &asked.days;
    problem.from = asked.from;
    problem.to = asked.to;
  }
  CardCase(const CardCase&) = delete;
  TraceCase asked;
  MoneyColumn money;
  Problem problem;
};

TEST_CASE("trace card: its certificate passes, and fails once a unit is moved or a bound is changed") {
  const Card card = trace_card();
  int moved_units = 0, moved_spendings = 0;
  for_each_seed(120, [&](Seed seed) {
    CardCase c(seed);
    const OptionValues options{{"dates", seed % 2 == 0}};
    const auto findings = card.run(c.problem, options, {});
    REQUIRE(findings);
    const auto verified = card.verify(c.problem, options, *findings);
    REQUIRE(verified);
    REQUIRE(verified->starts_with("verified: "));

    Findings wrong = *findings;
    for (auto& [name, value] : wrong.figures) {
      if (name == "at_most") value = std::get<std::int64_t>(value) + 1;
    }
    REQUIRE_FALSE(card.verify(c.problem, options, wrong));
    wrong = *findings;
    auto& traced = std::get<EdgeColumn<std::int64_t>>(wrong.per_edge[0].second);
    const auto& asked = c.asked;
    for (const EdgeId e : asked.graph.edges()) {
      // What was spent and what was left end at one body; a unit between them may be rounding, all of them are not.
      if (!asked.spends(e) || traced[e] <= static_cast<std::int64_t>(asked.edges.size())) continue;
      const std::int64_t units = std::exchange(traced[e], 0);
      REQUIRE_FALSE(card.verify(c.problem, options, wrong));
      traced[e] = units;
      ++moved_spendings;
    }
    REQUIRE(card.verify(c.problem, options, wrong));
    const auto edges = asked.graph.edges();
    const auto paid = std::ranges::find_if(edges, [&](EdgeId e) { return traced[e] > 0 && !asked.spends(e); });
    if (paid == edges.end()) return;
    --traced[*paid];
    REQUIRE_FALSE(card.verify(c.problem, options, wrong));
    ++moved_units;
  });
  CHECK(moved_units > 60);
  CHECK(moved_spendings > 20);
}

TEST_CASE("trace card: tables hold at most the rows asked for, and say so") {
  const Card card = trace_card();
  CardCase c(1);
  for (Seed seed = 2; trace_funds(c.asked.graph, c.asked.ties(), c.asked.from, {})->ends.size() < 3; ++seed) {
    c.asked = random_trace(seed, 12, 40, 1000);
    c.money.units = c.asked.amount;
    c.problem.from = c.asked.from;
  }
  c.problem.to.clear();
  const auto all = card.run(c.problem, {}, {});
  REQUIRE(all);
  REQUIRE(all->listings.size() >= 2);
  REQUIRE(all->listings[0].rows.size() > 2);
  CHECK(all->listings[0].complete);
  const OptionValues options{{"limit", std::int64_t{1}}, {"bounds", std::int64_t{0}}};
  const auto one = card.run(c.problem, options, {});
  REQUIRE(one);
  CHECK(one->listings[0].rows.size() == 1);
  CHECK_FALSE(one->listings[0].complete);
  CHECK(std::holds_alternative<std::monostate>(one->listings[0].rows[0][5]));
  CHECK(card.verify(c.problem, options, *one));
}

}  // namespace
}  // namespace entente

#include "algorithms/funds/null_model.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <numeric>

#include "algorithms/funds/indicators.hpp"
#include "algorithms/funds/null_model_significance.hpp"
#include "algorithms/funds/random_gifts.hpp"
#include "algorithms/registry.hpp"

namespace entente {
namespace {

using namespace test;

NodeId party(std::uint32_t index) { return NodeId{index}; }

FundsLedger account(const Gifts& gifts) { return money_ledger(gifts.problem()).value(); }

using Pairs = std::map<std::pair<NodeId, NodeId>, std::int64_t>;

Pairs sums_by_pair(const std::vector<Gift>& gifts) {
  Pairs sums;
  for (const Gift& gift : gifts) sums[{gift.giver, gift.taker}] += gift.units;
  return sums;
}

TEST_CASE("null model: every body of every random network receives and gives what it does, and none gives to itself") {
  for_each_seed(300, [](Seed seed) {
    const Gifts observed = random_gifts(seed, 14, seed % 2 ? 9 : 1'000'000'000);
    const FundsLedger ledger = account(observed);
    for (const NullPieces pieces : {NullPieces::gifts, NullPieces::bodies}) {
      const MoneyNull model(ledger, pieces);
      for (std::uint64_t run = 0; run < 4; ++run) {
        NodeColumn<std::int64_t> received(ledger.node_count()), given(ledger.node_count());
        for (const Gift& gift : model.sample(seed, run)) {
          REQUIRE(gift.units > 0);
          CHECK(gift.giver != gift.taker);
          CHECK(observed.graph.ends(gift.edge).source == gift.giver);
          given[gift.giver] += gift.units;
          received[gift.taker] += gift.units;
        }
        CHECK(given == ledger.given);
        CHECK(received == ledger.received);
      }
    }
  });
}

TEST_CASE("null model: whole bodies as pieces give the fewest ties that chance allows") {
  const Gifts observed(6, edges_of({{0, 3}, {0, 4}, {1, 3}, {1, 5}, {2, 4}, {2, 5}}), {7, 5, 11, 13, 17, 19});
  const MoneyNull model(account(observed), NullPieces::bodies);  // givers and takers are apart: nothing to exchange
  for (std::uint64_t run = 0; run < 50; ++run) CHECK(model.sample(1, run).size() <= 3 + 3 - 1);
}

TEST_CASE("null model: a body with half of all money never has to give to itself, however the draw falls") {
  // 0 gives 10 of 20 and receives 10 of 20: every other gift must pass it.
  const Gifts observed(4, edges_of({{0, 1}, {0, 2}, {3, 0}}), {4, 6, 10});
  const MoneyNull model(account(observed), NullPieces::gifts);
  for (std::uint64_t run = 0; run < 100; ++run) {
    const Pairs sums = sums_by_pair(model.sample(7, run));
    CHECK(sums == Pairs{{{party(0), party(1)}, 4}, {{party(0), party(2)}, 6}, {{party(3), party(0)}, 10}});
  }
}

TEST_CASE("null model: each outcome is as frequent as all orders of the pieces say") {
  // Three gifts of 1, 2 and 4 between givers 0, 1, 2 and takers 3, 4, 5: nothing to exchange.
  const Gifts observed(6, edges_of({{0, 3}, {1, 4}, {2, 5}}), {1, 2, 4});
  const std::int64_t units[] = {1, 2, 4};
  std::map<Pairs, double> expected;
  std::vector<std::uint32_t> givers{0, 1, 2};
  do {
    std::vector<std::uint32_t> takers{0, 1, 2};
    do {
      Pairs sums;  // slow oracle: unit by unit
      for (std::int64_t place = 0; place < 7; ++place) {
        const auto at = [&](const std::vector<std::uint32_t>& order) {
          std::int64_t end = 0;
          for (const std::uint32_t piece : order) {
            end += units[piece];
            if (place < end) return piece;
          }
          return order.back();
        };
        ++sums[{party(at(givers)), party(3 + at(takers))}];
      }
      expected[sums] += 1.0 / 36;
    } while (std::ranges::next_permutation(takers).found);
  } while (std::ranges::next_permutation(givers).found);
  constexpr int draws = 7200;
  std::map<Pairs, int> seen;
  const MoneyNull model(account(observed), NullPieces::gifts);
  for (std::uint64_t run = 0; run < draws; ++run) ++seen[sums_by_pair(model.sample(3, run))];
  REQUIRE(seen.size() == expected.size());
  double chi_square = 0;
  for (const auto& [sums, share] : expected) {
    const double wanted = share * draws;
    chi_square += (seen[sums] - wanted) * (seen[sums] - wanted) / wanted;
  }
  CHECK(expected.size() > 5);
  // Five standard deviations above the mean of a chi-square with that many degrees of freedom.
  const auto freedom = static_cast<double>(expected.size() - 1);
  CHECK(chi_square < freedom + 5 * std::sqrt(2 * freedom));
}

TEST_CASE("null model: a network depends on its seed and number alone") {
  const FundsLedger ledger = account(random_gifts(11, 14, 1000));
  const MoneyNull model(ledger, NullPieces::gifts), again(ledger, NullPieces::gifts);
  const auto first = model.sample(5, 8);
  (void)again.sample(5, 7);
  CHECK(sums_by_pair(again.sample(5, 8)) == sums_by_pair(first));
  CHECK(sums_by_pair(again.sample(6, 8)) != sums_by_pair(first));
}

std::vector<std::optional<FigureValue>> whole_numbers(std::int64_t last) {
  std::vector<std::optional<FigureValue>> values;
  for (std::int64_t i = last; i >= 1; --i) values.push_back(FigureValue(i));
  return values;
}

TEST_CASE("significance: p counts the observed network among the others, as worked by hand") {
  const TestedFigure f = tested_figure(std::int64_t{98}, whole_numbers(99));
  CHECK(f.at_least == 2);
  CHECK(f.at_most == 98);
  CHECK(f.p_high == Approx(0.03));
  CHECK(f.p == Approx(0.06));
  CHECK(*f.mean == Approx(50));
  CHECK(*f.deviation == Approx(std::sqrt(99.0 * 100 / 12)));
  CHECK(*f.z == Approx(48 / std::sqrt(99.0 * 100 / 12)));
  CHECK(*f.low == FigureValue(std::int64_t{2}));  // (99 + 1) / 40 = 2 at each side
  CHECK(*f.high == FigureValue(std::int64_t{98}));
  CHECK(*tested_figure(std::int64_t{1}, whole_numbers(199)).low == FigureValue(std::int64_t{5}));
  CHECK(*tested_figure(std::int64_t{1}, whole_numbers(5)).high == FigureValue(std::int64_t{5}));
  CHECK(tested_figure(std::int64_t{1000}, whole_numbers(99)).p == Approx(0.02));
}

TEST_CASE("significance: what no network changes has no z, and a number that is missing is not counted") {
  const std::vector<std::optional<FigureValue>> same{FigureValue(0.1 + 0.2), FigureValue(0.3), std::nullopt};
  const TestedFigure f = tested_figure(0.3, same);
  CHECK(f.networks == 2);
  CHECK(f.at_least == 2);
  CHECK(f.at_most == 2);
  CHECK(f.p == 1);
  CHECK_FALSE(f.z);
  const TestedFigure none = tested_figure(0.3, {});
  CHECK(none.p == 1);
  CHECK_FALSE(none.mean);
}

TEST_CASE("significance: whole numbers beyond 2^53 are compared exactly") {
  const std::int64_t large = (std::int64_t{1} << 60) + 1;
  const std::vector<std::optional<FigureValue>> one_less{FigureValue(large - 1)};
  const TestedFigure f = tested_figure(large, one_less);
  CHECK(f.at_least == 0);
  CHECK(f.at_most == 1);
}

/// Pairs that only give to each other, and return half of it: far from chance.
Gifts partners(std::size_t pairs) {
  std::vector<Ends> edges;
  std::vector<std::int64_t> units;
  for (std::size_t i = 0; i < pairs; ++i) {
    edges.push_back(ends_of(2 * i, 2 * i + 1));
    edges.push_back(ends_of(2 * i + 1, 2 * i));
    units.push_back(static_cast<std::int64_t>(100 + i));
    units.push_back(static_cast<std::int64_t>(50 + i));
  }
  return {2 * pairs, edges, units};
}

SignificanceQuestion about(const std::string& card, const std::string& figure) {
  SignificanceQuestion question;
  question.card = find_card(card);
  REQUIRE(question.card);
  question.figure = figure;
  return question;
}

TEST_CASE("significance: money that returns between partners is found to be no chance; sums that are kept are p 1") {
  const Gifts gifts = partners(12);
  const auto returned = significance(gifts.problem(), about("indicators", "returned"));
  REQUIRE(returned);
  REQUIRE(returned->figures.size() == 1);
  CHECK(returned->figures[0].p == Approx(2.0 / 200));
  CHECK(*returned->figures[0].z > 3);
  for (const char* kept : {"received", "own", "kept", "passed_on", "giver_hhi", "taker_gini"}) {
    CAPTURE(kept);
    const auto same = significance(gifts.problem(), about("indicators", kept));
    REQUIRE(same);
    CHECK(same->figures[0].p == 1);
    CHECK_FALSE(same->figures[0].z);
  }
}

TEST_CASE("significance: p of chance is at most 0.1 in about one of ten random networks") {
  // Networks drawn from the null model itself, tested against it.
  Random random(Seed{4});
  std::vector<std::int64_t> units(40);
  for (std::int64_t& amount : units) amount = static_cast<std::int64_t>(1 + random.below(1000));
  const Gifts gifts(12, random_arcs(12, 40, Seed{4}, false, true), units);
  const MoneyNull model(account(gifts), NullPieces::bodies);
  int small = 0;
  constexpr int networks = 200;
  for (int i = 0; i < networks; ++i) {
    const auto drawn = GiftNetwork::make(model.sample(99, static_cast<std::uint64_t>(i)), {}, gifts.problem());
    REQUIRE(drawn);
    SignificanceQuestion question = about("indicators", "from_largest_donor");
    question.runs = 39;
    question.pieces = NullPieces::bodies;
    question.options["overlap"] = std::string("none");
    question.seed = static_cast<Seed>(1000 + i);
    Job job;
    job.threads = 1;
    const auto found = significance(drawn->problem(gifts.problem()), question, job);
    REQUIRE(found);
    small += found->figures[0].p <= 0.1 ? 1 : 0;
  }
  // Binomial(200, 0.1) leaves 7 ... 36 in one of 1000 draws.
  CHECK(small <= 36);
  CHECK(small >= 7);
}

TEST_CASE("significance: it tests any card that works on money, with its options, and keeps days") {
  const Gifts gifts = random_gifts(5, 12, 500);
  Problem problem = gifts.problem();
  problem.from = {party(0)};
  problem.to = {party(1)};
  const Card card = significance_card();
  const OptionValues options{{"card", std::string("scenario")}, {"with", std::string("change=late,late=40")}, {"runs", std::int64_t{20}}};
  const auto late = card.run(problem, options, {});
  REQUIRE(late);
  CHECK(card.verify(problem, options, *late));
  CHECK(late->listings.at(0).rows.size() > 5);
  CHECK(card.run(problem, {{"card", std::string("max-flow")}, {"figure", std::string("value")}, {"runs", std::int64_t{20}}}, {}));
}

TEST_CASE("significance: the card's answer is the same on any number of threads, and a changed p is found out") {
  const Gifts gifts = random_gifts(21, 14, 100000);
  const Card card = significance_card();
  const auto cells = [](const Findings& findings) {
    std::vector<std::vector<double>> values;
    for (const auto& row : findings.listings.at(0).rows) {
      values.emplace_back();
      for (const ListingCell& cell : row) {
        if (const auto* real = std::get_if<double>(&cell)) values.back().push_back(*real);
        if (const auto* units = std::get_if<MoneyUnits>(&cell)) values.back().push_back(static_cast<double>(units->units));
      }
    }
    return values;
  };
  std::vector<std::vector<double>> once;
  for (const int threads : {1, 2, 7}) {
    Job job;
    job.threads = threads;
    auto findings = card.run(gifts.problem(), {}, job);
    REQUIRE(findings);
    if (once.empty()) once = cells(*findings);
    CHECK(cells(*findings) == once);
    CHECK(card.verify(gifts.problem(), {}, *findings));
    std::get<double>(findings->listings[0].rows[0][12]) /= 2;
    CHECK_FALSE(card.verify(gifts.problem(), {}, *findings));
  }
}

TEST_CASE("significance: odd shapes are answered, and what makes no sense is one sentence") {
  const Card card = significance_card();
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    const Gifts gifts(shape.node_count, shape.edges, std::vector<std::int64_t>(shape.edges.size(), 3));
    const auto findings = card.run(gifts.problem(), {{"runs", std::int64_t{5}}}, {});
    REQUIRE(findings);
    CHECK(card.verify(gifts.problem(), {{"runs", std::int64_t{5}}}, *findings));
  }
  const Gifts gifts = partners(2);
  const auto refused = [&](const OptionValues& options) {
    const auto answer = card.run(gifts.problem(), options, {});
    REQUIRE_FALSE(answer);
    return answer.error().sentence();
  };
  CHECK(refused({{"card", std::string("nothing")}}).starts_with("option card"));
  CHECK(refused({{"card", std::string("significance")}}).starts_with("option card"));
  CHECK(refused({{"card", std::string("degree")}}).find("does not ask for money") != std::string::npos);
  CHECK(refused({{"figure", std::string("nothing")}}).find("it gives: received") != std::string::npos);
  CHECK(refused({{"with", std::string("pairs")}}).starts_with("option with"));
  CHECK(refused({{"with", std::string("nothing=1")}}).starts_with("option with"));
  CHECK(refused({{"with", std::string("pairs=many")}}).starts_with("option with"));
  CHECK(refused({{"card", std::string("scenario")}}).starts_with("option from"));
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(card.run(gifts.problem(), {}, job).error().code == ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente

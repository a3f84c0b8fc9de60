#include "algorithms/flow/cycles.hpp"

#include <atomic>
#include <limits>
#include <map>
#include <set>

#include "algorithms/flow/question.hpp"

namespace entente {
namespace {

using namespace test;

/// Slow oracle: circles by plain depth-first search, dates by trying every day on which the window may open and every
/// choice of a tie at each step.
class EveryCircle {
 public:
  EveryCircle(const FlowAsked& asked, std::int64_t steps, std::int64_t window) : asked_(asked), steps_(steps), window_(window) {
    for (const NodeId v : asked.graph.nodes()) {
      way_ = {v};
      extend();
    }
  }
  std::map<std::vector<NodeId>, std::int64_t> amount;  // by the nodes from the lowest on

 private:
  void extend() {
    for (const NodeId v : asked_.graph.nodes()) {
      if (ties(way_.back(), v).empty()) continue;
      if (v == way_.front() && way_.size() > 1) consider();
      const bool fresh = std::ranges::find(way_, v) == way_.end();
      if (!fresh || v < way_.front() || static_cast<std::int64_t>(way_.size()) >= steps_) continue;
      way_.push_back(v);
      extend();
      way_.pop_back();
    }
  }
  std::vector<EdgeId> ties(NodeId u, NodeId v) const {
    std::vector<EdgeId> found;
    for (const auto [w, edge] : asked_.graph.out(u)) {
      if (w == v && u != v && asked_.money.units[edge] > 0) found.push_back(edge);
    }
    return found;
  }
  void consider() {
    std::int64_t best = 0;
    for (std::size_t shift = 0; shift < way_.size(); ++shift) {
      const auto& from = asked_.problem.from;
      if (!from.empty() && std::ranges::find(from, way_[shift]) == from.end()) continue;
      std::vector<std::vector<EdgeId>> steps;
      for (std::size_t i = 0; i < way_.size(); ++i) {
        steps.push_back(ties(way_[(shift + i) % way_.size()], way_[(shift + i + 1) % way_.size()]));
      }
      if (steps.size() == 2) {
        const auto both = [&](EdgeId e) {
          return std::ranges::find(steps[0], e) != steps[0].end() && std::ranges::find(steps[1], e) != steps[1].end();
        };
        std::vector<EdgeId> mutual;
        std::ranges::copy_if(steps[0], std::back_inserter(mutual), both);
        for (auto& step : steps) std::erase_if(step, [&](EdgeId e) { return std::ranges::find(mutual, e) != mutual.end(); });
      }
      for (Day opens = -2; opens <= 14; ++opens) {  // all dates lie in 0 ... 12
        const Day closes = window_ == 0 ? 100 : opens + static_cast<Day>(window_);
        if (window_ == 0 && opens > -2) break;
        std::vector<std::set<EdgeId>> fit(steps.size());
        std::vector<EdgeId> chosen;
        choose(steps, opens, closes, opens, chosen, fit);
        std::int64_t least = largest;
        for (const auto& step : fit) {
          std::int64_t sum = 0;
          for (const EdgeId e : step) sum += asked_.money.units[e];
          least = std::min(least, sum);
        }
        best = std::max(best, least);
      }
    }
    if (best > 0) amount[way_] = best;
  }
  void choose(const std::vector<std::vector<EdgeId>>& steps, Day done, Day closes, Day opens, std::vector<EdgeId>& chosen,
              std::vector<std::set<EdgeId>>& fit) const {
    if (chosen.size() == steps.size()) {
      for (std::size_t i = 0; i < chosen.size(); ++i) fit[i].insert(chosen[i]);
      return;
    }
    for (const EdgeId e : steps[chosen.size()]) {
      const DayRange range = asked_.problem.days ? asked_.days[e] : DayRange{};
      const Day earliest = range.stated ? range.earliest : -1000, latest = range.stated ? range.latest : 1000;
      const Day day = std::max(done, earliest);
      if (day > std::min(latest, closes)) continue;
      chosen.push_back(e);
      choose(steps, day, closes, opens, chosen, fit);
      chosen.pop_back();
    }
  }
  static constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

  const FlowAsked& asked_;
  std::int64_t steps_, window_;
  std::vector<NodeId> way_;
};

std::map<std::vector<NodeId>, std::int64_t> listed(const Findings& findings) {
  std::map<std::vector<NodeId>, std::int64_t> circles;
  for (const Walk& walk : findings.walks) {
    std::vector<NodeId> nodes(walk.nodes.begin(), walk.nodes.end() - 1);
    std::ranges::rotate(nodes, std::ranges::min_element(nodes));
    circles[nodes] = walk.amount;
  }
  return circles;
}

TEST_CASE("cycles: three bodies pass 5 round, worked by hand, with the days on which that can happen") {
  // 0 -> 1: 9 in March, 1 -> 2: 3 and 2 in April, 2 -> 0: 7 in May; 2 -> 1: 4 in January
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {1, 2}, {2, 0}, {2, 1}}));
  FlowAsked asked(graph, {9, 3, 2, 7, 4}, std::vector<NodeId>{}, std::vector<NodeId>{});
  const Day march = day_of(2021, 3, 1), april = day_of(2021, 4, 1), may = day_of(2021, 5, 1), january = day_of(2021, 1, 1);
  asked.dated({{march, march + 30, true}, {april, april + 29, true}, {april + 5, april + 5, true}, {may, may + 30, true}, {january, january + 30, true}});
  const Card card = cycles_card();
  const Findings findings = asked.answer(card);
  REQUIRE(findings.walks.size() == 2);
  CHECK(findings.complete);
  CHECK(findings.completeness == "complete: every circle of up to 5 steps, in the order of dates");
  CHECK(findings.walks[0].nodes == node_list({0, 1, 2, 0}));
  CHECK(findings.walks[0].amount == 5);
  const auto& row = findings.listings[0].rows[0];
  CHECK(std::get<std::int64_t>(row[3]) == 4);          // ties
  CHECK(std::get<NodeId>(row[5]) == NodeId{1});        // the smallest step
  CHECK(std::get<std::string>(row[7]) == "2021-03-01");
  CHECK(std::get<std::string>(row[8]) == "2021-05-31");
  CHECK(std::get<std::int64_t>(row[9]) == 31);         // 31 March to 1 May
  CHECK(findings.walks[1].nodes == node_list({2, 1, 2}));  // 4 in January, then 5 in April
  CHECK(findings.walks[1].amount == 4);
  CHECK(asked.figure(findings, "largest") == 5);
  CHECK(card.verify(asked.problem, {}, findings));
  // Within 30 days neither has time.
  CHECK(asked.answer(card, {{"window", std::int64_t{30}}}).walks.empty());
  CHECK(asked.answer(card, {{"window", std::int64_t{31}}}).walks.size() == 1);
}

TEST_CASE("cycles: agrees with brute force, with dates, windows, starts, mutual and parallel ties") {
  std::size_t circles = 0;
  for_each_seed(600, [&](Seed seed) {
    const Funding f = random_funding(seed, 8);
    FlowAsked asked(f);
    Random random(seed, 0x64617465);
    asked.problem.to = {};
    if (seed % 2 == 0) asked.problem.from = {};
    std::vector<DayRange> days;
    for (std::size_t i = 0; i < f.edges.size(); ++i) {
      const Day first = static_cast<Day>(random.below(10));
      days.push_back({first, first + static_cast<Day>(random.below(3)), random.below(5) != 0});
      if (!days.back().stated) days.back() = {};
    }
    if (seed % 3 != 0) asked.dated(days);
    const std::int64_t steps = 2 + static_cast<std::int64_t>(random.below(4));
    const std::int64_t window = seed % 3 == 1 ? 1 + static_cast<std::int64_t>(random.below(6)) : 0;
    const OptionValues options{{"steps", steps}, {"window", window}, {"count", std::int64_t{100000}}};
    const Findings findings = asked.answer(cycles_card(), options);
    REQUIRE(findings.complete);
    REQUIRE(listed(findings) == EveryCircle(asked, steps, window).amount);
    REQUIRE(cycles_card().verify(asked.problem, options, findings));
    circles += findings.walks.size();
    // The first few are the first few of all.
    const OptionValues few{{"steps", steps}, {"window", window}, {"count", std::int64_t{3}}};
    const Findings first = asked.answer(cycles_card(), few);
    REQUIRE(first.walks.size() == std::min<std::size_t>(3, findings.walks.size()));
    for (std::size_t i = 0; i < first.walks.size(); ++i) REQUIRE(first.walks[i].nodes == findings.walks[i].nodes);
    if (findings.walks.size() != 3) REQUIRE(first.complete == (findings.walks.size() < 3));
  });
  CHECK(circles > 2000);
}

TEST_CASE("cycles: among many steps the rounds by width find the same largest circles as one search of all") {
  for_each_seed(6, [](Seed seed) {
    Random random(seed);
    std::vector<Ends> edges = random_arcs(1500, 12000, seed);
    EdgeColumn<std::int64_t> amounts;
    for (std::size_t i = 0; i < edges.size(); ++i) amounts.push_back(static_cast<std::int64_t>(1 + random.below(1000)));
    const FlowAsked asked(directed(1500, edges), amounts, std::vector<NodeId>{}, std::vector<NodeId>{});
    const OptionValues all{{"steps", std::int64_t{4}}, {"count", std::int64_t{1000000}}};
    const OptionValues some{{"steps", std::int64_t{4}}, {"count", std::int64_t{20}}};
    const Findings every = asked.answer(cycles_card(), all), largest = asked.answer(cycles_card(), some);
    REQUIRE(every.complete);
    REQUIRE(every.walks.size() > 100);
    REQUIRE(largest.walks.size() == 20);
    for (std::size_t i = 0; i < 20; ++i) REQUIRE(largest.walks[i].nodes == every.walks[i].nodes);
    CHECK(largest.completeness == "the largest 20 circles of up to 4 steps; smaller ones may exist");
  });
}

TEST_CASE("cycles: a bound on work ends the search, and the listing says what it holds for certain") {
  // all of 60 bodies pay each other: more circles of 12 steps than could ever be listed
  std::vector<Ends> edges;
  EdgeColumn<std::int64_t> amounts;
  for (std::size_t u = 0; u < 60; ++u) {
    for (std::size_t v = 0; v < 60; ++v) {
      if (u != v) edges.push_back(ends_of(u, v)), amounts.push_back(static_cast<std::int64_t>(1 + (u * 7 + v * 13) % 50));
    }
  }
  const FlowAsked asked(directed(60, edges), amounts, std::vector<NodeId>{}, std::vector<NodeId>{});
  const OptionValues options{{"steps", std::int64_t{12}}, {"work", std::int64_t{1}}, {"count", std::int64_t{50}}};
  const Findings findings = asked.answer(cycles_card(), options);
  CHECK_FALSE(findings.complete);
  CHECK(findings.completeness == "stopped after 1 million arcs at 50 circles; larger ones may be missing");
  CHECK(findings.walks.size() == 50);
  CHECK(cycles_card().verify(asked.problem, options, findings));
}

TEST_CASE("cycles: a listing that was changed does not verify") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 0}, {1, 2}, {2, 1}, {2, 3}, {3, 2}}));
  const FlowAsked asked(graph, {5, 6, 3, 4, 2, 9}, std::vector<NodeId>{}, std::vector<NodeId>{});
  const Card card = cycles_card();
  const Findings findings = asked.answer(card);
  REQUIRE(findings.walks.size() == 3);
  const auto spoilt = [&](auto&& spoil) {
    Findings copy = findings;
    spoil(copy);
    return !card.verify(asked.problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { ++copy.walks[0].amount; }));
  CHECK(spoilt([](Findings& copy) { std::swap(copy.walks.front(), copy.walks.back()); }));
  CHECK(spoilt([](Findings& copy) { copy.walks[1] = copy.walks[0]; copy.listings[0].rows[1] = copy.listings[0].rows[0]; }));
  CHECK(spoilt([](Findings& copy) { copy.walks.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { copy.walks[0].nodes.back() = NodeId{1000}; }));
}

TEST_CASE("cycles: loops, lone mutual ties, unknown amounts and empty networks hold no circle; wrong questions are refused") {
  const Graph graph = make_mixed_graph(4, edges_of({{0, 0}, {0, 1}, {2, 3}, {3, 2}}), EdgeColumn<std::uint8_t>{1, 0, 1, 1}).value();
  FlowAsked asked(graph, {5, 5, 5, 0}, std::vector<NodeId>{}, std::vector<NodeId>{});
  asked.states({1, 1, 1, 0});
  const Findings none = asked.answer(cycles_card());
  CHECK(none.walks.empty());
  CHECK(none.complete);
  CHECK(none.notes == std::vector<std::string>{"1 tie states no amount and can carry nothing here."});
  CHECK(cycles_card().verify(asked.problem, {}, none));
  const FlowAsked empty(directed(0, {}), {}, std::vector<NodeId>{}, std::vector<NodeId>{});
  CHECK(empty.answer(cycles_card()).walks.empty());
  CHECK(FlowAsked(graph, {5, -5, 5, 0}, {0}, {1}).refusal(cycles_card()) == ErrorCode::bad_argument);
  CHECK(asked.refusal(cycles_card(), {{"steps", std::int64_t{1}}}) == ErrorCode::bad_argument);
  const Graph twins = directed(2, edges_of({{0, 1}, {0, 1}, {1, 0}}));
  constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
  CHECK(FlowAsked(twins, {most, 1, 1}, {0}, {1}).refusal(cycles_card()) == ErrorCode::overflow);

  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  CyclesQuestion question;
  question.graph = &asked.graph;
  question.amount = &asked.money.units;
  CHECK(money_cycles(question, job).error().code == ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente

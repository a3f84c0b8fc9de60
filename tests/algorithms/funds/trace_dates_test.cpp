#include <cmath>

#include "algorithms/funds/trace_cases.hpp"
#include "algorithms/funds/trace_network.hpp"

namespace entente {
namespace {

using namespace test;

DayRange on(Day day) { return {day, day, true}; }

TEST_CASE("dated trace: money is not passed on before it arrives") {
  //  1 pays 2 in January what it is paid by 0 in February
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}}));
  const EdgeColumn<std::int64_t> amount{10, 10};
  const EdgeColumn<DayRange> days{on(31), on(0)};
  const auto without = trace_funds(graph, {&amount, nullptr, &days}, node_list({0}), node_list({2}));
  CHECK(without->at_targets == 10);
  const auto with = trace_funds(graph, {&amount, nullptr, &days}, node_list({0}), node_list({2}), {.dates = true});
  REQUIRE(with);
  CHECK(with->at_targets == 0);
  CHECK(with->at_most == 0);
  CHECK(ended_at(*with, 1) == 10);
  CHECK(with->ends[0].kept == 10);  // its payment was own money
}

TEST_CASE("dated trace: a body mixes what it holds that day, and what comes later is not mixed in") {
  //  day 0: 0 pays 10 to 2; day 1: 2 pays 4 to 3; day 2: 1 pays 6 to 2; day 3: 2 pays 6 to 4, and keeps 6
  const Graph graph = directed(5, edges_of({{0, 2}, {2, 3}, {1, 2}, {2, 4}}));
  const EdgeColumn<std::int64_t> amount{10, 4, 6, 6};
  const EdgeColumn<DayRange> days{on(0), on(1), on(2), on(3)};
  const auto funds = trace_funds(graph, {&amount, nullptr, &days}, node_list({0}), node_list({4}), {.dates = true});
  REQUIRE(funds);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{10, 4, 0, 3});  // of 12 held on day 3, 6 were its money
  CHECK(funds->at_targets == 3);
  CHECK(funds->at_least == 0);
  CHECK(funds->at_most == 6);
}

TEST_CASE("dated trace: what a body is paid on a day it may pay on that day, also round a circle") {
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 3}}));
  const EdgeColumn<std::int64_t> amount{6, 10, 4, 6};
  const EdgeColumn<DayRange> days{on(5), on(5), on(5), on(5)};
  const auto funds = trace_funds(graph, {&amount, nullptr, &days}, node_list({0}), {}, {.dates = true});
  REQUIRE(funds);
  CHECK(ended_at(*funds, 3) == 6);
  REQUIRE(funds->loops.size() == 1);
  CHECK(funds->loops[0].entered == 6);
  CHECK(funds->loops[0].circled == 14);
  CHECK(funds->loops[0].ended == 0);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{6, 10, 4, 6});
}

TEST_CASE("dated trace: an undated payment counts as the reading says, and the bounds hold for any day") {
  //  0 pays 1 on some day; 1 pays 2 on day 10
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}}));
  const EdgeColumn<std::int64_t> amount{10, 10};
  const EdgeColumn<DayRange> days{DayRange{}, on(10)};
  const TracedTies ties{&amount, nullptr, &days};
  const auto late = trace_funds(graph, ties, node_list({0}), node_list({2}), {.dates = true});
  const auto early = trace_funds(graph, ties, node_list({0}), node_list({2}), {.dates = true, .reading = "earliest"});
  REQUIRE(late);
  REQUIRE(early);
  CHECK(late->undated == 1);
  CHECK(late->at_targets == 0);
  CHECK(early->at_targets == 10);
  for (const auto* funds : {&*late, &*early}) {
    CHECK(funds->at_least == 0);
    CHECK(funds->at_most == 10);
  }
}

TEST_CASE("dated trace: a body spends out of what it holds that day, and of its own what it does not hold") {
  //  day 0: 0 pays 10 to 1; day 1: 1 spends 4; day 2: 2 pays 6 to 1; day 3: 1 pays 6 to 3
  const Graph graph = directed(4, edges_of({{0, 1}, {1, 1}, {2, 1}, {1, 3}}));
  const EdgeColumn<std::int64_t> amount{10, 4, 6, 6};
  const EdgeColumn<DayRange> days{on(0), on(1), on(2), on(3)};
  const auto funds = trace_funds(graph, {&amount, nullptr, &days}, node_list({0}), node_list({1}), {.dates = true});
  REQUIRE(funds);
  CHECK(funds->traced == EdgeColumn<std::int64_t>{10, 4, 0, 3});
  CHECK(ended_at(*funds, 1) == 7);
  CHECK(funds->ends[0].kept == 10);
  CHECK(funds->at_least == 4);  // what it spent before it had any other money
  CHECK(funds->at_most == 10);

  //  the same, but that 1 spends the day before it is paid: money of its own
  const EdgeColumn<DayRange> early{on(0), on(-1), on(2), on(3)};
  const auto own = trace_funds(graph, {&amount, nullptr, &early}, node_list({0}), node_list({1}), {.dates = true});
  REQUIRE(own);
  CHECK(own->traced[EdgeId{1}] == 0);
  CHECK(own->ends[0].kept == 14);  // 4 spent and 10 of 16 left
  CHECK(own->at_least == 4);
  CHECK(own->at_most == 10);
}

TEST_CASE("dated trace: the bounds hold whenever a body spent, where it does not say when") {
  //  day 10: 0 pays 10 to 1; day 20: 1 pays 10 to 2; and on some day 1 spends 10
  const Graph graph = directed(3, edges_of({{0, 1}, {1, 2}, {1, 1}}));
  const EdgeColumn<std::int64_t> amount{10, 10, 10};
  const EdgeColumn<DayRange> days{on(10), on(20), DayRange{}}, between{on(10), on(20), on(15)};
  const auto funds = trace_funds(graph, {&amount, nullptr, &days}, node_list({0}), node_list({2}), {.dates = true});
  REQUIRE(funds);
  CHECK(funds->undated == 1);
  CHECK(funds->at_targets == 10);  // spent after all else, or with earliest before: of its own
  CHECK(funds->at_least == 0);     // spent on day 15
  CHECK(funds->at_most == 10);
  const auto exact = trace_funds(graph, {&amount, nullptr, &between}, node_list({0}), node_list({2}), {.dates = true});
  CHECK(exact->at_targets == 0);
  CHECK(exact->at_most == 0);
}

TEST_CASE("dated trace: days out of order are refused") {
  const EdgeColumn<std::int64_t> amount{10};
  const EdgeColumn<DayRange> days{DayRange{5, 4, true}};
  CHECK_FALSE(trace_funds(directed(2, edges_of({{0, 1}})), {&amount, nullptr, &days}, node_list({0}), {}, {.dates = true}));
}

/// The ties that count, by day; each has a day of its own.
std::vector<EdgeId> by_day(const TraceCase& c) {
  std::vector<EdgeId> order;
  for (const EdgeId e : c.graph.edges()) {
    if (c.counts(e)) order.push_back(e);
  }
  std::ranges::sort(order, {}, [&](EdgeId e) { return c.days[e].latest; });
  return order;
}

TEST_CASE("dated trace: the same as walking through the days with a pot for each body") {
  int divided = 0;
  for_each_seed(500, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 100000);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, {}, {.dates = true, .bounds = 0});
    REQUIRE(funds);
    std::vector<double> pot(c.bodies), part(c.bodies);  // what a body holds, and how much of it is traced
    for (const EdgeId e : by_day(c)) {
      const auto [u, v] = c.graph.ends(e);
      const auto amount = static_cast<double>(c.amount[e]);
      double carried = amount;
      if (!c.is_source(u)) {
        pot[u.index] = std::max(pot[u.index], amount);  // own money where it falls short
        carried = part[u.index] * amount / pot[u.index];
        pot[u.index] -= amount;
        part[u.index] -= carried;
      }
      if (!c.is_source(v) && !c.spends(e)) {
        pot[v.index] += amount;
        part[v.index] += carried;
      }
      REQUIRE(std::fabs(static_cast<double>(funds->traced[e]) - carried) < 1 + 1e-6);
      divided += carried > std::floor(carried) + 1e-6;
    }
  });
  CHECK(divided > 500);
}

/// Slow oracle: every way in which whole units can have gone through the days.
class AllDatedWays {
 public:
  explicit AllDatedWays(const TraceCase& c) : c_(c), order_(by_day(c)), pot_(c.bodies), part_(c.bodies), spent_(c.bodies) {
    try_from(0);
  }
  std::int64_t least = -1, most = -1;

 private:
  void try_from(std::size_t i) {
    if (i == order_.size()) {
      std::int64_t ended = 0;
      for (const NodeId v : c_.to) ended += part_[v.index] + spent_[v.index];
      least = least < 0 ? ended : std::min(least, ended);
      most = std::max(most, ended);
      return;
    }
    const auto [u, v] = c_.graph.ends(order_[i]);
    const std::int64_t amount = c_.amount[order_[i]];
    const auto pot = pot_;
    const auto part = part_;
    if (!c_.is_source(u)) pot_[u.index] = std::max(pot_[u.index], amount);
    const std::int64_t others = pot_[u.index] - part_[u.index];
    const std::int64_t first = c_.is_source(u) ? amount : std::max<std::int64_t>(0, amount - others);
    const std::int64_t last = c_.is_source(u) ? amount : std::min(amount, part_[u.index]);
    const auto held = pot_;
    for (std::int64_t units = first; units <= last; ++units) {
      pot_ = held;
      part_ = part;
      if (!c_.is_source(u)) {
        pot_[u.index] -= amount;
        part_[u.index] -= units;
      }
      if (u == v) {
        spent_[v.index] += units;
        try_from(i + 1);
        spent_[v.index] -= units;
        continue;
      }
      pot_[v.index] += amount;
      part_[v.index] += units;
      try_from(i + 1);
    }
    pot_ = pot;
    part_ = part;
  }

  const TraceCase& c_;
  std::vector<EdgeId> order_;
  std::vector<std::int64_t> pot_, part_, spent_;
};

TEST_CASE("dated trace: the bounds are those of every way through the days, tried one by one") {
  int wide = 0;
  for_each_seed(2500, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 5, 9, 3);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, c.to, {.dates = true, .bounds = 0});
    REQUIRE(funds);
    const AllDatedWays ways(c);
    REQUIRE(funds->at_least == ways.least);
    REQUIRE(funds->at_most == ways.most);
    wide += ways.least < ways.most;
  });
  CHECK(wide > 50);
}

TEST_CASE("dated trace: where all days are precise, the widest network keeps what the dated one keeps") {
  int spending = 0;
  for_each_seed(300, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 100);
    const auto payments = payments_from(c.graph, c.amount, nullptr, &c.days, c.from);
    REQUIRE(payments);
    const auto kept_by_body = [&](const FundsNetwork& network) {
      std::vector<std::int64_t> kept(c.bodies);
      for (std::size_t v = 0; v < network.places(); ++v) kept[network.body[v].index] += network.kept[v];
      spending += network.first_spending < network.places();
      return kept;
    };
    REQUIRE(kept_by_body(widest_network(*payments)) == kept_by_body(dated_network(*payments, Reading::latest)));
  });
  CHECK(spending > 200);
}

TEST_CASE("dated trace: with imprecise days the bounds hold those of every choice of days") {
  int imprecise = 0;
  for_each_seed(600, [&](Seed seed) {
    TraceCase c = random_trace(seed, 7, 14, 9);
    Random random(seed, 11);
    for (DayRange& range : c.days.values()) {
      if (random.below(3) == 0) range.latest += static_cast<Day>(random.below(60));
      if (random.below(9) == 0) range = DayRange{};
    }
    const TraceOptions options{.dates = true, .reading = seed % 2 ? "latest" : "earliest", .bounds = 5};
    const auto wide = trace_funds(c.graph, c.ties(), c.from, c.to, options);
    REQUIRE(wide);
    REQUIRE(sum_of_ends(*wide) == wide->put_in);
    REQUIRE(*wide->at_least <= *wide->at_targets);
    REQUIRE(*wide->at_targets <= *wide->at_most);
    imprecise += wide->imprecise + wide->undated > 0 && *wide->at_least < *wide->at_most;
    TraceCase reading = c;
    for (int choice = 0; choice < 6; ++choice) {
      for (const EdgeId e : c.graph.edges()) {
        const DayRange& range = c.days[e];
        const Day first = range.stated ? range.earliest : -5, last = range.stated ? range.latest : 145;
        const Day day = first + static_cast<Day>(random.below(static_cast<std::uint64_t>(last - first) + 1));
        reading.days[e] = {day, day, true};
      }
      const auto exact = trace_funds(c.graph, reading.ties(), c.from, c.to, {.dates = true, .bounds = 0});
      REQUIRE(*wide->at_least <= *exact->at_least);
      REQUIRE(*exact->at_most <= *wide->at_most);
    }
  });
  CHECK(imprecise > 50);
}

}  // namespace
}  // namespace entente

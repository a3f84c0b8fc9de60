#include <Eigen/Dense>
#include <cmath>

#include "algorithms/certificates/trace.hpp"
#include "algorithms/funds/indicators.hpp"
#include "algorithms/funds/ledger.hpp"
#include "algorithms/funds/scenario.hpp"
#include "algorithms/funds/trace_bounds.hpp"
#include "algorithms/funds/trace_cases.hpp"
#include "algorithms/funds/trace_network.hpp"

namespace entente {
namespace {

using namespace test;

TEST_CASE("trace laws: ends add up to the money put in, and least <= in proportion <= most, on networks with circles") {
  int with_loops = 0, apart = 0;
  for_each_seed(1500, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 14, 50, seed % 5 ? 12 : 1000000007);
    const bool dates = seed % 2;
    const auto funds = trace_funds(c.graph, c.ties(), c.from, c.to, {.dates = dates, .bounds = 3});
    REQUIRE(funds);
    REQUIRE(sum_of_ends(*funds) == funds->put_in);
    REQUIRE(*funds->at_least <= *funds->at_targets);
    REQUIRE(*funds->at_targets <= *funds->at_most);
    with_loops += !funds->loops.empty();
    apart += *funds->at_least < *funds->at_targets && *funds->at_targets < *funds->at_most;
    for (const TracedEnd& end : funds->ends) {
      REQUIRE(end.money <= end.kept);
      if (!end.at_most) continue;
      REQUIRE(*end.at_least <= end.money);
      REQUIRE(end.money <= *end.at_most);
    }
  });
  CHECK(with_loops > 200);
  CHECK(apart > 200);
}

TEST_CASE("trace laws: every body received what it passed on, spent and kept, tie by tie") {
  int spending = 0;
  for_each_seed(300, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 1000);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, {}, {.dates = seed % 2 == 0, .bounds = 0});
    REQUIRE(funds);
    std::vector<std::int64_t> left(c.bodies), spent(c.bodies);  // left: or spent, which comes and goes
    for (const EdgeId e : c.graph.edges()) {
      REQUIRE(funds->traced[e] >= 0);
      REQUIRE(funds->traced[e] <= c.amount[e]);
      if (!c.counts(e)) REQUIRE(funds->traced[e] == 0);
      if (c.spends(e)) spent[c.graph.ends(e).source.index] += funds->traced[e];
      left[c.graph.ends(e).target.index] += funds->traced[e];
      if (!c.is_source(c.graph.ends(e).source)) left[c.graph.ends(e).source.index] -= funds->traced[e];
    }
    for (const NodeId v : c.graph.nodes()) {
      REQUIRE(left[v.index] == ended_at(*funds, v.index));
      REQUIRE(spent[v.index] <= left[v.index]);
      spending += spent[v.index] > 0 && spent[v.index] < left[v.index];
    }
    for (const TracedBody& body : funds->bodies) {
      REQUIRE(body.received == body.passed_on + body.kept);
      REQUIRE(body.kept == left[body.body.index]);
    }
  });
  CHECK(spending > 20);
}

TEST_CASE("trace laws: without dates a body keeps what the indicators say that it keeps") {
  int spending = 0;
  for_each_seed(300, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 1000);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, {}, {.bounds = 0});
    REQUIRE(funds);
    const Indicators indicators = fund_indicators(*money_ledger(c.graph, c.amount, nullptr));
    std::vector<std::uint8_t> is_end(c.bodies, 0);
    for (const TracedEnd& end : funds->ends) {
      is_end[end.body.index] = 1;
      if (c.is_source(end.body)) continue;  // a source keeps what comes back, whatever it gives
      REQUIRE(end.kept == indicators.kept[end.body]);
      spending += indicators.spent[end.body] > 0;
    }
    for (const TracedBody& body : funds->bodies) {
      if (!is_end[body.body.index]) REQUIRE(indicators.kept[body.body] == 0);
    }
  });
  CHECK(spending > 100);
}

TEST_CASE("trace laws: what is traced is what everybody lacks once the sources give nothing") {
  int spent = 0;
  for_each_seed(300, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 1000000);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, {}, {.bounds = 0});
    REQUIRE(funds);
    ScenarioQuestion question;
    question.funders = c.from;
    const EdgeColumn<std::optional<Day>> no_days(c.edges.size());
    const auto without = scenario(*money_ledger(c.graph, c.amount, nullptr), c.amount, no_days, question);
    REQUIRE(without);
    for (const EdgeId e : c.graph.edges()) {
      if (!c.counts(e)) continue;
      const std::int64_t lacks = c.amount[e] - without->after[e];
      // Of amounts up to a million; the scenario rounds at each body that money comes by.
      REQUIRE(std::abs(lacks - funds->traced[e]) <= static_cast<std::int64_t>(c.bodies));
      spent += c.spends(e) && lacks > 0;
    }
  });
  CHECK(spent > 100);
}

/// Slow oracle: what each tie carries of the money, by the chain written out as a dense matrix over what each body
/// passes on of each unit; what it spends leaves it and goes nowhere. Bodies that the money cannot reach are left out,
/// for their part may be singular.
std::vector<double> traced_by_dense_chain(const TraceCase& c, const std::vector<std::uint8_t>& reached) {
  const auto n = static_cast<Eigen::Index>(c.bodies);
  Eigen::VectorXd in = Eigen::VectorXd::Zero(n), out = Eigen::VectorXd::Zero(n), first = Eigen::VectorXd::Zero(n);
  for (const EdgeId e : c.graph.edges()) {
    if (!c.counts(e)) continue;
    const auto [u, v] = c.graph.ends(e);
    if (!c.spends(e)) in[v.index] += static_cast<double>(c.amount[e]);
    if (!c.is_source(u)) out[u.index] += static_cast<double>(c.amount[e]);
    else if (!c.is_source(v)) first[v.index] += static_cast<double>(c.amount[e]);
  }
  const auto part = [&](EdgeId e) {  // of each unit that its payer received, how much the tie carries
    const std::uint32_t u = c.graph.ends(e).source.index;
    return std::min(1.0, out[u] / in[u]) * static_cast<double>(c.amount[e]) / out[u];
  };
  const auto links = [&](EdgeId e) {
    return c.counts(e) && !c.is_source(c.graph.ends(e).source) && reached[c.graph.ends(e).source.index];
  };
  Eigen::MatrixXd chain = Eigen::MatrixXd::Identity(n, n);
  for (const EdgeId e : c.graph.edges()) {
    const auto [u, v] = c.graph.ends(e);
    if (links(e) && !c.spends(e) && !c.is_source(v)) chain(v.index, u.index) -= part(e);
  }
  const Eigen::VectorXd received = chain.fullPivLu().solve(first);
  std::vector<double> traced(c.edges.size(), 0.0);
  for (const EdgeId e : c.graph.edges()) {
    if (links(e)) traced[e.index] = received[c.graph.ends(e).source.index] * part(e);
    else if (c.counts(e) && c.is_source(c.graph.ends(e).source)) traced[e.index] = static_cast<double>(c.amount[e]);
  }
  return traced;
}

TEST_CASE("trace laws: each tie carries its part of the absorbing chain, rounded to a whole number next to it") {
  int divided = 0, spent = 0;
  for_each_seed(500, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 12, 40, 100000);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, {}, {.bounds = 0});
    REQUIRE(funds);
    std::vector<std::uint8_t> reached(c.bodies, 0);
    for (const TracedBody& body : funds->bodies) reached[body.body.index] = 1;
    const std::vector<double> exact = traced_by_dense_chain(c, reached);
    for (const EdgeId e : c.graph.edges()) {
      REQUIRE(std::fabs(static_cast<double>(funds->traced[e]) - exact[e.index]) < 1 + 1e-6);
      divided += exact[e.index] > std::floor(exact[e.index]) + 1e-6;
      spent += c.spends(e) && exact[e.index] > 1;
    }
  });
  CHECK(divided > 1000);
  CHECK(spent > 200);
}

/// Slow oracle: every way in which whole units of the money can have gone, without dates.
class AllWays {
 public:
  AllWays(const TraceCase& c) : c_(c), in_(c.bodies), out_(c.bodies), left_(c.bodies), spent_(c.bodies) {
    for (const EdgeId e : c.graph.edges()) {
      if (!c.counts(e)) continue;
      if (!c.spends(e)) in_[c.graph.ends(e).target.index] += c.amount[e];
      if (!c.is_source(c.graph.ends(e).source)) out_[c.graph.ends(e).source.index] += c.amount[e];
    }
    try_from(0);
  }
  std::int64_t least = -1, most = -1;

 private:
  void try_from(std::uint32_t edge) {
    if (edge == c_.graph.edge_count()) return count();
    const EdgeId e{edge};
    const auto [u, v] = c_.graph.ends(e);
    if (!c_.counts(e)) return try_from(edge + 1);
    auto& goes_to = (c_.spends(e) ? spent_ : left_)[v.index];
    for (std::int64_t units = c_.is_source(u) ? c_.amount[e] : 0; units <= c_.amount[e]; ++units) {
      goes_to += units;
      if (!c_.is_source(u)) left_[u.index] -= units;
      try_from(edge + 1);
      goes_to -= units;
      if (!c_.is_source(u)) left_[u.index] += units;
    }
  }
  void count() {
    for (std::size_t v = 0; v < c_.bodies; ++v) {
      if (left_[v] < 0 || left_[v] > std::max<std::int64_t>(0, in_[v] - out_[v])) return;
    }
    std::int64_t ended = 0;
    for (const NodeId v : c_.to) ended += left_[v.index] + spent_[v.index];
    least = least < 0 ? ended : std::min(least, ended);
    most = std::max(most, ended);
  }

  const TraceCase& c_;
  std::vector<std::int64_t> in_, out_, left_, spent_;  // out: paid to others or spent
};

TEST_CASE("trace laws: the bounds are those of every way that money can have gone, tried one by one") {
  int wide = 0;
  for_each_seed(2500, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 5, 7, 3);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, c.to);
    REQUIRE(funds);
    const AllWays ways(c);
    REQUIRE(funds->at_least == ways.least);
    REQUIRE(funds->at_most == ways.most);
    wide += ways.least < ways.most;
  });
  CHECK(wide > 50);
}

TEST_CASE("trace laws: the fast upper bound is the one that its way attains, and of one target that of the group") {
  for_each_seed(300, [](Seed seed) {
    const TraceCase c = random_trace(seed, 14, 50, 100);
    const NodeId one[] = {c.to[0]};
    const auto funds = trace_funds(c.graph, c.ties(), c.from, one);
    REQUIRE(funds);
    for (const TracedEnd& end : funds->ends) {
      if (end.body != one[0]) continue;
      REQUIRE(end.at_most == funds->at_most);
      REQUIRE(end.at_least == funds->at_least);
    }
  });
}

TEST_CASE("trace laws: a thousandfold of every payment gives a thousandfold of the bounds") {
  for_each_seed(100, [](Seed seed) {
    TraceCase c = random_trace(seed, 12, 40, 100);
    const auto once = trace_funds(c.graph, c.ties(), c.from, c.to, {.dates = seed % 2 == 0});
    for (std::int64_t& units : c.amount.values()) units *= 1000;
    const auto more = trace_funds(c.graph, c.ties(), c.from, c.to, {.dates = seed % 2 == 0});
    REQUIRE(*more->at_most == 1000 * *once->at_most);
    REQUIRE(*more->at_least == 1000 * *once->at_least);
    REQUIRE(std::abs(*more->at_targets - 1000 * *once->at_targets) <= 1000 * static_cast<std::int64_t>(c.bodies));
  });
}

TEST_CASE("trace certificate: a way that is not extreme is told from one that is") {
  int told = 0;
  for_each_seed(200, [&](Seed seed) {
    const TraceCase c = random_trace(seed, 10, 40, 20);
    const auto funds = trace_funds(c.graph, c.ties(), c.from, c.to);
    const FundsNetwork network = undated_network(*payments_from(c.graph, c.amount, nullptr, nullptr, c.from));
    const auto proportional = carriage_of(network, funds->traced);
    REQUIRE(proportional);
    for (const Extreme which : {Extreme::least, Extreme::most}) {
      const auto bound = which == Extreme::least ? *funds->at_least : *funds->at_most;
      const auto said = check_extreme(network, *proportional, c.to, which);
      REQUIRE(said.has_value() == (*funds->at_targets == bound));
      told += !said;
    }
    const auto other = carriage_of(network, *funds->most_way);
    if (*funds->at_most > *funds->at_targets + 20) REQUIRE_FALSE(check_mixed(network, *other, 0));
  });
  CHECK(told > 50);
}

}  // namespace
}  // namespace entente

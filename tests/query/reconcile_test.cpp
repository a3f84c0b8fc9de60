#include "query/reconcile.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "engine/network_builder.hpp"
#include "engine/random.hpp"
#include "query/money_stages.hpp"

using namespace entente;

namespace {

struct Payment {
  std::string key, source, target, kind, start, amount, currency, reporter, activity = {}, provider = {}, receiver = {}, parent = {};
};

NetworkPtr network_of(const std::vector<Payment>& payments) {
  NetworkBuilder builder({.name = "payments"}, {.implicit_nodes = true});
  for (const char* column : {"reporter", "activity", "provider_activity", "receiver_activity", "parent_activity"}) {
    builder.declare_edge_attribute(column, CellType::text);
  }
  for (const Payment& p : payments) {
    const bool kept = builder.add(EdgeRow{{"edges.csv", builder.edge_count() + 2}, {p.key}, {p.source}, {p.target}, {p.kind}, {"true"}, {}, {p.start}, {},
                                          {p.amount}, {p.currency}, {}, {{p.reporter}, {p.activity}, {p.provider}, {p.receiver}, {p.parent}}});
    REQUIRE(kept);
  }
  return builder.build();
}

Reconciliation found_in(const std::vector<Payment>& payments, const ReconcileOptions& options = {}) {
  return reconcile(whole(network_of(payments)), options).value();
}

std::string text(const Money& money) { return to_string(money); }

/// What the amounts of a network add up to, per currency and stage.
Money total(const Network& network, Currency currency, const std::string& stage = "disbursement") {
  Money sum{0, 0, currency};
  for (const EdgeId tie : network.edges()) {
    const auto amount = network.amount(tie);
    if (amount && amount->currency == currency && money_stage(network.kind(tie)) == stage) sum = add(sum, *amount).value();
  }
  return sum;
}

constexpr Currency usd{{'U', 'S', 'D'}};
const std::string paid = "funding.disbursement", got = "funding.incoming";

}  // namespace

TEST_CASE("reconcile: a payment told by giver and taker counts once") {
  const Reconciliation found = found_in({{"g", "koica", "kist", paid, "2020-03-01", "100.00", "USD", "koica"},
                                         {"t", "koica", "kist", got, "2020-03-20", "100", "USD", "kist"},
                                         {"x", "koica", "uni", paid, "2020-03-01", "40", "USD", "koica"}});
  REQUIRE(found.pairs.size() == 1);
  CHECK(found.pairs[0].reason == ReportPair::Reason::date_and_amount);
  CHECK(found.pairs[0].days_apart == 19);
  REQUIRE(found.totals.size() == 1);
  CHECK(text(found.totals[0].gross) == "USD 240.00");
  CHECK(found.totals[0].removed_pairs == Money{100, 0, usd});
  CHECK(found.totals[0].net == Money{140, 0, usd});
  CHECK(found.totals[0].unreconciled == Money{0, 0, usd});
  const auto network = reconciled_network(found).value();
  CHECK(network->edge_count() == 2);
  CHECK(total(*network, usd) == Money{140, 0, usd});
  const auto tie = network->find_edge("g");
  REQUIRE(tie);
  CHECK(network->edge_attribute("same_as")->text(tie->index) == "t");
  CHECK(network->edge_attribute("reported_by")->text(tie->index) == "koica and kist");
}

TEST_CASE("reconcile: where two reporters disagree the sums are low, high and reconciled") {
  const std::vector<Payment> payments{{"g", "a", "b", paid, "2020-01-01", "100", "USD", "a", "A1", "", "B1"},
                                      {"t", "a", "b", got, "2020-02-01", "90", "USD", "b", "B1", "A1", ""}};
  const Reconciliation giver = found_in(payments);
  REQUIRE(giver.pairs.size() == 1);
  CHECK(giver.pairs[0].reason == ReportPair::Reason::activity_ids);
  CHECK(giver.totals[0].net == Money{100, 0, usd});
  CHECK(giver.totals[0].low == Money{90, 0, usd});
  CHECK(giver.totals[0].high == Money{100, 0, usd});
  const Reconciliation taker = found_in(payments, {.columns = {}, .prefer = Report::Side::taker});
  CHECK(taker.totals[0].net == Money{90, 0, usd});
  CHECK(total(*reconciled_network(giver, ReportVersion::low).value(), usd) == Money{90, 0, usd});
}

TEST_CASE("reconcile: what ids connect in unequal pieces is compared sum against sum") {
  const Reconciliation found = found_in({{"g", "a", "b", paid, "2020-01-01", "100", "USD", "a", "A1", "", "B1"},
                                         {"t1", "a", "b", got, "2020-01-10", "60", "USD", "b", "B1"},
                                         {"t2", "a", "b", got, "2020-02-10", "35", "USD", "b", "B1"}});
  REQUIRE(found.pairs.size() == 1);
  CHECK(found.pairs[0].taken.size() == 2);
  CHECK(*found.pairs[0].taken_sum == Money{95, 0, usd});
  CHECK(found.totals[0].net == Money{100, 0, usd});
  CHECK(found.totals[0].low == Money{95, 0, usd});
  CHECK(found.totals[0].removed_pairs == Money{95, 0, usd});
}

TEST_CASE("reconcile: what fits nothing is not taken for the same by guess") {
  const Reconciliation found = found_in({{"g", "a", "b", paid, "2020-01-01", "100", "USD", "a"},
                                         {"t", "a", "b", got, "2020-01-05", "60", "USD", "b"},
                                         {"late", "c", "d", paid, "2020-01-01", "7", "USD", "c"},
                                         {"early", "c", "d", got, "2019-01-01", "7", "USD", "d"}});
  CHECK(found.pairs.empty());
  CHECK(found.unreconciled.size() == 4);
  CHECK(found.totals[0].net == Money{174, 0, usd});
  CHECK(found.totals[0].unreconciled == Money{174, 0, usd});
  CHECK(found.totals[0].low == Money{107, 0, usd});
  CHECK(found.totals[0].high == Money{174, 0, usd});
  CHECK(found.why_unreconciled[0] == "the nearest report of the other side differs by USD 40 and 4 days");
}

TEST_CASE("reconcile: of a parent only what its parts leave open stands") {
  const Reconciliation found = found_in({{"p", "a", "b", paid, "2020", "100", "USD", "a", "P"},
                                         {"c1", "a", "b", paid, "2020", "30", "USD", "a", "C1", "", "", "P"},
                                         {"c2", "a", "c", paid, "2020", "50", "USD", "a", "C2", "", "", "P"},
                                         {"gc", "a", "c", paid, "2020", "50", "USD", "a", "G", "", "", "C2"}});
  CHECK(found.totals[0].gross == Money{230, 0, usd});
  CHECK(found.totals[0].removed_parents == Money{130, 0, usd});
  CHECK(found.totals[0].net == Money{100, 0, usd});
  const auto network = reconciled_network(found).value();
  CHECK(network->amount(*network->find_edge("p")) == Money{20, 0, usd});
  CHECK_FALSE(network->find_edge("c2"));
  CHECK(network->edge_attribute("amount_stated")->text(network->find_edge("p")->index) == "100");
}

TEST_CASE("reconcile: a circle of parents, several parents and other bodies' reports are named and change nothing") {
  const Reconciliation found = found_in({{"1", "a", "b", paid, "2020", "10", "USD", "a", "X", "", "", "Y"},
                                         {"2", "a", "b", paid, "2020", "10", "USD", "a", "Y", "", "", "X"},
                                         {"3", "a", "b", paid, "2020", "10", "USD", "a", "Z", "", "", "X"},
                                         {"4", "a", "b", paid, "2020", "10", "USD", "a", "Z", "", "", "W"},
                                         {"5", "a", "b", got, "2020", "10", "USD", "auditor", "Q"}});
  CHECK(found.totals[0].net == Money{50, 0, usd});
  CHECK(found.covers.empty());
  CHECK(found.notes.size() == 4);
}

TEST_CASE("reconcile: of long chains of parents into a circle only the circle is named") {
  std::vector<Payment> payments;
  constexpr int count = 3000, circle = 3;  // 0 -> 1 -> 2 -> 0, and a tail 2999 -> ... -> 3 -> 0, and one that is its own parent
  for (int i = 0; i < count; ++i) {
    const std::string id = "A" + std::to_string(i), parent = "A" + std::to_string(i < circle ? (i + 1) % circle : i == circle ? 0 : i - 1);
    payments.push_back({id, "a", "b", paid, "2020", "1", "USD", "a", id, "", "", parent});
  }
  payments.push_back({"own", "a", "b", paid, "2020", "1", "USD", "a", "own", "", "", "own"});
  const Reconciliation found = found_in(payments);
  CHECK(found.notes.size() == circle + 1);
  CHECK(found.covers.size() == count - circle);  // each of the tail's parents, the body of the circle that the tail hangs on among them
  CHECK(found.totals[0].net == Money{circle + 1, 0, usd});
}

TEST_CASE("reconcile: stages, currencies and unknown amounts are not confused") {
  const Reconciliation found = found_in({{"commitment", "a", "b", "funding.commitment", "2020-01-01", "100", "USD", "a"},
                                         {"payment", "a", "b", got, "2020-01-01", "100", "USD", "b"},
                                         {"won", "a", "b", paid, "2020-01-01", "100", "KRW", "a"},
                                         {"silent", "c", "d", paid, "2020-01-01", "", "", "c", "A", "", "B"},
                                         {"said", "c", "d", got, "2020-01-01", "5", "EUR", "d", "B"}});
  REQUIRE(found.pairs.size() == 1);  // the silent report and the one with an amount, by their ids
  CHECK(found.totals.size() == 4);  // dollars committed and paid, won, euros
  const auto network = reconciled_network(found).value();
  CHECK(network->edge_count() == 4);
  CHECK(network->find_edge("said"));
}

TEST_CASE("reconcile: gross is net and what was removed, to the cent, in every order of rows") {
  const std::vector<std::string> bodies{"a", "b", "c"};
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    CAPTURE(seed);
    Random random(Seed{seed});
    std::vector<Payment> payments;
    const std::size_t count = 1 + random.below(30);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string giver = bodies[random.below(3)], taker = bodies[random.below(3)];
      const bool by_giver = random.below(2) == 0;
      const auto id = [&](const std::string& body) { return random.below(2) ? body + std::to_string(random.below(4)) : std::string(); };
      Payment p{"e" + std::to_string(i), giver, taker, by_giver ? paid : got, "2020-0" + std::to_string(1 + random.below(9)) + "-15",
                random.below(8) ? std::to_string(random.below(5) * 10) + "." + std::to_string(random.below(100) + 100).substr(1) : "", "",
                random.below(9) ? (by_giver ? giver : taker) : "", id(by_giver ? giver : taker), id(giver), id(taker), {}};
      if (!p.amount.empty()) p.currency = random.below(4) ? "USD" : "EUR";
      if (random.below(3) == 0) p.parent = (by_giver ? giver : taker) + std::to_string(random.below(4));
      payments.push_back(p);
    }
    const Reconciliation found = found_in(payments);
    for (const ReconciledTotals& t : found.totals) {
      const Money removed = add(t.removed_pairs, t.removed_parents).value();
      CHECK(t.gross == add(t.net, removed).value());
      CHECK(t.net == total(*reconciled_network(found).value(), t.currency));
      CHECK(t.low == total(*reconciled_network(found, ReportVersion::low).value(), t.currency));
      CHECK(t.high == total(*reconciled_network(found, ReportVersion::high).value(), t.currency));
    }
    for (std::size_t i = payments.size(); i > 1; --i) std::swap(payments[i - 1], payments[random.below(i)]);
    const Reconciliation again = found_in(payments);
    REQUIRE(again.totals.size() == found.totals.size());
    for (std::size_t i = 0; i < found.totals.size(); ++i) {
      CHECK(again.totals[i].net == found.totals[i].net);
      CHECK(again.totals[i].low == found.totals[i].low);
      CHECK(again.totals[i].high == found.totals[i].high);
      CHECK(again.totals[i].unreconciled == found.totals[i].unreconciled);
    }
  }
}

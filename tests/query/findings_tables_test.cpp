#include "query/findings_tables.hpp"

#include <catch2/catch.hpp>

#include "support/sample.hpp"

using namespace entente;

namespace {

struct NoChoice {};
struct Told {
  std::int64_t value = 150000050;
};

/// A card that gives a money figure and one listing of every kind of cell.
Card teller() {
  return describe<NoChoice, Told>("teller", "funds")
      .needs_money()
      .figure("value", &Told::value, "money", "")
      .also([](Told&, Findings& findings) {
        Listing listing{"rows", "Rows", {{"node", "", ""}, {"tie", "", ""}, {"amount", "money", ""}, {"other", "", ""}}, {}, false, "stopped at 2"};
        listing.rows.push_back({NodeId{4}, EdgeId{5}, MoneyUnits{110000050}, std::string("a word")});
        listing.rows.push_back({NodeId{1}, EdgeId{6}, MoneyUnits{1}, std::monostate()});
        findings.listings.push_back(std::move(listing));
      })
      .runs([](const Problem&, const NoChoice&, const Job&) -> Result<Told> { return Told{}; });
}

}  // namespace

TEST_CASE("findings: graph ids become the network's nodes and ties, units become money, nothing stays nothing") {
  const Selection selection = whole(sample_network());
  const auto analysis = Analysis::prepare(selection, {.money = true}).value();
  const Card card = teller();
  const Findings findings = card.run(analysis.problem(), {}, {}).value();
  const FindingsTables tables(card, analysis, findings);
  const Table table = tables.listings().front();
  REQUIRE(table.columns.size() == 5);
  CHECK(table.columns[0].name == "id");
  CHECK(table.columns[1].name == "name");
  CHECK(table.columns[3].unit == "USD");
  CHECK_FALSE(table.complete);
  CHECK(table.completeness == "stopped at 2");
  CHECK(std::get<NodeId>(table.rows[0][0]) == *selection.network->find_node("almalyk"));
  CHECK(std::get<std::string>(table.rows[0][1]) == "Almalyk MMC");
  CHECK(std::get<EdgeId>(table.rows[0][2]) == *selection.network->find_edge("t6"));
  CHECK(decimal_text(std::get<Money>(table.rows[0][3])) == "1100000.50");
  CHECK(std::holds_alternative<std::monostate>(table.rows[1][4]));
  CHECK(decimal_text(std::get<Money>(*tables.figure("value"))) == "1500000.50");
  CHECK_FALSE(tables.figure("nothing"));
  CHECK(std::get<std::string>(tables.figures().rows[0][2]) == "USD");
}

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <string>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("sankey: the bundled network is a picture with its money, what is planned and what nobody states") {
  const TestFolder folder;
  const std::string out = folder.file("funds.svg");
  const ProgramRun drawn = entente_says("sankey korea-innovation -o " + out);
  INFO(drawn.err);
  REQUIRE(drawn.status == 0);
  const std::string svg = folder.read("funds.svg");
  CHECK(svg.starts_with("<?xml"));
  for (const char* part : {"USD 1,100,000 done, in force or stated as fact in 1 tie of funding; USD 18,500,000 agreed, planned or proposed in 2 ties of funding; USD 10,000,000 agreed, planned or proposed in 1 tie of technology_transfer; 10 ties of unknown amount", "funding.in_kind", "technology_transfer", "agreed, planned or proposed",
                           "amount not stated", "https://mininnovation.uz/news/post-56", "Almalyk"}) {
    INFO(part);
    CHECK(holds(svg, part));
  }
  CHECK(entente_says("sankey korea-innovation").out == svg);
}

TEST_CASE("sankey: the tables say what the picture shows, and their totals add up") {
  const ProgramRun run = entente_says("sankey korea-innovation --format json --levels country");
  INFO(run.err);
  REQUIRE(run.status == 0);
  const json result = json::parse(run.out)["result"];
  CHECK(result["currency"] == "USD");
  CHECK(result["unknown"] == 10);
  CHECK(result["ties"] == 4);
  REQUIRE(result["flows"].size() > 2);
  CHECK(result["flows"].back()["from"] == "total");
  CHECK(result["flows"].back()["amount"] == result["total"]);
  CHECK(result["balances"].back()["own"] == result["balances"].back()["kept"]);
  const ProgramRun csv = entente_says("sankey korea-innovation --format csv");
  CHECK(csv.status == 0);
  CHECK(csv.out.starts_with("from,to,kind,status,amount [USD],share [share],ties [ties],unknown [ties],sources\n"));
  CHECK(holds(csv.out, "total,,,,29600000,1,4,10,\n"));
  const ProgramRun table = entente_says("sankey korea-innovation --format markdown --top 2");
  CHECK(holds(table.out, "| "));
  CHECK(holds(table.out, "other givers ("));
}

TEST_CASE("sankey: what it cannot do it says in one sentence") {
  const auto refused = [](const std::string& arguments, int status, const std::string& part) {
    const ProgramRun run = entente_says("sankey " + arguments);
    INFO(run.err);
    CHECK(run.status == status);
    CHECK(holds(run.err, part));
    CHECK(run.out.empty());
  };
  refused("korea-innovation -o funds.pdf", 2, "SVG only");
  refused("korea-innovation --format png", 2, "SVG only");
  refused("korea-innovation --levels colour", 2, "Known: hop, date, country, kind");
  refused("korea-innovation --edge-kind visit", 2, "no money to draw");
  refused("korea-innovation --undirected", 2, "directions");
  refused("korea-innovation --weight count", 2, "always amount");
  refused("korea-innovation --top 0", 2, "--top");
  // No euros, but who gives to whom is known.
  CHECK(holds(entente_says("sankey korea-innovation --currency EUR").err, "no tie states an amount in EUR"));
}

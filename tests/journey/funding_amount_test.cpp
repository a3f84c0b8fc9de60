#include <catch2/catch.hpp>

#include <string>

#include "algorithms/registry.hpp"
#include "algorithms/analysis.hpp"
#include "io/read.hpp"
#include "io/table_writer.hpp"
#include "io/write.hpp"
#include "support/program.hpp"

using namespace entente;

TEST_CASE("journey: an amount is the same exact sum in the file, the network, the flow and the written table") {
  const TestFolder folder;
  // Sums that no double holds: 0.1 + 0.2 + ... to the ten-thousandth of a dollar, above 2^53 units.
  folder.write("net/edges.csv",
               "id,source,target,kind,amount,currency\n"
               "g1,donor,agency,funding.grant,9007199254740.9931,USD\n"
               "g2,agency,school,funding.grant,0.1,USD\n"
               "g3,agency,clinic,funding.grant,0.2,USD\n"
               "g4,agency,road,funding.grant,9007199254740.6931,USD\n"
               "g5,school,pupil,funding.grant,,\n");
  const auto network = read_network(folder.file("net"));
  REQUIRE(network);

  MoneyTotal total;
  for (const EdgeId edge : (*network)->edges()) {
    const auto more = accumulate(total, (*network)->amount(edge));
    REQUIRE(more);
    total = *more;
  }
  CHECK(decimal_text(*total.sum) == "18014398509481.9862");
  CHECK(total.unknown == 1);

  const auto analysis = Analysis::prepare(whole(*network), {.weight = {}, .currency = {}, .money = true, .group = {}});
  REQUIRE(analysis);
  Problem problem = analysis->problem();
  const auto id = [&](std::string_view key) { return *analysis->topology().find(*(*network)->find_node(key)); };
  problem.from = {id("donor")};
  problem.to = {id("school"), id("clinic"), id("road")};
  const auto findings = find_card("max-flow")->run(problem, {}, {});
  REQUIRE(findings);
  const MoneyColumn& column = analysis->money()->column;
  std::int64_t carried = 0;
  for (const Walk& walk : findings->walks) carried += walk.amount;
  CHECK(decimal_text({carried, column.decimals, column.currency}) == "9007199254740.9931");

  Table table{.name = "money", .title = "Money", .network = *network, .columns = {{"amount", "USD", ""}}, .rows = {{*total.sum}},
              .provenance = {}, .complete = true, .completeness = {}};
  CHECK(write_table(table, TableFormat::csv) == "amount [USD]\n18014398509481.9862\n");
  CHECK(write_table(table, TableFormat::json).find("18014398509481.9862") != std::string::npos);

  REQUIRE(write_network(**network, folder.file("copy")));
  const auto copy = read_network(folder.file("copy"));
  REQUIRE(copy);
  for (const EdgeId edge : (*network)->edges()) CHECK((*copy)->amount(edge) == (*network)->amount(edge));
}

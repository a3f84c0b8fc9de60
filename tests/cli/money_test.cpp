// Money on the command line: told once, in one currency, never mixed in silence.

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/test_folder.hpp"

using namespace entente;
using nlohmann::json;

namespace {

const std::string paid = " --where 'not kind is funding.commitment' --status completed --currency USD";

json answer_of(const std::string& arguments) {
  const ProgramRun run = entente_says(arguments + " --format json");
  INFO(arguments << "\n" << run.err);
  REQUIRE(run.status == 0);
  return json::parse(run.out);
}

/// Amounts as whole cents, from the exact decimals that were printed.
std::int64_t cents(const json& amount) {
  std::string text = amount.dump();
  const std::size_t point = text.find('.');
  std::string fraction = point == std::string::npos ? "" : text.substr(point + 1);
  fraction.resize(2, '0');
  return std::stoll(text.substr(0, point) + fraction);
}

}  // namespace

TEST_CASE("money: what two report counts once, and the sum comes with the lower and the higher word") {
  const json once = answer_of("flow invented-aid --from north-agency --to world-programme" + paid)["result"];
  CHECK(cents(once["value"]) == 400000000);
  CHECK(once["by_report"][1]["reports"] == "low");
  CHECK(cents(once["by_report"][1]["value"]) == 395000050);
  CHECK(cents(once["by_report"][2]["value"]) == 400000000);
  const std::string ends = "flow invented-aid --from north-agency --to world-programme" + paid;
  CHECK(cents(answer_of(ends + " --reports low")["result"]["value"]) == 395000050);
  CHECK(cents(answer_of(ends + " --reports as-stated")["result"]["value"]) == 795000050);
  CHECK(entente_says(ends + " --reports best").status == 2);
}

TEST_CASE("money: the ends of traced money add up to what was put in, over three currencies") {
  const json traced = answer_of("flow invented-aid --method trace --from north-agency,east-fund" + paid)["result"];
  std::int64_t ended = 0;
  for (const auto& row : traced["ends"]) ended += cents(row["money"]);
  CHECK(ended == cents(traced["figures"]["put_in"]));
  CHECK(ended == 400000000 + 168750000 + 8100000);  // USD, EUR at 1.125, KRW at 0.0009
}

TEST_CASE("money: every card about money answers the example, and its certificate holds") {
  const json cards = answer_of("algorithms")["result"];
  std::size_t asked = 0;
  for (const auto& card : cards) {
    if (card["family"] != "flow" && card["family"] != "funds") continue;
    const std::string name = card["name"];
    CAPTURE(name);
    const ProgramRun run = entente_says("flow invented-aid --verify --method " + name + " --from north-agency --to city-lab --group country" + paid +
                                        (name == "significance" ? " --runs 20" : "") + " --format json");
    CAPTURE(run.err);
    CHECK(run.status == 0);
    CHECK(run.err.find("erified") != std::string::npos);
    if (run.status == 0) CHECK(json::parse(run.out)["result"]["currency"] == "USD");
    ++asked;
  }
  CHECK(asked >= 12);
}

TEST_CASE("money: run and weights by amount count a payment once as flow does") {
  const std::string ends = " --from north-agency --to world-programme" + paid;
  CHECK(cents(answer_of("run invented-aid max-flow" + ends)["result"]["figures"]["value"]) == 400000000);
  CHECK(entente_says("run invented-aid max-flow --from north-agency --to world-programme --currency USD").status == 2);
  const TestFolder folder;
  folder.write("edges.csv", "source,target,kind,directed,amount,currency,fee\na,b,funding,true,5,USD,0.5\n");
  CHECK(answer_of("run " + folder.file("edges.csv") + " min-cost --from a --to b --cost fee")["parameters"]["cost"] == "fee");
  const std::string strength = "centrality invented-aid strength --weight amount" + paid;
  const auto of_programme = [&](const std::string& arguments) {
    const json rows = answer_of(arguments)["result"]["rows"];
    for (const auto& row : rows) {
      if (row["id"] == "world-programme") return row["strength"].get<double>();
    }
    return 0.0;
  };
  CHECK(of_programme(strength) == 4000000 + 1687500 + 3200000 + 1250000.25);
  CHECK(of_programme(strength + " --reports as-stated") > of_programme(strength));
}

TEST_CASE("money: a commitment is not added to its disbursement, euros not to dollars") {
  const ProgramRun stages = entente_says("flow invented-aid --from north-agency --to city-lab --currency USD");
  CHECK(stages.status == 2);
  CHECK(stages.err.find("funding.commitment and funding.disbursement") != std::string::npos);
  const ProgramRun currencies = entente_says("flow invented-aid --from north-agency --to city-lab --where 'not kind is funding.commitment'");
  CHECK(currencies.status == 2);
  CHECK(entente_says("flow invented-aid --from north-agency --to city-lab --rates rates.csv").status == 2);
}

TEST_CASE("money: a name with a comma is one name, alone or in quotes") {
  const TestFolder folder;
  folder.write("edges.csv", "source,target,kind,directed,amount,currency\n\"Agency, Seoul\",\"Centre, Tashkent\",funding,true,5,USD\n\"Agency, Seoul\",Lab,funding,true,7,USD\n");
  const std::string file = folder.file("edges.csv");
  CHECK(answer_of("flow " + file + " --from 'Agency, Seoul' --to 'Centre, Tashkent'")["result"]["value"] == 5);
  CHECK(answer_of("flow " + file + " --from 'Agency, Seoul' --to '\"Centre, Tashkent\",Lab'")["result"]["value"] == 12);
  CHECK(entente_says("flow " + file + " --from Agency --to Lab").status == 4);
}

TEST_CASE("money: a log that cannot be written is said") {
  const ProgramRun run = entente_says("info karate-club --log-file /dev/full");
  CHECK(run.status == 1);
  CHECK(run.err.find("/dev/full") != std::string::npos);
}

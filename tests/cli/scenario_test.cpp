// entente flow with the methods that ask what becomes of funds: as a user types them.

#include <map>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

namespace entente {
namespace {

using nlohmann::json;

/// Two funds, an agency, two recipients; one amount nobody stated.
struct FundsFolder {
  FundsFolder() {
    folder.write("edges.csv",
                 "id,source,target,kind,start,amount,currency\n"
                 "1,Fund A,Agency,funding,2020-03-01,1000,USD\n"
                 "2,Fund B,Agency,funding,2020-04,500,USD\n"
                 "3,Agency,North,funding,2020-06-01,600,USD\n"
                 "4,Agency,South,funding,2021-01-05,700,USD\n"
                 "5,South,South,funding,2021-03-01,100.50,USD\n"
                 "6,Fund C,North,funding,2021-03-01,,\n");
  }
  json result(const std::string& arguments) const {
    const ProgramRun run = entente_says("flow " + folder.path().string() + " --verify --format json --quiet " + arguments);
    INFO(arguments << "\n" << run.err);
    REQUIRE(run.status == 0);
    return json::parse(run.out)["result"];
  }
  TestFolder folder;
};

TEST_CASE("flow: the account of every body balances, in the decimals of the currency") {
  const FundsFolder funds;
  const json answer = funds.result("--method indicators");
  std::map<std::string, json> rows;
  for (const json& row : answer["bodies"]) rows[row["id"]] = row;
  REQUIRE(rows.size() == 5);  // of Fund C no amount is known
  CHECK(rows["Agency"]["received"] == 1500);
  CHECK(rows["Agency"]["kept"] == 200);
  CHECK(rows["Agency"]["largest_donor"] == "Fund A");
  CHECK(rows["South"]["spent"] == 100.5);
  CHECK(rows["Fund A"]["pass_through"].is_null());
  CHECK(answer["figures"]["own"] == answer["figures"]["kept"]);
  CHECK(answer["overlap"][0]["shared_money"] == 600);
}

TEST_CASE("flow: a funder leaves, is capped or pays late") {
  const FundsFolder funds;
  const json gone = funds.result("--method scenario --from 'Fund A'");
  CHECK(gone["figures"]["withheld"] == 1000);
  CHECK(gone["figures"]["loss"] == 1866.67);  // 1000 + 400 + 466.67, down to the cent
  CHECK(gone["bodies"][0]["id"] == "Agency");
  CHECK(gone["bodies"][0]["first_year_below"] == 2020);
  const json capped = funds.result("--method scenario --from 'Fund A' --change cap --cap 80% --rule reserve");
  CHECK(capped["figures"]["loss"] == 200);  // what the agency has left over makes up for it
  const json late = funds.result("--method scenario --from 'Fund A' --change late --late 300");
  CHECK(late["figures"]["loss"] == 0);
  CHECK(late["figures"]["late_income"] == 1600);  // its own 1000 and the 600 that the agency can only pay with it
  const ProgramRun without = entente_says("flow " + funds.folder.path().string() + " --method scenario");
  CHECK(without.status == 2);
  CHECK(without.err.find("funder") != std::string::npos);
}

TEST_CASE("flow: the worst pair of funders, and whether a figure could be chance") {
  const FundsFolder funds;
  const json pairs = funds.result("--method worst-pair");
  CHECK(pairs["pairs"][0]["first"] == "Fund A");
  CHECK(pairs["pairs"][0]["second"] == "Fund B");
  CHECK(pairs["pairs"][0]["loss"] == 2800);  // 1500 at the agency, 1300 that it passes on
  const json tested = funds.result("--method significance --figure from_largest_donor --runs 39 --seed 3");
  REQUIRE(tested["tested"].size() == 1);
  CHECK(tested["tested"][0]["networks"] == 39);
  CHECK(tested["tested"][0]["observed"] == 2300);
  CHECK(tested["figures"]["p"] == tested["tested"][0]["p"]);
}

}  // namespace
}  // namespace entente

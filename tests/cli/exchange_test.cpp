#include <catch2/catch.hpp>

#include <fstream>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

void spill(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

/// A package of three ties in three currencies, and tables beside it.
struct Data {
  TestFolder folder;
  std::string package, ecb, deflators;

  Data() : package(folder.file("net")), ecb(folder.file("eurofxref-hist.csv")), deflators(folder.file("deflators.csv")) {
    std::filesystem::create_directory(package);
    spill(package + "/nodes.csv", "id,name\na,Alpha\nb,Beta\n");
    spill(package + "/edges.csv",
          "id,source,target,kind,start,amount,currency\n"
          "e1,a,b,funding,2021-04-10,1000000,KRW\n"
          "e2,a,b,funding,2021-04-08,100,EUR\n"
          "e3,a,b,funding,2021,500000,UZS\n"
          "e4,a,b,funding,2021,,\n");
    spill(package + "/rates.csv", "currency,date,usd\nKRW,2021-04-09,0.0009\nEUR,2021-04-08,1.1873\n");
    spill(ecb, "Date,USD,KRW,\n2021-04-09,1.1888,1334.9,\n2021-04-08,1.1873,1327.97,\n");
    spill(deflators, "currency,year,index\nUSD,2020,100\nUSD,2021,104.5\n");
  }
  ProgramRun exchange(const std::string& options) const { return entente_says("exchange " + package + " " + options); }
};

}  // namespace

TEST_CASE("exchange: the package's own rates, what they made of the money, and the money without one") {
  const Data data;
  const ProgramRun csv = data.exchange("--currency USD");
  CHECK(csv.status == 0);
  CHECK(csv.out ==
        "currency,year,ties [ties],original,converted ties [ties],converted [USD],missing ties [ties],missing\n"
        "EUR,2021,1,100,1,118.73,0,\n"
        "KRW,2021,1,1000000,1,900.00,0,\n"
        "UZS,2021,1,500000,0,,1,500000\n");
  CHECK(csv.err.find("2 amounts converted to USD by value date, at most 7 days back, rates of rates.csv ") != std::string::npos);
  CHECK(csv.err.find("1 amount has no rate and is missing now, not zero: UZS 500000") != std::string::npos);
  CHECK(csv.err.find("1 tie states no amount") != std::string::npos);

  const json answer = json::parse(data.exchange("--currency USD --format json --verify").out);
  CHECK(answer["parameters"]["rule"] == "value date, at most 7 days back");
  CHECK(answer["result"]["converted"] == 2);
  CHECK(answer["result"]["missing"] == 1);
  CHECK(answer["result"]["gaps"][0]["why"] == "the table has no rate of UZS");
  CHECK(answer["result"]["rates"][1]["rate"] == "0.0009");
  CHECK(answer["notes"].dump().find("verified: 2 amounts") != std::string::npos);
}

TEST_CASE("exchange: tables of the ECB, another rule, prices of another year") {
  const Data data;
  const ProgramRun ecb = data.exchange("--currency USD --format table --rates " + data.ecb);
  INFO(ecb.err);
  CHECK(ecb.out.find("1.1888/1334.9") != std::string::npos);
  CHECK(ecb.out.find("890.55") != std::string::npos);  // 1000000 / 1334.9 * 1.1888 = 890.5536
  CHECK(ecb.err.find("read as the ECB's euro reference rates: units of each currency for one EUR") != std::string::npos);
  const ProgramRun fixed = data.exchange("--currency EUR --rate-rule fixed:2021-04-08 --rates " + data.ecb);
  CHECK(fixed.out.find("KRW,2021,1,1000000,1,753.03,0,") != std::string::npos);
  const ProgramRun prices = data.exchange("--currency USD --prices 2020 --deflators " + data.deflators);
  INFO(prices.err);
  CHECK(prices.out.find("KRW,2021,1,1000000,1,861.24,0,") != std::string::npos);  // 900 / 1.045 = 861.2440
}

TEST_CASE("exchange: -o a folder writes the converted network, which the other commands read") {
  const Data data;
  const std::string out = data.folder.file("usd");
  const ProgramRun written = data.exchange("--currency USD --verify -o " + out);
  INFO(written.err);
  REQUIRE(written.status == 0);
  CHECK(written.out.find("KRW,2021,1,1000000,1,900.00") != std::string::npos);
  const std::string edges = data.folder.read("usd/edges.csv");
  CHECK(edges.find("900.00,USD,1000000,KRW,0.0009,2021-04-09,\"value date, at most 7 days back\",rates.csv ") != std::string::npos);
  CHECK(edges.find("e3,a,b,funding,") != std::string::npos);
  CHECK(edges.find(",500000,UZS,,,") != std::string::npos);
  CHECK(entente_says("validate " + out).status == 0);
  const json info = json::parse(entente_says("info " + out + " --format json").out);
  CHECK(info["result"]["money"].dump().find("\"sum\":1018.73") != std::string::npos);
  CHECK(data.folder.read("usd/rates.csv") == data.folder.read("net/rates.csv"));
  const ProgramRun table = data.exchange("--currency USD -o " + data.folder.file("sums.csv"));
  CHECK(table.status == 0);
  CHECK(data.folder.read("sums.csv").starts_with("currency,year,"));
}

TEST_CASE("exchange: what is wrong is one sentence with a place and an exit status") {
  const Data data;
  CHECK(data.exchange("").status == 2);
  CHECK(data.exchange("").err.find("Name the currency that amounts shall be converted to") != std::string::npos);
  CHECK(data.exchange("--currency usd").status == 2);
  CHECK(data.exchange("--currency USD --rate-rule yearly").status == 2);
  CHECK(data.exchange("--currency USD --days-back 400").status == 2);
  CHECK(data.exchange("--currency USD --prices 2020").status == 2);
  CHECK(data.exchange("--currency USD --rates " + data.folder.file("none.csv")).status == 1);
  spill(data.folder.file("bad.csv"), "currency,date,usd\nKRW,2021-04-09,0.0009\nKRW,2021-04-10,0\n");
  const ProgramRun bad = data.exchange("--currency USD --rates " + data.folder.file("bad.csv"));
  CHECK(bad.status == 3);
  CHECK(bad.err.find("bad.csv:3:16: rate \"0\" is zero.") != std::string::npos);
  const ProgramRun lenient = data.exchange("--lenient --currency USD --rates " + data.folder.file("bad.csv"));
  CHECK(lenient.status == 0);
  CHECK(lenient.err.find("1 entry of bad.csv was refused and left out; the first: bad.csv:3:16") != std::string::npos);
}

TEST_CASE("exchange: a selection is converted alone, the same on any number of threads") {
  const Data data;
  const ProgramRun won = data.exchange("--currency USD --where \"currency = 'KRW'\"");
  INFO(won.err);
  CHECK(won.out.find("KRW,2021,1,1000000,1,900.00") != std::string::npos);
  CHECK(won.out.find("EUR") == std::string::npos);
  CHECK(data.exchange("--currency EUR --format json --threads 1").out == data.exchange("--currency EUR --format json --threads 7").out);
}

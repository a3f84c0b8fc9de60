#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "support/program.hpp"
#include "support/test_folder.hpp"

using namespace entente;
using nlohmann::json;

namespace {

const char* const reports =
    "id,source,target,kind,directed,start,amount,currency,reporter,activity,receiver_activity\n"
    "g1,koica,kist,funding.disbursement,true,2020-03-01,100.50,USD,koica,K-1,I-1\n"
    "t1,koica,kist,funding.incoming,true,2020-03-20,90.25,USD,kist,I-1,\n"
    "g2,koica,kist,funding.disbursement,true,2021-01-01,7,USD,koica,,\n"
    "x1,koica,uni,funding.disbursement,true,2020-03-01,,,koica,,\n";

}  // namespace

TEST_CASE("reconcile: the command prints gross, removed and net, and writes the network with each payment once") {
  const TestFolder folder;
  folder.write("edges.csv", reports);
  const ProgramRun run = entente_says("reconcile " + folder.file("edges.csv") + " --write " + folder.file("once") + " --format json --quiet");
  INFO(run.err);
  REQUIRE(run.status == 0);
  const json totals = json::parse(run.out)["result"]["totals"][0];
  CHECK(totals["gross"].dump() == "197.75");
  CHECK(totals["removed_pairs"].dump() == "90.25");
  CHECK(totals["net"].dump() == "107.5");
  CHECK(totals["low"].dump() == "97.25");
  const ProgramRun once = entente_says("reconcile " + folder.file("once") + " --format json --quiet");
  REQUIRE(once.status == 0);
  CHECK(json::parse(once.out)["result"]["totals"][0]["gross"].dump() == "107.5");
}

TEST_CASE("reconcile: what cannot be asked is one sentence") {
  const TestFolder folder;
  folder.write("edges.csv", reports);
  CHECK(entente_says("reconcile karate-club").status == 2);
  CHECK(entente_says("reconcile " + folder.file("edges.csv") + " --prefer auditor").status == 2);
  CHECK(entente_says("reconcile " + folder.file("edges.csv") + " --window -1").status == 2);
  CHECK(entente_says("reconcile " + folder.file("edges.csv") + " --tolerance nan").status == 2);
}

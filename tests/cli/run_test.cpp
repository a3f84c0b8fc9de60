#include <catch2/catch.hpp>

#include <map>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

json result(const std::string& arguments) {
  const ProgramRun run = entente_says(arguments + " --format json --quiet");
  INFO(arguments << "\n" << run.err);
  REQUIRE(run.status == 0);
  return json::parse(run.out)["result"];
}

}  // namespace

TEST_CASE("run: an algorithm gives what its own command gives") {
  std::map<std::string, double> asked;
  const json listed = result("centrality karate-club betweenness");
  for (const auto& row : listed["rows"]) asked[row["id"]] = row["betweenness"];
  const json nodes = result("run karate-club betweenness")["nodes"];
  REQUIRE(nodes.size() == 34);
  for (const auto& row : nodes) CHECK(asked.at(row["id"]) == row["betweenness"]);
}

TEST_CASE("run: paths, ties and figures come in the network's names") {
  const json path = result("run korea-innovation shortest-path --from KIST --to Haiphong");
  REQUIRE(path["paths"].size() == 1);
  CHECK(path["paths"][0]["length"] == 1);
  CHECK(path["paths"][0]["nodes"] == "Korea Institute of Science and Technology → Haiphong");
  const json bicomponents = result("run karate-club bicomponents");
  CHECK(bicomponents["ties"].size() == 78);
  CHECK(result("run karate-club components")["figures"]["count"] == 1);
  const json flow = result("run korea-innovation max-flow --from KR --to UZ --currency USD --status sought --verify");
  CHECK(flow["paths"][0]["amount"] == 15500000);
}

TEST_CASE("run: every algorithm of the registry answers a small network or says in a sentence what it needs") {
  const ProgramRun list = entente_says("algorithms --format json");
  REQUIRE(list.status == 0);
  const json cards = json::parse(list.out);
  for (const auto& card : cards["result"]) {
    const std::string name = card["name"];
    CAPTURE(name);
    const ProgramRun run = entente_says("run korea-innovation " + name +
                                        " --from KR --to UZ --group kind --currency USD --verify --format json --quiet");
    CAPTURE(run.err);
    CHECK(run.status == 0);
    if (run.status == 0) CHECK(json::parse(run.out)["result"]["algorithm"] == name);
  }
}

TEST_CASE("run: what is missing or unknown is one sentence and status 2") {
  const ProgramRun unknown = entente_says("run karate-club betweennes");
  CHECK(unknown.status == 2);
  CHECK(unknown.err.find("betweenness") != std::string::npos);
  const ProgramRun ends = entente_says("run karate-club shortest-path");
  CHECK(ends.status == 2);
  CHECK(ends.err.find("--from and --to") != std::string::npos);
  const ProgramRun option = entente_says("run karate-club degree --damping 0.5");
  CHECK(option.status == 2);
  CHECK(entente_says("run karate-club degree --threads 0").status == 2);
  CHECK(entente_says("run karate-club degree --threads many").status == 2);
  CHECK(entente_says("run karate-club pagerank --from Nobody").status == 4);
}

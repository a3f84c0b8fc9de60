#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <set>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

json answer(const std::string& arguments) {
  const ProgramRun run = entente_says(arguments + " --format json");
  INFO(arguments << "\n" << run.err);
  REQUIRE(run.status == 0);
  return json::parse(run.out);
}

std::set<std::string> partner_ids(const json& who) {
  std::set<std::string> ids;
  for (const auto& partner : who["result"]["partners"]) ids.insert(partner["node"]["id"]);
  return ids;
}

}  // namespace

TEST_CASE("cli: every result in JSON has the envelope of the contract") {
  for (const char* name : {"info karate-club", "who korea-innovation KIST", "centrality karate-club degree",
                                  "clusters karate-club", "cohesion karate-club"}) {
    const std::string call = name;
    const json all = answer(call);
    for (const char* key : {"entente", "command", "network", "selection", "parameters", "result"}) CHECK(all.contains(key));
    for (const char* key : {"name", "nodes", "edges"}) CHECK(all["network"].contains(key));
  }
}

TEST_CASE("cli: a name in any script finds its node") {
  const json latin = answer("who korea-innovation KIST");
  CHECK(latin["result"]["node"]["id"] == "kist");
  for (const char* name : {"韓国科学技術院", "한국과학기술연구원", "kist"}) {
    CHECK(answer("who korea-innovation '" + std::string(name) + "'")["result"] == latin["result"]);
  }
}

TEST_CASE("cli: the connection of two bodies quotes the document that says so") {
  const json found = answer("who korea-innovation KIST ハイフォン");
  CHECK(found["result"]["connected"] == true);
  CHECK(found["result"]["distance"] == 1);
  const auto& ties = found["result"]["paths"][0]["ties"][0];
  REQUIRE(ties.size() >= 1);
  for (const auto& tie : ties) {
    REQUIRE(tie["evidence"].size() >= 1);
    CHECK_FALSE(tie["evidence"][0]["quote"].get<std::string>().empty());
  }
}

TEST_CASE("cli: bodies that no document connects are not connected, and that is an answer") {
  const ProgramRun run = entente_says("who korea-innovation KIST 'Jonbuk Technopark' --format json");
  REQUIRE(run.status == 0);
  const json found = json::parse(run.out);
  CHECK(found["result"]["connected"] == false);
  CHECK(found["result"]["distance"].is_null());
  CHECK(found["result"]["paths"].empty());
}

TEST_CASE("cli: the four parties of one memorandum are partners of each other") {
  const auto partners = partner_ids(answer("who korea-innovation 'Korean Institute of Industrial Technologies' --edge-kind agreement"));
  CHECK(partners == std::set<std::string>{"ministry-innovative-development", "tashkent-regional-government", "almalyk-mmc"});
}

TEST_CASE("cli: an unknown name ends with 4 and offers the nearest") {
  const ProgramRun run = entente_says("who korea-innovation 'Jonbuk Tecnopark Centre'");
  CHECK(run.status == 4);
  CHECK(run.out.empty());
  CHECK(run.err.find("Jonbuk Technopark") != std::string::npos);
}

TEST_CASE("cli: errors are one line on standard error, and JSON where JSON was asked for") {
  const ProgramRun run = entente_says("who korea-innovation Zzzzqqq --format json");
  CHECK(run.status == 4);
  CHECK(run.out.empty());
  const json error = json::parse(run.err);
  CHECK(error["error"]["code"] == "not_found");
  CHECK(error["error"].contains("message"));
  CHECK(error["error"].contains("where"));
}

TEST_CASE("cli: exit codes tell usage, data, names and machine apart") {
  const TestFolder folder;
  const std::string bad = folder.write("bad/edges.csv", "source,target,start\na,b,2021-13\n");
  CHECK(entente_says("who").status == 2);
  CHECK(entente_says("hwo korea-innovation").status == 2);
  CHECK(entente_says("centrality korea-innovation betweeness").status == 2);
  CHECK(entente_says("info " + folder.file("bad")).status == 3);
  CHECK(entente_says("info " + bad).status == 3);
  CHECK(entente_says("info " + folder.file("nowhere.csv")).status == 1);
  CHECK(entente_says("info no-such-dataset").status == 1);
  CHECK(entente_says("info karate-club -o /nonexistent/x.json").status == 1);
}

TEST_CASE("cli: a refused row is named with file, line and column, and --lenient goes on without it") {
  const TestFolder folder;
  folder.write("net/edges.csv", "id,source,target,amount,currency\nx,a,b,10,USD\ny,a,c,1.5,JPY\nz,b,c,-3,USD\n");
  const ProgramRun strict = entente_says("info " + folder.file("net"));
  CHECK(strict.status == 3);
  CHECK(strict.err.find("edges.csv:3:") != std::string::npos);
  CHECK(strict.err.find("JPY") != std::string::npos);
  const ProgramRun lenient = entente_says("info " + folder.file("net") + " --lenient --format json");
  CHECK(lenient.status == 0);
  CHECK(json::parse(lenient.out)["network"]["edges"] == 1);
  const ProgramRun account = entente_says("validate " + folder.file("net") + " --format json");
  CHECK(account.status == 3);
  CHECK(json::parse(account.out)["result"]["refusals"].size() == 2);
}

TEST_CASE("cli: published betweenness of the karate club comes out at full precision") {
  // Zachary's club, node 1: 231.0714 shortest paths (Freeman's unnormalised betweenness; networkx test suite).
  const json found = answer("centrality karate-club betweenness --top 1");
  CHECK(found["result"]["rows"].size() == 1);
  CHECK(std::abs(found["result"]["rows"][0]["betweenness"].get<double>() - 231.07142857142856) < 1e-9);
}

TEST_CASE("cli: selections narrow what is measured") {
  const json signed_only = answer("info korea-innovation --status signed");
  for (const auto& [status, count] : signed_only["result"]["ties_by_status"].items()) CHECK(status == "signed");
  const json memoranda = answer("info korea-innovation --edge-kind agreement.mou --since 2021-12 --until 2021-12");
  CHECK(memoranda["network"]["edges"] == 7);
}

TEST_CASE("cli: money between two countries is told by status and never mixed") {
  const json flow = answer("flow korea-innovation --from KR --to UZ --currency USD");
  CHECK(flow["result"]["currency"] == "USD");
  std::map<std::string, json> by_status;
  for (const auto& row : flow["result"]["by_status"]) by_status[row["status"]] = row["value"];
  CHECK(by_status.at("sought") == 15500000);
  CHECK(by_status.at("planned") == 10000000);
}

TEST_CASE("cli: the same call gives the same bytes on one thread and on eight") {
  for (const std::string& call : {std::string("centrality korea-innovation betweenness pagerank closeness eigenvector katz hub"),
                                  std::string("clusters korea-innovation --seed 3"), std::string("draw korea-innovation --color cluster")}) {
    const ProgramRun one = entente_says(call + " --threads 1"), eight = entente_says(call + " --threads 8");
    INFO(call << one.err);
    REQUIRE(one.status == 0);
    CHECK(one.out == eight.out);
  }
}

TEST_CASE("cli: --verify says how the answer was checked") {
  const ProgramRun run = entente_says("flow korea-innovation --from KR --to UZ --currency USD --verify");
  CHECK(run.status == 0);
  CHECK(run.err.find("erified") != std::string::npos);
}

TEST_CASE("cli: an output file appears whole or not at all") {
  const TestFolder folder;
  CHECK(entente_says("centrality karate-club degree -o " + folder.file("d.csv")).status == 0);
  CHECK(folder.read("d.csv").starts_with("id,name,degree"));
  const ProgramRun full = entente_says("centrality karate-club degree --format csv -o /dev/full");
  CHECK(full.status == 1);
  CHECK(full.err.find("entente: ") == 0);
}

TEST_CASE("cli: convert keeps the money exact and says what it lost") {
  const TestFolder folder;
  for (const char* format : {"out.graphml", "out.json", "out.dot", "package"}) {
    const std::string path = folder.file(format);
    const ProgramRun run = entente_says("convert korea-innovation " + path);
    INFO(run.err);
    REQUIRE(run.status == 0);
    const json before = answer("info korea-innovation --all-kinds"), after = answer("info " + path + " --all-kinds");
    CHECK(after["network"]["nodes"] == before["network"]["nodes"]);
    CHECK(after["network"]["edges"] == before["network"]["edges"]);
    CHECK(after["result"]["money"] == before["result"]["money"]);
  }
}

TEST_CASE("cli: algorithms prints every card with its conventions and sources") {
  const ProgramRun run = entente_says("algorithms --format json");
  REQUIRE(run.status == 0);
  const json cards = json::parse(run.out)["result"];
  std::set<std::string> names;
  for (const auto& card : cards) {
    INFO(card["name"]);
    CHECK_FALSE(card["summary"].get<std::string>().empty());
    CHECK_FALSE(card["cost"].get<std::string>().empty());
    CHECK_FALSE(card["sources"].empty());
    names.insert(card["name"]);
  }
  for (const char* name : {"degree", "in_degree", "out_degree", "strength", "closeness", "harmonic", "betweenness", "eigenvector",
                           "pagerank", "katz", "hub", "authority", "core", "louvain", "leiden", "components"}) {
    CHECK(names.contains(name));
  }
}

TEST_CASE("cli: amounts as weights take one currency and say what they leave out") {
  const TestFolder folder;
  const std::string path = folder.write("mix/edges.csv", "source,target,amount,currency\na,b,100,USD\nb,c,7,EUR\nc,d,,\n");
  CHECK(entente_says("centrality " + folder.file("mix") + " strength --weight amount").status == 2);
  const json found = answer("centrality " + folder.file("mix") + " strength --weight amount --currency USD");
  double total = 0;
  for (const auto& row : found["result"]["rows"]) total += row["strength"].get<double>();
  CHECK(total == 200);
  CHECK_FALSE(found["notes"].empty());
}

TEST_CASE("cli: a body that was left out of the selection is not said to have no partners") {
  const ProgramRun hidden = entente_says("who korea-innovation 'Shavkat Mirziyoyev'");
  CHECK(hidden.status == 2);
  CHECK(hidden.err.find("not in the selection") != std::string::npos);
  CHECK(answer("who korea-innovation 'Shavkat Mirziyoyev' --all-kinds")["result"]["partners"].size() >= 2);
}

TEST_CASE("cli: no connection names what was no stepping stone, and an unknown kind in --via is refused") {
  const json none = answer("who korea-innovation KIST 'Almalyk MMC'");
  CHECK(none["result"]["connected"] == false);
  CHECK(none["result"]["completeness"].get<std::string>().find("countries are no stepping stones") != std::string::npos);
  CHECK(entente_says("who korea-innovation KIST 'Seoul Bio Hub' --via foo").status == 2);
}

TEST_CASE("cli: the parameters in force are recorded, and what was not verified is said") {
  const json scores = answer("centrality karate-club pagerank degree --verify");
  CHECK(scores["parameters"]["damping"] == 0.85);
  CHECK(scores["parameters"].contains("tolerance"));
  CHECK(scores["notes"].dump().find("pagerank: ") != std::string::npos);  // by its residual
  CHECK(scores["notes"].dump().find("degree: not verified, no certificate exists") != std::string::npos);
  CHECK(answer("cohesion karate-club --verify")["notes"].dump().find("nothing was verified") != std::string::npos);
}

TEST_CASE("cli: what loading refused or guessed stays in the answer, also when nobody watches") {
  const TestFolder folder;
  folder.write("net/edges.csv", "source,target,amount,currency\na,b,1,USD\nb,c,-1,USD\n");
  const json found = answer("info " + folder.file("net") + " --lenient --quiet");
  CHECK(found["notes"].dump().find("1 row was refused") != std::string::npos);
}

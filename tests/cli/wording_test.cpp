// What the program says back: in the options that were typed, in the ids of the data, in the right number.

#include <algorithm>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

bool says(const ProgramRun& run, const std::string& words) { return run.err.find(words) != std::string::npos; }

/// The options of a command that take a value, by their help; without those before the group "Selection" where asked.
std::vector<std::string> valued_options(const std::string& command) {
  std::vector<std::string> flags;
  std::istringstream help(entente_says(command + " --help").out);
  static const std::regex option(R"(^  (?:-\w,)?(--[a-z-]+) (?:TEXT|N|X|[a-z]+(?:,[a-z]+)+)\b.*)");
  std::smatch found;
  for (std::string line; std::getline(help, line);) {
    if (std::regex_match(line, found, option)) flags.push_back(found[1]);
  }
  return flags;
}

}  // namespace

TEST_CASE("wording: an option that is given something wrong, or is of no use, is named as it was typed") {
  const TestFolder folder;
  // Names of files are the place of their own errors; titles and fonts may be anything.
  const std::set<std::string> free{"--title", "--font", "--language", "--log-file", "--output", "--out", "--write", "--rates", "--deflators"};
  const std::map<std::string, std::string> calls{
      {"run", "run karate-club pagerank"},
      {"info", "info karate-club"},
      {"who", "who karate-club 1 34"},
      {"centrality", "centrality karate-club pagerank"},
      {"clusters", "clusters karate-club"},
      {"flow", "flow invented-aid --edge-kind funding.disbursement --currency USD --method scenario --from north-agency"},
      {"sankey", "sankey invented-aid --edge-kind funding.disbursement --currency USD"},
      {"exchange", "exchange invented-aid --currency USD"},
      {"reconcile", "reconcile invented-aid"},
      {"draw", "draw karate-club --format dot"},
      {"convert", "convert karate-club " + folder.file("out.json")},
      {"generate", "generate uniform --nodes 10 --edges 5 --format edges"},
  };
  const auto shared = [] {
    const auto flags = valued_options("cohesion");
    return std::set<std::string>(flags.begin(), flags.end());
  }();
  CHECK(shared.size() > 15);
  std::size_t asked = 0;
  for (const auto& [command, call] : calls) {
    for (const std::string& flag : valued_options(command)) {
      if (free.contains(flag) || (shared.contains(flag) && command != "run")) continue;
      if (call.find(flag + " ") != std::string::npos) continue;
      const ProgramRun run = entente_says(call + " " + flag + " %");
      CAPTURE(call, flag, run.err);
      CHECK(says(run, flag));
      ++asked;
    }
  }
  CHECK(asked > 100);
}

TEST_CASE("wording: bounds are sentences") {
  CHECK(entente_says("centrality karate-club pagerank --damping 2").err ==
        "entente: --damping must lie between 0 and 0.999999, and \"2\" does not.\n");
  CHECK(says(entente_says("run karate-club pagerank --max-iterations 0"), "--max-iterations must lie between 1 and 1000000, and \"0\" does not."));
  CHECK(says(entente_says("centrality karate-club degree --top 0"), "--top must lie between 1 and 1000000000, and \"0\" does not."));
  CHECK(says(entente_says("centrality karate-club degree --top many"), "--top must lie between 1 and 1000000000, and \"many\" does not."));
  CHECK(says(entente_says("centrality karate-club pagerank --tolerance 0"), "and \"0\" does not."));
  CHECK_FALSE(says(entente_says("centrality karate-club pagerank --tolerance 0"), "between 0 and"));
  const json error = json::parse(entente_says("run karate-club pagerank --max-iterations 0 --format json").err)["error"];
  CHECK(error["where"] == "--max-iterations");
  CHECK(says(entente_says("run karate-club statistics --group nosuch"), "entente: --group: There is no node column \"nosuch\""));
  CHECK(says(entente_says("generate uniform --out x.nosuch"), "--out: "));
  CHECK_FALSE(says(entente_says("generate uniform --out x.nosuch"), "--output-format"));
  CHECK(says(entente_says("info karate-club --format csv --format json"), "--format is given more than once."));
}

TEST_CASE("wording: an option without effect is said, in the answer too") {
  const auto told = [](const std::string& call, const std::string& words) {
    const ProgramRun run = entente_says(call);
    CAPTURE(call, run.err);
    CHECK(run.status == 0);
    CHECK(says(run, words));
  };
  told("cohesion karate-club --weight count", "cohesion makes no use of --weight");
  told("info karate-club --reports low", "info makes no use of --reports");
  told("info karate-club --currency USD", "the network brings no rates");
  told("who karate-club 1 --k 3", "who makes no use of --k without a second body");
  told("centrality karate-club degree --currency USD", "centrality makes no use of --currency, unless");
  told("run karate-club degree --from 1", "degree makes no use of --from");
  told("run invented-aid indicators --currency USD --edge-kind funding.disbursement --weight count", "indicators makes no use of --weight");
  told("draw karate-club --format dot --verify", "draw makes no use of --verify");
  told("generate lattice --rows 2 --columns 2 --format edges --seed 3", "a lattice makes no use of --seed");
  told("datasets --verify", "datasets makes no use of --verify");
  CHECK(json::parse(entente_says("cohesion karate-club --weight count --format json --quiet").out)["notes"].dump().find("--weight") != std::string::npos);
  const auto refused = [](const std::string& call, const std::string& words) {
    const ProgramRun run = entente_says(call);
    CAPTURE(call, run.err);
    CHECK(run.status == 2);
    CHECK(says(run, words));
  };
  refused("centrality karate-club degree --damping 0.5", "--damping is no option of degree.");
  refused("info karate-club --rates x.csv", "--rates: ");
  refused("info karate-club --days-back 3", "--days-back: ");
  refused("centrality karate-club degree --directed --undirected", "--undirected");
}

TEST_CASE("wording: bodies and ties are told by their ids") {
  const TestFolder folder;
  folder.write("edges.csv",
               "id,source,target,kind,directed,amount,currency\n"
               "big-one,Agency,Lab,funding,true,90000000000000000,USD\nbig-two,Agency,Lab,funding,true,90000000000000000,USD\n");
  const ProgramRun run = entente_says("flow " + folder.path().string() + " --method trace --from Agency");
  CAPTURE(run.err);
  CHECK(run.status == 3);
  CHECK((says(run, "\"Agency\"") || says(run, "\"Lab\"")));
  static const std::regex numbered("[Nn]ode [0-9]|[Ee]dge [0-9]");
  CHECK_FALSE(std::regex_search(run.err, numbered));
}

TEST_CASE("wording: one is one") {
  const TestFolder folder;
  folder.write("edges.csv", "id,source,target,kind,directed,start,amount,currency\ne,a,b,funding,true,2020,5,USD\n");
  const std::string network = folder.path().string();
  static const std::regex one_of_many(R"((^|[^0-9.,])1 (ties|nodes|bodies|components|bicomponents|articulation points|bridges|clusters|sweeps|paths|routes|steps|rounds|runs|circles|loops|payments|partners|rows|files|amounts|branches|ends)\b)");
  for (const std::string call : {"info", "cohesion", "clusters --runs 1", "who %", "centrality % degree pagerank", "flow --from a --to b",
                                 "flow --method trace --from a", "flow --method indicators", "flow --method cycles", "sankey --format table", "validate"}) {
    std::string line = call;
    const bool who = call.starts_with("who"), centrality = call.starts_with("centrality");
    line = who ? "who " + network + " a" : centrality ? "centrality " + network + " degree pagerank"
               : call.substr(0, call.find(' ')) + " " + network + (call.find(' ') == std::string::npos ? "" : call.substr(call.find(' ')));
    const ProgramRun run = entente_says(line + " --verify" + (call.find("--format") == std::string::npos ? " --format table" : ""));
    CAPTURE(line, run.out, run.err);
    CHECK(run.status == 0);
    CHECK_FALSE(std::regex_search(run.out + run.err, one_of_many));
  }
}

TEST_CASE("wording: a name that holds a comma stands in quotes or in an option of its own, and help and error say so") {
  const TestFolder folder;
  folder.write("edges.csv",
               "source,target,kind,directed,amount,currency\n\"Agency, Seoul\",\"Centre, Tashkent\",funding,true,5,USD\n"
               "\"Agency, Seoul\",Lab,funding,true,7,USD\nFund,Lab,funding,true,2,USD\n");
  const std::string flow = "flow " + folder.path().string();
  const auto value = [&](const std::string& ends) {
    const ProgramRun run = entente_says(flow + ends + " --format json --quiet");
    INFO(run.err);
    REQUIRE(run.status == 0);
    return json::parse(run.out)["result"]["value"].get<double>();
  };
  CHECK(value(" --from 'Agency, Seoul' --to 'Centre, Tashkent' --to Lab") == 12);
  CHECK(value(" --from 'Agency, Seoul' --from Fund --to Lab") == 9);
  CHECK(value(" --from '\"Agency, Seoul\",Fund' --to Lab,'\"Centre, Tashkent\"'") == 14);
  const ProgramRun wrong = entente_says(flow + " --from 'Agency, Seoul,Fund' --to Lab");
  CAPTURE(wrong.err);
  CHECK(wrong.status == 4);
  CHECK(says(wrong, "--from: "));
  CHECK(says(wrong, "double quotes"));
  CHECK(entente_says("flow --help").out.find("double quotes") != std::string::npos);
  CHECK(entente_says("who " + folder.path().string() + " Fund 'Centre, Tashkent' --avoid 'Agency, Seoul'").status == 0);
}

TEST_CASE("wording: what cannot be sent is no empty table") {
  const TestFolder folder;
  folder.write("edges.csv", "id,source,target,kind,directed,amount,currency\n1,a,b,funding,true,5,USD\n");
  const std::string ask = folder.path().string() + " --method min-cost --amount 9 --format csv ";
  CHECK(entente_says("flow " + ask + "--from a --to b").out ==
        "tie,source,target,role,amount [USD]\n,,,\"No flow does this: USD 9 is asked of the sources, but at most USD 5 can leave a set of 1 node, over 1 tie.\",\n1,a,b,can leave,5\n");
  CHECK(entente_says("flow " + ask + "--from b --to a").out.find("No flow does this") != std::string::npos);
  CHECK(entente_says("run " + folder.path().string() + " min-cost --amount 9 --format csv --from a --to b").out.find("No flow does this") !=
        std::string::npos);
}

TEST_CASE("wording: the help tells values and bounds in words, and switches by the name that is typed") {
  const std::string all = entente_says("--help").out, draw = entente_says("draw --help").out;
  CHECK(all.find("--threads N (1 to 1024) ") != std::string::npos);
  CHECK(all.find("--engine auto,local,mpi ") != std::string::npos);
  CHECK(draw.find("--timeout X (0.1 to 86400) ") != std::string::npos);
  CHECK(draw.find("--no-bundle ") != std::string::npos);
  for (const char* raw : {"INT", "FLOAT", " in [", "{"}) {
    CAPTURE(raw);
    CHECK((all + draw).find(raw) == std::string::npos);
  }
}

TEST_CASE("wording: nan is no number of seconds, and an error stays on one line whatever it quotes") {
  const TestFolder folder;
  const ProgramRun nan = entente_says("draw karate-club --timeout nan -o " + folder.file("x.svg"));
  CHECK(nan.status != 0);
  CHECK(says(nan, "--timeout: a number is wanted, and \"nan\" is none."));
  const ProgramRun two = entente_says("info karate-club --where '\"a\nb\x1b\" = 1'");
  CHECK(two.status != 0);
  CHECK(std::ranges::count(two.err, '\n') == 1);
  CHECK(two.err.find('\x1b') == std::string::npos);
}

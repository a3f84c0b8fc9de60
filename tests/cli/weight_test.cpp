// What --weight means, and what an answer says of weights that it did not use.

#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

json answer_of(const std::string& arguments) {
  const ProgramRun run = entente_says(arguments + " --format json --quiet");
  INFO(arguments << "\n" << run.err);
  REQUIRE(run.status == 0);
  return json::parse(run.out);
}

bool notes_say(const json& answer, const std::string& words) { return answer["notes"].dump().find(words) != std::string::npos; }

double value_at(const json& answer, const std::string& id, const std::string& column) {
  for (const auto& row : answer["result"]["rows"]) {
    if (row["id"] == id) return row[column];
  }
  return -1;
}

void refused(const std::string& arguments, const std::string& words) {
  const ProgramRun run = entente_says(arguments);
  INFO(arguments << "\n" << run.err);
  CHECK(run.status == 2);
  CHECK(run.err.find(words) != std::string::npos);
  CHECK(run.out.empty());
}

/// a-b-d is one tie shorter than a-c-e-d, whose ties are strong.
const char* const two_ways = "source,target,weight\na,b,1\nb,d,1\na,c,10\nc,e,10\ne,d,10\n";

}  // namespace

TEST_CASE("weight: a word that is a column too is refused; column: and word: choose") {
  const TestFolder folder;
  folder.write("f.csv", "source,target,count\nATL,ABE,853\nATL,BHM,7\nATL,BHM,40\n");
  const std::string asks = "centrality " + folder.file("f.csv") + " strength";
  refused(asks + " --weight count", "--weight column:count");
  CHECK(value_at(answer_of(asks + " --weight column:count"), "ATL", "strength") == 900);
  CHECK(value_at(answer_of(asks + " --weight word:count"), "ATL", "strength") == 3);
  folder.write("bare.csv", "source,target\na,b\na,b\na,c\n");  // no such column: the word stands for itself
  CHECK(value_at(answer_of("centrality " + folder.file("bare.csv") + " strength --weight count"), "a", "strength") == 3);
  refused(asks + " --weight word:weight", "no word for a weight");
}

TEST_CASE("weight: who measures paths by 1 / weight as shortest-path does, and says so") {
  const TestFolder folder;
  folder.write("w.csv", two_ways);
  const std::string who = "who " + folder.file("w.csv") + " a d --k 1";
  const json hops = answer_of(who);
  CHECK(hops["result"]["paths"][0]["nodes"].size() == 3);
  CHECK_FALSE(hops["result"].contains("length"));
  const json weighed = answer_of(who + " --weight weight");
  CHECK(weighed["result"]["paths"][0]["nodes"].size() == 4);
  CHECK(weighed["result"]["length"].get<double>() == Approx(0.3));
  CHECK(weighed["result"]["distance"] == 3);
  CHECK(notes_say(weighed, "1 / weight"));
  CHECK(answer_of(who + " --weight weight --all-shortest")["result"]["paths"][0]["nodes"].size() == 4);
  CHECK(entente_says(who + " --weight weight --format table").out.find("length 0.3") != std::string::npos);
  const json path = answer_of("run " + folder.file("w.csv") + " shortest-path --from a --to d --weight weight");
  CHECK(path["result"]["paths"][0]["length"].get<double>() == Approx(0.3));
}

TEST_CASE("weight: the lines of draw and report are as wide as --weight says, and the legend says by what") {
  const TestFolder folder;
  folder.write("w.csv", "source,target,weight,count\na,b,1,5\nb,d,1,\na,c,10,5\nc,e,10,5\ne,d,10,5\n");
  const auto drawn = [&](const std::string& options) {
    const ProgramRun run = entente_says("draw " + folder.file("w.csv") + " --format dot " + options);
    INFO(options << "\n" << run.err);
    REQUIRE(run.status == 0);
    CHECK(run.err.find("makes no use") == std::string::npos);
    return run.out;
  };
  const auto widths = [](const std::string& dot) {  // of the five ties, in the order of the rows
    std::vector<std::string> found;
    for (const char* key : {"key=e0", "key=e1", "key=e2", "key=e3", "key=e4"}) {
      const std::size_t at = dot.find("penwidth=", dot.find(key)) + 9;
      found.push_back(dot.substr(at, dot.find_first_of(",]\n", at) - at));
    }
    return found;
  };
  CHECK(widths(drawn("")) == std::vector<std::string>(5, "1.20"));
  CHECK(drawn("").find("Line width") == std::string::npos);
  CHECK(widths(drawn("--weight weight")) == std::vector<std::string>{"1.95", "1.95", "6.00", "6.00", "6.00"});
  CHECK(drawn("--weight weight") == drawn("--weight column:weight"));
  CHECK(drawn("--weight weight").find("Line width: weight, plain numbers") != std::string::npos);
  CHECK(widths(drawn("--weight column:count")) == std::vector<std::string>{"2.50", "0.90", "2.50", "2.50", "2.50"});
  CHECK(drawn("--weight column:count").find("no count stated") != std::string::npos);
  CHECK(drawn("--weight word:count").find("Line width: number of ties") != std::string::npos);
  CHECK(widths(drawn("--weight none")) == std::vector<std::string>(5, "1.20"));
  // Two reports of one payment are 4 million and 3.95: one line, one tie, one of the amounts.
  const std::string aid = entente_says("draw invented-aid --weight count --format dot").out;
  CHECK(aid.find("USD 4 M") != std::string::npos);
  CHECK(aid.find("USD 7.95 M") == std::string::npos);
  refused("draw " + folder.file("w.csv") + " --weight count --format dot", "--weight column:count");
  refused("draw " + folder.file("w.csv") + " --weight hours --format dot", "not a column of ties");

  const ProgramRun report = entente_says("report " + folder.file("w.csv") + " --weight weight -o " + folder.file("r"));
  REQUIRE(report.status == 0);
  CHECK(report.err.find("makes no use") == std::string::npos);
  CHECK(report.err.find("measures and clusters of a report count every tie as 1") != std::string::npos);
  CHECK(folder.read("r/index.html").find("ine width: weight, plain numbers") != std::string::npos);
  CHECK(json::parse(folder.read("r/provenance.json"))["line_width"] == "weight");
  refused("report " + folder.file("w.csv") + " --weight count -o " + folder.file("q"), "--weight column:count");
}

TEST_CASE("weight: the strength of a projected network is what the projection gave its ties") {
  const auto evelyn = [](const std::string& options) {
    const json answer = answer_of("centrality southern-women strength " + options);
    for (const auto& row : answer["result"]["rows"]) {
      if (row["name"].get<std::string>().starts_with("Evelyn")) return row["strength"].get<double>();
    }
    return -1.0;
  };
  CHECK(evelyn("--project event:newman") == Approx(8));
  CHECK(evelyn("--project event:count") == 50);
  CHECK(evelyn("--project event") == 50);
  CHECK(evelyn("--project event:binary") == 17);
  CHECK(evelyn("--project event:newman --weight none") == 17);
  CHECK(notes_say(answer_of("centrality southern-women strength --project event:newman"), "what the projection gave them"));
}

TEST_CASE("weight: paths of a projected network count ties until --weight is given") {
  const auto of = [](const std::string& options) { return answer_of("centrality southern-women betweenness --project event:count " + options)["result"]["rows"]; };
  CHECK(of("") == of("--weight none"));
  CHECK(of("") != of("--weight weight"));
}

TEST_CASE("weight: numbers in a column weight that were not used are said") {
  const TestFolder folder;
  folder.write("w.csv", two_ways);
  folder.write("ones.csv", "source,target,weight\na,b,1\nb,d,1\n");
  const std::string words = "were not used";
  CHECK(notes_say(answer_of("centrality " + folder.file("w.csv") + " strength"), words));
  CHECK(notes_say(answer_of("run " + folder.file("w.csv") + " pagerank"), words));
  CHECK(notes_say(answer_of("clusters " + folder.file("w.csv")), words));
  CHECK_FALSE(notes_say(answer_of("centrality " + folder.file("w.csv") + " strength --weight weight"), words));
  CHECK_FALSE(notes_say(answer_of("centrality " + folder.file("w.csv") + " strength --weight none"), words));
  CHECK_FALSE(notes_say(answer_of("centrality " + folder.file("ones.csv") + " strength"), words));
}

TEST_CASE("weight: a flow takes what ties can carry from a column of plain numbers, exactly") {
  const TestFolder folder;
  folder.write("v.csv", "source,target,value\ns,a,0.1\ns,b,0.2\na,t,1\nb,t,1\n");
  folder.write("amount.csv", "source,target,amount\ns,a,0.1\ns,b,0.2\na,t,1\nb,t,1\n");
  const std::string ends = " --directed --from s --to t";
  for (const std::string& flow : {"flow " + folder.file("v.csv") + ends + " --weight column:value",
                                  "flow " + folder.file("v.csv") + ends + " --weight value",
                                  "flow " + folder.file("amount.csv") + ends + " --weight column:amount"}) {
    const json found = answer_of(flow + " --verify");
    CHECK(found["result"]["value"].dump() == "0.3");
    CHECK(found["result"]["currency"].is_null());
    CHECK(notes_say(found, "plain numbers of column"));
    CHECK(notes_say(found, "verified"));
  }
  CHECK(answer_of("run " + folder.file("v.csv") + " max-flow" + ends + " --weight value")["result"]["figures"]["value"].dump() == "0.3");
  const ProgramRun told = entente_says("flow " + folder.file("v.csv") + ends + " --weight value --format table");
  CHECK(told.out.find("0.3 can pass") != std::string::npos);
  CHECK(told.out.find("XXX") == std::string::npos);
  refused("flow " + folder.file("v.csv") + ends + " --weight value --currency USD", "in no currency");
  refused("flow " + folder.file("v.csv") + ends + " --weight count", "column:NAME");
}

TEST_CASE("weight: no flow is zero for want of a currency") {
  const TestFolder folder;
  folder.write("v.csv", "source,target,value\ns,t,0.1\n");
  folder.write("amount.csv", "source,target,amount\ns,t,0.1\n");
  folder.write("euro.csv", "source,target,amount,currency\ns,t,1,EUR\n");
  folder.write("bare.csv", "source,target\ns,t\n");
  const std::string ends = " --directed --from s --to t";
  for (const char* command : {"flow ", "run "}) {
    const std::string card = command == std::string("run ") ? " max-flow" : "";
    for (const char* currency : {"", " --currency USD"}) {
      refused(command + folder.file("amount.csv") + card + ends + currency, "--weight column:amount");
      refused(command + folder.file("v.csv") + card + ends + currency, "--weight column:value");
    }
    refused(command + folder.file("euro.csv") + card + ends + " --currency USD", "None of the selected ties states an amount in USD");
    refused(command + folder.file("bare.csv") + card + ends + " --currency USD", "None of the selected ties states an amount in USD");
  }
  refused("sankey " + folder.file("amount.csv") + " --directed --currency USD", "column currency");
  refused("centrality " + folder.file("amount.csv") + " strength --weight amount --currency USD", "column:amount");
}

TEST_CASE("run: a flow's CSV tells its value, and its listing the ends of each tie") {
  const TestFolder folder;
  folder.write("v.csv", "source,target,value\ns,a,0.1\ns,b,0.2\na,t,1\nb,t,1\n");
  const std::string flow = "run " + folder.file("v.csv") + " max-flow --directed --from s --to t --weight value";
  CHECK(entente_says(flow + " --format csv").out.find("value,0.3,value") != std::string::npos);
  const json bottleneck = answer_of(flow)["result"]["bottleneck"];
  REQUIRE(bottleneck.size() == 2);
  CHECK(bottleneck[0]["source"] == "s");
  CHECK(bottleneck[0]["target"] == "a");
}

TEST_CASE("statistics: what needs groups and is left out is said") {
  const std::string words = "category_assortativity left out";
  CHECK(notes_say(answer_of("run karate-club statistics"), words));
  CHECK_FALSE(notes_say(answer_of("run korea-innovation statistics --group kind"), words));
}

TEST_CASE("sankey: money without a direction is said, and how to direct it") {
  const TestFolder folder;
  folder.write("m.csv", "source,target,amount,currency\na,b,1,USD\nb,c,2,USD\n");
  CHECK(entente_says("sankey " + folder.file("m.csv") + " -o " + folder.file("m.svg")).err.find("--directed") != std::string::npos);
}

TEST_CASE("convert: nothing was lost is not said of what reading left out") {
  const TestFolder folder;
  folder.write("g.gv", "graph { subgraph cluster_a { a -- b } b -- c }\n");
  folder.write("g.csv", "source,target\na,b\nb,c\n");
  const ProgramRun run = entente_says("convert " + folder.file("g.gv") + " " + folder.file("g.json"));
  CHECK(run.err.find("nothing was lost") == std::string::npos);
  CHECK(run.err.find("said above") != std::string::npos);
}

TEST_CASE("algorithms: one method in a pipe has its convention, options and sources") {
  const std::string csv = entente_says("algorithms pagerank --format csv").out;
  for (const char* part : {"convention,", "--damping,0.85", "source,", "result,pagerank"}) CHECK(csv.find(part) != std::string::npos);
}

TEST_CASE("main: a wrong value is not taken for a command") {
  const ProgramRun run = entente_says("--threads 0 info karate-club");
  CHECK(run.status == 2);
  CHECK(run.err.find("--threads must lie between 1 and 1024") != std::string::npos);
}

TEST_CASE("main: a file at its size limit is a sentence, not a signal") {
  const TestFolder folder;
  const ProgramRun run = entente_says("convert karate-club " + folder.file("x.json"), "ulimit -f 1;");
  CHECK(run.status == 1);
  CHECK(run.err.find("cannot be written") != std::string::npos);
}

#include <catch2/catch.hpp>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>

#include "support/program.hpp"

using namespace entente;
using nlohmann::json;

namespace {

std::size_t lines_of(const std::string& text) { return static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')); }

}  // namespace

TEST_CASE("generate: a partnership network is a data package that holds every check") {
  const TestFolder folder;
  const std::string out = folder.file("made");
  const ProgramRun made = entente_says("generate partnership --nodes 300 --edges 2000 --seed 3 --out " + out);
  INFO(made.err);
  REQUIRE(made.status == 0);
  CHECK(made.err.find("300 nodes and 2,000 ties written") != std::string::npos);
  const ProgramRun checked = entente_says("validate " + out + " --format json");
  CHECK(checked.status == 0);
  const json info = json::parse(entente_says("info " + out + " --format json").out);
  CHECK(info["network"]["nodes"] == 300);
  CHECK(info["network"]["edges"] == 2000);
  const std::string nodes = folder.read("made/nodes.csv"), edges = folder.read("made/edges.csv");
  CHECK(nodes.starts_with("id,kind,name,country,planted_community\n"));
  CHECK(lines_of(nodes) == 301);
  CHECK(lines_of(edges) == 2001);
  for (const char* column : {"source", "target", "kind", "start", "amount", "currency"}) CHECK(edges.substr(0, edges.find('\n')).find(column) != std::string::npos);
}

TEST_CASE("generate: the same seed gives the same bytes on any number of threads, another seed others") {
  const TestFolder folder;
  for (const char* model : {"partnership --nodes 200 --edges 1000", "kronecker --scale 8 --edge-factor 4", "uniform --nodes 200 --edges 1000"}) {
    const std::string call = "generate " + std::string(model) + " --format edges --weights";
    const std::string one = entente_says(call + " --seed 5 --threads 1").out;
    CHECK(lines_of(one) > 500);
    CHECK(entente_says(call + " --seed 5 --threads 7").out == one);
    CHECK(entente_says(call + " --seed 6").out != one);
  }
}

TEST_CASE("generate: an edge list has two columns, or three with weights, to standard output or a file") {
  const TestFolder folder;
  CHECK(entente_says("generate lattice --rows 2 --columns 2 --format edges").out == "0 1\n0 2\n1 3\n2 3\n");
  REQUIRE(entente_says("generate lattice --rows 2 --columns 2 --format edges --weights --out " + folder.file("g.wel")).status == 0);
  std::istringstream lines(folder.read("g.wel"));
  int u = 0, v = 0, w = 0, count = 0;
  while (lines >> u >> v >> w) {
    CHECK(w >= 1);
    CHECK(w <= 255);
    ++count;
  }
  CHECK(count == 4);
  CHECK(entente_says("generate partnership --nodes 50 --edges 100 --format edges").out.find("I0") == std::string::npos);
}

TEST_CASE("generate: other models and other formats are networks too") {
  const TestFolder folder;
  REQUIRE(entente_says("generate kronecker --scale 6 --out " + folder.file("k")).status == 0);
  CHECK(json::parse(entente_says("info " + folder.file("k") + " --format json").out)["network"]["nodes"] == 64);
  REQUIRE(entente_says("generate lattice --rows 3 --columns 3 --out " + folder.file("l.graphml")).status == 0);
  CHECK(json::parse(entente_says("info " + folder.file("l.graphml") + " --format json").out)["network"]["edges"] == 12);
}

TEST_CASE("generate: what cannot be is refused in a sentence, and nothing is written") {
  const TestFolder folder;
  const auto refused = [&](const std::string& arguments, const std::string& why) {
    const ProgramRun run = entente_says("generate " + arguments + " --out " + folder.file("x"));
    INFO(arguments << ": " << run.err);
    CHECK(run.status != 0);
    CHECK(run.err.find(why) != std::string::npos);
    CHECK(lines_of(run.err) == 1);
    CHECK_FALSE(std::filesystem::exists(folder.file("x")));
  };
  refused("partnerships", "There is no model \"partnerships\". Known are, nearest first: partnership");
  refused("partnership --scale 5", "partnership takes --nodes and --edges, and no --scale.");
  refused("lattice --nodes 5", "lattice takes --rows and --columns, and no --nodes.");
  refused("partnership --nodes 10 --edges 46", "10 nodes have only 45 pairs");
  refused("uniform --nodes 5000000000", "A graph has at most 4,294,967,294 nodes");
  refused("uniform --nodes 4000000000 --edges 4000000000", "GB of memory");
  refused("kronecker --scale 40", "the largest is 31");
  refused("lattice --rows 1000000 --columns 1000000", "Ask for fewer rows or columns.");
  refused("uniform --format csv", "it has no csv");
  refused("uniform --weights", "--format edges");
  refused("uniform --nodes -3", "--nodes: must not be negative");
  CHECK(entente_says("generate uniform").err.find("--out FOLDER") != std::string::npos);
  CHECK(entente_says("generate lattice --format edges --out /nonexistent/x").status == 1);
}

// A name that belongs elsewhere, or is another program's, leads to what to ask for.

#include <catch2/catch.hpp>

#include <string>

#include "algorithms/registry.hpp"
#include "algorithms/synonyms.hpp"
#include "support/program.hpp"

using namespace entente;

namespace {

std::string refusal(const std::string& arguments) {
  const ProgramRun run = entente_says(arguments);
  INFO(arguments << "\n" << run.out << run.err);
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  return run.err;
}

bool says(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

/// What stands behind "entente " in an error: the command to try, up to the next comma, parenthesis or full stop.
std::string advised_call(const std::string& error) {
  const std::size_t begin = error.find(" entente ");
  if (begin == std::string::npos) return {};
  const std::size_t end = std::min({error.find(", or", begin), error.find(" (", begin), error.find(".\n", begin), error.find(". ", begin)});
  return error.substr(begin + 9, end - begin - 9);
}

}  // namespace

TEST_CASE("synonyms: the error says which command or name to use") {
  CHECK(says(refusal("centrality karate-club bridges"), "told as bridges by entente cohesion karate-club."));
  CHECK(says(refusal("centrality karate-club diameter"), "told as diameter by entente run karate-club statistics."));
  CHECK(says(refusal("centrality karate-club HITS"), "entente centrality karate-club hub, or entente centrality karate-club authority."));
  CHECK(says(refusal("centrality karate-club k-core"), "Here it is entente centrality karate-club core."));
  CHECK(says(refusal("centrality karate-club label_propagation"), "entente clusters karate-club --method label_propagation tells it"));
  CHECK(says(refusal("centrality karate-club girvan-newman"), "What comes nearest: entente clusters karate-club --method leiden"));
  CHECK(says(refusal("centrality karate-club sankey"), "command of its own"));
  CHECK(says(refusal("clusters karate-club --method lpa"), "--method label_propagation."));
  CHECK(says(refusal("clusters karate-club --method pagerank"), "entente centrality karate-club pagerank."));
  CHECK(says(refusal("flow invented-aid --method mincut"), "--method max-flow --from A --to B."));
  CHECK(says(refusal("run karate-club assortativity_by_kind"), "told as category_assortativity by entente run karate-club statistics --group kind."));
  CHECK(says(refusal("algorithms kcore"), "entente centrality NET core."));
  CHECK(says(refusal("bridges karate-club"), "There is no command \"bridges\". It is told as bridges by entente cohesion NET."));
  CHECK(says(refusal("draw karate-club --format dot --size kcore"), "--size: There is no measure \"kcore\"; entente algorithms lists them. Here it is core."));
  CHECK(says(refusal("draw karate-club --format dot --color HITS"), "Here it is hub or authority."));
  CHECK(says(refusal("centrality karate-club xyzzy"), "nearest first: katz"));  // what nobody knows is guessed as before
}

TEST_CASE("synonyms: every call that an error advises is one that the program takes") {
  for (const Synonym& synonym : synonyms()) {
    const std::string name(synonym.names.substr(0, synonym.names.find(' ')));
    const std::string call = advised_call(refusal("run karate-club " + name));
    INFO(name << ": " << call);
    REQUIRE(says(call, "karate-club"));
    std::string tried = call;
    for (const auto& [letter, node] : {std::pair{" --from A", " --from 1"}, {" --to B", " --to 34"}}) {
      if (const std::size_t end = tried.find(letter); end != std::string::npos) tried.replace(end, std::string(letter).size(), node);
    }
    const ProgramRun run = entente_says(tried + " --quiet");
    INFO(run.err);
    // The network states no money, and only that may be missing.
    CHECK((run.status == 0 || says(run.err, "states an amount") || says(run.err, "state money") || says(run.err, "states money")));
  }
}

TEST_CASE("synonyms: a word like algorithm after a name does not hide it") {
  for (const Card& card : registry()) CHECK(says(refusal("run karate-club " + card.name + "-algorithm"), card.name));
}

TEST_CASE("synonyms: info and statistics lead to each other's names of assortativity") {
  const ProgramRun info = entente_says("info korea-innovation --format json");
  CHECK(says(info.out, "\"assortativity_by_kind\""));  // the key stays
  CHECK(says(info.err, "category_assortativity of entente run korea-innovation statistics --group kind"));
  CHECK_FALSE(says(entente_says("info karate-club").err, "category_assortativity"));  // which has one kind and no countries
  CHECK(says(entente_says("run korea-innovation statistics --quiet --group kind --format csv").out, "category_assortativity"));
  CHECK(says(entente_says("run korea-innovation statistics").err, "entente info tells it of kinds and countries, as assortativity_by_kind"));
  CHECK(says(entente_says("algorithms statistics --format table").out, "assortativity_by_kind"));
  CHECK(says(entente_says("algorithms statistics --format csv").out, "also called,assortativity_by_kind,category_assortativity"));
  CHECK(says(entente_says("algorithms core --format json").out, "\"k-core\""));
}

TEST_CASE("synonyms: the two names of assortativity are one number") {
  const auto value = [](const std::string& csv, const std::string& name) {
    const std::size_t at = csv.find("\n" + name + ",") + name.size() + 2;
    return csv.substr(at, csv.find_first_of(",\n", at) - at);
  };
  const std::string info = entente_says("info korea-innovation --quiet --all-kinds --format csv").out;
  for (const std::string by : {"kind", "country"}) {
    const std::string run = entente_says("run korea-innovation statistics --quiet --all-kinds --format csv --group " + by).out;
    INFO(by);
    CHECK(std::stod(value(info, "assortativity_by_" + by)) == Approx(std::stod(value(run, "category_assortativity"))));
  }
}

TEST_CASE("synonyms: a network whose name a shell would take apart is quoted in the advice") {
  const TestFolder folder;
  folder.write("my net/edges.csv", "source,target\na,b\n");
  const ProgramRun run = entente_says("run '" + folder.file("my net") + "' bfs");
  CHECK(run.status != 0);
  CHECK(run.err.find("entente run '" + folder.file("my net") + "' breadth_first") != std::string::npos);
}

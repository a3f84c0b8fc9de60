#include "algorithms/synonyms.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <sstream>
#include <string>

#include "algorithms/registry.hpp"

using namespace entente;

namespace {

std::vector<std::string> names_of(const Synonym& synonym) {
  std::istringstream text{std::string(synonym.names)};
  std::vector<std::string> names;
  for (std::string name; text >> name;) names.push_back(name);
  return names;
}

/// The cards and results that a name means: "cohesion bridges", "hub".
std::set<std::string> meant_by(const std::string& name) {
  std::set<std::string> found;
  for (const MeantHere& meant : known_as(name)) found.insert(meant.card->name + (meant.result.empty() ? "" : " " + std::string(meant.result)));
  return found;
}

using Names = std::set<std::string>;

}  // namespace

TEST_CASE("synonyms: every name leads to a card and a result that the registry has") {
  for (const Synonym& synonym : synonyms()) {
    INFO(synonym.names);
    const Card* card = find_card(synonym.card);
    REQUIRE(card);
    if (!synonym.result.empty()) CHECK(std::ranges::find(card->results, synonym.result, &ResultSpec::name) != card->results.end());
    const auto names = names_of(synonym);
    CHECK_FALSE(names.empty());
    for (const std::string& name : names) {
      INFO(name);
      CHECK(name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-_") == std::string::npos);
      const auto meant = known_as(name);
      CHECK(std::ranges::any_of(meant, [&](const MeantHere& each) { return each.card == card && each.result == synonym.result && each.same == synonym.same; }));
    }
  }
}

TEST_CASE("synonyms: a card lists its other names, and those of its results apart") {
  CHECK(std::ranges::count(other_names(*find_card("core")), "k-core") == 1);
  CHECK(other_names(*find_card("core"), "degeneracy").empty());  // it is called so here
  CHECK(std::ranges::count(other_names(*find_card("statistics"), "category_assortativity"), "assortativity_by_kind") == 1);
  CHECK(std::ranges::count(other_names(*find_card("leiden")), "girvan-newman") == 0);  // which is another method
}

TEST_CASE("synonyms: no name is a card's own, and none stands twice for one thing") {
  std::set<std::pair<std::string, std::string>> seen;
  for (const Synonym& synonym : synonyms()) {
    for (const std::string& name : names_of(synonym)) {
      INFO(name);
      CHECK_FALSE(find_card(name));
      CHECK(seen.insert({name, std::string(synonym.card) + " " + std::string(synonym.result)}).second);
    }
  }
}

TEST_CASE("synonyms: the names of other programs are understood, however they are written") {
  CHECK(meant_by("bridges") == Names{"cohesion bridges"});
  CHECK(meant_by("articulation points") == Names{"cohesion articulation_points"});
  CHECK(meant_by("diameter") == Names{"statistics diameter"});
  CHECK(meant_by("Transitivity") == Names{"statistics transitivity"});
  CHECK(meant_by("HITS") == Names{"hub", "authority"});
  CHECK(meant_by("kcore") == Names{"core"});
  CHECK(meant_by("k-core") == Names{"core"});
  CHECK(meant_by("modularity") == Names{"leiden modularity"});
  CHECK(meant_by("mst") == Names{"spanning_forest"});
  CHECK(meant_by("Dijkstra's algorithm") == Names{});  // no guessing beyond endings
  CHECK(meant_by("dijkstra algorithm") == Names{"shortest-path", "shortest_lengths"});
  CHECK(meant_by("maxflow") == Names{"max-flow"});
  CHECK(meant_by("min-cut") == Names{"max-flow"});
  CHECK(meant_by("Betweenness Centrality") == Names{"betweenness"});
  CHECK(meant_by("PageRank") == Names{"pagerank"});
  CHECK(meant_by("assortativity_by_kind") == Names{"statistics category_assortativity"});
  for (const MeantHere& meant : known_as("Girvan–Newman")) CHECK_FALSE(meant.same);
  CHECK(meant_by("girvan-newman") == Names{"leiden", "edge_betweenness"});
}

TEST_CASE("synonyms: a card's own name means that card alone, and nothing means nothing") {
  for (const Card& card : registry()) CHECK(meant_by(card.name) == Names{card.name});
  for (const std::string name : {"", " ", "-", "s", "centrality", "algorithm", "xyzzy", "\xF0\x9F\x92\xA9", "corecore"}) {
    INFO(name);
    CHECK(known_as(name).empty());
  }
  CHECK(known_as(std::string(100000, 'a')).empty());
}

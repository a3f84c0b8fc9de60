#include "algorithms/centrality/cards.hpp"

#include <set>
#include <string>

#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

bool has_option(const Card& card, std::string_view name) {
  return std::ranges::find(card.options, name, &OptionSpec::name) != card.options.end();
}

/// The cards that give every node a number of its own; `top` lists some nodes only.
std::vector<Card> node_measures() {
  std::vector<Card> cards = centrality_cards();
  std::erase_if(cards, [](const Card& card) {
    return card.results.front().per != ResultSpec::Per::node || has_option(card, "top");
  });
  return cards;
}

OptionValues small_alpha(const Card& card) {
  return has_option(card, "alpha") ? OptionValues{{"alpha", 0.01}} : OptionValues{};
}

}  // namespace

TEST_CASE("centrality cards: every measure of the product has a card that tells its conventions and sources") {
  std::set<std::string> names;
  for (const Card& card : centrality_cards()) {
    CAPTURE(card.name);
    CHECK(names.insert(card.name).second);
    CHECK(card.family == "centrality");
    CHECK(card.summary.ends_with('.'));
    CHECK(!card.convention.empty());
    CHECK(!card.cost.empty());
    CHECK(!card.sources.empty());
    REQUIRE(!card.results.empty());
    CHECK((card.results[0].name == card.name || has_option(card, "top")));
    CHECK((card.results[0].per == ResultSpec::Per::node || card.name == "edge_betweenness"));
  }
  for (const char* name : {"degree", "in_degree", "out_degree", "strength", "in_strength", "out_strength", "closeness",
                           "harmonic", "betweenness", "eigenvector", "pagerank", "katz", "hub", "authority", "core"}) {
    CHECK(names.contains(name));
  }
}

TEST_CASE("centrality cards: every measure answers every odd shape with finite values >= 0") {
  for (const Card& card : node_measures()) {
    for (const NamedGraph& shape : odd_shapes()) {
      for (const bool is_undirected : {true, false}) {
        for (const bool normalized : {false, true}) {
          if (normalized && !has_option(card, "normalized")) continue;
          CAPTURE(card.name, shape.name, is_undirected, normalized);
          const Asked asked(shape.node_count, shape.edges, is_undirected);
          OptionValues options = small_alpha(card);
          if (normalized) options["normalized"] = true;
          const auto findings = card.run(asked.problem, options, {});
          REQUIRE(findings);
          const std::vector<double> values = first_column(*findings);
          CHECK(values.size() == shape.node_count);
          CHECK(std::ranges::all_of(values, [](double value) { return std::isfinite(value) && value >= 0; }));
        }
      }
    }
  }
}

TEST_CASE("centrality cards: an isolate has 0 where a measure is about ties") {
  for (const Card& card : node_measures()) {
    if (card.name == "pagerank" || card.name == "katz") continue;  // a share of the restart, and beta
    for (const bool is_undirected : {true, false}) {
      CAPTURE(card.name, is_undirected);
      const Asked asked(4, edges_of({{0, 1}, {1, 2}, {2, 0}}), is_undirected);
      CHECK(first_column(*card.run(asked.problem, {}, {}))[3] == 0.0);
    }
  }
}

TEST_CASE("centrality cards: renaming the nodes renames the answer") {
  for (const Card& card : node_measures()) {
    if (card.name == "betweenness_sampled") continue;  // which pairs are drawn depends on the numbers
    for_each_seed(8, [&](Seed seed) {
      for (const bool is_undirected : {true, false}) {
        CAPTURE(card.name, is_undirected);
        auto edges = random_arcs(12, 40, seed);
        for (const Ends& e : cycle_graph(12).edges) edges.push_back(e);  // strongly connected: one answer
        const NodeColumn<NodeId> name = random_renaming(12, seed);
        const EdgeColumn<double> weight = random_whole_values(edges.size(), seed);
        Asked before(12, edges, is_undirected), after(12, renamed(edges, name), is_undirected);
        for (Asked* asked : {&before, &after}) asked->problem.weight = asked->problem.length = &weight;
        const auto x = first_column(*card.run(before.problem, small_alpha(card), {}));
        const auto y = first_column(*card.run(after.problem, small_alpha(card), {}));
        for (std::uint32_t v = 0; v < 12; ++v) CHECK(std::abs(x[v] - y[name[NodeId{v}].index]) < 1e-7);
      }
    });
  }
}

TEST_CASE("centrality cards: without directions, the two ways along an edge are one tie") {
  // The card must take the symmetric graph and not count pairs twice.
  const Asked asked(3, path_graph(3).edges, true);
  CHECK(first_column(*centrality_card("betweenness").run(asked.problem, {}, {})) == std::vector<double>{0, 1, 0});
  CHECK(first_column(*centrality_card("degree").run(asked.problem, {}, {})) == std::vector<double>{1, 2, 1});
  CHECK(first_column(*centrality_card("in_degree").run(asked.problem, {}, {})) == std::vector<double>{1, 2, 1});
  const Asked chain(3, path_graph(3).edges, false);
  CHECK(first_column(*centrality_card("in_degree").run(chain.problem, {}, {})) == std::vector<double>{0, 1, 1});
  CHECK(first_column(*centrality_card("out_degree").run(chain.problem, {}, {})) == std::vector<double>{1, 1, 0});
  CHECK(first_column(*centrality_card("degree").run(chain.problem, {}, {})) == std::vector<double>{1, 2, 1});
}

TEST_CASE("centrality cards: weights reach the measures of influence, lengths those of paths") {
  const auto edges = edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}});
  const EdgeColumn<double> values{1, 9, 2, 5};
  const std::set<std::string> by_weight{"strength", "in_strength", "out_strength", "eigenvector",
                                        "pagerank", "katz",        "hub",          "authority",
                                        "current_flow_betweenness", "current_flow_closeness"};
  const std::set<std::string> by_length{"closeness", "harmonic", "betweenness", "betweenness_sampled"};
  for (const Card& card : node_measures()) {
    CAPTURE(card.name);
    Asked plain(4, edges, true), weighted(4, edges, true), lengthened(4, edges, true);
    weighted.problem.weight = &values;
    lengthened.problem.length = &values;
    const auto run = [&](const Asked& asked) { return first_column(*card.run(asked.problem, small_alpha(card), {})); };
    CHECK((run(weighted) != run(plain)) == by_weight.contains(card.name));
    CHECK((run(lengthened) != run(plain)) == by_length.contains(card.name));
  }
}

TEST_CASE("centrality cards: a problem without the graph a measure needs is refused with a sentence") {
  const Asked asked(3, path_graph(3).edges, false);
  for (const Card& card : centrality_cards()) {
    CAPTURE(card.name);
    const auto refused = card.run(Problem{}, {}, {});
    REQUIRE(!refused);
    CHECK(refused.error().code == ErrorCode::bad_argument);
    CHECK(refused.error().what.ends_with('.'));
    CHECK(card.run(asked.problem, {{"no_such_option", true}}, {}).error().where == "option no_such_option");
  }
}

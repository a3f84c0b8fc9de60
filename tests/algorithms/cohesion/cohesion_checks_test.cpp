#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "algorithms/centrality/core.hpp"
#include "algorithms/cohesion/cards.hpp"
#include "algorithms/cohesion/components.hpp"
#include "algorithms/statistics/triangles.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

/// A graph with all that a card may ask for.
struct Asked {
  Asked(std::size_t n, const std::vector<Ends>& edges, Seed seed)
      : graph(directed(n, edges)), symmetric(undirected(n, edges)), value(random_whole_values(edges.size(), seed)) {
    problem.graph = &graph;
    problem.symmetric = &symmetric;
    problem.undirected = false;
    problem.length = &value;
    problem.weight = &value;
  }
  Graph graph;
  Symmetric symmetric;
  EdgeColumn<double> value;
  Problem problem;
};

/// The findings, each time with one value of one column or one figure changed, and without columns.
std::vector<Findings> spoiled(const Findings& right) {
  std::vector<Findings> wrong;
  const auto change = [](auto& value) { value = value == 0 ? 1 : 0; };
  for (std::size_t c = 0; c < right.per_node.size(); ++c) {
    Findings copy = right;
    std::visit([&](auto& column) { change(column.values().front()); }, copy.per_node[c].second);
    wrong.push_back(std::move(copy));
  }
  for (std::size_t c = 0; c < right.per_edge.size(); ++c) {
    Findings copy = right;
    std::visit([&](auto& column) { change(column.values().front()); }, copy.per_edge[c].second);
    wrong.push_back(std::move(copy));
  }
  for (std::size_t f = 0; f < right.figures.size(); ++f) {
    Findings copy = right;
    if (auto* whole = std::get_if<std::int64_t>(&copy.figures[f].second)) *whole += 1;
    if (auto* real = std::get_if<double>(&copy.figures[f].second)) *real += 1;
    wrong.push_back(std::move(copy));
  }
  wrong.push_back(right);
  wrong.back().per_node.clear();
  wrong.back().per_edge.clear();
  return wrong;
}

/// The cards whose answers can be checked.
std::vector<Card> certified_cards() {
  std::vector<Card> cards = cohesion_cards();
  for (Card card : {core_card(), triangles_card(), clustering_card()}) cards.push_back(std::move(card));
  std::erase_if(cards, [](const Card& card) { return !card.verify; });
  return cards;
}

Findings replaced(Findings findings, NodeColumn<std::int64_t> column, std::int64_t count, std::int64_t largest) {
  findings.per_node[0].second = std::move(column);
  findings.figures[0].second = count;
  findings.figures[1].second = largest;
  return findings;
}

}  // namespace

TEST_CASE("cohesion certificates: hold for the answers on random graphs, and for none of them changed in one place") {
  CHECK(certified_cards().size() == 7);
  for (const Card& card : certified_cards()) {
    CAPTURE(card.name);
    for_each_seed(25, [&](Seed seed) {
      const std::size_t n = 30;
      // The first three ties are a triangle, so that every value of the first node and edge matters.
      auto edges = edges_of({{0, 1}, {1, 2}, {2, 0}});
      for (const Ends& edge : random_arcs(n, 15 + 3 * seed, seed, true, true)) edges.push_back(edge);
      const Asked asked(n, edges, seed);
      const Findings right = card.run(asked.problem, {}, {}).value();
      const auto verdict = card.verify(asked.problem, {}, right);
      CHECK((verdict ? verdict->starts_with("verified: ") : false));
      for (const Findings& wrong : spoiled(right)) {
        CHECK(card.verify(asked.problem, {}, wrong).error().code == ErrorCode::bad_argument);
      }
    });
    for (const NamedGraph& shape : odd_shapes()) {
      CAPTURE(shape.name);
      const Asked asked(shape.node_count, shape.edges, 1);
      CHECK(card.verify(asked.problem, {}, card.run(asked.problem, {}, {}).value()));
    }
  }
}

TEST_CASE("cohesion certificates: components that are too large or too small are found out") {
  const Asked asked(4, edges_of({{0, 1}, {1, 0}, {2, 3}}), 1);
  const Card weak = components_card(), strong = strong_components_card();
  const Findings right = weak.run(asked.problem, {}, {}).value();
  const auto refused = [&](const Card& card, NodeColumn<std::int64_t> column, std::int64_t count, std::int64_t largest) {
    const auto verdict = card.verify(asked.problem, {}, replaced(right, std::move(column), count, largest));
    return verdict ? std::string("holds") : verdict.error().what;
  };
  CHECK(refused(weak, {0, 0, 1, 1}, 2, 2) == "holds");
  CHECK(refused(weak, {0, 0, 0, 0}, 1, 4) == "A component does not hold together.");
  CHECK(refused(weak, {0, 1, 2, 3}, 4, 1) == "Edge 0 joins two components.");
  CHECK(refused(strong, {0, 0, 1, 2}, 3, 2) == "holds");
  CHECK(refused(strong, {0, 0, 1, 1}, 2, 2) == "A component is not strongly connected.");
  CHECK(refused(strong, {0, 1, 2, 3}, 4, 1) == "A cycle runs through two components.");
}

TEST_CASE("cohesion certificates: a core number too low everywhere is found out as well as one too high") {
  const Asked asked(4, complete_graph(4).edges, 1);
  const Card card = core_card();
  Findings findings = card.run(asked.problem, {}, {}).value();
  for (const std::int64_t k : {2, 4}) {
    findings.per_node[0].second = NodeColumn<std::int64_t>{k, k, k, k};
    findings.figures[0].second = k;
    CHECK(card.verify(asked.problem, {}, findings).error().code == ErrorCode::bad_argument);
  }
}

}  // namespace entente::test

#include "algorithms/traversal/cards.hpp"

#include "algorithms/traversal/certificate.hpp"
#include "algorithms/traversal/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

const Card& traversal_card(std::string_view name) {
  static const std::vector<Card> cards = traversal_cards();
  const auto found = std::ranges::find(cards, name, &Card::name);
  if (found == cards.end()) FAIL("there is no card " << name);
  return *found;
}

NodeColumn<double>& distances_in(Findings& findings) {
  return std::get<NodeColumn<double>>(findings.per_node.at(0).second);
}

struct Searched {
  Graph graph = directed(6, edges_of({{0, 1}, {1, 2}, {0, 2}, {2, 3}, {4, 3}}));
  Symmetric symmetric = undirected(6, edges_of({{0, 1}, {1, 2}, {0, 2}, {2, 3}, {4, 3}}));
  EdgeColumn<double> length{1, 1, 5, 2, 1};
  Problem problem;
  explicit Searched(bool is_undirected) {
    problem.graph = &graph;
    problem.symmetric = &symmetric;
    problem.undirected = is_undirected;
    problem.length = &length;
    problem.from = {NodeId{0}};
  }
};

}  // namespace

TEST_CASE("traversal cards: distances with and without directions, infinite out of reach") {
  const Searched along(false), across(true);
  auto hops = traversal_card("breadth_first").run(along.problem, {}, {}).value();
  CHECK(listed(distances_in(hops)) == std::vector<double>{0, 1, 1, 2, far_away, far_away});
  CHECK(std::get<std::int64_t>(hops.figures.at(0).second) == 4);
  auto lengths = traversal_card("shortest_lengths").run(along.problem, {}, {}).value();
  CHECK(listed(distances_in(lengths)) == std::vector<double>{0, 1, 2, 4, far_away, far_away});
  auto both_ways = traversal_card("shortest_lengths").run(across.problem, {}, {}).value();
  CHECK(listed(distances_in(both_ways)) == std::vector<double>{0, 1, 2, 4, 5, far_away});
  Problem in_hops = across.problem;
  in_hops.length = nullptr;
  auto counted = traversal_card("shortest_lengths").run(in_hops, {}, {}).value();
  CHECK(listed(distances_in(counted)) == std::vector<double>{0, 1, 1, 2, 3, far_away});
}

TEST_CASE("traversal cards: the certificate accepts what was found and refuses each kind of lie") {
  const Searched asked(false);
  for (const char* name : {"breadth_first", "shortest_lengths"}) {
    CAPTURE(name);
    const Card& card = traversal_card(name);
    const Findings truth = card.run(asked.problem, {}, {}).value();
    CHECK(card.verify(asked.problem, {}, truth));
    const auto lie = [&](std::uint32_t node, double distance) {
      Findings findings = truth;
      distances_in(findings)[NodeId{node}] = distance;
      const auto verdict = card.verify(asked.problem, {}, findings);
      REQUIRE_FALSE(verdict);
      return verdict.error().what;
    };
    CHECK(lie(0, 1) == "node 0 is a source, but its distance is not 0.");
    CHECK(lie(3, 9) == "The way to node 3 over node 2 is shorter than stated.");
    CHECK(lie(3, 1.5) == "No path of the stated length leads to node 3.");
    CHECK(lie(3, far_away) == "An arc of node 2 reaches node 3, said to be out of reach.");
    CHECK(lie(5, 0) == "No path of the stated length leads to node 5.");
    CHECK(lie(1, -1) == "A distance is below 0 or no number.");
    CHECK(lie(1, std::nan("")) == "A distance is below 0 or no number.");
  }
}

TEST_CASE("traversal cards: the certificate is not fooled by a ring of zero lengths") {
  const Graph graph = directed(4, edges_of({{0, 1}, {2, 3}, {3, 2}}));
  const EdgeColumn<double> length{1, 0, 0};
  CHECK(check_distances(graph, std::vector{NodeId{0}}, &length, NodeColumn<double>{0, 1, far_away, far_away}));
  CHECK_FALSE(check_distances(graph, std::vector{NodeId{0}}, &length, NodeColumn<double>{0, 1, 2, 2}));
}

TEST_CASE("traversal cards: certificates hold on random graphs") {
  for_each_seed(20, [](Seed seed) {
    const auto edges = random_arcs(40, 90, seed, true, true);
    const Graph graph = directed(40, edges);
    const Symmetric symmetric = undirected(40, edges);
    EdgeColumn<double> length(edges.size());
    Random random(seed);
    for (double& value : length.values()) value = random.below(4) ? random.unit() : 0;
    Problem problem;
    problem.graph = &graph;
    problem.symmetric = &symmetric;
    problem.undirected = seed % 2 == 0;
    problem.length = &length;
    problem.from = {NodeId{3}, NodeId{8}};
    for (const Card& card : traversal_cards()) {
      CHECK(card.verify(problem, {}, card.run(problem, {}, {}).value()));
    }
  });
}

TEST_CASE("traversal cards: a search without a start, or without a graph, is refused") {
  Searched asked(false);
  asked.problem.from.clear();
  for (const Card& card : traversal_cards()) {
    CHECK(card.run(asked.problem, {}, {}).error().code == ErrorCode::bad_argument);
    CHECK(card.run(Problem{}, {}, {}).error().code == ErrorCode::bad_argument);
  }
}

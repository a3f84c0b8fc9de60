#include "algorithms/flow/gomory_hu.hpp"

#include <atomic>
#include <map>

#include "algorithms/certificates/cut_tree.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/question.hpp"

namespace entente {
namespace {

using namespace test;

/// The smallest amount on the way between two terminals.
std::int64_t least_between(const CutTree& tree, NodeId a, NodeId b) {
  std::map<NodeId, std::pair<NodeId, std::int64_t>> up;
  for (const auto& [node, parent, amount] : tree.branches) up[node] = {parent, amount};
  std::map<NodeId, std::int64_t> least_to;  // from a to each node above it
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (NodeId v = a;; v = up.at(v).first) {
    least_to[v] = least;
    if (!up.contains(v)) break;
    least = std::min(least, up.at(v).second);
  }
  least = std::numeric_limits<std::int64_t>::max();
  for (NodeId v = b; !least_to.contains(v); v = up.at(v).first) least = std::min(least, up.at(v).second);
  NodeId meet = b;
  while (!least_to.contains(meet)) meet = up.at(meet).first;
  return std::min(least, least_to.at(meet));
}

TEST_CASE("gomory-hu: the six-node network of the paper's kind, worked by hand") {
  // two triangles of 5s joined by one tie of 2 and one of 1
  const Symmetric graph = undirected(6, edges_of({{0, 1}, {1, 2}, {0, 2}, {3, 4}, {4, 5}, {3, 5}, {2, 3}, {0, 5}}));
  const EdgeColumn<std::int64_t> capacity{5, 5, 5, 5, 5, 5, 2, 1};
  const auto tree = cut_tree(graph, capacity, node_list({0, 1, 2, 3, 4, 5}));
  REQUIRE(tree);
  CHECK(least_between(*tree, NodeId{0}, NodeId{4}) == 3);
  CHECK(least_between(*tree, NodeId{0}, NodeId{1}) == 10);
  CHECK(least_between(*tree, NodeId{0}, NodeId{2}) == 11);
  CHECK(least_between(*tree, NodeId{3}, NodeId{5}) == 11);
}

TEST_CASE("gomory-hu: the smallest amount on the way is the maximum flow, between every pair, for all and for some bodies") {
  for_each_seed(400, [](Seed seed) {
    const Funding f = random_funding(seed, seed % 4 == 0 ? 24 : 12);
    const Symmetric graph = undirected(f.graph.node_count(), f.edges);
    std::vector<NodeId> terminals;
    Random random(seed, 7);
    for (const NodeId v : graph.nodes()) {
      if (seed % 2 == 0 || random.below(2) == 0) terminals.push_back(v);
    }
    shuffle(terminals, random);
    const auto tree = cut_tree(graph, f.capacity, terminals);
    REQUIRE(tree);
    REQUIRE(check_cut_tree(graph, f.capacity, *tree));
    for (const NodeId a : terminals) {
      for (const NodeId b : terminals) {
        if (!(a < b)) continue;
        const auto flow = max_flow(graph.both_ways(), f.capacity, std::span(&a, 1), std::span(&b, 1));
        REQUIRE(least_between(*tree, a, b) == flow->value);
      }
    }
  });
}

TEST_CASE("gomory-hu: the card takes the strongest bodies where none are named, and says so") {
  const Graph graph = directed(6, edges_of({{0, 1}, {1, 2}, {2, 3}, {3, 0}, {3, 3}, {4, 4}, {3, 4}}));
  const Symmetric symmetric = undirected(6, edges_of({{0, 1}, {1, 2}, {2, 3}, {3, 0}, {3, 3}, {4, 4}, {3, 4}}));
  FlowAsked asked(graph, {9, 8, 2, 5, 100, 100, 0}, std::vector<NodeId>{}, std::vector<NodeId>{});
  asked.problem.symmetric = &symmetric;
  asked.states({1, 1, 1, 1, 1, 1, 0});
  const Card card = gomory_hu_card();
  const Findings three = asked.answer(card, {{"most_terminals", std::int64_t{3}}});
  CHECK(asked.figure(three, "terminals") == 3);
  CHECK_FALSE(three.complete);
  CHECK(three.completeness.starts_with("the 3 strongest of 4 bodies"));
  REQUIRE(three.listings[0].rows.size() == 2);
  CHECK(std::get<NodeId>(three.listings[0].rows[0][0]) == NodeId{0});  // 17, 14, 10 against 7
  CHECK(three.notes.at(0).starts_with("2 nodes with no stated amount"));
  CHECK(three.notes.at(1) == "1 tie states no amount and can carry nothing here.");
  const Findings all = asked.answer(card);
  CHECK(all.complete);
  CHECK(asked.figure(all, "terminals") == 4);
  CHECK(asked.figure(all, "least") == 7);      // around 3
  CHECK(asked.figure(all, "greatest") == 11);  // 9 between 0 and 1, and 2 around
  for (const Findings* findings : {&three, &all}) CHECK(card.verify(asked.problem, {}, *findings));
  asked.problem.from = {NodeId{0}, NodeId{1}};
  asked.problem.to = {NodeId{2}};
  const Findings two = asked.answer(card, {{"most_terminals", std::int64_t{2}}});
  CHECK(asked.figure(two, "terminals") == 2);  // named bodies are bounded too
  CHECK_FALSE(two.complete);
  asked.problem.from.clear();
  asked.problem.to.clear();
  const auto spoilt = [&](auto&& spoil) {
    Findings copy = all;
    spoil(copy);
    return !card.verify(asked.problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { std::get<MoneyUnits>(copy.listings[0].rows[1][2]).units += 1; }));
  CHECK(spoilt([](Findings& copy) { copy.listings[0].rows[0][1] = copy.listings[0].rows[0][0]; }));
  CHECK(spoilt([](Findings& copy) { copy.listings[0].rows.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { std::get<NodeColumn<std::int64_t>>(copy.per_node[0].second)[NodeId{2}] = 0; }));

  asked.problem.from = node_list({0, 3, 0});
  asked.problem.to = node_list({4});
  const Findings named = asked.answer(card);
  CHECK(asked.figure(named, "terminals") == 3);
  CHECK(asked.figure(named, "least") == 0);  // 4 hangs on an unknown amount alone
  CHECK(card.verify(asked.problem, {}, named));
}

TEST_CASE("gomory-hu: tells how far it is, and what is wrong by the edges it was given") {
  const Symmetric graph = undirected(4, edges_of({{0, 0}, {0, 1}, {1, 2}, {2, 3}, {1, 2}}));
  std::vector<std::pair<std::size_t, std::size_t>> told;
  Job job;
  job.progress = [&](std::string_view what, std::size_t done, std::size_t total) {
    CHECK(what == "cuts between bodies");
    told.emplace_back(done, total);
  };
  const auto tree = cut_tree(graph, {9, 2, 0, 3, 5}, node_list({0, 1, 2, 3}), job);
  REQUIRE(tree);
  CHECK(least_between(*tree, NodeId{0}, NodeId{2}) == 2);
  CHECK(least_between(*tree, NodeId{1}, NodeId{2}) == 5);
  CHECK(told == std::vector<std::pair<std::size_t, std::size_t>>{{0, 3}, {1, 3}, {2, 3}});
  const auto negative = cut_tree(graph, {0, 0, 0, -3, 5}, node_list({0, 3}));
  REQUIRE_FALSE(negative);
  CHECK(negative.error().what.find("edge 3 ") != std::string::npos);
  CHECK_FALSE(cut_tree(graph, {1, 2}, node_list({0, 3})));
}

TEST_CASE("gomory-hu: empty, single and wrong questions") {
  const Symmetric none = undirected(0, {});
  const Graph no_graph = directed(0, {});
  FlowAsked empty(no_graph, {}, std::vector<NodeId>{}, std::vector<NodeId>{});
  CHECK(empty.refusal(gomory_hu_card()) == ErrorCode::bad_argument);  // no undirected graph at all
  empty.problem.symmetric = &none;
  const Findings nothing = empty.answer(gomory_hu_card());
  CHECK(nothing.listings[0].rows.empty());
  CHECK(gomory_hu_card().verify(empty.problem, {}, nothing));

  const Symmetric pair = undirected(2, edges_of({{0, 1}}));
  CHECK_FALSE(cut_tree(pair, {1}, node_list({0, 2})));
  CHECK_FALSE(cut_tree(pair, {1}, node_list({0, 0})));
  CHECK_FALSE(cut_tree(pair, {-1}, node_list({0, 1})));
  CHECK(cut_tree(pair, {1}, node_list({1}))->branches.empty());
  FlowAsked negative(pair.both_ways(), {-4}, std::vector<NodeId>{}, std::vector<NodeId>{});
  negative.problem.symmetric = &pair;
  CHECK(negative.refusal(gomory_hu_card()) == ErrorCode::bad_argument);

  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  CHECK(cut_tree(pair, {1}, node_list({0, 1}), job).error().code == ErrorCode::interrupted);
}

}  // namespace
}  // namespace entente

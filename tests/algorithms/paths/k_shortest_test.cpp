#include "algorithms/paths/k_shortest.hpp"

#include <atomic>
#include <fstream>

#include <nlohmann/json.hpp>

#include "algorithms/certificates/paths.hpp"
#include "algorithms/paths/all_shortest.hpp"
#include "algorithms/paths/all_simple_paths.hpp"
#include "algorithms/paths/shortest.hpp"

namespace entente {
namespace {

using namespace test;

std::vector<NodeId> nodes_of(std::initializer_list<std::uint32_t> ids) {
  std::vector<NodeId> nodes;
  for (const std::uint32_t id : ids) nodes.push_back(NodeId{id});
  return nodes;
}

PathRules rules_of(const RandomPathQuestion& question, Seed seed) {
  PathRules rules;
  if (seed % 2 == 0) rules.length = &question.length;
  if (seed % 3 != 0) rules.no_stepping_stone = &question.no_stepping_stone;
  if (seed % 5 != 0) rules.closed = &question.closed;
  return rules;
}

TEST_CASE("k_shortest: the diamond with a shortcut lists its three paths in order") {
  //  0 -> 1 -> 3, 0 -> 2 -> 3, 0 -> 1 -> 2 -> 3
  const Graph graph = directed(4, edges_of({{0, 2}, {0, 1}, {1, 3}, {2, 3}, {1, 2}}));
  const auto answer = k_shortest_paths(graph, nodes_of({0}), nodes_of({3}));
  REQUIRE(answer);
  REQUIRE(answer->walks.size() == 3);
  CHECK(answer->walks[0].nodes == nodes_of({0, 1, 3}));
  CHECK(answer->walks[1].nodes == nodes_of({0, 2, 3}));
  CHECK(answer->walks[2].nodes == nodes_of({0, 1, 2, 3}));
  CHECK(answer->walks[2].edges == std::vector<EdgeId>{EdgeId{1}, EdgeId{4}, EdgeId{3}});
  CHECK(answer->walks[2].length == 3);
  CHECK(answer->complete);
  CHECK(answer->completeness == "complete: all 3 paths");
}

TEST_CASE("k_shortest: a listing of exactly k paths knows whether there are more") {
  const Graph graph = directed(4, edges_of({{0, 2}, {0, 1}, {1, 3}, {2, 3}, {1, 2}}));
  const auto two = k_shortest_paths(graph, nodes_of({0}), nodes_of({3}), {}, {.k = 2, .max_length = 0});
  CHECK(two->completeness == "stopped at 2 paths; there are more");
  const auto three = k_shortest_paths(graph, nodes_of({0}), nodes_of({3}), {}, {.k = 3, .max_length = 0});
  CHECK(three->completeness == "complete: all 3 paths");
  const auto within = k_shortest_paths(graph, nodes_of({0}), nodes_of({3}), {}, {.k = 2, .max_length = 2});
  CHECK(within->completeness == "complete: all 2 paths of at most 2 steps");
  const auto none = k_shortest_paths(graph, nodes_of({3}), nodes_of({0}));
  CHECK(none->completeness == "complete: there is no path");
}

TEST_CASE("k_shortest: with lengths and a bound on steps, a longer way of fewer steps can be the best remainder") {
  // 0 -> 2 in one step of 10 or two of 1; 2 -> 4 in one step of 5 or two of 1; at most three steps
  const Graph graph = directed(5, edges_of({{0, 2}, {0, 1}, {1, 2}, {2, 4}, {2, 3}, {3, 4}}));
  const EdgeColumn<double> length{10, 1, 1, 5, 1, 1};
  PathRules rules;
  rules.length = &length;
  const auto answer = k_shortest_paths(graph, nodes_of({0}), nodes_of({4}), rules, {.k = 10, .max_length = 3});
  REQUIRE(answer->walks.size() == 3);
  CHECK(answer->walks[0].nodes == nodes_of({0, 1, 2, 4}));
  CHECK(answer->walks[0].length == 7);
  CHECK(answer->walks[1].nodes == nodes_of({0, 2, 3, 4}));
  CHECK(answer->walks[1].length == 12);
  CHECK(answer->walks[2].nodes == nodes_of({0, 2, 4}));
  CHECK(answer->completeness == "complete: all 3 paths of at most 3 steps");
}

TEST_CASE("k_shortest: the paths of tried-out graphs are all paths, sorted, with and without lengths and limits") {
  for_each_seed(1500, [](Seed seed) {
    const RandomPathQuestion question = random_path_question(seed, 9);
    const PathRules rules = rules_of(question, seed);
    const int limit = seed % 4 == 0 ? 0 : static_cast<int>(seed % 4 + 1);
    const auto all = all_simple_paths(question.graph, question.from, question.to, rules,
                                      limit == 0 ? 1000 : static_cast<std::size_t>(limit));
    const auto answer =
        k_shortest_paths(question.graph, question.from, question.to, rules, {.k = 100000, .max_length = limit});
    REQUIRE(answer);
    REQUIRE(same_walks(answer->walks, all));
    REQUIRE(answer->complete);
  });
}

TEST_CASE("k_shortest: asking for fewer paths gives the first of them") {
  for_each_seed(300, [](Seed seed) {
    const RandomPathQuestion question = random_path_question(seed, 8);
    const PathRules rules = rules_of(question, seed);
    const auto all = all_simple_paths(question.graph, question.from, question.to, rules);
    for (const int k : {1, 2, 5}) {
      const auto answer =
          k_shortest_paths(question.graph, question.from, question.to, rules, {.k = k, .max_length = 0});
      REQUIRE(answer);
      const auto listed = std::min(all.size(), static_cast<std::size_t>(k));
      REQUIRE(same_walks(answer->walks, std::vector<Walk>(all.begin(),
                                                          all.begin() + static_cast<std::ptrdiff_t>(listed))));
      REQUIRE(answer->complete == (all.size() <= static_cast<std::size_t>(k)));
      REQUIRE(check_listing(question.graph, question.from, question.to, rules, answer->walks));
    }
  });
}

TEST_CASE("k_shortest: shortest and all shortest paths are the head of the listing") {
  for_each_seed(500, [](Seed seed) {
    const RandomPathQuestion question = random_path_question(seed, 8);
    const PathRules rules = rules_of(question, seed);
    auto all = all_simple_paths(question.graph, question.from, question.to, rules);
    const auto one = shortest_path(question.graph, question.from, question.to, rules);
    REQUIRE(one);
    REQUIRE(one->has_value() == !all.empty());
    REQUIRE(check_nothing_shorter(question.graph, question.from, question.to, rules, *one ? &**one : nullptr));
    if (all.empty()) return;
    REQUIRE(same_walks({**one}, {all.front()}));

    std::erase_if(all, [&](const Walk& walk) { return walk.length > all.front().length; });
    const auto shortest = all_shortest_paths(question.graph, question.from, question.to, rules);
    REQUIRE(shortest);
    REQUIRE(same_walks(shortest->walks, all));
    REQUIRE(shortest->count.total == static_cast<std::int64_t>(all.size()));
    REQUIRE(shortest->count.distance == all.front().length);
    REQUIRE(shortest->complete);
  });
}

TEST_CASE("k_shortest: paths many times longer than the shortest are listed too, and the listing knows its end") {
  //  0 - 1 in one step; else 0 - 2 - 1, and 0 - 3 - 4 - 1, far longer
  const Graph graph = directed(5, edges_of({{0, 1}, {0, 2}, {2, 1}, {0, 3}, {3, 4}, {4, 1}}));
  const EdgeColumn<double> length{1, 500, 500, 40000, 40000, 40000};
  PathRules rules;
  rules.length = &length;
  const auto all = k_shortest_paths(graph, nodes_of({0}), nodes_of({1}), rules, {.k = 3, .max_length = 0});
  REQUIRE(all->walks.size() == 3);
  CHECK(all->walks[1].length == 1000);
  CHECK(all->walks[2].length == 120000);
  CHECK(all->completeness == "complete: all 3 paths");
  const auto one = k_shortest_paths(graph, nodes_of({0}), nodes_of({1}), rules, {.k = 1, .max_length = 0});
  CHECK(one->completeness == "stopped at 1 path; there are more");
}

TEST_CASE("k_shortest: on larger graphs, with ties and without, the listing holds no path twice and keeps its order") {
  for_each_seed(20, [](Seed seed) {
    const Graph graph = undirected(300, random_edges(300, 900, seed, true, true)).both_ways();
    EdgeColumn<double> length = random_whole_values(graph.edge_count(), seed, 1, 3);
    PathRules rules;
    if (seed % 2 == 0) rules.length = &length;
    const auto answer =
        k_shortest_paths(graph, nodes_of({0}), nodes_of({299}), rules, {.k = 200, .max_length = 0});
    REQUIRE(answer);
    REQUIRE(check_listing(graph, nodes_of({0}), nodes_of({299}), rules, answer->walks));
    for (std::size_t i = 1; i < answer->walks.size(); ++i) {
      const Walk &a = answer->walks[i - 1], &b = answer->walks[i];
      REQUIRE(std::pair(a.length, a.nodes) < std::pair(b.length, b.nodes));
    }
    const auto all = all_shortest_paths(graph, nodes_of({0}), nodes_of({299}), rules, {.max_paths = 200});
    REQUIRE(answer->walks.size() >= all->walks.size());
    REQUIRE(same_walks({answer->walks.begin(), answer->walks.begin() + static_cast<std::ptrdiff_t>(all->walks.size())},
                       all->walks));
  });
}

TEST_CASE("k_shortest: a graph read backwards has the same paths backwards") {
  for_each_seed(200, [](Seed seed) {
    const std::vector<Ends> edges = random_arcs(7, 14, seed, true, true);
    std::vector<Ends> reversed;
    for (const auto& [source, target] : edges) reversed.push_back({target, source});
    const EdgeColumn<double> length = random_whole_values(edges.size(), seed);
    PathRules rules;
    rules.length = &length;
    const auto there =
        k_shortest_paths(directed(7, edges), nodes_of({0}), nodes_of({6}), rules, {.k = 1000, .max_length = 0});
    const auto back =
        k_shortest_paths(directed(7, reversed), nodes_of({6}), nodes_of({0}), rules, {.k = 1000, .max_length = 0});
    REQUIRE(there->walks.size() == back->walks.size());
    for (std::size_t i = 0; i < there->walks.size(); ++i) REQUIRE(there->walks[i].length == back->walks[i].length);
  });
}

TEST_CASE("k_shortest: in the complete graph of eight nodes there are 1957 paths between two nodes") {
  // sum over k of 6! / (6 - k)!: k = 0 ... 6 of the others in any order
  const Graph graph = undirected(complete_graph(8)).both_ways();
  const auto all = k_shortest_paths(graph, nodes_of({0}), nodes_of({7}), {}, {.k = 10000, .max_length = 0});
  REQUIRE(all->walks.size() == 1957);
  CHECK(all->completeness == "complete: all 1957 paths");
  CHECK(all->walks[0].nodes == nodes_of({0, 7}));
  CHECK(all->walks[6].nodes == nodes_of({0, 6, 7}));
  CHECK(all->walks[7].nodes == nodes_of({0, 1, 2, 7}));
  const auto within = k_shortest_paths(graph, nodes_of({0}), nodes_of({7}), {}, {.k = 1000, .max_length = 3});
  CHECK(within->walks.size() == 1 + 6 + 6 * 5);
  CHECK(within->complete);
}

TEST_CASE("k_shortest: every odd shape gives the paths that trying gives, between all pairs of nodes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    if (shape.node_count > 6) continue;
    for (const Graph& graph : {directed(shape), undirected(shape).both_ways()}) {
      for (const NodeId a : graph.nodes()) {
        for (const NodeId b : graph.nodes()) {
          const auto answer =
              k_shortest_paths(graph, std::span(&a, 1), std::span(&b, 1), {}, {.k = 10000, .max_length = 0});
          REQUIRE(answer);
          REQUIRE(same_walks(answer->walks, all_simple_paths(graph, {a}, {b})));
        }
      }
    }
  }
}

TEST_CASE("k_shortest: wrong questions are refused with a sentence") {
  const Graph graph = directed(2, edges_of({{0, 1}}));
  const auto refused = [](const auto& answer) { return !answer && answer.error().code == ErrorCode::bad_argument; };
  CHECK(refused(k_shortest_paths(graph, nodes_of({0}), nodes_of({1}), {}, {.k = 0, .max_length = 0})));
  CHECK(refused(k_shortest_paths(graph, nodes_of({0}), nodes_of({1}), {}, {.k = 1, .max_length = -1})));
  CHECK(refused(k_shortest_paths(graph, nodes_of({0}), {})));
  CHECK(refused(k_shortest_paths(graph, nodes_of({2}), nodes_of({1}))));
  for (const double length : {0.0, -1.0, std::numeric_limits<double>::infinity(),
                              std::numeric_limits<double>::quiet_NaN()}) {
    const EdgeColumn<double> lengths{length};
    PathRules rules;
    rules.length = &lengths;
    CHECK(refused(k_shortest_paths(graph, nodes_of({0}), nodes_of({1}), rules)));
  }
  const EdgeColumn<std::uint8_t> too_many(2);
  PathRules rules;
  rules.closed = &too_many;
  CHECK(refused(k_shortest_paths(graph, nodes_of({0}), nodes_of({1}), rules)));
}

TEST_CASE("k_shortest: stops soon once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const Symmetric graph = undirected(grid_graph(40, 40));
  const auto answer =
      k_shortest_paths(graph.both_ways(), nodes_of({0}), nodes_of({1599}), {}, {.k = 5, .max_length = 0}, job);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ErrorCode::interrupted);
}

TEST_CASE("k_shortest: networkx's shortest simple paths are found, as a set and by length") {
  std::ifstream file(ENTENTE_SHARED_DATA "/data/expected/networkx-testsuite-cases.ndjson");
  if (!file) {
    WARN("the shared data are not here; skipped");
    return;
  }
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    if (line.find("\"function\": \"shortest_simple_paths\"") == std::string::npos) continue;
    const auto test = nlohmann::json::parse(line);
    const auto& g = test["graph"];
    std::map<nlohmann::json, NodeId> id;
    for (const auto& node : g["nodes"]) id.emplace(node, NodeId{static_cast<std::uint32_t>(id.size())});
    std::vector<Ends> edges;
    EdgeColumn<double> length;
    for (const auto& edge : g["edges"]) {
      edges.push_back({id.at(edge[0]), id.at(edge[1])});
      length.push_back(edge.size() > 2 ? edge[2].value("weight", 1.0) : 1.0);
    }
    const Graph graph = g["directed"] ? directed(id.size(), edges) : undirected(id.size(), edges).both_ways();
    PathRules rules;
    if (!test["params"]["weight"].is_null()) rules.length = &length;
    const NodeId a = id.at(test["params"]["source"]), b = id.at(test["params"]["target"]);
    const auto answer =
        k_shortest_paths(graph, std::span(&a, 1), std::span(&b, 1), rules, {.k = 1000, .max_length = 0});
    REQUIRE(answer);
    std::vector<std::vector<NodeId>> ours, theirs;
    for (const Walk& walk : answer->walks) ours.push_back(walk.nodes);
    for (const auto& path : test["result"]) {
      theirs.emplace_back();
      for (const auto& node : path) theirs.back().push_back(id.at(node));
    }
    std::ranges::sort(ours);
    std::ranges::sort(theirs);
    CHECK(ours == theirs);
    ++cases;
  }
  CHECK(cases == 2);
}

}  // namespace
}  // namespace entente

#include "algorithms/paths/shortest.hpp"

#include <atomic>
#include <fstream>
#include <limits>

#include <nlohmann/json.hpp>

#include "algorithms/certificates/paths.hpp"
#include "algorithms/paths/all_shortest.hpp"
#include "algorithms/paths/all_simple_paths.hpp"
#include "algorithms/paths/cards.hpp"
#include "algorithms/paths/question.hpp"

namespace entente {
namespace {

using namespace test;

std::vector<NodeId> ids(std::initializer_list<std::uint32_t> values) {
  std::vector<NodeId> nodes;
  for (const std::uint32_t value : values) nodes.push_back(NodeId{value});
  return nodes;
}

TEST_CASE("shortest_path: of two equally short ways the one over the lower nodes, by the lowest edges") {
  //  0 - 2 - 3 by edges 0, 1;  0 - 1 - 3 by edges 2 and 4 (parallel), 3
  const Graph graph = undirected(4, edges_of({{0, 2}, {2, 3}, {0, 1}, {1, 3}, {1, 0}})).both_ways();
  const auto walk = shortest_path(graph, NodeId{0}, NodeId{3});
  REQUIRE(walk);
  REQUIRE(*walk);
  CHECK((*walk)->nodes == ids({0, 1, 3}));
  CHECK((*walk)->edges == std::vector<EdgeId>{EdgeId{2}, EdgeId{3}});
  CHECK((*walk)->length == 2);
}

TEST_CASE("shortest_path: follows lengths, by the shorter of two parallel edges, even over more steps") {
  const Graph graph = directed(3, edges_of({{0, 2}, {0, 1}, {0, 1}, {1, 2}}));
  const EdgeColumn<double> length{5, 3, 1.5, 2.25};
  PathRules rules;
  rules.length = &length;
  const auto walk = shortest_path(graph, NodeId{0}, NodeId{2}, rules);
  CHECK((*walk)->edges == std::vector<EdgeId>{EdgeId{2}, EdgeId{3}});
  CHECK((*walk)->length == 3.75);
}

TEST_CASE("shortest_path: a node that is no stepping stone may end a path but not lie inside it") {
  //  1 is a country: 0 - 1 - 2 is no partnership, 0 - 3 - 4 - 2 is
  const Graph graph = undirected(5, edges_of({{0, 1}, {1, 2}, {0, 3}, {3, 4}, {4, 2}})).both_ways();
  const NodeColumn<std::uint8_t> country{0, 1, 0, 0, 0};
  PathRules rules;
  rules.no_stepping_stone = &country;
  CHECK((*shortest_path(graph, NodeId{0}, NodeId{2}, rules))->nodes == ids({0, 3, 4, 2}));
  CHECK((*shortest_path(graph, NodeId{0}, NodeId{1}, rules))->nodes == ids({0, 1}));
  CHECK((*shortest_path(graph, NodeId{1}, NodeId{2}, rules))->nodes == ids({1, 2}));
  const EdgeColumn<std::uint8_t> closed{0, 0, 0, 1, 0};
  rules.closed = &closed;
  CHECK_FALSE(shortest_path(graph, NodeId{0}, NodeId{2}, rules)->has_value());
}

TEST_CASE("shortest_path: directions are kept, and no connection is an answer") {
  const Graph graph = directed(3, edges_of({{0, 1}, {2, 1}}));
  CHECK(shortest_path(graph, NodeId{0}, NodeId{1})->has_value());
  CHECK_FALSE(shortest_path(graph, NodeId{1}, NodeId{0})->has_value());
  CHECK_FALSE(shortest_path(graph, NodeId{0}, NodeId{2})->has_value());
}

TEST_CASE("shortest_path: from a node to itself is a path without steps") {
  const Graph graph = directed(2, edges_of({{0, 0}, {0, 1}, {1, 0}}));
  const auto walk = shortest_path(graph, NodeId{0}, NodeId{0});
  CHECK((*walk)->nodes == ids({0}));
  CHECK((*walk)->edges.empty());
  CHECK((*walk)->length == 0);
}

TEST_CASE("shortest_path: between groups it leads from the nearest to the nearest") {
  const Graph graph = undirected(path_graph(8)).both_ways();
  const auto walk = shortest_path(graph, ids({0, 2, 2}), ids({7, 5}));
  CHECK((*walk)->nodes == ids({2, 3, 4, 5}));
}

TEST_CASE("shortest_path: lengths of any size are added exactly where they are whole") {
  // 2^52 + 1 + 1 is 2^52 + 2, though a double on its way from 2^53 would lose a 1
  const double big = 4503599627370496.0;
  const Graph graph = directed(5, edges_of({{0, 1}, {1, 2}, {2, 4}, {0, 3}, {3, 4}}));
  const EdgeColumn<double> length{big, 1, 1, big, 1};
  PathRules rules;
  rules.length = &length;
  CHECK((*shortest_path(graph, NodeId{0}, NodeId{4}, rules))->nodes == ids({0, 3, 4}));
  CHECK((*shortest_path(graph, NodeId{0}, NodeId{4}, rules))->length == big + 1);
  const EdgeColumn<double> tiny{1e-290, 1e-290, 1e-290, 1e-290, 1e-290};
  rules.length = &tiny;
  CHECK((*shortest_path(graph, NodeId{0}, NodeId{4}, rules))->length == 2e-290);
}

TEST_CASE("shortest_path: lengths of very different size neither loop nor hide a path") {
  const Graph graph = undirected(4, edges_of({{0, 1}, {1, 2}, {2, 1}, {2, 3}})).both_ways();
  const EdgeColumn<double> length{1e200, 1e-200, 1e-200, 1e200};
  PathRules rules;
  rules.length = &length;
  const auto all = all_shortest_paths(graph, ids({0}), ids({3}), rules);
  REQUIRE(all);
  CHECK(all->count.total == 1);
  CHECK(all->walks[0].nodes == ids({0, 1, 2, 3}));
}

TEST_CASE("shortest_path: searching from both ends at once finds what searching from one end finds") {
  for_each_seed(400, [](Seed seed) {
    const RandomPathQuestion q = random_path_question(seed, 120);
    PathRules rules;
    if (seed % 2 == 0) rules.length = &q.length;
    if (seed % 3 != 0) rules.no_stepping_stone = &q.no_stepping_stone;
    if (seed % 5 != 0) rules.closed = &q.closed;
    const PathQuestion question = path_question(q.graph, q.from, q.to, rules).value();
    const auto all = distances_to_ends(question, {}).value();
    const auto near = distances_on_shortest_paths(question, {}).value();
    std::uint64_t nearest = out_of_reach;
    for (const NodeId start : question.from) nearest = std::min(nearest, all[start]);
    for (const NodeId start : question.from) {
      REQUIRE(near[start] >= all[start]);
      if (all[start] == nearest) REQUIRE(near[start] == nearest);
    }
    for (const NodeId v : q.graph.nodes()) REQUIRE(near[v] >= all[v]);
    const auto walk = shortest_path(q.graph, q.from, q.to, rules);
    REQUIRE(walk);
    REQUIRE(check_nothing_shorter(q.graph, q.from, q.to, rules, *walk ? &**walk : nullptr));
    if (*walk) REQUIRE(check_path(q.graph, q.from, q.to, rules, **walk));
  });
}

/// Slow oracle: the distance from the nearest start, edge by edge until nothing changes.
NodeColumn<std::uint64_t> distances_by_repetition(const PathQuestion& question) {
  NodeColumn<std::uint64_t> from(question.graph->node_count(), out_of_reach);
  for (const NodeId start : question.from) from[start] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId u : question.graph->nodes()) {
      if (from[u] == out_of_reach || (from[u] > 0 && !question.may_lie_inside(u))) continue;
      for (const auto [v, edge] : question.graph->out(u)) {
        if (!question.open(edge) || from[u] + question.length(edge) >= from[v]) continue;
        from[v] = from[u] + question.length(edge);
        changed = true;
      }
    }
  }
  return from;
}

TEST_CASE("k_shortest: distances within a radius are exact for every node on a path that is short enough") {
  std::size_t left_out = 0, on_paths = 0;
  for_each_seed(400, [&](Seed seed) {
    const RandomPathQuestion q = random_path_question(seed, 120);
    PathRules rules;
    if (seed % 2 == 0) rules.length = &q.length;
    if (seed % 3 != 0) rules.no_stepping_stone = &q.no_stepping_stone;
    if (seed % 5 != 0) rules.closed = &q.closed;
    const PathQuestion question = path_question(q.graph, q.from, q.to, rules).value();
    const auto all = distances_to_ends(question, {}).value();
    std::uint64_t nearest = out_of_reach;
    for (const NodeId start : question.from) nearest = std::min(nearest, all[start]);
    if (nearest == out_of_reach) return;
    const std::uint64_t radius = nearest + nearest / 2;
    const auto near = distances_within(question, radius, {}).value();
    const auto from = distances_by_repetition(question);
    for (const NodeId v : q.graph.nodes()) {
      REQUIRE(near[v] >= all[v]);
      if (from[v] == out_of_reach || all[v] == out_of_reach || from[v] + all[v] > radius) {
        left_out += near[v] == out_of_reach && all[v] != out_of_reach;
        continue;
      }
      if (from[v] > 0 && all[v] > 0 && !question.may_lie_inside(v)) continue;  // no path passes
      REQUIRE(near[v] == all[v]);
      ++on_paths;
    }
  });
  CHECK(left_out > 1000);
  CHECK(on_paths > 1000);
}

TEST_CASE("all_shortest: counts the paths of a grid as binomial coefficients, listed or not") {
  const Graph small = undirected(grid_graph(3, 4)).both_ways();
  const auto ten = all_shortest_paths(small, ids({0}), ids({11}));
  CHECK(ten->count.total == 10);  // 5 choose 2
  CHECK(ten->walks.size() == 10);
  CHECK(ten->completeness == "complete: all 10 shortest paths");
  CHECK(std::ranges::is_sorted(ten->walks, {}, &Walk::nodes));

  const Graph large = undirected(grid_graph(30, 30)).both_ways();
  const auto some = all_shortest_paths(large, ids({0}), ids({899}), {}, {.max_paths = 3});
  CHECK(some->count.total == 30067266499541040);  // 58 choose 29
  CHECK(some->count.total_is_exact);
  CHECK(some->completeness == "stopped at 3 of 30067266499541040 shortest paths");
  CHECK_FALSE(some->complete);

  const Graph huge = undirected(grid_graph(60, 60)).both_ways();
  const auto many = all_shortest_paths(huge, ids({0}), ids({3599}), {}, {.max_paths = 1});
  CHECK(many->count.total == std::numeric_limits<std::int64_t>::max());
  CHECK_FALSE(many->count.total_is_exact);
  CHECK(many->completeness == "stopped at 1 of at least 9223372036854775807 shortest paths");
}

TEST_CASE("all_shortest: parallel edges do not multiply paths") {
  const Graph graph = directed(3, edges_of({{0, 1}, {0, 1}, {0, 1}, {1, 2}, {1, 2}}));
  const auto answer = all_shortest_paths(graph, ids({0}), ids({2}));
  CHECK(answer->count.total == 1);
  CHECK(answer->walks.at(0).edges == std::vector<EdgeId>{EdgeId{0}, EdgeId{3}});
  CHECK(answer->completeness == "complete: there is only one shortest path");
}

TEST_CASE("all_shortest: a visitor sees the paths in the same order and can stop") {
  const Graph graph = undirected(grid_graph(4, 4)).both_ways();
  const auto listed = all_shortest_paths(graph, ids({0}), ids({15}));
  std::vector<Walk> seen;
  const auto count = for_each_shortest_path(graph, ids({0}), ids({15}), {}, [&](const Walk& walk) {
    seen.push_back(walk);
    return seen.size() < 7;
  });
  REQUIRE(count);
  CHECK(count->total == 20);
  REQUIRE(seen.size() == 7);
  CHECK(same_walks(seen, {listed->walks.begin(), listed->walks.begin() + 7}));
}

TEST_CASE("all_shortest: there are as many ways back as there, through lengths that are no whole numbers") {
  for_each_seed(200, [](Seed seed) {
    const std::vector<Ends> edges = random_edges(12, 30, seed, true, true);
    EdgeColumn<double> length = random_whole_values(edges.size(), seed, 1, 3);
    for (double& value : length.values()) value *= 0.1;
    PathRules rules;
    rules.length = &length;
    const Graph graph = undirected(12, edges).both_ways();
    const auto there = all_shortest_paths(graph, ids({0}), ids({11}), rules);
    const auto back = all_shortest_paths(graph, ids({11}), ids({0}), rules);
    REQUIRE(there->count.total == back->count.total);
    REQUIRE(there->count.distance == back->count.distance);
  });
}

TEST_CASE("shortest_path: renaming the nodes keeps distances and numbers of paths") {
  for_each_seed(150, [](Seed seed) {
    const std::vector<Ends> edges = random_arcs(15, 40, seed, true, true);
    const NodeColumn<NodeId> name = random_renaming(15, seed);
    const NodeId a = name[NodeId{0}], b = name[NodeId{14}];
    const auto here = all_shortest_paths(directed(15, edges), ids({0}), ids({14}));
    const auto there = all_shortest_paths(directed(15, renamed(edges, name)), std::span(&a, 1), std::span(&b, 1));
    REQUIRE(here->count.total == there->count.total);
    REQUIRE(here->count.distance == there->count.distance);
  });
}

TEST_CASE("shortest_path: wrong questions are refused, and cancelled ones stop") {
  const Graph graph = directed(2, edges_of({{0, 1}}));
  CHECK(shortest_path(graph, ids({}), ids({1})).error().what == "Name at least one node to start from.");
  CHECK(shortest_path(graph, NodeId{0}, NodeId{7}).error().code == ErrorCode::bad_argument);
  CHECK(all_shortest_paths(graph, ids({0}), ids({1}), {}, {.max_paths = -1}).error().where == "option max_paths");
  CHECK_FALSE(shortest_path(Graph(), NodeId{0}, NodeId{0}));
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  CHECK(all_shortest_paths(graph, ids({0}), ids({1}), {}, {}, job).error().code == ErrorCode::interrupted);
}

TEST_CASE("paths: the cards' findings verify, and stop verifying once tampered with") {
  const Symmetric graph = undirected(krackhardt_kite());
  const MoneyColumn money{{{'E', 'U', 'R'}}, 0, EdgeColumn<std::int64_t>(graph.edge_count(), 4)};
  Problem problem;
  problem.symmetric = &graph;
  problem.money = &money;
  problem.from = ids({0});
  problem.to = ids({9});
  for (const Card& card : paths_cards()) {
    CAPTURE(card.name);
    const auto findings = card.run(problem, {}, {});
    REQUIRE(findings);
    REQUIRE_FALSE(findings->walks.empty());
    CHECK(findings->walks.front().nodes == ids({0, 5, 7, 8, 9}));
    CHECK_FALSE(findings->completeness.empty());
    const auto verified = card.verify(problem, {}, *findings);
    REQUIRE(verified);
    CHECK(verified->starts_with("verified: "));
    Findings missing_step = *findings;
    missing_step.walks[0].nodes.erase(missing_step.walks[0].nodes.begin() + 1);
    missing_step.walks[0].edges.erase(missing_step.walks[0].edges.begin());
    CHECK_FALSE(card.verify(problem, {}, missing_step));
    Findings nothing = *findings;
    nothing.walks.clear();
    CHECK_FALSE(card.verify(problem, {}, nothing));
  }
}

TEST_CASE("shortest_path: networkx's shortest paths are as long, and its lists of all of them are the same") {
  std::ifstream file(ENTENTE_SHARED_DATA "/data/expected/networkx-testsuite-cases.ndjson");
  if (!file) {
    WARN("the shared data are not here; skipped");
    return;
  }
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    const bool one = line.find("\"function\": \"dijkstra_path\"") != std::string::npos ||
                     line.find("\"function\": \"shortest_path\"") != std::string::npos;
    const bool length_only = line.find("\"function\": \"dijkstra_path_length\"") != std::string::npos;
    const bool all = line.find("\"function\": \"all_shortest_paths\"") != std::string::npos;
    if (!one && !length_only && !all) continue;
    const auto test = nlohmann::json::parse(line);
    CAPTURE(test["test"].get<std::string>());
    const auto& g = test["graph"];
    const auto& p = test["params"];
    if (!p.contains("source") || !p.contains("target") || p["source"].is_null() || p["target"].is_null()) continue;
    std::map<nlohmann::json, NodeId> id;
    const auto key = [](const nlohmann::json& node) { return node.is_array() ? node[0] : node; };
    for (const auto& node : g["nodes"]) id.emplace(key(node), NodeId{static_cast<std::uint32_t>(id.size())});
    std::vector<Ends> edges;
    EdgeColumn<double> length;
    bool positive = true;
    const bool weighted = p.contains("weight") && p["weight"].is_string();
    for (const auto& edge : g["edges"]) {
      edges.push_back({id.at(edge[0]), id.at(edge[1])});
      length.push_back(weighted && edge.size() > 2 ? edge[2].value(p["weight"].get<std::string>(), 1.0) : 1.0);
      positive = positive && length.values().back() > 0;
    }
    if (!positive || !id.contains(p["source"]) || !id.contains(p["target"])) continue;  // lengths of 0 are refused here
    const Graph graph = g["directed"] ? directed(id.size(), edges) : undirected(id.size(), edges).both_ways();
    PathRules rules;
    if (weighted) rules.length = &length;
    const NodeId a = id.at(p["source"]), b = id.at(p["target"]);
    const auto ours = all_shortest_paths(graph, std::span(&a, 1), std::span(&b, 1), rules);
    REQUIRE(ours);
    const auto nodes_in = [&](const nlohmann::json& path) {
      std::vector<NodeId> nodes;
      for (const auto& node : path) nodes.push_back(id.at(node));
      return nodes;
    };
    if (length_only) {
      CHECK(ours->count.distance == test["result"].get<double>());
    } else if (one) {  // theirs is any one of ours
      CHECK(std::ranges::count(ours->walks, nodes_in(test["result"]), &Walk::nodes) == 1);
    } else {
      CHECK(ours->walks.size() == test["result"].size());
      for (const auto& path : test["result"]) CHECK(std::ranges::count(ours->walks, nodes_in(path), &Walk::nodes) == 1);
    }
    ++cases;
  }
  CHECK(cases > 30);
}

}  // namespace
}  // namespace entente

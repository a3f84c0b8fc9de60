#include "algorithms/flow/max_flow.hpp"

#include <atomic>
#include <fstream>
#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "algorithms/certificates/flow.hpp"
#include "algorithms/flow/cards.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/random_funding.hpp"

namespace entente {
namespace {

using namespace test;

constexpr std::int64_t largest = std::numeric_limits<std::int64_t>::max();

std::int64_t value_of(const Result<MaxFlow>& answer) {
  REQUIRE(answer);
  return answer->value;
}

std::int64_t value_of(const Funding& f) { return value_of(max_flow(f.graph, f.capacity, f.from, f.to)); }

TEST_CASE("max_flow: four ties worked by hand carry five, and the cut names the two full ones") {
  //      3 -> 1 -> 2          0 -> 1: 3, 0 -> 2: 2, 1 -> 2: 5, 1 -> 3: 2, 2 -> 3: 3
  const Graph graph = directed(4, edges_of({{0, 1}, {0, 2}, {1, 2}, {1, 3}, {2, 3}}));
  const EdgeColumn<std::int64_t> capacity{3, 2, 5, 2, 3};
  const auto answer = max_flow(graph, capacity, node_list({0}), node_list({3}));
  REQUIRE(answer);
  CHECK(answer->value == 5);
  CHECK(answer->flow == EdgeColumn<std::int64_t>{3, 2, 1, 2, 3});
  CHECK(answer->source_side == NodeColumn<std::uint8_t>{1, 0, 0, 0});
  CHECK(answer->cut == std::vector<EdgeId>{EdgeId{0}, EdgeId{1}});
}

TEST_CASE("max_flow: a mutual tie carries against its stated direction, and says so with a sign") {
  const Graph graph = make_mixed_graph(3, edges_of({{1, 0}, {1, 2}}), EdgeColumn<std::uint8_t>{0, 1}).value();
  const EdgeColumn<std::int64_t> capacity{7, 4};
  const auto answer = max_flow(graph, capacity, node_list({0}), node_list({2}));
  REQUIRE(answer);
  CHECK(answer->value == 4);
  CHECK(answer->flow == EdgeColumn<std::int64_t>{-4, 4});
}

TEST_CASE("max_flow: nothing flows in a circle, though 2 -> 3 and later 3 -> 2 help two ways to the target") {
  // first 0 -> 2 -> 3 -> 1; then 0 -> 4 -> 3 -> 2 -> 5 -> 6 -> 1 over the other tie between 2 and 3
  const Graph graph = directed(7, edges_of({{3, 2}, {0, 2}, {2, 3}, {3, 1}, {0, 4}, {4, 3}, {2, 5}, {5, 6}, {6, 1}}));
  const auto answer = max_flow(graph, EdgeColumn<std::int64_t>(9, 1), node_list({0}), node_list({1}));
  REQUIRE(answer);
  CHECK(answer->value == 2);
  CHECK(answer->flow == EdgeColumn<std::int64_t>{0, 1, 0, 1, 1, 1, 1, 1, 1});
}

TEST_CASE("max_flow: the certificate holds: a possible flow, as large as its cut, and routes that add up") {
  for_each_seed(600, [](Seed seed) {
    const Funding f = random_funding(seed);
    const auto answer = max_flow(f.graph, f.capacity, f.from, f.to);
    REQUIRE(answer);
    const auto proven = greatest_flow_value(f.graph, f.capacity, f.from, f.to, answer->flow, answer->source_side);
    REQUIRE(proven);
    REQUIRE(*proven == answer->value);
    std::int64_t cut = 0;
    for (const EdgeId edge : answer->cut) cut += f.capacity[edge];
    REQUIRE(cut == answer->value);
    const auto parts = decompose_flow(f.graph, answer->flow, f.from, f.to);
    REQUIRE(parts);
    REQUIRE(parts->circles.empty());
    REQUIRE(check_routes(f.graph, answer->flow, f.from, f.to, parts->routes));
  });
}

TEST_CASE("max_flow: agrees with trying every cut, up to ten nodes") {
  for_each_seed(400, [](Seed seed) {
    const Funding f = random_funding(seed, 9);
    REQUIRE(value_of(f) == smallest_cut_by_trying(f));
  });
}

TEST_CASE("max_flow: doubling every grant doubles the flow and keeps the cut") {
  for_each_seed(150, [](Seed seed) {
    Funding f = random_funding(seed, 20);
    const auto once = max_flow(f.graph, f.capacity, f.from, f.to);
    for (std::int64_t& units : f.capacity.values()) units *= 2;
    const auto twice = max_flow(f.graph, f.capacity, f.from, f.to);
    REQUIRE(twice->value == 2 * once->value);
    REQUIRE(twice->cut == once->cut);
  });
}

TEST_CASE("max_flow: one more tie never lowers the flow") {
  for_each_seed(150, [](Seed seed) {
    const Funding f = random_funding(seed, 12);
    Random random(seed, 99);
    std::vector<Ends> edges = f.edges;
    EdgeColumn<std::int64_t> capacity = f.capacity;
    EdgeColumn<std::uint8_t> one_way = f.one_way;
    edges.push_back(ends_of(random.below(f.graph.node_count()), random.below(f.graph.node_count())));
    capacity.push_back(5);
    one_way.push_back(1);
    const Graph more = make_mixed_graph(f.graph.node_count(), edges, one_way).value();
    REQUIRE(value_of(max_flow(more, capacity, f.from, f.to)) >= value_of(f));
  });
}

TEST_CASE("max_flow: with every tie turned around, as much flows from the targets to the sources") {
  for_each_seed(150, [](Seed seed) {
    const Funding f = random_funding(seed, 15);
    std::vector<Ends> turned;
    for (const auto& [source, target] : f.edges) turned.push_back({target, source});
    const Graph graph = make_mixed_graph(f.graph.node_count(), turned, f.one_way).value();
    REQUIRE(value_of(max_flow(graph, f.capacity, f.to, f.from)) == value_of(f));
  });
}

TEST_CASE("max_flow: value and source side do not depend on the order in which nodes are numbered") {
  for_each_seed(150, [](Seed seed) {
    const Funding f = random_funding(seed, 15);
    const std::size_t n = f.graph.node_count();
    const NodeColumn<NodeId> name = random_renaming(n, seed);
    const Graph graph = make_mixed_graph(n, renamed(f.edges, name), f.one_way).value();
    std::vector<NodeId> from, to;
    for (const NodeId v : f.from) from.push_back(name[v]);
    for (const NodeId v : f.to) to.push_back(name[v]);
    const auto here = max_flow(f.graph, f.capacity, f.from, f.to);
    const auto there = max_flow(graph, f.capacity, from, to);
    REQUIRE(there->value == here->value);
    REQUIRE(there->cut == here->cut);
    for (const NodeId v : f.graph.nodes()) REQUIRE(there->source_side[name[v]] == here->source_side[v]);
  });
}

TEST_CASE("max_flow: several sources carry as much as one source tied to each of them without limit") {
  for_each_seed(150, [](Seed seed) {
    const Funding f = random_funding(seed, 12);
    const std::size_t n = f.graph.node_count();
    std::vector<Ends> edges = f.edges;
    EdgeColumn<std::int64_t> capacity = f.capacity;
    EdgeColumn<std::uint8_t> one_way = f.one_way;
    for (const NodeId v : f.from) {
      edges.push_back({ends_of(n, 0).source, v});
      capacity.push_back(1000000);
      one_way.push_back(1);
    }
    for (const NodeId v : f.to) {
      edges.push_back({v, ends_of(n + 1, 0).source});
      capacity.push_back(1000000);
      one_way.push_back(1);
    }
    const Graph graph = make_mixed_graph(n + 2, edges, one_way).value();
    const auto s = static_cast<std::uint32_t>(n);
    REQUIRE(value_of(max_flow(graph, capacity, node_list({s}), node_list({s + 1}))) == value_of(f));
  });
}

TEST_CASE("max_flow: ends that are not connected give value 0, which is an answer") {
  const Graph graph = directed(3, edges_of({{1, 0}}));
  const EdgeColumn<std::int64_t> capacity{5};
  const auto answer = max_flow(graph, capacity, node_list({0}), node_list({1, 2}));
  REQUIRE(answer);
  CHECK(answer->value == 0);
  CHECK(answer->cut.empty());
  CHECK(decompose_flow(graph, answer->flow, node_list({0}), node_list({1, 2}))->routes.empty());
}

TEST_CASE("max_flow: on every odd shape the value is the smallest cut, between all pairs of nodes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    for (const Graph& graph : {directed(shape), undirected(shape).both_ways()}) {
      const EdgeColumn<std::int64_t> capacity(graph.edge_count(), 1);
      for (const NodeId a : graph.nodes()) {
        for (const NodeId b : graph.nodes()) {
          const Funding f{graph, capacity, {a}, {b}, {}, {}};
          if (a == b) REQUIRE_FALSE(max_flow(graph, capacity, f.from, f.to));
          else REQUIRE(value_of(f) == smallest_cut_by_trying(f));
        }
      }
    }
  }
}

TEST_CASE("max_flow: amounts near 64 bits stay exact, and what might leave them is refused") {
  const Graph chain = directed(3, edges_of({{0, 1}, {1, 2}}));
  CHECK(value_of(max_flow(chain, {largest, largest}, node_list({0}), node_list({2}))) == largest);
  const Graph twins = directed(2, edges_of({{0, 1}, {0, 1}}));
  CHECK(value_of(max_flow(twins, {largest - 1, 1}, node_list({0}), node_list({1}))) == largest);
  const auto over = max_flow(twins, {largest, 1}, node_list({0}), node_list({1}));
  REQUIRE_FALSE(over);
  CHECK(over.error().code == ErrorCode::overflow);
  const auto mutual =
      max_flow(undirected(2, edges_of({{0, 1}})).both_ways(), {largest}, node_list({0}), node_list({1}));
  REQUIRE_FALSE(mutual);
  CHECK(mutual.error().code == ErrorCode::overflow);
  // much may enter a narrow place: only one side has to fit
  const Graph funnel = directed(4, edges_of({{0, 1}, {0, 1}, {1, 2}, {2, 3}}));
  CHECK(value_of(max_flow(funnel, {largest, largest, 12, largest}, node_list({0}), node_list({3}))) == 12);
}

TEST_CASE("max_flow: wrong questions are refused with a sentence") {
  const Graph graph = directed(2, edges_of({{0, 1}}));
  const auto refused = [](const Result<MaxFlow>& answer, const char* words) {
    return !answer && answer.error().code == ErrorCode::bad_argument &&
           answer.error().what.find(words) != std::string::npos;
  };
  CHECK(refused(max_flow(graph, {-1}, node_list({0}), node_list({1})), "edge 0 has the capacity -1"));
  CHECK(refused(max_flow(graph, {1}, node_list({0}), node_list({0})), "both a source and a target"));
  CHECK(refused(max_flow(graph, {1}, node_list({0, 1}), node_list({1})), "node 1 is both"));
  CHECK(refused(max_flow(graph, {1}, {}, node_list({1})), "at least one source"));
  CHECK(refused(max_flow(graph, {1}, node_list({0}), {}), "at least one target"));
  CHECK(refused(max_flow(graph, {1}, node_list({0}), node_list({2})), "not one of the 2 nodes"));
  CHECK(refused(max_flow(graph, {1, 2}, node_list({0}), node_list({1})), "2 values for 1 edges"));
}

TEST_CASE("max_flow: a path of a hundred thousand ties does not exhaust the stack") {
  const NamedGraph path = path_graph(100000);
  const Graph graph = directed(path);
  const EdgeColumn<std::int64_t> capacity(graph.edge_count(), 3);
  const auto answer = max_flow(graph, capacity, node_list({0}), node_list({99999}));
  CHECK(value_of(answer) == 3);
  CHECK(decompose_flow(graph, answer->flow, node_list({0}), node_list({99999}))->routes.size() == 1);
}

TEST_CASE("max_flow: stops soon once cancelled") {
  const std::atomic<bool> cancel{true};
  Job job;
  job.cancel = &cancel;
  const auto answer = max_flow(directed(2, edges_of({{0, 1}})), {1}, node_list({0}), node_list({1}), job);
  REQUIRE_FALSE(answer);
  CHECK(answer.error().code == ErrorCode::interrupted);
}

TEST_CASE("max_flow: the card's findings verify, and stop verifying once tampered with") {
  const Card card = flow_cards().front();
  const Funding f = random_funding(4, 15);
  const MoneyColumn money{{{'E', 'U', 'R'}}, 2, f.capacity};
  Problem problem;
  problem.graph = &f.graph;
  problem.undirected = false;
  problem.money = &money;
  problem.from = f.from;
  problem.to = f.to;
  auto findings = card.run(problem, {}, {});
  REQUIRE(findings);
  REQUIRE(std::get<std::int64_t>(findings->figures.at(0).second) > 0);
  CHECK(card.verify(problem, {}, *findings).value().starts_with("verified: flow conserved at every node"));

  const auto spoilt = [&](auto&& spoil) {
    Findings copy = *findings;
    spoil(copy);
    return !card.verify(problem, {}, copy);
  };
  CHECK(spoilt([](Findings& copy) { copy.walks.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { ++copy.walks.front().amount; }));
  CHECK(spoilt([](Findings& copy) { copy.cut.pop_back(); }));
  CHECK(spoilt([](Findings& copy) { ++std::get<std::int64_t>(copy.figures[0].second); }));
  CHECK(spoilt([&](Findings& copy) { std::get<NodeColumn<std::uint8_t>>(copy.per_node[0].second)[f.to[0]] = 1; }));
  CHECK(spoilt([&](Findings& copy) {
    ++std::get<EdgeColumn<std::int64_t>>(copy.per_edge[0].second)[copy.walks.front().edges.front()];
  }));
}

/// A DIMACS maximum-flow problem.
std::optional<Funding> read_dimacs(const std::string& path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  Funding f;
  std::size_t nodes = 0;
  for (std::string line; std::getline(file, line);) {
    std::istringstream fields(line);
    std::string tag, end;
    std::uint32_t a = 0, b = 0;
    std::int64_t units = 0;
    fields >> tag;
    if (tag == "p") fields >> end >> nodes;
    if (tag == "n" && fields >> a >> end) (end == "s" ? f.from : f.to).push_back(NodeId{a - 1});
    if (tag == "a" && fields >> a >> b >> units) f.edges.push_back(ends_of(a - 1, b - 1)), f.capacity.push_back(units);
  }
  f.graph = directed(nodes, f.edges);
  return f;
}

TEST_CASE("max_flow: DIMACS instances have their known optima") {
  const std::string folder = ENTENTE_SHARED_DATA "/data/";
  std::ifstream file(folder + "flow/optima.json");
  if (!file) {
    WARN("the shared data are not here; skipped");
    return;
  }
  int instances = 0;
  const auto optima = nlohmann::json::parse(file);
  for (const auto& [name, optimum] : optima.items()) {
    if (optimum["kind"] != "max-flow") continue;
    CAPTURE(name);
    const auto f = read_dimacs(folder + name);
    REQUIRE(f);
    CHECK(value_of(*f) == optimum["value"].get<std::int64_t>());
    ++instances;
  }
  CHECK(instances == 7);
}

TEST_CASE("max_flow: networkx's maximum flows and minimum cuts have the same value") {
  std::ifstream file(ENTENTE_SHARED_DATA "/data/expected/networkx-testsuite-cases.ndjson");
  if (!file) {
    WARN("the shared data are not here; skipped");
    return;
  }
  int cases = 0;
  for (std::string line; std::getline(file, line);) {
    const bool flow = line.find("\"function\": \"maximum_flow_value\"") != std::string::npos;
    const bool cut = line.find("\"function\": \"minimum_cut\"") != std::string::npos;
    const bool cut_value = line.find("\"function\": \"minimum_cut_value\"") != std::string::npos;
    if (!flow && !cut && !cut_value) continue;
    const auto test = nlohmann::json::parse(line);
    CAPTURE(test["test"].get<std::string>());
    const auto& g = test["graph"];
    std::map<nlohmann::json, NodeId> id;
    for (const auto& node : g["nodes"]) {
      id.emplace(node.is_array() ? node[0] : node, NodeId{static_cast<std::uint32_t>(id.size())});
    }
    const auto name = test["params"]["capacity"].get<std::string>();
    std::vector<Ends> edges;
    EdgeColumn<std::int64_t> capacity;
    bool whole = true;
    for (const auto& edge : g["edges"]) {
      edges.push_back({id.at(edge[0]), id.at(edge[1])});
      whole = whole && edge.size() > 2 && edge[2].contains(name);  // without: unlimited, which we do not have
      const double units = whole ? edge[2][name].get<double>() : 0;
      capacity.push_back(static_cast<std::int64_t>(units));
      whole = whole && static_cast<double>(capacity.values().back()) == units;
    }
    if (!whole) continue;
    const Graph graph = g["directed"] ? directed(id.size(), edges) : undirected(id.size(), edges).both_ways();
    const NodeId a = id.at(test["params"]["_s"]), b = id.at(test["params"]["_t"]);
    const double expected = (cut ? test["result"][0] : test["result"]).get<double>();
    CHECK(static_cast<double>(value_of(max_flow(graph, capacity, std::span(&a, 1), std::span(&b, 1)))) == expected);
    ++cases;
  }
  CHECK(cases > 50);
}

}  // namespace
}  // namespace entente

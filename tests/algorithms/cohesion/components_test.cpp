#include "algorithms/cohesion/components.hpp"

#include <atomic>
#include <catch2/catch.hpp>
#include <vector>

#include "algorithms/cohesion/cards.hpp"
#include "algorithms/cohesion/cohesion.hpp"
#include "algorithms/cohesion/numbering.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

using Numbers = NodeColumn<std::int64_t>;

/// reach[u][v]: v can be walked to from u; by Warshall's closure.
std::vector<std::vector<bool>> reachable_by_closure(const Graph& graph) {
  const std::size_t n = graph.node_count();
  std::vector<std::vector<bool>> reach(n, std::vector<bool>(n, false));
  for (const NodeId u : graph.nodes()) {
    reach[u.index][u.index] = true;
    for (const NodeId v : graph.out_neighbours(u)) reach[u.index][v.index] = true;
  }
  for (std::size_t k = 0; k < n; ++k) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) reach[i][j] = reach[i][j] || (reach[i][k] && reach[k][j]);
    }
  }
  return reach;
}

void check_numbering(const Components& parts) {
  std::vector<std::size_t> size(static_cast<std::size_t>(parts.count), 0), first(size.size(), 0);
  for (std::size_t i = parts.component.size(); i-- > 0;) {
    const auto c = static_cast<std::size_t>(parts.component[NodeId{static_cast<std::uint32_t>(i)}]);
    REQUIRE(c < size.size());
    ++size[c];
    first[c] = i;
  }
  for (std::size_t c = 0; c < size.size(); ++c) {
    CHECK(size[c] > 0);
    if (c > 0) CHECK((size[c - 1] > size[c] || (size[c - 1] == size[c] && first[c - 1] < first[c])));
  }
  CHECK(parts.largest == (size.empty() ? 0 : static_cast<std::int64_t>(size[0])));
}

}  // namespace

TEST_CASE("components: the larger part comes first, and of equal ones that with the smaller node") {
  const auto parts = components(undirected(8, edges_of({{7, 5}, {5, 4}, {1, 6}, {2, 0}}))).value();
  CHECK(parts.component == Numbers{1, 2, 1, 3, 0, 0, 2, 0});
  CHECK(parts.count == 4);
  CHECK(parts.largest == 3);
}

TEST_CASE("strong_components: a cycle is one component and what hangs on it is not") {
  const auto parts = strong_components(directed(5, edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}, {4, 0}}))).value();
  CHECK(parts.component == Numbers{0, 0, 0, 1, 2});
  CHECK(parts.count == 3);
}

TEST_CASE("strong_components: a mutual tie runs both ways and a directed one does not") {
  const auto edges = edges_of({{0, 1}, {1, 2}});
  const auto mixed = make_mixed_graph(3, edges, EdgeColumn<std::uint8_t>{0, 1}).value();
  CHECK(strong_components(mixed)->component == Numbers{0, 0, 1});
}

TEST_CASE("numbered_by_size: any codes of the same groups give the same numbers") {
  const std::vector<std::uint32_t> codes{3, 0, 3, 2, 0, 0}, others{1, 5, 1, 0, 5, 5};
  CHECK(numbered_by_size(codes).group == Numbers{1, 0, 1, 2, 0, 0});
  CHECK(numbered_by_size(others).group == numbered_by_size(codes).group);
  CHECK(numbered_by_size({}).count == 0);
}

TEST_CASE("components and strong_components: two nodes share one exactly where walks lead there and back") {
  for_each_seed(150, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(20);
    const auto edges = random_arcs(n, random.below(2 * n), seed, true, true);
    const Graph graph = directed(n, edges);
    const Symmetric both = undirected(n, edges);
    const auto weak = components(both).value();
    const auto strong = strong_components(graph).value();
    const auto reach = reachable_by_closure(graph), reach_weakly = reachable_by_closure(both.both_ways());
    for (const NodeId u : graph.nodes()) {
      for (const NodeId v : graph.nodes()) {
        CHECK((weak.component[u] == weak.component[v]) == reach_weakly[u.index][v.index]);
        CHECK((strong.component[u] == strong.component[v]) ==
              (reach[u.index][v.index] && reach[v.index][u.index]));
      }
    }
    check_numbering(weak);
    check_numbering(strong);
  });
}

TEST_CASE("components: odd shapes") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    check_numbering(components(undirected(shape)).value());
    check_numbering(strong_components(directed(shape)).value());
    CHECK(strong_components(undirected(shape).both_ways())->component == components(undirected(shape))->component);
  }
  CHECK(components(Symmetric{})->count == 0);
}

TEST_CASE("strong_components: a cycle and a path of 300,000 nodes need no deep stack") {
  CHECK(strong_components(directed(cycle_graph(300000)))->count == 1);
  CHECK(strong_components(directed(path_graph(300000)))->count == 300000);
}

TEST_CASE("components: a cancelled job is an error, not half an answer") {
  const std::atomic<bool> stop = true;
  Job job;
  job.cancel = &stop;
  CHECK(components(undirected(path_graph(3)), job).error().code == ErrorCode::interrupted);
  CHECK(strong_components(directed(path_graph(3)), job).error().code == ErrorCode::interrupted);
  CHECK(cohesion(undirected(path_graph(3)), job).error().code == ErrorCode::interrupted);
}

TEST_CASE("cohesion: the summary of two triangles joined at a node, an edge and a node with a loop") {
  const auto summary =
      cohesion(undirected(8, edges_of({{0, 1}, {1, 2}, {2, 0}, {2, 3}, {3, 4}, {4, 2}, {5, 6}, {7, 7}}))).value();
  CHECK(summary.components == 3);
  CHECK(summary.largest_component == 5);
  CHECK(summary.isolates == 1);
  CHECK(summary.bicomponents == 3);
  CHECK(summary.largest_bicomponent == 3);
  CHECK(summary.articulation_points == 1);
  CHECK(summary.bridges == 1);
}

TEST_CASE("cohesion cards: each result that a card announces is there, of the right length") {
  const auto shape = krackhardt_kite();
  const Symmetric both = undirected(shape);
  const Graph graph = directed(shape);
  Problem problem;
  problem.graph = &graph;
  problem.symmetric = &both;
  problem.undirected = false;
  for (const Card& card : cohesion_cards()) {
    CAPTURE(card.name);
    CHECK(card.family == "cohesion");
    const auto findings = card.run(problem, {}, {}).value();
    CHECK(findings.per_node.size() + findings.per_edge.size() + findings.figures.size() == card.results.size());
    for (const auto& [name, values] : findings.per_node) {
      CHECK(std::visit([](const auto& column) { return column.size(); }, values) == 10);
    }
    for (const auto& [name, values] : findings.per_edge) {
      CHECK(std::visit([](const auto& column) { return column.size(); }, values) == 18);
    }
    CHECK(card.run(problem, {{"speed", true}}, {}).error().code == ErrorCode::bad_argument);
  }
}

}  // namespace entente::test

#include "algorithms/centrality/top_closeness.hpp"

#include <atomic>

#include "algorithms/centrality/closeness.hpp"
#include "algorithms/centrality/harmonic.hpp"
#include "algorithms/centrality/support.hpp"

using namespace entente;
using namespace entente::test;

namespace {

/// The list by definition: all scores, sorted.
void check_top(const Graph& graph, std::int64_t top) {
  for (const char* measure : {"harmonic", "closeness"}) {
    CAPTURE(measure, top);
    const bool is_harmonic = measure == std::string("harmonic");
    const NodeColumn<double> score =
        is_harmonic ? harmonic(graph)->harmonic : closeness(graph, nullptr, {.normalized = true})->closeness;
    std::vector<NodeId> expected(graph.nodes().begin(), graph.nodes().end());
    std::ranges::stable_sort(expected, std::ranges::greater(), [&](NodeId v) { return score[v]; });
    expected.resize(std::min(expected.size(), static_cast<std::size_t>(top)));
    const auto found = top_closeness(graph, {.top = top, .measure = measure});
    REQUIRE(found);
    CHECK(found->node == expected);
    REQUIRE(found->score.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) CHECK(found->score[i] == score[expected[i]]);
  }
}

/// Node v is tied to `ties` earlier nodes, low ids far more often.
std::vector<Ends> with_hubs(std::size_t n, std::size_t ties, Seed seed) {
  Random random(seed);
  std::vector<Ends> edges;
  for (std::size_t v = 1; v < n; ++v) {
    for (std::size_t i = 0; i < ties; ++i) edges.push_back(ends_of(v, random.below(1 + random.below(v))));
  }
  return edges;
}

}  // namespace

TEST_CASE("top closeness: the leaders of the karate club, scores and all") {
  const auto found = top_closeness(undirected(karate_club()).both_ways(), {.top = 2}).value();
  CHECK(found.node == std::vector<NodeId>{NodeId{33}, NodeId{0}});
  CHECK(found.score[0] == Approx(23.25).epsilon(1e-15));
  CHECK(top_closeness(undirected(karate_club()).both_ways(), {.top = 1, .measure = "closeness"})->node ==
        std::vector<NodeId>{NodeId{0}});
}

TEST_CASE("top closeness: ties are broken by the lowest node") {
  CHECK(top_closeness(undirected(cycle_graph(6)).both_ways(), {.top = 3})->node ==
        std::vector<NodeId>{NodeId{0}, NodeId{1}, NodeId{2}});
}

TEST_CASE("top closeness: is the head of the full list on random graphs") {
  for_each_seed(40, [](Seed seed) {
    Random random(seed);
    const std::size_t n = 1 + random.below(60);
    const auto edges = random_arcs(n, random.below(3 * n), seed, true, true);
    const auto top = static_cast<std::int64_t>(1 + random.below(12));
    check_top(directed(n, edges), top);
    check_top(undirected(n, edges).both_ways(), top);
  });
}

TEST_CASE("top closeness: is the head of the full list where most nodes are never searched from") {
  for_each_seed(2, [](Seed seed) {
    const auto edges = with_hubs(3000, 4, seed);
    check_top(undirected(3200, edges).both_ways(), 10);
    check_top(directed(3000, edges), 5);
    CHECK(top_closeness(undirected(3200, edges).both_ways())->searched <= 1536);
  });
}

TEST_CASE("top closeness: is the head of the full list on the odd shapes, and where no bound helps") {
  for (const NamedGraph& shape : odd_shapes()) {
    CAPTURE(shape.name);
    check_top(directed(shape), 3);
    check_top(undirected(shape).both_ways(), 100);
  }
  check_top(undirected(grid_graph(30, 40)).both_ways(), 7);
}

TEST_CASE("top closeness: the same list on 1, 2, 7 and 16 threads") {
  const Graph graph = directed(5000, with_hubs(5000, 3, 2));
  const auto alone = top_closeness(graph, {}, with_threads(1)).value();
  for (const int threads : {2, 7, 16}) {
    const auto found = top_closeness(graph, {}, with_threads(threads)).value();
    CHECK(found.node == alone.node);
    CHECK(found.score == alone.score);
    CHECK(found.searched == alone.searched);
  }
}

TEST_CASE("top closeness: refuses what it cannot list, and stops when told to") {
  const Graph graph = directed(path_graph(3));
  CHECK(top_closeness(graph, {.top = 0}).error().where == "option top");
  CHECK(top_closeness(graph, {.measure = "distance"}).error().where == "option measure");
  const std::atomic<bool> stop{true};
  Job job;
  job.cancel = &stop;
  CHECK(top_closeness(graph, {}, job).error().code == ErrorCode::interrupted);
  const Findings findings =
      top_closeness_card().run(Asked(3, path_graph(3).edges, true).problem, {{"top", std::int64_t{1}}}, {}).value();
  CHECK(std::get<NodeColumn<std::int64_t>>(findings.per_node.at(0).second) == NodeColumn<std::int64_t>{0, 1, 0});
  CHECK(first_column(findings) == std::vector<double>{0, 1, 0});
}

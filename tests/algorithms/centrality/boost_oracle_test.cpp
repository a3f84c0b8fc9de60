#include <vector>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/page_rank.hpp>

#include "algorithms/centrality/betweenness.hpp"
#include "algorithms/centrality/closeness.hpp"
#include "algorithms/centrality/core.hpp"
#include "algorithms/centrality/harmonic.hpp"
#include "algorithms/centrality/pagerank.hpp"
#include "algorithms/centrality/support.hpp"

/// Boost.Graph on its own adjacency_list as the slow oracle. Boost counts parallel edges as different
/// paths and partners, so these graphs are simple; what parallel edges do is tested beside each kernel.

using namespace entente;
using namespace entente::test;

namespace {

using Length = boost::property<boost::edge_weight_t, double>;
template <class Direction>
using BoostList = boost::adjacency_list<boost::vecS, boost::vecS, Direction, boost::no_property, Length>;
using BoostDirected = BoostList<boost::bidirectionalS>;
using BoostUndirected = BoostList<boost::undirectedS>;

template <class BoostGraph>
BoostGraph boost_graph(std::size_t n, const std::vector<Ends>& edges, const EdgeColumn<double>& length) {
  BoostGraph graph(n);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    boost::add_edge(edges[i].source.index, edges[i].target.index, Length(length.values()[i]), graph);
  }
  return graph;
}

template <class BoostGraph>
auto by_index(std::vector<double>& values, const BoostGraph& graph) {
  return boost::make_iterator_property_map(values.begin(), boost::get(boost::vertex_index, graph));
}

template <class BoostGraph>
std::vector<double> boost_betweenness(const BoostGraph& graph, bool with_lengths) {
  std::vector<double> score(boost::num_vertices(graph));
  if (with_lengths) {
    boost::brandes_betweenness_centrality(
        graph, boost::centrality_map(by_index(score, graph)).weight_map(boost::get(boost::edge_weight, graph)));
  } else {
    boost::brandes_betweenness_centrality(graph, boost::centrality_map(by_index(score, graph)));
  }
  return score;
}

template <class BoostGraph>
std::pair<std::vector<double>, std::vector<double>> boost_nearness(const BoostGraph& graph) {
  const std::size_t n = boost::num_vertices(graph);
  std::vector<double> closeness_of(n), harmonic_of(n), distance(n);
  for (std::size_t s = 0; s < n; ++s) {
    boost::dijkstra_shortest_paths(graph, s, boost::distance_map(by_index(distance, graph)));
    double sum = 0, others = 0;
    for (std::size_t v = 0; v < n; ++v) {
      if (v == s || distance[v] > 1e300) continue;  // Boost marks what it does not reach with the largest double
      sum += distance[v];
      others += 1;
      harmonic_of[s] += 1 / distance[v];
    }
    closeness_of[s] = others > 0 ? others / sum : 0;
  }
  return {closeness_of, harmonic_of};
}

struct Sample {
  std::size_t n;
  std::vector<Ends> arcs, ties;
  EdgeColumn<double> arc_length, tie_length;

  explicit Sample(Seed seed) {
    Random random(seed, 2);
    n = 1 + random.below(60);
    arcs = random_arcs(n, random.below(4 * n), seed);
    ties = random_edges(n, random.below(3 * n), seed);
    arc_length = random_whole_values(arcs.size(), seed, 1, 4);
    tie_length = random_whole_values(ties.size(), seed, 1, 4);
  }
};

}  // namespace

TEST_CASE("betweenness: agrees with Boost.Graph's Brandes on random simple graphs") {
  for_each_seed(40, [](Seed seed) {
    const Sample sample(seed);
    const auto theirs = boost_graph<BoostDirected>(sample.n, sample.arcs, sample.arc_length);
    const Graph ours = directed(sample.n, sample.arcs);
    CHECK(largest_difference(betweenness(ours)->betweenness, boost_betweenness(theirs, false)) < 1e-9);
    CHECK(largest_difference(betweenness(ours, &sample.arc_length)->betweenness, boost_betweenness(theirs, true)) <
          1e-9);

    const auto their_ties = boost_graph<BoostUndirected>(sample.n, sample.ties, sample.tie_length);
    const Symmetric our_ties = undirected(sample.n, sample.ties);
    CHECK(largest_difference(betweenness(our_ties)->betweenness, boost_betweenness(their_ties, false)) < 1e-9);
    CHECK(largest_difference(betweenness(our_ties, &sample.tie_length)->betweenness,
                             boost_betweenness(their_ties, true)) < 1e-9);
  });
}

TEST_CASE("closeness and harmonic: agree with Boost.Graph's Dijkstra on random simple graphs") {
  for_each_seed(40, [](Seed seed) {
    const Sample sample(seed);
    const Graph arcs = directed(sample.n, sample.arcs);
    const auto [c, h] = boost_nearness(boost_graph<BoostDirected>(sample.n, sample.arcs, sample.arc_length));
    CHECK(largest_difference(closeness(arcs, &sample.arc_length)->closeness, c) < 1e-12);
    CHECK(largest_difference(harmonic(arcs, &sample.arc_length)->harmonic, h) < 1e-12);
    const Symmetric ties = undirected(sample.n, sample.ties);
    const auto [cu, hu] = boost_nearness(boost_graph<BoostUndirected>(sample.n, sample.ties, sample.tie_length));
    CHECK(largest_difference(closeness(ties.both_ways(), &sample.tie_length)->closeness, cu) < 1e-12);
    CHECK(largest_difference(harmonic(ties.both_ways(), &sample.tie_length)->harmonic, hu) < 1e-12);
  });
}

TEST_CASE("core: agrees with Boost.Graph's core_numbers on random simple graphs") {
  for_each_seed(40, [](Seed seed) {
    const Sample sample(seed);
    const auto theirs = boost_graph<BoostUndirected>(sample.n, sample.ties, sample.tie_length);
    std::vector<int> expected(sample.n);
    boost::core_numbers(theirs,
                        boost::make_iterator_property_map(expected.begin(), boost::get(boost::vertex_index, theirs)));
    const auto ours = core_numbers(undirected(sample.n, sample.ties)).core;
    CHECK(std::ranges::equal(ours.values(), expected));
  });
}

TEST_CASE("pagerank: agrees with Boost.Graph's page_rank where there is no sink") {
  for_each_seed(40, [](Seed seed) {
    Sample sample(seed);
    for (const Ends& e : cycle_graph(sample.n).edges) sample.arcs.push_back(e);  // Boost loses what flows into sinks
    const EdgeColumn<double> length(sample.arcs.size(), 1.0);
    const auto theirs = boost_graph<BoostDirected>(sample.n, sample.arcs, length);
    std::vector<double> expected(sample.n);
    boost::graph::page_rank(theirs, by_index(expected, theirs), boost::graph::n_iterations(300), 0.85, sample.n);
    double sum = 0;
    for (const double value : expected) sum += value;  // scaled to n there
    for (double& value : expected) value /= sum;
    CHECK(largest_difference(pagerank(directed(sample.n, sample.arcs))->score, expected) < 1e-9);
  });
}

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/strong_components.hpp>
#include <catch2/catch.hpp>
#include <cstdint>
#include <iterator>
#include <map>
#include <set>
#include <vector>

#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/components.hpp"
#include "support/random_graphs.hpp"

namespace entente::test {

namespace {

using OracleEdge = boost::property<boost::edge_index_t, std::size_t>;
using OracleUndirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, OracleEdge>;
using OracleDirected =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, boost::no_property, OracleEdge>;

template <class Oracle>
Oracle oracle_of(std::size_t n, const std::vector<Ends>& edges) {
  Oracle graph(n);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    boost::add_edge(edges[i].source.index, edges[i].target.index, OracleEdge(i), graph);
  }
  return graph;
}

/// Two numberings of the same things make the same groups.
template <class Ours, class Theirs>
bool same_groups(const Ours& ours, const Theirs& theirs) {
  std::map<std::int64_t, std::int64_t> forward, backward;
  for (std::size_t i = 0; i < theirs.size(); ++i) {
    const auto a = ours[i];
    const auto b = static_cast<std::int64_t>(theirs[i]);
    if (forward.try_emplace(a, b).first->second != b) return false;
    if (backward.try_emplace(b, a).first->second != a) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("components: agree with Boost.Graph") {
  for_each_seed(60, [](Seed seed) {
    const std::size_t n = 200;
    const auto edges = random_arcs(n, 60 + 4 * seed, seed, true, true);
    std::vector<int> theirs(n);
    const auto count = boost::connected_components(oracle_of<OracleUndirected>(n, edges), theirs.data());
    const auto ours = components(undirected(n, edges)).value();
    CHECK(ours.count == count);
    CHECK(same_groups(ours.component.values(), theirs));
  });
}

TEST_CASE("strong_components: agree with Boost.Graph") {
  for_each_seed(60, [](Seed seed) {
    const std::size_t n = 200;
    const auto edges = random_arcs(n, 100 + 6 * seed, seed, true, true);
    std::vector<int> theirs(n);
    const auto graph = oracle_of<OracleDirected>(n, edges);
    const auto count = boost::strong_components(
        graph, boost::make_iterator_property_map(theirs.begin(), boost::get(boost::vertex_index, graph)));
    const auto ours = strong_components(directed(n, edges)).value();
    CHECK(ours.count == count);
    CHECK(same_groups(ours.component.values(), theirs));
  });
}

TEST_CASE("bicomponents: agree with Boost.Graph on simple graphs") {
  for_each_seed(60, [](Seed seed) {
    const std::size_t n = 150;
    const auto edges = random_edges(n, 50 + 5 * seed, seed);
    auto graph = oracle_of<OracleUndirected>(n, edges);
    std::vector<std::size_t> theirs(edges.size());
    std::vector<std::size_t> points;
    const auto count =
        boost::biconnected_components(
            graph, boost::make_iterator_property_map(theirs.begin(), boost::get(boost::edge_index, graph)),
            std::back_inserter(points))
            .first;
    const auto ours = bicomponents(undirected(n, edges)).value();
    CHECK(ours.count == static_cast<std::int64_t>(count));
    CHECK(same_groups(ours.bicomponent.values(), theirs));
    const std::set<std::size_t> articulation(points.begin(), points.end());
    for (std::uint32_t u = 0; u < n; ++u) CHECK((ours.articulation[NodeId{u}] == 1) == articulation.contains(u));
  });
}

}  // namespace entente::test

// Boost.Graph behind bench/protocol.hpp.

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/biconnected_components.hpp>
#include <boost/graph/betweenness_centrality.hpp>
#include <boost/graph/breadth_first_search.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/connected_components.hpp>
#include <boost/graph/core_numbers.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/graph/kruskal_min_spanning_tree.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/version.hpp>

#include <algorithm>
#include <memory>
#include <numeric>

#include "bench/peers/boost_flow.hpp"
#include "bench/protocol.hpp"

namespace {

using bench::Answer;
using bench::Request;
using bench::Stopwatch;

struct Weight {
  std::uint32_t weight = 1;
};
/// Both directions of every edge, as the peer's fastest graph holds an undirected one.
using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Weight, boost::no_property, std::uint32_t, std::uint64_t>;
using Pairs = std::vector<std::pair<std::uint32_t, std::uint32_t>>;
/// For what needs an undirected graph with edges of its own.
using EdgeProperties = boost::property<boost::edge_index_t, std::size_t, boost::property<boost::edge_weight_t, std::uint32_t>>;
using Lists = boost::adjacency_list<boost::vecS, boost::vecS, boost::undirectedS, boost::no_property, EdgeProperties>;

/// The components' numbers of edges tell which nodes have edges in several of them.
template <class Graph, class Component>
std::vector<double> points_between(const Graph& graph, const Component& component) {
  std::vector<double> point(num_vertices(graph), 0);
  for (auto [v, end] = vertices(graph); v != end; ++v) {
    long first = -1;
    for (auto [e, last] = out_edges(*v, graph); e != last; ++e) {
      const long c = static_cast<long>(component[*e]);
      if (first >= 0 && c != first) point[*v] = 1;
      first = c;
    }
  }
  return point;
}

}  // namespace

int main(int, char** arguments) {
  const bench::EdgeList edges = bench::read_edges(arguments[1]);
  const std::size_t n = edges.nodes, m = edges.size();
  Pairs pairs, both;
  std::vector<Weight> weights, both_weights;
  for (std::size_t i = 0; i < m; ++i) {
    pairs.emplace_back(edges.source[i], edges.target[i]);
    weights.push_back({edges.weight[i]});
    both.emplace_back(edges.source[i], edges.target[i]);
    both.emplace_back(edges.target[i], edges.source[i]);
    both_weights.insert(both_weights.end(), 2, {edges.weight[i]});
  }
  const auto make = [&](const Pairs& of, const std::vector<Weight>& weight) {
    return std::make_unique<Csr>(boost::edges_are_unsorted_multi_pass, of.begin(), of.end(), weight.begin(), n);
  };
  const auto graph = make(both, both_weights);
  std::unique_ptr<Csr> directed;
  std::unique_ptr<Lists> lists;
  std::unique_ptr<bench::BoostFlow> flow;
  const auto undirected = [&]() -> Lists& {
    if (!lists) {
      lists = std::make_unique<Lists>(n);
      for (std::size_t i = 0; i < m; ++i) add_edge(edges.source[i], edges.target[i], {i, edges.weight[i]}, *lists);
    }
    return *lists;
  };

  bench::Kernels kernels;
  kernels["build"] = [&](const Request&, Stopwatch& watch) -> Answer {
    const auto made = watch.time([&] { return std::make_unique<Csr>(boost::edges_are_unsorted_multi_pass, both.begin(), both.end(), n); });
    return {{{"arcs", static_cast<double>(num_edges(*made))}}, {}};
  };
  kernels["build:sorted_rows"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Pairs sorted = both;
    const auto made = watch.time([&] {
      std::sort(sorted.begin(), sorted.end());
      return std::make_unique<Csr>(boost::edges_are_sorted, sorted.begin(), sorted.end(), n);
    });
    return {{{"arcs", static_cast<double>(num_edges(*made))}}, {}};
  };
  kernels["bfs"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    std::vector<std::int32_t> hops(n, -1);
    const auto of_node = boost::make_iterator_property_map(hops.begin(), get(boost::vertex_index, *graph));
    watch.time([&] {
      hops[request.node("source")] = 0;
      breadth_first_search(*graph, request.node("source"), visitor(make_bfs_visitor(record_distances(of_node, boost::on_tree_edge()))));
    });
    return {{}, bench::as_doubles(hops)};
  };
  kernels["sssp"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    std::vector<std::uint64_t> length(n);
    const auto of_node = boost::make_iterator_property_map(length.begin(), get(boost::vertex_index, *graph));
    watch.time([&] {
      dijkstra_shortest_paths(*graph, request.node("source"), weight_map(get(&Weight::weight, *graph)).distance_map(of_node));
    });
    Answer answer{{}, bench::as_doubles(length)};
    for (double& d : answer.values) d = d > 1e18 ? -1 : d;
    return answer;
  };
  kernels["components"] = [&](const Request&, Stopwatch& watch) -> Answer {
    std::vector<std::uint32_t> component(n);
    Lists& g = undirected();
    const auto count = watch.time([&] { return connected_components(g, component.data()); });
    return {{{"components", static_cast<double>(count)}}, bench::as_doubles(component)};
  };
  kernels["strong_components"] = [&](const Request&, Stopwatch& watch) -> Answer {
    if (!directed) directed = make(pairs, weights);
    std::vector<std::uint32_t> component(n);
    const auto of_node = boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, *directed));
    const auto count = watch.time([&] { return strong_components(*directed, of_node); });
    return {{{"components", static_cast<double>(count)}}, bench::as_doubles(component)};
  };
  kernels["bicomponents"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Lists& g = undirected();
    std::vector<std::size_t> component(m);
    const auto of_edge = boost::make_iterator_property_map(component.begin(), get(boost::edge_index, g));
    const auto count = watch.time([&] { return biconnected_components(g, of_edge); });
    return {{{"bicomponents", static_cast<double>(count)}}, points_between(g, of_edge)};
  };
  kernels["core"] = [&](const Request&, Stopwatch& watch) -> Answer {
    std::vector<std::uint32_t> core(n);
    const auto of_node = boost::make_iterator_property_map(core.begin(), get(boost::vertex_index, *graph));
    const auto most = watch.time([&] { return core_numbers(*graph, of_node); });
    return {{{"degeneracy", static_cast<double>(most)}}, bench::as_doubles(core)};
  };
  kernels["spanning_forest"] = [&](const Request&, Stopwatch& watch) -> Answer {
    Lists& g = undirected();
    std::vector<Lists::edge_descriptor> tree;
    watch.time([&] { kruskal_minimum_spanning_tree(g, std::back_inserter(tree)); });
    double total = 0;
    for (const auto& edge : tree) total += get(boost::edge_weight, g, edge);
    return {{{"edges", static_cast<double>(tree.size())}, {"weight", total}}, {}};
  };
  kernels["betweenness"] = [&](const Request&, Stopwatch& watch) -> Answer {
    std::vector<double> score(n);
    const auto of_node = boost::make_iterator_property_map(score.begin(), get(boost::vertex_index, *graph));
    watch.time([&] { brandes_betweenness_centrality(*graph, of_node); });
    for (double& s : score) s /= 2;  // the graph has both directions of every edge
    return {{}, score};
  };
  const auto add_flow = [&](const std::string& way, long (bench::BoostFlow::*run)(std::uint32_t, std::uint32_t)) {
    kernels["max_flow:" + way] = [&, run](const Request& request, Stopwatch& watch) -> Answer {
      if (!flow) flow = std::make_unique<bench::BoostFlow>(edges);
      const long value = watch.time([&] { return ((*flow).*run)(request.node("source"), request.node("target")); });
      return {{{"value", static_cast<double>(value)}}, {}};
    };
    kernels["max_flow_built:" + way] = [&, run](const Request& request, Stopwatch& watch) -> Answer {
      const long value = watch.time([&] { return (bench::BoostFlow(edges).*run)(request.node("source"), request.node("target")); });
      return {{{"value", static_cast<double>(value)}}, {}};
    };
  };
  add_flow("push_relabel", &bench::BoostFlow::push_relabel);
  add_flow("boykov_kolmogorov", &bench::BoostFlow::boykov_kolmogorov);

  std::string version = BOOST_LIB_VERSION;
  std::replace(version.begin(), version.end(), '_', '.');
  return bench::serve(version, kernels);
}

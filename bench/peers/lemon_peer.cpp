// LEMON behind bench/protocol.hpp.

#include <lemon/bfs.h>
#include <lemon/config.h>
#include <lemon/connectivity.h>
#include <lemon/dijkstra.h>
#include <lemon/kruskal.h>
#include <lemon/preflow.h>
#include <lemon/smart_graph.h>
#include <lemon/static_graph.h>

#include <algorithm>
#include <memory>

#include "bench/peers/by_source.hpp"
#include "bench/protocol.hpp"

namespace {

using bench::Answer;
using bench::Request;
using bench::Stopwatch;

/// A flow network in LEMON's fastest graph; an edge that carries either way is two arcs.
class LemonFlow {
 public:
  explicit LemonFlow(const bench::EdgeList& edges) : capacity_(graph_) {
    const bench::BySource arcs(edges, !edges.directed);
    std::vector<std::pair<int, int>> ends(arcs.count);
    for (std::size_t at = 0; at < arcs.count; ++at) ends[at] = {static_cast<int>(arcs.source[at]), static_cast<int>(arcs.target[at])};
    graph_.build(static_cast<int>(edges.nodes), ends.begin(), ends.end());
    for (std::size_t at = 0; at < arcs.count; ++at) capacity_[graph_.arc(static_cast<int>(at))] = edges.weight[arcs.edge[at]];
  }
  long value(std::uint32_t source, std::uint32_t target) const {
    const auto node = [](std::uint32_t v) { return lemon::StaticDigraph::nodeFromId(static_cast<int>(v)); };
    lemon::Preflow<lemon::StaticDigraph, lemon::StaticDigraph::ArcMap<long>> flow(graph_, capacity_, node(source), node(target));
    flow.runMinCut();
    return flow.flowValue();
  }

 private:
  lemon::StaticDigraph graph_;
  lemon::StaticDigraph::ArcMap<long> capacity_;
};

}  // namespace

int main(int, char** arguments) {
  const bench::EdgeList edges = bench::read_edges(arguments[1]);
  const int n = static_cast<int>(edges.nodes);

  // Its fastest graph is directed and is built from sorted arcs: here both directions of every edge.
  struct WeightedArc {
    int from, to;
    std::uint32_t weight;
  };
  std::vector<WeightedArc> arcs;
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const int u = static_cast<int>(edges.source[i]), v = static_cast<int>(edges.target[i]);
    arcs.push_back({u, v, edges.weight[i]});
    arcs.push_back({v, u, edges.weight[i]});
  }
  std::vector<std::pair<int, int>> unsorted;
  for (const WeightedArc& arc : arcs) unsorted.emplace_back(arc.from, arc.to);
  const auto before = [](const WeightedArc& a, const WeightedArc& b) { return std::pair(a.from, a.to) < std::pair(b.from, b.to); };
  std::sort(arcs.begin(), arcs.end(), before);
  std::vector<std::pair<int, int>> ends;
  for (const WeightedArc& arc : arcs) ends.emplace_back(arc.from, arc.to);
  lemon::StaticDigraph graph;
  graph.build(n, ends.begin(), ends.end());
  lemon::StaticDigraph::ArcMap<int> length(graph);
  for (std::size_t i = 0; i < arcs.size(); ++i) length[lemon::StaticDigraph::arcFromId(static_cast<int>(i))] = static_cast<int>(arcs[i].weight);

  // What needs undirected edges takes a SmartGraph.
  lemon::SmartGraph undirected;
  undirected.reserveNode(n);
  undirected.reserveEdge(static_cast<int>(edges.size()));
  for (int i = 0; i < n; ++i) undirected.addNode();
  const auto node_of = [](std::uint32_t v) { return lemon::SmartGraph::nodeFromId(static_cast<int>(v)); };
  lemon::SmartGraph::EdgeMap<int> weight(undirected);
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const auto edge = undirected.addEdge(node_of(edges.source[i]), node_of(edges.target[i]));
    weight[edge] = static_cast<int>(edges.weight[i]);
  }
  const auto per_node = [&](const auto& map) {
    std::vector<double> values;
    for (int v = 0; v < n; ++v) values.push_back(map[lemon::SmartGraph::nodeFromId(v)]);
    return values;
  };

  bench::Kernels kernels;
  kernels["build"] = [&](const Request&, Stopwatch& watch) -> Answer {
    auto order = unsorted;
    lemon::StaticDigraph made;
    watch.time([&] {
      std::sort(order.begin(), order.end());
      made.build(n, order.begin(), order.end());
    });
    return {{{"arcs", static_cast<double>(made.arcNum())}}, {}};
  };
  kernels["bfs"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    lemon::Bfs<lemon::StaticDigraph> search(graph);
    watch.time([&] { search.run(lemon::StaticDigraph::nodeFromId(static_cast<int>(request.node("source")))); });
    Answer answer;
    for (int v = 0; v < n; ++v) {
      const auto node = lemon::StaticDigraph::nodeFromId(v);
      answer.values.push_back(search.reached(node) ? search.dist(node) : -1);
    }
    return answer;
  };
  kernels["sssp"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    lemon::Dijkstra<lemon::StaticDigraph, lemon::StaticDigraph::ArcMap<int>> search(graph, length);
    watch.time([&] { search.run(lemon::StaticDigraph::nodeFromId(static_cast<int>(request.node("source")))); });
    Answer answer;
    for (int v = 0; v < n; ++v) {
      const auto node = lemon::StaticDigraph::nodeFromId(v);
      answer.values.push_back(search.reached(node) ? search.dist(node) : -1);
    }
    return answer;
  };
  kernels["components"] = [&](const Request&, Stopwatch& watch) -> Answer {
    lemon::SmartGraph::NodeMap<int> component(undirected);
    const int count = watch.time([&] { return lemon::connectedComponents(undirected, component); });
    return {{{"components", static_cast<double>(count)}}, per_node(component)};
  };
  kernels["spanning_forest"] = [&](const Request&, Stopwatch& watch) -> Answer {
    lemon::SmartGraph::EdgeMap<bool> tree(undirected);
    const long total = watch.time([&] { return static_cast<long>(lemon::kruskal(undirected, weight, tree)); });
    double count = 0;
    for (lemon::SmartGraph::EdgeIt edge(undirected); edge != lemon::INVALID; ++edge) count += tree[edge];
    return {{{"edges", count}, {"weight", static_cast<double>(total)}}, {}};
  };
  kernels["max_flow"] = [&, network = std::shared_ptr<LemonFlow>()](const Request& request, Stopwatch& watch) mutable -> Answer {
    if (!network) network = std::make_shared<LemonFlow>(edges);
    const long value = watch.time([&] { return network->value(request.node("source"), request.node("target")); });
    return {{{"value", static_cast<double>(value)}}, {}};
  };
  kernels["max_flow_built"] = [&](const Request& request, Stopwatch& watch) -> Answer {
    const long value = watch.time([&] { return LemonFlow(edges).value(request.node("source"), request.node("target")); });
    return {{{"value", static_cast<double>(value)}}, {}};
  };
  return bench::serve(LEMON_VERSION, kernels);
}

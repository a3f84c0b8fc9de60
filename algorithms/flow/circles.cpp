#include "algorithms/flow/circles.hpp"

#include <algorithm>
#include <limits>
#include <span>

namespace entente {

namespace {

/// Walks along the edges that carry something until it comes back to its own way, takes that circle out, and goes
/// on from the circle's first empty edge. `report` is told each circle: its nodes, its edges, its amount.
template <class Report>
void empty_circles(const Graph& graph, const Carrying& carrying, EdgeColumn<std::int64_t>& flow, Report&& report) {
  constexpr std::uint32_t unseen = 0xFFFFFFFF, done = 0xFFFFFFFE;
  NodeColumn<std::uint32_t> place(graph.node_count(), unseen);  // on the way
  NodeColumn<std::uint32_t> current(graph.node_count());
  for (const NodeId u : graph.nodes()) current[u] = static_cast<std::uint32_t>(carrying.first(u));

  std::vector<NodeId> nodes;  // the way walked so far; edges[i] leads from nodes[i] to nodes[i + 1]
  std::vector<EdgeId> edges;
  for (const NodeId root : graph.nodes()) {
    if (place[root] != unseen || current[root] == carrying.last(root)) continue;
    nodes.assign(1, root);
    place[root] = 0;
    while (!nodes.empty()) {
      const NodeId u = nodes.back();
      std::uint32_t& position = current[u];
      while (position < carrying.last(u) &&
             (place[carrying[position].node] == done || flow[carrying[position].edge] == 0)) {
        ++position;
      }
      if (position == carrying.last(u)) {  // nothing that leaves u comes back to it
        place[u] = done;
        nodes.pop_back();
        if (!edges.empty()) edges.pop_back();
        continue;
      }
      const auto [v, edge] = carrying[position];
      edges.push_back(edge);
      if (place[v] == unseen) {
        place[v] = static_cast<std::uint32_t>(nodes.size());
        nodes.push_back(v);
        continue;
      }
      std::size_t begin = place[v];
      std::int64_t amount = std::numeric_limits<std::int64_t>::max();
      for (std::size_t i = begin; i < edges.size(); ++i) amount = std::min(amount, carried(flow[edges[i]]));
      for (std::size_t i = begin; i < edges.size(); ++i) relieve(flow[edges[i]], amount);
      report(std::span(nodes).subspan(begin), std::span(edges).subspan(begin), amount);
      while (flow[edges[begin]] != 0) ++begin;
      for (std::size_t i = begin + 1; i < nodes.size(); ++i) place[nodes[i]] = unseen;
      nodes.resize(begin + 1);
      edges.resize(begin);
    }
  }
}

}  // namespace

std::vector<Walk> take_out_circles(const Graph& graph, EdgeColumn<std::int64_t>& flow) {
  std::vector<Walk> circles;
  empty_circles(graph, Carrying(graph, flow), flow,
                [&](std::span<const NodeId> nodes, std::span<const EdgeId> edges, std::int64_t amount) {
                  Walk circle;
                  circle.nodes.assign(nodes.begin(), nodes.end());
                  circle.nodes.push_back(nodes.front());
                  circle.edges.assign(edges.begin(), edges.end());
                  circle.length = static_cast<double>(edges.size());
                  circle.amount = amount;
                  circles.push_back(std::move(circle));
                });
  return circles;
}

void take_out_circles(const Graph& graph, const Carrying& carrying, EdgeColumn<std::int64_t>& flow) {
  empty_circles(graph, carrying, flow, [](auto&&...) {});
}

void drop_circles(const Graph& graph, std::span<const EdgeId> edges, EdgeColumn<std::int64_t>& flow) {
  std::vector<NodeId> nodes;
  for (const EdgeId edge : edges) {
    nodes.push_back(graph.ends(edge).source);
    nodes.push_back(graph.ends(edge).target);
  }
  std::ranges::sort(nodes);
  nodes.erase(std::ranges::unique(nodes).begin(), nodes.end());
  const auto place = [&](NodeId v) {
    return NodeId{static_cast<std::uint32_t>(std::ranges::lower_bound(nodes, v) - nodes.begin())};
  };
  std::vector<Ends> ends;
  EdgeColumn<std::int64_t> carries;
  for (const EdgeId edge : edges) {
    ends.push_back({place(graph.ends(edge).source), place(graph.ends(edge).target)});
    carries.push_back(flow[edge]);
  }
  const Graph few_edges = make_graph(nodes.size(), ends).value();
  take_out_circles(few_edges, Carrying(few_edges, carries), carries);
  for (std::size_t i = 0; i < edges.size(); ++i) flow[edges[i]] = carries.values()[i];
}

}  // namespace entente

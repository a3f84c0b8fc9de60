#include "algorithms/flow/circles.hpp"

#include <algorithm>
#include <limits>

#include "algorithms/flow/carrying.hpp"

namespace entente {

std::vector<Walk> take_out_circles(const Graph& graph, EdgeColumn<std::int64_t>& flow) {
  const Carrying carrying(graph, flow);
  enum class State : std::uint8_t { unseen, on_way, done };
  NodeColumn<State> state(graph.node_count(), State::unseen);
  NodeColumn<std::size_t> current(graph.node_count());
  for (const NodeId u : graph.nodes()) current[u] = carrying.first(u);

  std::vector<Walk> circles;
  std::vector<NodeId> nodes;  // the way walked so far; edges[i] leads from nodes[i] to nodes[i + 1]
  std::vector<EdgeId> edges;
  for (const NodeId root : graph.nodes()) {
    if (state[root] != State::unseen) continue;
    nodes.assign(1, root);
    state[root] = State::on_way;
    while (!nodes.empty()) {
      const NodeId u = nodes.back();
      std::size_t& position = current[u];
      while (position < carrying.last(u) &&
             (flow[carrying[position].edge] == 0 || state[carrying[position].node] == State::done)) {
        ++position;
      }
      if (position == carrying.last(u)) {  // nothing that leaves u comes back to it
        state[u] = State::done;
        nodes.pop_back();
        if (!edges.empty()) edges.pop_back();
        continue;
      }
      const auto [v, edge] = carrying[position];
      edges.push_back(edge);
      if (state[v] == State::unseen) {
        state[v] = State::on_way;
        nodes.push_back(v);
        continue;
      }
      // v is on the way: a circle. Take out what it carries and go on from its first empty edge.
      auto begin = static_cast<std::size_t>(std::ranges::find(nodes, v) - nodes.begin());
      Walk circle;
      circle.amount = std::numeric_limits<std::int64_t>::max();
      for (std::size_t i = begin; i < edges.size(); ++i) {
        circle.amount = std::min(circle.amount, carried(flow[edges[i]]));
      }
      for (std::size_t i = begin; i < edges.size(); ++i) relieve(flow[edges[i]], circle.amount);
      circle.nodes.assign(nodes.begin() + static_cast<std::ptrdiff_t>(begin), nodes.end());
      circle.nodes.push_back(v);
      circle.edges.assign(edges.begin() + static_cast<std::ptrdiff_t>(begin), edges.end());
      circle.length = static_cast<double>(circle.edges.size());
      circles.push_back(std::move(circle));
      while (flow[edges[begin]] != 0) ++begin;
      for (std::size_t i = begin + 1; i < nodes.size(); ++i) state[nodes[i]] = State::unseen;
      nodes.resize(begin + 1);
      edges.resize(begin);
    }
  }
  return circles;
}

}  // namespace entente

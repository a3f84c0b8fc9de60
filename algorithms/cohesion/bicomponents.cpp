#include "algorithms/cohesion/bicomponents.hpp"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

namespace entente {

namespace {

constexpr std::uint32_t not_yet_entered = std::numeric_limits<std::uint32_t>::max();
constexpr EdgeId no_tree_edge{std::numeric_limits<std::uint32_t>::max()};

/// One bicomponent as the search finds it.
struct FoundBlock {
  std::vector<EdgeId> edges;
  std::int64_t nodes = 0;
};

// Hopcroft and Tarjan [hopcroft1973algorithm]: with `entered` the order of discovery,
//   low(u)  earliest entered node that u or its descendants touch by one edge off the tree
// When the search returns from v to its parent u and low(v) >= entered(u), nothing below v reaches
// above u: the edges gathered since it went from u to v are one bicomponent.
class BlockSearch {
 public:
  BlockSearch(const Symmetric& graph, const Job& job)
      : graph_(graph), job_(job), entered_(graph.node_count(), not_yet_entered), low_(graph.node_count(), 0) {}

  bool run() {
    for (const NodeId root : graph_.nodes()) {
      if (entered_[root.index] != not_yet_entered) continue;
      if (job_.cancelled()) return false;
      search_from(root);
    }
    return true;
  }
  std::vector<FoundBlock> blocks;

 private:
  struct Visit {
    NodeId node;
    EdgeId by;               // the tree edge that led here: only this one edge is not a way back up
    std::size_t next;        // arcs already looked at
    std::size_t edges_below; // gathered edges when the search came here, `by` included
    std::size_t nodes_below; // gathered nodes when the search came here, the node itself included
  };

  void enter(NodeId u, EdgeId by) {
    entered_[u.index] = low_[u.index] = clock_++;
    path_.push_back({u, by, 0, edges_.size(), nodes_});
    if (by != no_tree_edge) edges_.push_back(by);
    ++nodes_;
  }

  void search_from(NodeId root) {
    enter(root, no_tree_edge);
    while (!path_.empty()) {
      const NodeId u = path_.back().node;
      const auto arcs = graph_.arcs(u);
      if (path_.back().next < arcs.size()) {
        const auto [v, edge] = arcs.begin()[static_cast<std::ptrdiff_t>(path_.back().next++)];
        if (v == u || edge == path_.back().by) continue;
        if (entered_[v.index] == not_yet_entered) {
          enter(v, edge);
        } else if (entered_[v.index] < entered_[u.index]) {  // upwards; downwards it was met before
          edges_.push_back(edge);
          low_[u.index] = std::min(low_[u.index], entered_[v.index]);
        }
        continue;
      }
      const Visit left = path_.back();
      path_.pop_back();
      if (!path_.empty()) leave(left, path_.back().node);
    }
    nodes_ = 0;
  }

  void leave(const Visit& left, NodeId parent) {
    if (low_[left.node.index] < entered_[parent.index]) {
      low_[parent.index] = std::min(low_[parent.index], low_[left.node.index]);
      return;
    }
    const auto first = edges_.begin() + static_cast<std::ptrdiff_t>(left.edges_below);
    FoundBlock block{{first, edges_.end()}, static_cast<std::int64_t>(nodes_ - left.nodes_below) + 1};
    edges_.erase(first, edges_.end());
    nodes_ = left.nodes_below;
    std::ranges::sort(block.edges);
    blocks.push_back(std::move(block));
  }

  const Symmetric& graph_;
  const Job& job_;
  std::vector<std::uint32_t> entered_, low_;
  std::vector<Visit> path_;
  std::vector<EdgeId> edges_;
  std::size_t nodes_ = 0;
  std::uint32_t clock_ = 0;
};

}  // namespace

Result<Bicomponents> bicomponents(const Symmetric& graph, const Job& job) {
  BlockSearch search(graph, job);
  if (!search.run()) return interrupted();
  std::vector<FoundBlock>& blocks = search.blocks;
  std::ranges::sort(blocks, [](const FoundBlock& a, const FoundBlock& b) {
    return a.nodes != b.nodes ? a.nodes > b.nodes : a.edges.front() < b.edges.front();
  });

  Bicomponents result;
  result.bicomponent = EdgeColumn<std::int64_t>(graph.edge_count(), -1);
  result.bridge = EdgeColumn<std::uint8_t>(graph.edge_count(), 0);
  result.articulation = NodeColumn<std::uint8_t>(graph.node_count(), 0);
  result.count = static_cast<std::int64_t>(blocks.size());
  result.largest = blocks.empty() ? 0 : blocks.front().nodes;

  NodeColumn<std::int64_t> seen_in(graph.node_count(), -1);
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const auto number = static_cast<std::int64_t>(i);
    for (const EdgeId edge : blocks[i].edges) {
      result.bicomponent[edge] = number;
      const auto [source, target] = graph.ends(edge);
      for (const NodeId end : {source, target}) {
        if (seen_in[end] >= 0 && seen_in[end] != number) result.articulation[end] = 1;
        seen_in[end] = number;
      }
    }
    if (blocks[i].edges.size() == 1) {
      result.bridge[blocks[i].edges.front()] = 1;
      ++result.bridges;
    }
  }
  result.articulation_points = std::ranges::count(result.articulation.values(), 1);
  return result;
}

namespace {
struct NoBicomponentOptions {};
}  // namespace

Card bicomponents_card() {
  return describe<NoBicomponentOptions, Bicomponents>("bicomponents", "cohesion")
      .summary("The parts that hold together when any one node is removed, and the nodes and ties that join them.")
      .cost("O(n + m log m)")
      .convention("directions and weights ignored; parallel edges share a bicomponent and are no bridges; a self-loop "
                  "(-1) and an isolated node belong to none; numbered by falling number of nodes, ties by the "
                  "smallest edge")
      .source("hopcroft1973algorithm")
      .per_edge("bicomponent", &Bicomponents::bicomponent, "", "number of the bicomponent; -1 for a self-loop")
      .per_node("articulation", &Bicomponents::articulation, "", "1 where removing the node parts those who stay")
      .per_edge("bridge", &Bicomponents::bridge, "", "1 where the edge is the only tie between two parts")
      .figure("count", &Bicomponents::count, "bicomponents", "how many bicomponents there are")
      .figure("articulation_points", &Bicomponents::articulation_points, "nodes", "nodes that join bicomponents")
      .figure("bridges", &Bicomponents::bridges, "edges", "edges that are the only tie between two parts")
      .figure("largest", &Bicomponents::largest, "nodes", "nodes of the largest bicomponent")
      .runs([](const Problem& problem, const NoBicomponentOptions&, const Job& job) {
        return bicomponents(*problem.symmetric, job);
      });
}

}  // namespace entente

#include "algorithms/flow/dominators.hpp"

#include <algorithm>
#include <utility>

#include "algorithms/flow/capacity.hpp"
#include "algorithms/flow/decompose.hpp"
#include "algorithms/flow/max_flow.hpp"

// One walk from the sources to the targets holds all dominators. Its nodes are taken in order; from each, detours off
// the walk are explored as far as they go, and the farthest node of the walk that any of them comes back to is kept. A
// node of the walk that no detour has yet gone beyond when its turn comes cannot be avoided; nor can the edge before
// it where no detour has come even so far. Every node is explored once, from the earliest node of the walk that reaches
// it, so all is linear.

namespace entente {

namespace {

constexpr std::uint32_t off_the_walk = 0xFFFFFFFF;
constexpr EdgeId no_edge{0xFFFFFFFF};

class DominatorSweep {
 public:
  DominatorSweep(const Graph& graph, const EdgeColumn<std::int64_t>& capacity, const FlowQuestion& question)
      : graph_(graph), capacity_(capacity), question_(question), place_(graph.node_count(), off_the_walk) {}

  /// The shortest walk. False where there is none.
  bool find_walk() {
    NodeColumn<Arc> before(graph_.node_count());
    NodeColumn<std::uint8_t> seen(graph_.node_count());
    std::vector<NodeId> queue(question_.from);
    for (const NodeId v : queue) seen[v] = 1, before[v] = {v, no_edge};
    for (std::size_t i = 0; i < queue.size(); ++i) {
      const NodeId u = queue[i];
      if (question_.ends[u]) {
        NodeId v = u;
        for (; before[v].edge != no_edge; v = before[v].node) walk_.push_back({v, before[v].edge});
        walk_.push_back({v, no_edge});
        std::ranges::reverse(walk_);
        for (std::size_t j = 0; j < walk_.size(); ++j) place_[walk_[j].node] = static_cast<std::uint32_t>(j + 1);
        return true;
      }
      for (const auto [v, edge] : graph_.out(u)) {
        if (seen[v] || capacity_[edge] == 0) continue;
        seen[v] = 1;
        before[v] = {u, edge};
        queue.push_back(v);
      }
    }
    return false;
  }

  /// Place 0 is a node before all sources, the last place one behind all targets.
  void sweep(Dominators& answer) {
    const auto last = static_cast<std::uint32_t>(walk_.size() + 1);
    for (const NodeId v : question_.from) visit(v, answer.stage, 0);
    for (std::uint32_t i = 0; i < last; ++i) {
      const EdgeId onwards = i > 0 && i + 1 < last ? walk_[i].edge : no_edge;
      if (i > 0) {
        const NodeId u = walk_[i - 1].node;
        if (farthest_ == i) answer.nodes.push_back(u);  // nothing goes beyond it so far
        answer.stage[u] = static_cast<std::int64_t>(answer.nodes.size());
        explore(u, onwards, answer.stage, answer.stage[u]);
      }
      explore_pending(answer.stage, static_cast<std::int64_t>(answer.nodes.size()));
      if (onwards != no_edge && farthest_ <= i) answer.edges.push_back(onwards);
      farthest_ = std::max(farthest_, i + 1);
    }
  }

  /// Where there is no walk: all that the sources reach is of stage 0.
  void explore_all(NodeColumn<std::int64_t>& stage) {
    for (const NodeId v : question_.from) visit(v, stage, 0);
    explore_pending(stage, 0);
  }

 private:
  /// A node that can be reached without the dominators beyond `stage`.
  void visit(NodeId v, NodeColumn<std::int64_t>& stage, std::int64_t at) {
    if (place_[v] != off_the_walk) {
      farthest_ = std::max(farthest_, place_[v]);
      return;
    }
    if (stage[v] >= 0) return;
    stage[v] = at;
    pending_.push_back(v);
  }
  void explore(NodeId u, EdgeId except, NodeColumn<std::int64_t>& stage, std::int64_t at) {
    if (question_.ends[u]) farthest_ = std::max(farthest_, static_cast<std::uint32_t>(walk_.size() + 1));
    for (const auto [v, edge] : graph_.out(u)) {
      if (edge != except && capacity_[edge] > 0) visit(v, stage, at);
    }
  }
  void explore_pending(NodeColumn<std::int64_t>& stage, std::int64_t at) {
    while (!pending_.empty()) {
      const NodeId u = pending_.back();
      pending_.pop_back();
      explore(u, no_edge, stage, at);
    }
  }

  const Graph& graph_;
  const EdgeColumn<std::int64_t>& capacity_;
  const FlowQuestion& question_;
  std::vector<Arc> walk_;              // each node with the edge that leads to it
  NodeColumn<std::uint32_t> place_;    // on the walk, from 1
  std::vector<NodeId> pending_;
  std::uint32_t farthest_ = 0;         // place that some detour, or the walk itself, has come to
};

/// Two units through a network in which every node but the dominators lets one unit pass: node v is split into v and
/// n + v, with an edge between them.
Result<std::vector<Walk>> two_walks(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                    const FlowQuestion& question, const Dominators& found, const Job& job) {
  const auto n = static_cast<std::uint32_t>(graph.node_count());
  std::vector<Ends> edges;
  std::vector<EdgeId> original;  // of the edges beyond those inside nodes
  EdgeColumn<std::int64_t> units(n, 1);
  for (const NodeId v : found.nodes) units[EdgeId{v.index}] = 2;
  for (const NodeId v : graph.nodes()) edges.push_back({v, NodeId{n + v.index}});
  for (const NodeId u : graph.nodes()) {
    if (found.stage[u] < 0 || question.ends[u]) continue;  // a walk ends at the first target it meets
    for (const auto [v, edge] : graph.out(u)) {
      if (capacity[edge] == 0 || u == v || question.starts[v]) continue;
      edges.push_back({NodeId{n + u.index}, v});
      original.push_back(edge);
      units.push_back(2);
    }
  }
  const NodeId before{2 * n}, behind{2 * n + 1};
  for (const NodeId v : question.from) edges.push_back({before, v}), units.push_back(2);
  for (const NodeId v : question.to) edges.push_back({NodeId{n + v.index}, behind}), units.push_back(2);
  const NodeId first{2 * n + 2};
  edges.push_back({first, before});
  units.push_back(2);
  const auto split = make_graph(2 * std::size_t{n} + 3, edges);
  if (!split) return tl::unexpected(split.error());
  const auto flow = max_flow(*split, units, std::span(&first, 1), std::span(&behind, 1), job);
  if (!flow) return tl::unexpected(flow.error());
  const auto parts = decompose_flow(*split, flow->flow, std::span(&first, 1), std::span(&behind, 1), job);
  if (!parts) return tl::unexpected(parts.error());

  std::vector<Walk> walks;
  for (const Walk& route : parts->routes) {
    Walk walk;
    for (std::size_t i = 2; i + 1 < route.nodes.size(); i += 2) {  // v, n + v, w, n + w, ... between the ends
      walk.nodes.push_back(route.nodes[i]);
      const EdgeId onwards = route.edges[i + 1];
      if (i + 3 < route.nodes.size()) walk.edges.push_back(original[onwards.index - n]);
    }
    walk.length = static_cast<double>(walk.edges.size());
    walks.push_back(walk);
    if (route.amount > 1) walks.push_back(std::move(walk));
  }
  return walks;
}

}  // namespace

Result<Dominators> dominators_between(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                      std::span<const NodeId> sources, std::span<const NodeId> targets,
                                      const Job& job) {
  const auto question = flow_question(graph, capacity, sources, targets);
  if (!question) return tl::unexpected(question.error());
  if (job.cancelled()) return interrupted();
  Dominators answer;
  answer.stage = NodeColumn<std::int64_t>(graph.node_count(), -1);
  DominatorSweep sweep(graph, capacity, *question);
  answer.connected = sweep.find_walk();
  if (!answer.connected) {
    sweep.explore_all(answer.stage);
    return answer;
  }
  sweep.sweep(answer);
  auto walks = two_walks(graph, capacity, *question, answer, job);
  if (!walks) return tl::unexpected(walks.error());
  answer.walks = *std::move(walks);
  return answer;
}

}  // namespace entente

#include "algorithms/paths/question.hpp"

#include <algorithm>
#include <queue>
#include <string>
#include <utility>

namespace entente {

namespace {

Result<std::vector<NodeId>> checked_path_ends(const Graph& graph, std::span<const NodeId> nodes, const char* which) {
  if (nodes.empty()) return fail(ErrorCode::bad_argument, std::string("Name at least one node to ") + which + ".");
  std::vector<NodeId> sorted(nodes.begin(), nodes.end());
  std::ranges::sort(sorted);
  sorted.erase(std::ranges::unique(sorted).begin(), sorted.end());
  if (sorted.back().index >= graph.node_count()) {
    return fail(ErrorCode::bad_argument, "node " + std::to_string(sorted.back().index) + " to " + which +
                                             " is not one of the " + std::to_string(graph.node_count()) +
                                             " nodes of the graph.");
  }
  return sorted;
}

/// Nodes reached and not yet settled, the nearest first. With lengths of 1 they come in the order in which they
/// are reached.
class Frontier {
 public:
  explicit Frontier(bool all_one) : in_order_(all_one) {}

  std::size_t size() const { return in_order_ ? reached_.size() - next_ : heap_.size(); }
  std::uint64_t nearest() const { return in_order_ ? reached_[next_].first : heap_.top().first; }
  void push(std::uint64_t distance, NodeId v) {
    if (in_order_) reached_.emplace_back(distance, v);
    else heap_.emplace(distance, v);
  }
  NodeId pop() {
    if (in_order_) return reached_[next_++].second;
    const NodeId v = heap_.top().second;
    heap_.pop();
    return v;
  }

 private:
  using Entry = std::pair<std::uint64_t, NodeId>;
  bool in_order_;
  std::vector<Entry> reached_;
  std::size_t next_ = 0;
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> heap_;
};

enum class Way { forwards, backwards };

ArcRange steps_of(const PathQuestion& question, Way way, NodeId v) {
  return way == Way::forwards ? question.graph->out(v) : question.graph->in(v);
}

/// A search from the starts forwards or from the ends backwards, not passing through a node that may not lie inside.
struct PathSearch {
  PathSearch(const PathQuestion& q, Way w)
      : question(q), way(w), distance(q.graph->node_count(), out_of_reach), frontier(q.length.all_one()) {
    for (const NodeId origin : way == Way::forwards ? q.from : q.to) {
      distance[origin] = 0;
      frontier.push(0, origin);
    }
  }

  /// Settles the nearest node; `reached` is told each node that has come nearer. Nodes are not entered at a distance
  /// at which they are not `wanted`.
  template <class Reached>
  void settle_nearest(Reached&& reached) {
    settle_nearest(reached, [](NodeId, std::uint64_t) { return true; });
  }
  template <class Reached, class Wanted>
  void settle_nearest(Reached&& reached, Wanted&& wanted) {
    const std::uint64_t d = frontier.nearest();
    const NodeId v = frontier.pop();
    if (d > distance[v] || (d > 0 && !question.may_lie_inside(v))) return;
    for (const auto [u, edge] : steps_of(question, way, v)) {
      if (d >= distance[u] || !question.open(edge)) continue;
      const std::uint64_t through = d + question.length(edge);
      if (through >= distance[u] || !wanted(u, through)) continue;
      distance[u] = through;
      frontier.push(through, u);
      reached(u);
    }
  }

  const PathQuestion& question;
  Way way;
  NodeColumn<std::uint64_t> distance;
  Frontier frontier;
};

class CancelCheck {
 public:
  explicit CancelCheck(const Job& job) : job_(job) {}
  bool now() { return (++settled_ & 0xFFF) == 0 && job_.cancelled(); }

 private:
  const Job& job_;
  std::size_t settled_ = 0;
};

}  // namespace

Result<PathQuestion> path_question(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                   const PathRules& rules) {
  PathQuestion question;
  question.graph = &graph;
  question.rules = rules;
  auto first = checked_path_ends(graph, from, "start from");
  if (!first) return tl::unexpected(first.error());
  auto last = checked_path_ends(graph, to, "end at");
  if (!last) return tl::unexpected(last.error());
  question.from = *std::move(first);
  question.to = *std::move(last);
  auto length = ExactLengths::of(graph.edge_count(), rules.length);
  if (!length) return tl::unexpected(length.error());
  question.length = *std::move(length);
  if (rules.no_stepping_stone && rules.no_stepping_stone->size() != graph.node_count()) {
    return fail(ErrorCode::bad_argument, "The column of nodes that are no stepping stones has " +
                                             std::to_string(rules.no_stepping_stone->size()) + " values for " +
                                             std::to_string(graph.node_count()) + " nodes.");
  }
  if (rules.closed && rules.closed->size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The column of closed edges has " + std::to_string(rules.closed->size()) +
                                             " values for " + std::to_string(graph.edge_count()) + " edges.");
  }
  question.starts = NodeColumn<std::uint8_t>(graph.node_count());
  question.ends = NodeColumn<std::uint8_t>(graph.node_count());
  for (const NodeId v : question.from) question.starts[v] = 1;
  for (const NodeId v : question.to) question.ends[v] = 1;
  return question;
}

Result<NodeColumn<std::uint64_t>> distances_to_ends(const PathQuestion& question, const Job& job) {
  PathSearch search(question, Way::backwards);
  CancelCheck cancelled(job);
  while (search.frontier.size() > 0) {
    if (cancelled.now()) return interrupted();
    search.settle_nearest([](NodeId) {});
  }
  return std::move(search.distance);
}

Result<NodeColumn<std::uint64_t>> distances_within(const PathQuestion& question, std::uint64_t radius, const Job& job) {
  if (radius == out_of_reach) return distances_to_ends(question, job);
  PathSearch there(question, Way::forwards), back(question, Way::backwards);
  CancelCheck cancelled(job);
  while (there.frontier.size() > 0 && there.frontier.nearest() <= radius / 2) {
    if (cancelled.now()) return interrupted();
    there.settle_nearest([](NodeId) {});
  }
  // What is not settled is at least as far from the starts as the nearest that waits. A node is left out only
  // where no path over it is short enough; what lies behind it on the way to the ends stays right.
  const std::uint64_t unsettled = there.frontier.size() > 0 ? there.frontier.nearest() : out_of_reach;
  const auto near_enough = [&](NodeId u, std::uint64_t to_ends) {
    return to_ends <= radius && std::min(there.distance[u], unsettled) <= radius - to_ends;
  };
  while (back.frontier.size() > 0 && back.frontier.nearest() <= radius) {
    if (cancelled.now()) return interrupted();
    back.settle_nearest([](NodeId) {}, near_enough);
  }
  return std::move(back.distance);
}

Result<NodeColumn<std::uint64_t>> distances_on_shortest_paths(const PathQuestion& question, const Job& job) {
  PathSearch there(question, Way::forwards), back(question, Way::backwards);
  std::uint64_t least = out_of_reach;  // of a path found so far
  std::vector<NodeId> meetings;        // nodes on paths of that length
  const auto meet = [&](NodeId v) {
    const std::uint64_t d = there.distance[v], rest = back.distance[v];
    if (d == out_of_reach || rest == out_of_reach || d + rest > least) return;
    if (d > 0 && rest > 0 && !question.may_lie_inside(v)) return;
    if (d + rest < least) meetings.clear();
    least = d + rest;
    meetings.push_back(v);
  };
  for (const NodeId start : question.from) meet(start);

  // Once the two radii together reach the least length, each node of a shortest path is settled from one side at
  // least, or waits as the nearest of that side: its distance there is final.
  CancelCheck cancelled(job);
  while (there.frontier.size() > 0 && back.frontier.size() > 0 &&
         there.frontier.nearest() + back.frontier.nearest() < least) {
    if (cancelled.now()) return interrupted();
    (there.frontier.size() <= back.frontier.size() ? there : back).settle_nearest(meet);
  }
  if (least == out_of_reach) return std::move(back.distance);

  // From where the searches met back to the starts: what lies on a shortest path gets its distance to the ends.
  NodeColumn<std::uint8_t> seen(question.graph->node_count());
  for (std::size_t next = 0; next < meetings.size(); ++next) {
    const NodeId v = meetings[next];
    if (std::exchange(seen[v], std::uint8_t{1})) continue;
    for (const auto [u, edge] : question.graph->in(v)) {
      if (there.distance[u] >= there.distance[v] || !question.open(edge)) continue;
      if (there.distance[u] + question.length(edge) != there.distance[v]) continue;
      if (there.distance[u] > 0 && !question.may_lie_inside(u)) continue;
      back.distance[u] = least - there.distance[u];
      meetings.push_back(u);
    }
  }
  return std::move(back.distance);
}

}  // namespace entente

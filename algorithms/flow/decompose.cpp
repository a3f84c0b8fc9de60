#include "algorithms/flow/decompose.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <queue>
#include <string>
#include <utility>

#include "algorithms/flow/carrying.hpp"
#include "algorithms/flow/circles.hpp"

namespace entente {

namespace {

__extension__ using Int128 = __int128;

/// What each node sends more than it receives. Errors: bad_argument where that is not allowed.
Result<NodeColumn<std::int64_t>> checked_supply(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                                std::span<const NodeId> sources, std::span<const NodeId> targets) {
  if (flow.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "The flow has " + std::to_string(flow.size()) + " values for " +
                                             std::to_string(graph.edge_count()) + " edges.");
  }
  NodeColumn<std::uint8_t> may_send(graph.node_count()), may_take(graph.node_count());
  for (const auto& [group, may] : {std::pair(sources, &may_send), std::pair(targets, &may_take)}) {
    for (const NodeId v : group) {
      if (v.index >= graph.node_count()) {
        return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is not one of the graph's.");
      }
      (*may)[v] = 1;
    }
  }
  std::vector<Int128> supply(graph.node_count());
  for (const EdgeId edge : graph.edges()) {
    if (flow[edge] == std::numeric_limits<std::int64_t>::min()) {
      return fail(ErrorCode::overflow, "The flow on edge " + std::to_string(edge.index) + " exceeds 64 bits.");
    }
    supply[graph.ends(edge).source.index] += flow[edge];
    supply[graph.ends(edge).target.index] -= flow[edge];
  }
  NodeColumn<std::int64_t> checked(graph.node_count());
  for (const NodeId v : graph.nodes()) {
    const Int128 s = supply[v.index];
    if (may_send[v] && may_take[v]) {
      return fail(ErrorCode::bad_argument, "node " + std::to_string(v.index) + " is both a source and a target.");
    }
    if ((s > 0 && !may_send[v]) || (s < 0 && !may_take[v])) {
      return fail(ErrorCode::bad_argument, "The flow does not balance at node " + std::to_string(v.index) + ": it " +
                                               (s > 0 ? "leaves more than enters." : "enters more than leaves."));
    }
    if (s > std::numeric_limits<std::int64_t>::max() || s < -std::numeric_limits<std::int64_t>::max()) {
      return fail(ErrorCode::overflow, "The flow at node " + std::to_string(v.index) + " exceeds 64 bits.");
    }
    checked[v] = static_cast<std::int64_t>(s);
  }
  return checked;
}

/// Takes routes out of a flow without circles. Per node a heap of its edges under an upper bound of the
/// width of the routes through each. Bounds only ever fall as flow is taken out, so a route whose
/// edges all lead their heaps with bounds that still hold is the widest.
class RouteTaker {
 public:
  RouteTaker(const Graph& graph, EdgeColumn<std::int64_t> flow, NodeColumn<std::int64_t> supply)
      : graph_(graph), flow_(std::move(flow)), supply_(std::move(supply)), choices_(graph.node_count()) {
    const Carrying carrying(graph, flow_);
    for (const NodeId u : graph.nodes()) {
      for (std::size_t i = carrying.first(u); i < carrying.last(u); ++i) {
        const auto [v, edge] = carrying[i];
        choices_[u.index].push({carried(flow_[edge]), edge});
      }
      if (supply_[u] > 0) sources_.push({supply_[u], u});
    }
  }

  /// The next route, or one without nodes once all is taken. Without a value: cancelled.
  std::optional<Walk> take_widest(const Job& job) {
    while (!sources_.empty()) {
      if (job.cancelled()) return std::nullopt;
      const auto [bound, source] = sources_.top();
      Walk route = follow_best_choices(source);
      const bool holds = refresh_bounds(route);
      const std::int64_t width = std::min(supply_[source], best_through(source));
      if (width < bound) {
        sources_.pop();
        if (width > 0) sources_.push({width, source});
        continue;
      }
      if (!holds) continue;
      route.amount = width;
      take(route);
      return route;
    }
    return Walk{};
  }

 private:
  template <class Id>
  struct Choice {
    std::int64_t bound;
    Id id;
    bool operator<(const Choice& other) const {  // the heap's top: the largest bound, then the lowest id
      return bound != other.bound ? bound < other.bound : id > other.id;
    }
  };
  template <class Id>
  using Choices = std::priority_queue<Choice<Id>>;

  NodeId head(EdgeId edge) const { return flow_[edge] > 0 ? graph_.ends(edge).target : graph_.ends(edge).source; }

  /// The most that may go on from u: to a target here, or over its best edge.
  std::int64_t best_through(NodeId u) const {
    const std::int64_t onwards = choices_[u.index].empty() ? 0 : choices_[u.index].top().bound;
    return std::max(std::max<std::int64_t>(0, -supply_[u]), onwards);
  }
  bool ends_at(NodeId u) const { return supply_[u] < 0 && -supply_[u] >= best_through(u); }

  Walk follow_best_choices(NodeId u) const {
    Walk route;
    route.nodes.push_back(u);
    while (!ends_at(u) && !choices_[u.index].empty()) {
      const EdgeId edge = choices_[u.index].top().id;
      if (flow_[edge] == 0) break;  // an emptied edge still leads the heap: refresh_bounds drops it
      route.edges.push_back(edge);
      route.nodes.push_back(u = head(edge));
    }
    return route;
  }

  /// Lowers the bounds along a route to what now holds, from its end back. True if none had to be.
  bool refresh_bounds(const Walk& route) {
    bool hold = ends_at(route.nodes.back());
    auto& last = choices_[route.nodes.back().index];
    while (!last.empty() && flow_[last.top().id] == 0) last.pop();
    for (std::size_t i = route.edges.size(); i-- > 0;) {
      const EdgeId edge = route.edges[i];
      auto& choices = choices_[route.nodes[i].index];
      const std::int64_t width = std::min(carried(flow_[edge]), best_through(route.nodes[i + 1]));
      if (width == choices.top().bound) continue;
      choices.pop();
      if (width > 0) choices.push({width, edge});
      hold = false;
    }
    return hold;
  }

  void take(const Walk& route) {
    for (const EdgeId edge : route.edges) relieve(flow_[edge], route.amount);
    supply_[route.nodes.front()] -= route.amount;
    supply_[route.nodes.back()] += route.amount;
  }

  const Graph& graph_;
  EdgeColumn<std::int64_t> flow_;
  NodeColumn<std::int64_t> supply_;
  std::vector<Choices<EdgeId>> choices_;
  Choices<NodeId> sources_;
};

}  // namespace

Result<FlowRoutes> decompose_flow(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                  std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job) {
  auto supply = checked_supply(graph, flow, sources, targets);
  if (!supply) return tl::unexpected(supply.error());

  FlowRoutes answer;
  EdgeColumn<std::int64_t> left = flow;
  answer.circles = take_out_circles(graph, left);
  RouteTaker taker(graph, std::move(left), *std::move(supply));
  while (true) {
    auto route = taker.take_widest(job);
    if (!route) return interrupted();
    if (route->nodes.empty()) return answer;
    route->length = static_cast<double>(route->edges.size());
    answer.routes.push_back(*std::move(route));
  }
}

}  // namespace entente

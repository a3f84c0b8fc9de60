#include "algorithms/flow/decompose.hpp"

#include <algorithm>
#include <bit>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/flow/carrying.hpp"
#include "algorithms/flow/circles.hpp"

// Two stages. The first takes the widest route that is left, again and again, led by upper bounds that are
// lowered where they prove too high. On a flow of many ends and long ways that repairs bounds far more often than it
// takes routes; so its looks are counted, and once there were a few for each edge, the second stage takes the rest by
// thresholds that halve, with a current step per node, in time proportional to what it writes.

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

/// A step along an edge that carries something.
struct FlowStep {
  std::int64_t units;
  NodeId head;
  EdgeId edge;
};

/// By units; among equals the lower edge counts as wider.
bool narrower(const FlowStep& a, const FlowStep& b) {
  return a.units != b.units ? a.units < b.units : a.edge > b.edge;
}
/// Of steps into sources, one for each.
bool less_to_send(const FlowStep& a, const FlowStep& b) {
  return a.units != b.units ? a.units < b.units : a.head > b.head;
}

/// What is left of a flow without circles, and for each step an upper bound of the width of the routes over it.
struct FlowLeft {
  EdgeColumn<std::int64_t> flow;
  NodeColumn<std::int64_t> supply;        // what a source still sends; negative: what a target still takes
  std::vector<FlowStep> steps;            // of each node side by side; units: bounds
  NodeColumn<std::uint32_t> first, last;  // of the steps of each node
  std::vector<FlowStep> sources;          // a heap; units: bounds

  FlowLeft(const Graph& graph, EdgeColumn<std::int64_t> without_circles, NodeColumn<std::int64_t> supplies)
      : flow(std::move(without_circles)),
        supply(std::move(supplies)),
        first(graph.node_count()),
        last(graph.node_count()) {
    const Carrying carrying(graph, flow);
    steps.resize(carrying.size());
    NodeColumn<std::uint32_t> entering(graph.node_count());
    for (const NodeId u : graph.nodes()) {
      first[u] = static_cast<std::uint32_t>(carrying.first(u));
      last[u] = static_cast<std::uint32_t>(carrying.last(u));
      for (std::uint32_t i = first[u]; i < last[u]; ++i) {
        steps[i] = {carried(flow[carrying[i].edge]), carrying[i].node, carrying[i].edge};
        ++entering[carrying[i].node];
      }
    }
    bound_steps(entering);
    for (const NodeId u : graph.nodes()) {
      if (supply[u] > 0) sources.push_back({std::min(supply[u], best_through(u)), u, {}});
    }
    std::ranges::make_heap(sources, less_to_send);
  }

  std::span<FlowStep> steps_from(NodeId u) { return std::span(steps).subspan(first[u], last[u] - first[u]); }
  std::int64_t demand(NodeId u) const { return std::max<std::int64_t>(0, -supply[u]); }
  /// The most that may go on from u: to a target here, or over its best step.
  std::int64_t best_through(NodeId u) const {
    return std::max(demand(u), first[u] == last[u] ? 0 : steps[first[u]].units);
  }

 private:
  /// Exact bounds, from the ends of the flow back; no step leads back, so there is an order.
  void bound_steps(NodeColumn<std::uint32_t>& entering) {
    std::vector<NodeId> order;
    for (std::uint32_t u = 0; u < entering.size(); ++u) {
      if (entering[NodeId{u}] == 0 && first[NodeId{u}] < last[NodeId{u}]) order.push_back(NodeId{u});
    }
    for (std::size_t next = 0; next < order.size(); ++next) {
      for (const FlowStep& step : steps_from(order[next])) {
        if (--entering[step.head] == 0) order.push_back(step.head);
      }
    }
    for (std::size_t i = order.size(); i-- > 0;) {
      const std::span<FlowStep> from = steps_from(order[i]);
      for (FlowStep& step : from) step.units = std::min(step.units, best_through(step.head));
      std::ranges::make_heap(from, narrower);
    }
  }
};

/// The first stage. The steps of each node are a heap by their bounds. These only ever fall as flow is taken out, so a
/// route whose steps all lead their heaps, with bounds that still hold, is the widest.
class WidestRoutes {
 public:
  explicit WidestRoutes(FlowLeft& left) : left_(left) {}

  /// Adds routes until there are `most` or all is taken, or after so many looks at steps. False: cancelled.
  bool take(std::vector<Walk>& routes, std::size_t most, std::size_t looks, const Job& job) {
    while (!left_.sources.empty() && routes.size() < most && looks_ < looks) {
      if (job.cancelled()) return false;
      const auto [bound, source, no_edge] = left_.sources.front();
      Walk route = follow_best(source);
      const bool holds = refresh_bounds(route);
      route.amount = std::min(left_.supply[source], left_.best_through(source));
      if (route.amount < bound) {
        lower(left_.sources, route.amount, less_to_send);
        if (route.amount == 0) left_.sources.pop_back();
      } else if (holds) {
        for (const EdgeId edge : route.edges) relieve(left_.flow[edge], route.amount);
        left_.supply[route.nodes.front()] -= route.amount;
        left_.supply[route.nodes.back()] += route.amount;
        routes.push_back(std::move(route));
      }
    }
    return true;
  }

 private:
  /// Gives the top of a heap a lower place; one of nothing goes to the end, for the caller to drop.
  template <class Order>
  static void lower(std::span<FlowStep> heap, std::int64_t units, Order order) {
    std::ranges::pop_heap(heap, order);
    heap.back().units = units;
    if (units > 0) std::ranges::push_heap(heap, order);
  }

  bool ends_at(NodeId u) const { return left_.supply[u] < 0 && left_.demand(u) >= left_.best_through(u); }

  Walk follow_best(NodeId u) {
    Walk route;
    route.nodes.push_back(u);
    while (!ends_at(u) && left_.first[u] < left_.last[u]) {
      const FlowStep& step = left_.steps[left_.first[u]];
      if (left_.flow[step.edge] == 0) break;  // an emptied one still leads: refresh_bounds drops it
      route.edges.push_back(step.edge);
      route.nodes.push_back(u = step.head);
    }
    looks_ += route.nodes.size();
    return route;
  }

  /// Lowers the bounds along a route to what now holds, from its end back. True if none had to be.
  bool refresh_bounds(const Walk& route) {
    const NodeId end = route.nodes.back();
    bool hold = ends_at(end);
    while (left_.first[end] < left_.last[end] && left_.flow[left_.steps[left_.first[end]].edge] == 0) {
      lower_best(end, 0);
    }
    for (std::size_t i = route.edges.size(); i-- > 0;) {
      const NodeId u = route.nodes[i];
      const std::int64_t width = std::min(carried(left_.flow[route.edges[i]]), left_.best_through(route.nodes[i + 1]));
      if (width == left_.steps[left_.first[u]].units) continue;
      lower_best(u, width);
      hold = false;
    }
    return hold;
  }

  void lower_best(NodeId u, std::int64_t units) {
    ++looks_;
    lower(left_.steps_from(u), units, narrower);
    if (units == 0) --left_.last[u];
  }

  FlowLeft& left_;
  std::size_t looks_ = 0;
};

/// The second stage: all routes of at least `least` units, for least = a power of two and its halves, so that each
/// route carries more than half of the widest that is left [gabow1985scaling]. For one threshold a step that
/// became too narrow stays so, and so does a node from which all ways end: no step is looked at twice in vain.
class WideRoutes {
 public:
  explicit WideRoutes(FlowLeft& left) : left_(left), steps_(left.steps) {
    const auto down = [](auto order) { return [order](const FlowStep& a, const FlowStep& b) { return order(b, a); }; };
    places_.reserve(left.first.size());
    for (std::uint32_t u = 0; u < left.first.size(); ++u) {
      const NodeId node{u};
      std::ranges::sort(left.steps_from(node), down(narrower));
      places_.push_back({left.demand(node), left.first[node], left.first[node], left.last[node], 0, 0});
    }
    std::ranges::sort(left.sources, down(less_to_send));
  }

  /// Adds routes, the widest first, until there are `most` or all is taken. False: cancelled.
  bool take(std::vector<Walk>& routes, std::size_t most, const Job& job) {
    if (left_.sources.empty()) return true;
    const auto widest = static_cast<std::uint64_t>(left_.sources.front().units);
    for (std::uint64_t least = std::bit_floor(widest); least > 0 && routes.size() < most; least /= 2) {
      if (!find_routes(static_cast<std::int64_t>(least), job)) return false;
      std::ranges::stable_sort(found_, std::ranges::greater{}, &Found::units);
      for (const Found& found : found_) {
        if (routes.size() < most) routes.push_back(walk_of(found));
      }
    }
    return true;
  }

 private:
  /// A route of the threshold in hand: its steps are written side by side, and become a walk once it has its rank.
  struct Found {
    std::int64_t units;
    NodeId source;
    std::size_t first, last;  // in trail_
  };

  /// A node with its steps, in half a cache line.
  struct Place {
    std::int64_t demand;
    std::uint32_t first, opened, last;  // of its steps; those before `opened` were once as wide as a threshold
    std::uint32_t current;              // no step before it carries the threshold in hand and leads on
    std::uint32_t looked : 8, dead : 8;  // the last threshold for which it was looked at; for which no way led on
  };

  Place& place(NodeId u) { return places_[u.index]; }

  bool find_routes(std::int64_t least, const Job& job) {
    found_.clear();
    trail_.clear();
    ++threshold_;
    for (const auto& [bound, source, no_edge] : left_.sources) {
      way_.clear();
      while (left_.supply[source] >= least) {
        const NodeId u = way_.empty() ? source : steps_[way_.back()].head;
        if (place(u).demand >= least) {
          take_way(source, u, least);
          if (found_.size() % 1024 == 0 && job.cancelled()) return false;
        } else if (find_step(place(u), least)) {
          way_.push_back(place(u).current);
        } else {
          place(u).dead = threshold_;
          if (way_.empty()) break;
          way_.pop_back();
        }
      }
    }
    return !job.cancelled();
  }

  /// Moves on to the first step that still carries `least` and may lead on. Those not opened before stand sorted
  /// by bounds; of others units tell what they still carry, and emptied ones are dropped.
  bool find_step(Place& u, std::int64_t least) {
    if (u.looked != threshold_) u.current = u.first;
    u.looked = threshold_;
    for (; u.current < u.last; ++u.current) {
      FlowStep& step = steps_[u.current];
      if (u.current == u.opened) {
        if (step.units < least) return false;
        ++u.opened;
        step.units = carried(left_.flow[step.edge]);
      }
      if (step.units >= least && place(step.head).dead != threshold_) return true;
      if (step.units == 0) step = steps_[u.first++];
    }
    return false;
  }

  /// Takes the way in hand out of the flow, and goes on from where it first became too narrow.
  void take_way(NodeId source, NodeId target, std::int64_t least) {
    std::int64_t units = std::min(left_.supply[source], place(target).demand);
    for (const std::uint32_t step : way_) units = std::min(units, steps_[step].units);
    left_.supply[source] -= units;
    place(target).demand -= units;
    found_.push_back({units, source, trail_.size(), trail_.size() + way_.size()});
    std::size_t wide = way_.size();
    for (std::size_t i = 0; i < way_.size(); ++i) {
      FlowStep& step = steps_[way_[i]];
      trail_.push_back({step.head, step.edge});
      step.units -= units;
      if (step.units < least) wide = std::min(wide, i);
    }
    way_.resize(wide);
  }

  Walk walk_of(const Found& found) const {
    Walk route;
    route.amount = found.units;
    route.nodes.reserve(found.last - found.first + 1);
    route.edges.reserve(found.last - found.first);
    route.nodes.push_back(found.source);
    for (std::size_t i = found.first; i < found.last; ++i) {
      route.nodes.push_back(trail_[i].node);
      route.edges.push_back(trail_[i].edge);
    }
    return route;
  }

  FlowLeft& left_;  // what its sources still send; what opened steps carry they hold themselves
  std::vector<FlowStep>& steps_;
  std::vector<Place> places_;
  std::uint8_t threshold_ = 0;  // the first, the second, …: at most 63
  std::vector<std::uint32_t> way_;
  std::vector<Found> found_;
  std::vector<Arc> trail_;
};

}  // namespace

Result<FlowRoutes> decompose_flow(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                  std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job,
                                  std::size_t most) {
  auto supply = checked_supply(graph, flow, sources, targets);
  if (!supply) return tl::unexpected(supply.error());

  FlowRoutes answer;
  EdgeColumn<std::int64_t> without_circles = flow;
  answer.circles = take_out_circles(graph, without_circles);
  FlowLeft left(graph, std::move(without_circles), *std::move(supply));
  const std::size_t looks = 0x100000 + 2 * left.steps.size();
  if (!WidestRoutes(left).take(answer.routes, most, looks, job)) return interrupted();
  answer.widest = answer.routes.size();
  if (answer.routes.size() < most && !WideRoutes(left).take(answer.routes, most, job)) return interrupted();
  for (Walk& route : answer.routes) route.length = static_cast<double>(route.edges.size());
  return answer;
}

}  // namespace entente

#include "algorithms/certificates/partial_routes.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

namespace entente {

namespace {

tl::unexpected<Error> routes_are_wrong(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

/// Takes the amount of a route off what is left of the flow.
Result<void> take_route(const Graph& graph, const Walk& route, EdgeColumn<std::int64_t>& left) {
  if (route.amount <= 0) return routes_are_wrong("A route carries nothing.");
  if (route.nodes.size() != route.edges.size() + 1) {
    return routes_are_wrong("A route does not have one node more than edges.");
  }
  for (std::size_t i = 0; i < route.edges.size(); ++i) {
    const EdgeId edge = route.edges[i];
    if (edge.index >= graph.edge_count()) return routes_are_wrong("A route uses an edge that the graph does not have.");
    const Ends step{route.nodes[i], route.nodes[i + 1]}, ends = graph.ends(edge);
    const bool along = left[edge] > 0 && step == ends;
    const bool back = left[edge] < 0 && step == Ends{ends.target, ends.source};
    if (!along && !back) {
      return routes_are_wrong("A route uses edge " + std::to_string(edge.index) + " as nothing flows on it.");
    }
    left[edge] += along ? -route.amount : route.amount;
    if (along ? left[edge] < 0 : left[edge] > 0) {
      return routes_are_wrong("The routes ask edge " + std::to_string(edge.index) + " for more than it carries.");
    }
  }
  return {};
}

}  // namespace

Result<std::int64_t> amount_of_partial_routes(const Graph& graph, const EdgeColumn<std::int64_t>& flow,
                                              std::span<const NodeId> sources, std::span<const NodeId> targets,
                                              const std::vector<Walk>& routes) {
  if (flow.size() != graph.edge_count()) return routes_are_wrong("A flow needs one value for each edge.");
  EdgeColumn<std::int64_t> left = flow;
  std::int64_t sum = 0, before = std::numeric_limits<std::int64_t>::max();
  for (const Walk& route : routes) {
    if (auto taken = take_route(graph, route, left); !taken) return tl::unexpected(taken.error());
    if (std::ranges::find(sources, route.nodes.front()) == sources.end() ||
        std::ranges::find(targets, route.nodes.back()) == targets.end()) {
      return routes_are_wrong("A route does not lead from a source to a target.");
    }
    if (std::exchange(before, route.amount) < route.amount) return routes_are_wrong("A wider route stands below.");
    if (__builtin_add_overflow(sum, route.amount, &sum)) return fail(ErrorCode::overflow, "The sum exceeds 64 bits.");
  }
  return sum;
}

}  // namespace entente

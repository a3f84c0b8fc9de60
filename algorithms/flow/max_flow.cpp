#include "algorithms/flow/max_flow.hpp"

#include <algorithm>

#include "algorithms/flow/circles.hpp"
#include "algorithms/flow/push_relabel.hpp"
#include "algorithms/flow/residual.hpp"
#include "algorithms/flow/search_trees.hpp"

// Chosen by effort, not by guess: two search trees come first, since on networks of bodies the ways are short and
// the minimum cut lies close to one end, often at the very arcs of a source or target: once these are full all is
// done. Where ways or repairs turn out to be long, push-relabel takes over with the flow found so far. Capacities
// are whole units: the flow is exact, without a tolerance. What can leave the sources or reach the targets was
// checked against 64 bits at the door, so no addition can overflow.

namespace entente {

std::vector<EdgeId> edges_leaving(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                  const NodeColumn<std::uint8_t>& side) {
  std::vector<EdgeId> leaving;
  const auto outside = static_cast<std::size_t>(std::ranges::count(side.values(), std::uint8_t{0}));
  const FlowQuestion::Mutual mutual = mutual_among(graph);
  const bool lopsided = 8 * std::min(outside, side.size() - outside) < side.size();
  if (!lopsided && mutual != FlowQuestion::Mutual::some) {  // edge by edge, in order
    const bool either_way = mutual == FlowQuestion::Mutual::all;
    for (const EdgeId edge : graph.edges()) {
      const auto [source, target] = graph.ends(edge);
      const bool leaves = side[source] != 0 && side[target] == 0;
      const bool comes_back = side[source] == 0 && side[target] != 0;
      if ((leaves || (either_way && comes_back)) && capacity[edge] > 0) leaving.push_back(edge);
    }
    return leaving;
  }
  const bool from_inside = 2 * outside >= side.size();
  for (const NodeId u : graph.nodes()) {
    if ((side[u] != 0) != from_inside) continue;
    for (const auto [v, edge] : from_inside ? graph.out(u) : graph.in(u)) {
      if ((side[v] != 0) != from_inside && capacity[edge] > 0) leaving.push_back(edge);
    }
  }
  std::ranges::sort(leaving);
  return leaving;
}

Result<MaxFlow> max_flow(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job) {
  if (auto fits = Residual::fits(graph); !fits) return tl::unexpected(fits.error());
  const auto question = flow_question(graph, capacity, sources, targets);
  if (!question) return tl::unexpected(question.error());

  MaxFlow answer;
  Residual residual(*question);
  SearchTrees trees(*question, residual, job);
  const auto outcome = trees.run(PushRelabel::fits(*question));
  if (outcome == SearchTrees::Outcome::interrupted) return interrupted();
  answer.value = trees.value();
  answer.phases = trees.passes();
  if (outcome == SearchTrees::Outcome::too_slow) {
    PushRelabel demands(*question, residual, job);
    if (!demands.run(question->most - answer.value)) return interrupted();
    answer.value += demands.value();
    answer.phases += demands.updates();
  }
  answer.source_side =
      outcome == SearchTrees::Outcome::done ? trees.reached_from_sources() : residual.reached_from_sources();
  answer.flow = residual.flow();
  if (outcome == SearchTrees::Outcome::done) {
    drop_circles(graph, answer.flow);
  } else {
    const Carrying carrying(graph, answer.flow);
    take_out_circles(graph, carrying, answer.flow);
    drop_unmet_demands(*question, carrying, answer.flow);
  }
  answer.cut = edges_leaving(graph, capacity, answer.source_side);
  return answer;
}

}  // namespace entente

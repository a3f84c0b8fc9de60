#include "algorithms/centrality/current_flow_closeness.hpp"

#include <algorithm>
#include <cmath>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/centrality/current_flow_system.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/cohesion/components.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t potentials_in_block = 16;

/// With G the grounded inverse, R(v, t) = G(v, v) + G(t, t) - 2 G(v, t); the sum over t needs the diagonal of G and
/// the sums of its columns.
Result<void> add_closeness_of_component(const CurrentSystem& system, std::span<const NodeId> node,
                                        NodeColumn<double>& closeness, const Job& job) {
  const std::size_t n = system.node_count();
  std::vector<double> diagonal(n), column_sum(n, 0);
  for_each_block((n + potentials_in_block - 1) / potentials_in_block, job, [&](std::size_t block) {
    const std::size_t first = block * potentials_in_block, last = std::min(n, first + potentials_in_block);
    std::vector<double> potential((last - first) * n);
    system.potentials(first, last, potential.data());
    for (std::size_t v = first; v < last; ++v) {
      const double* const column = potential.data() + (v - first) * n;
      diagonal[v] = column[v];
      for (std::size_t t = 0; t < n; ++t) column_sum[v] += column[t];
    }
  });
  if (job.cancelled()) return interrupted();
  double trace = 0;
  for (const double value : diagonal) trace += value;
  for (std::size_t v = 0; v < n; ++v) {
    const double resistances = static_cast<double>(n) * diagonal[v] + trace - 2 * column_sum[v];
    if (!(std::isfinite(resistances) && resistances > 0)) return conductances_too_far_apart();
    closeness[node[v]] = static_cast<double>(n - 1) / resistances;
  }
  return {};
}

}  // namespace

Result<CurrentFlowCloseness> current_flow_closeness(const Symmetric& graph, const EdgeColumn<double>* conductance,
                                                    const CurrentFlowClosenessOptions&, const Job& job) {
  if (auto checked = check_weights(graph.edge_count(), conductance); !checked) return tl::unexpected(checked.error());
  const auto conducting = conducting_graph(graph, conductance);
  if (!conducting) return tl::unexpected(conducting.error());
  const Symmetric& wires = conducting->graph;
  const auto parts = components(wires, job);
  if (!parts) return tl::unexpected(parts.error());
  if (parts->largest > static_cast<std::int64_t>(most_nodes_of_currents)) {
    return too_large_for_currents("component", static_cast<std::size_t>(parts->largest));
  }

  std::vector<std::vector<NodeId>> members(static_cast<std::size_t>(parts->count));
  NodeColumn<std::uint32_t> number(graph.node_count());
  for (const NodeId v : graph.nodes()) {
    auto& part = members[static_cast<std::size_t>(parts->component[v])];
    number[v] = static_cast<std::uint32_t>(part.size());
    part.push_back(v);
  }
  NodeColumn<double> closeness(graph.node_count());
  std::size_t done = 0;
  for (const std::vector<NodeId>& part : members) {
    if (part.size() < 2) break;  // components stand by falling size
    if (job.cancelled()) return interrupted();
    std::vector<Conductor> conductors;
    for (const NodeId u : part) {
      const ArcRange arcs = wires.arcs(u);
      for (const auto [v, edge] : arcs) {
        if (v < u) continue;
        conductors.push_back({number[u], number[v], conductance ? (*conductance)[conducting->edge[edge.index]] : 1.0});
      }
    }
    const CurrentSystem system(part.size(), conductors);
    if (!system.solvable()) return conductances_too_far_apart();
    const auto added = add_closeness_of_component(system, part, closeness, job);
    if (!added) return tl::unexpected(added.error());
    job.report("current-flow closeness", done += part.size(), graph.node_count());
  }
  return CurrentFlowCloseness{std::move(closeness)};
}

Card current_flow_closeness_card() {
  return describe<CurrentFlowClosenessOptions, CurrentFlowCloseness>("current_flow_closeness", "centrality")
      .summary("How small the electrical resistance to the other nodes of the component is: 1 / its mean.")
      .cost("O(k^3) at most for a component of k <= 4096 nodes")
      .convention(
          "(k - 1) / sum of resistances to the k nodes of the component. Directions are ignored. Weights, finite "
          "and not below 0, are conductances: those of parallel ties add up, ties of weight 0 and self-loops carry "
          "nothing. A component of more than 4096 nodes is refused. Isolates have 0.")
      .per_node("current_flow_closeness", &CurrentFlowCloseness::current_flow_closeness, "1/resistance",
                "in the unit of the weights")
      .source("stephenson1989rethinking")
      .source("brandes2005centrality")
      .runs([](const Problem& problem, const CurrentFlowClosenessOptions& options,
               const Job& job) -> Result<CurrentFlowCloseness> {
        return symmetric_graph(problem).and_then([&](const Symmetric* graph) {
          return current_flow_closeness(*graph, problem.weight, options, job);
        });
      });
}

}  // namespace entente

#include "algorithms/centrality/current_flow_betweenness.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/centrality/betweenness_pieces.hpp"
#include "algorithms/centrality/current_flow_system.hpp"
#include "algorithms/centrality/input.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t columns_in_block = 16;
constexpr std::size_t conductors_in_block = 8;

/// The conductors of a piece, each once, in its numbers.
std::vector<Conductor> conductors_of(const ConductingGraph& conducting, const BetweennessPieces& pieces,
                                     std::size_t piece, const EdgeColumn<double>* conductance) {
  std::vector<Conductor> conductors;
  const std::uint32_t first = pieces.first[piece];
  for (std::uint32_t m = first; m < pieces.first[piece + 1]; ++m) {
    for (std::uint64_t a = pieces.out.begin[m]; a < pieces.out.begin[m + 1]; ++a) {
      if (pieces.out.node[a] < m - first) continue;
      double sum = 0;
      for_each_parallel(conducting.graph.both_ways(), NodeId{pieces.node[m]}, pieces.place[a], [&](EdgeId edge) {
        sum += conductance ? (*conductance)[conducting.edge[edge.index]] : 1.0;
      });
      conductors.push_back({m - first, pieces.out.node[a], sum});
    }
  }
  return conductors;
}

/// The sum of w(s) w(t) |f(s) - f(t)| over pairs: in the order of f, each f is added for those below and
/// taken off for those above.
double sum_of_differences(std::vector<std::pair<double, double>>& f_and_weight) {
  std::ranges::sort(f_and_weight);
  double above = 0, below = 0, sum = 0;
  for (const auto& [f, weight] : f_and_weight) above += weight;
  for (const auto& [f, weight] : f_and_weight) {
    above -= weight;
    sum += weight * f * (below - above);
    below += weight;
  }
  return sum;
}

/// Adds, to each member of a piece, half of the currents of all pairs in its conductors.
Result<void> add_currents_of_piece(const CurrentSystem& system, const std::vector<Conductor>& conductors,
                                   const double* weight, double* half_currents, const Job& job) {
  const std::size_t n = system.node_count();
  std::vector<double> potential(n * n);
  for_each_block((n + columns_in_block - 1) / columns_in_block, job, [&](std::size_t block) {
    const std::size_t first = block * columns_in_block;
    system.potentials(first, std::min(n, first + columns_in_block), potential.data() + first * n);
  });
  if (job.cancelled()) return interrupted();
  std::vector<double> current(conductors.size());
  for_each_block((conductors.size() + conductors_in_block - 1) / conductors_in_block, job, [&](std::size_t block) {
    std::vector<std::pair<double, double>> f(n);
    const std::size_t last = std::min(conductors.size(), (block + 1) * conductors_in_block);
    for (std::size_t c = block * conductors_in_block; c < last; ++c) {
      const auto [a, b, conductance] = conductors[c];
      for (std::size_t s = 0; s < n; ++s) {
        f[s] = {conductance * (potential[a * n + s] - potential[b * n + s]), weight[s]};
      }
      current[c] = sum_of_differences(f);
    }
  });
  if (job.cancelled()) return interrupted();
  for (std::size_t c = 0; c < conductors.size(); ++c) {
    half_currents[conductors[c].a] += current[c] / 2;
    half_currents[conductors[c].b] += current[c] / 2;
  }
  return {};
}

}  // namespace

Result<CurrentFlowBetweenness> current_flow_betweenness(const Symmetric& graph, const EdgeColumn<double>* conductance,
                                                        const CurrentFlowBetweennessOptions& options, const Job& job) {
  if (auto checked = check_weights(graph.edge_count(), conductance); !checked) return tl::unexpected(checked.error());
  const auto conducting = conducting_graph(graph, conductance);
  if (!conducting) return tl::unexpected(conducting.error());
  const auto pieces = betweenness_pieces(conducting->graph.both_ways(), &conducting->graph, true, job);
  if (!pieces) return tl::unexpected(pieces.error());
  if (pieces->count() > 0 && pieces->size(0) > most_nodes_of_currents) {
    return too_large_for_currents("bicomponent", pieces->size(0));
  }

  // Half of the currents in the ties of v is what passes v, and 1/2 for each pair that begins or ends there.
  std::vector<double> half_currents(pieces->node.size(), 0);
  for (std::size_t p = 0; p < pieces->count(); ++p) {
    if (job.cancelled()) return interrupted();
    const std::uint32_t first = pieces->first[p];
    if (pieces->size(p) == 2) {
      half_currents[first] = half_currents[first + 1] = pieces->weight[first] * pieces->weight[first + 1] / 2;
      continue;
    }
    const std::vector<Conductor> conductors = conductors_of(*conducting, *pieces, p, conductance);
    const CurrentSystem system(pieces->size(p), conductors);
    if (!system.solvable()) return conductances_too_far_apart();
    const auto added = add_currents_of_piece(system, conductors, pieces->weight.data() + first,
                                             half_currents.data() + first, job);
    if (!added) return tl::unexpected(added.error());
    job.report("current-flow betweenness", pieces->first[p + 1], pieces->node.size());
  }

  const double n = static_cast<double>(graph.node_count());
  const double factor = !options.normalized ? 1 : graph.node_count() < 3 ? 0 : 2 / ((n - 1) * (n - 2));
  NodeColumn<double> result(graph.node_count());
  for (std::size_t m = 0; m < pieces->node.size(); ++m) result[NodeId{pieces->node[m]}] += half_currents[m];
  for (const NodeId v : graph.nodes()) {
    const double ends = static_cast<double>(pieces->reached[v.index]) / 2;
    if (!std::isfinite(result[v])) return conductances_too_far_apart();
    result[v] = result[v] - ends < 1e-12 * result[v] ? 0 : (result[v] - ends) * factor;  // an end only, up to rounding
  }
  return CurrentFlowBetweenness{std::move(result)};
}

Card current_flow_betweenness_card() {
  return describe<CurrentFlowBetweennessOptions, CurrentFlowBetweenness>("current_flow_betweenness", "centrality")
      .summary("How much of a unit current between two others passes through a node, over all pairs.")
      .cost("O(k^3 + l k log k) for a bicomponent of k <= 4096 nodes and l ties")
      .convention(
          "Directions are ignored. Weights, finite and not below 0, are conductances: those of parallel ties add "
          "up, ties of weight 0 and self-loops carry nothing. Each pair of other nodes in the same component counts "
          "once; ends are not between. A bicomponent of more than 4096 nodes is refused. Isolates have 0.")
      .flag("normalized", &CurrentFlowBetweennessOptions::normalized,
            "divide by the number of pairs of other nodes, (n - 1)(n - 2) / 2")
      .per_node("current_flow_betweenness", &CurrentFlowBetweenness::current_flow_betweenness, "pairs",
                "a share of all pairs with normalized")
      .source("newman2005measure")
      .source("brandes2005centrality")
      .runs([](const Problem& problem, const CurrentFlowBetweennessOptions& options,
               const Job& job) -> Result<CurrentFlowBetweenness> {
        return symmetric_graph(problem).and_then([&](const Symmetric* graph) {
          return current_flow_betweenness(*graph, problem.weight, options, job);
        });
      });
}

}  // namespace entente

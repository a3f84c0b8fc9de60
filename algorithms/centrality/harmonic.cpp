#include "algorithms/centrality/harmonic.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/distances.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/sources.hpp"

namespace entente {

Result<Harmonic> harmonic(const Graph& graph, const EdgeColumn<double>* length, const HarmonicOptions& options,
                          const Job& job) {
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());

  const double n = static_cast<double>(graph.node_count());
  NodeColumn<double> result(graph.node_count());
  const auto searched = for_sources_in_rounds(
      graph.node_count(), job, "harmonic",
      [&](std::size_t, std::size_t first, std::size_t last) {
        Distances distances(graph, length);
        for (std::size_t i = first; i < last && !job.cancelled(); ++i) {
          const NodeId v{static_cast<std::uint32_t>(i)};
          distances.search_from(v);
          double sum = 0;
          for (const NodeId u : distances.reached().subspan(1)) sum += 1 / distances.to(u);
          result[v] = options.normalized && n > 1 ? sum / (n - 1) : sum;
        }
      },
      [](std::size_t) {});
  if (!searched) return tl::unexpected(searched.error());
  return Harmonic{std::move(result)};
}

Card harmonic_card() {
  return describe<HarmonicOptions, Harmonic>("harmonic", "centrality")
      .summary("The sum of 1/distance to every other node; nodes out of reach add 0.")
      .cost("O(n (n + m)) in hops, O(n (n + m log m)) with lengths")
      .convention(
          "Distances run from the node along directions, in hops, or in lengths where given (all above 0). Parallel "
          "ties count as their shortest; self-loops change nothing. A node that reaches nobody has 0.")
      .flag("normalized", &HarmonicOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("harmonic", &Harmonic::harmonic, "1/length", "in 1/hops where no lengths are given")
      .source("boldi2014axioms")
      .runs([](const Problem& problem, const HarmonicOptions& options, const Job& job) -> Result<Harmonic> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return harmonic(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

#include "algorithms/centrality/closeness.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/distances.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/sources.hpp"

namespace entente {

Result<Closeness> closeness(const Graph& graph, const EdgeColumn<double>* length, const ClosenessOptions& options,
                            const Job& job) {
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());

  const double n = static_cast<double>(graph.node_count());
  NodeColumn<double> result(graph.node_count());
  const auto searched = for_sources_in_rounds(
      graph.node_count(), job, "closeness",
      [&](std::size_t, std::size_t first, std::size_t last) {
        Distances distances(graph, length);
        for (std::size_t i = first; i < last && !job.cancelled(); ++i) {
          const NodeId v{static_cast<std::uint32_t>(i)};
          distances.search_from(v);
          double sum = 0;
          for (const NodeId u : distances.reached()) sum += distances.to(u);
          const double others = static_cast<double>(distances.reached().size()) - 1;
          if (others > 0) result[v] = others / sum * (options.normalized ? others / (n - 1) : 1.0);
        }
      },
      [](std::size_t) {});
  if (!searched) return tl::unexpected(searched.error());
  return Closeness{std::move(result)};
}

Card closeness_card() {
  return describe<ClosenessOptions, Closeness>("closeness", "centrality")
      .summary("How near the nodes are that a node can reach: 1 / their mean distance.")
      .cost("O(n (n + m)) in hops, O(n (n + m log m)) with lengths")
      .convention(
          "(reached - 1) / sum of distances, from the node along directions; reached includes the node itself. In "
          "hops, or in lengths where given (all above 0). Parallel ties count as their shortest; self-loops change "
          "nothing. A node that reaches nobody has 0.")
      .flag("normalized", &ClosenessOptions::normalized,
            "multiply by (reached - 1)/(n - 1), after Wasserman and Faust, to compare across components")
      .per_node("closeness", &Closeness::closeness, "1/length", "in 1/hops where no lengths are given")
      .source("freeman1978centrality")
      .source("wasserman1994social")
      .runs([](const Problem& problem, const ClosenessOptions& options, const Job& job) -> Result<Closeness> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return closeness(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

#include "algorithms/centrality/harmonic.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/traversal/lanes.hpp"
#include "algorithms/traversal/shortest_lengths.hpp"

namespace entente {

namespace {

Result<NodeColumn<double>> harmonic_in_hops(const Graph& graph, const Job& job) {
  const HubFirst& ranks = graph.hub_first(job);
  const auto sums = sum_hops(ranks, near_each_other(ranks), SumOf::inverses, "harmonic", job);
  if (!sums) return tl::unexpected(sums.error());
  NodeColumn<double> result(graph.node_count());
  for (const NodeId v : graph.nodes()) result[v] = to_double(sums->inverses[ranks.rank_of(v)]);
  return result;
}

Result<NodeColumn<double>> harmonic_in_lengths(const Graph& graph, const EdgeColumn<double>& length, const Job& job) {
  return measure_from_each_node(graph, length, "harmonic", job, [](const LengthSearch& search) {
    double sum = 0;
    for (const std::uint32_t v : search.settled().subspan(1)) sum += 1 / search.length_to(v);
    return sum;
  });
}

}  // namespace

Result<Harmonic> harmonic(const Graph& graph, const EdgeColumn<double>* length, const HarmonicOptions& options,
                          const Job& job) {
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());
  auto result = length ? harmonic_in_lengths(graph, *length, job) : harmonic_in_hops(graph, job);
  if (!result) return tl::unexpected(result.error());
  if (options.normalized && graph.node_count() > 1) {
    for (double& value : result->values()) value /= static_cast<double>(graph.node_count() - 1);
  }
  return Harmonic{std::move(*result)};
}

Card harmonic_card() {
  return describe<HarmonicOptions, Harmonic>("harmonic", "centrality")
      .summary("The sum of 1/distance to every other node; nodes out of reach add 0.")
      .cost("O(n (n + m)) in hops, up to 512 nodes at a time; O(n (n + m log m)) with lengths")
      .convention(
          "Distances run from the node along directions, in hops, or in lengths where given (all above 0). Parallel "
          "ties count as their shortest; self-loops change nothing. A node that reaches nobody has 0.")
      .flag("normalized", &HarmonicOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("harmonic", &Harmonic::harmonic, "1/length", "in 1/hops where no lengths are given")
      .source("boldi2014axioms")
      .source("then2014more")
      .runs([](const Problem& problem, const HarmonicOptions& options, const Job& job) -> Result<Harmonic> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return harmonic(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

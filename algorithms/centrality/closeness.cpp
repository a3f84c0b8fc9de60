#include "algorithms/centrality/closeness.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/traversal/lanes.hpp"
#include "algorithms/traversal/shortest_lengths.hpp"

namespace entente {

namespace {

/// From the number of nodes reached, the node itself among them, and the sum of their distances.
struct ClosenessFormula {
  double node_count;
  bool normalized;

  double operator()(double reached, double sum) const {
    const double others = reached - 1;
    if (others <= 0) return 0;
    return others / sum * (normalized ? others / (node_count - 1) : 1.0);
  }
};

Result<NodeColumn<double>> closeness_in_hops(const Graph& graph, const ClosenessFormula& score, const Job& job) {
  const HubFirst& ranks = graph.hub_first(job);
  const auto sums = sum_hops(ranks, near_each_other(ranks), SumOf::hops, "closeness", job);
  if (!sums) return tl::unexpected(sums.error());
  NodeColumn<double> result(graph.node_count());
  for (const NodeId v : graph.nodes()) {
    const std::uint32_t rank = ranks.rank_of(v);
    result[v] = score(static_cast<double>(sums->reached[rank]), static_cast<double>(sums->hops[rank]));
  }
  return result;
}

Result<NodeColumn<double>> closeness_in_lengths(const Graph& graph, const EdgeColumn<double>& length,
                                                const ClosenessFormula& score, const Job& job) {
  return measure_from_each_node(graph, length, "closeness", job, [&](const LengthSearch& search) {
    double sum = 0;
    for (const std::uint32_t v : search.settled()) sum += search.length_to(v);
    return score(static_cast<double>(search.settled().size()), sum);
  });
}

}  // namespace

Result<Closeness> closeness(const Graph& graph, const EdgeColumn<double>* length, const ClosenessOptions& options,
                            const Job& job) {
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());
  const ClosenessFormula score{static_cast<double>(graph.node_count()), options.normalized};
  auto result = length ? closeness_in_lengths(graph, *length, score, job) : closeness_in_hops(graph, score, job);
  if (!result) return tl::unexpected(result.error());
  return Closeness{std::move(*result)};
}

Card closeness_card() {
  return describe<ClosenessOptions, Closeness>("closeness", "centrality")
      .summary("How near the nodes are that a node can reach: 1 / their mean distance.")
      .cost("O(n (n + m)) in hops, up to 512 nodes at a time; O(n (n + m log m)) with lengths")
      .convention(
          "(reached - 1) / sum of distances, from the node along directions; reached includes the node itself. In "
          "hops, or in lengths where given (all above 0). Parallel ties count as their shortest; self-loops change "
          "nothing. A node that reaches nobody has 0.")
      .flag("normalized", &ClosenessOptions::normalized,
            "multiply by (reached - 1)/(n - 1), after Wasserman and Faust, to compare across components")
      .per_node("closeness", &Closeness::closeness, "1/length", "in 1/hops where no lengths are given")
      .source("freeman1978centrality")
      .source("wasserman1994social")
      .source("then2014more")
      .runs([](const Problem& problem, const ClosenessOptions& options, const Job& job) -> Result<Closeness> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return closeness(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

#include "algorithms/centrality/betweenness.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/betweenness_check.hpp"
#include "algorithms/centrality/betweenness_sums.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

Betweenness scaled_betweenness(NodeColumn<double> total, double factor) {
  for (double& value : total.values()) value *= factor;
  return {std::move(total)};
}

/// 1 / the number of ordered pairs of other nodes, which is 0 below three nodes; then so is every score.
double per_ordered_pair(std::size_t node_count) {
  const double n = static_cast<double>(node_count);
  return node_count < 3 ? 0.0 : 1 / ((n - 1) * (n - 2));
}

}  // namespace

Result<Betweenness> betweenness(const Graph& graph, const EdgeColumn<double>* length, const BetweennessOptions& options,
                                const Job& job) {
  return betweenness_sums(graph, nullptr, length, BetweennessOf::nodes, "betweenness", job)
      .map([&](BetweennessSums sums) {
        const double factor = options.normalized ? per_ordered_pair(graph.node_count()) : 1.0;
        return scaled_betweenness(std::move(sums.node), factor);
      });
}

Result<Betweenness> betweenness(const Symmetric& graph, const EdgeColumn<double>* length,
                                const BetweennessOptions& options, const Job& job) {
  return betweenness_sums(graph.both_ways(), &graph, length, BetweennessOf::nodes, "betweenness", job)
      .map([&](BetweennessSums sums) {
        const double factor = options.normalized ? per_ordered_pair(graph.node_count()) : 0.5;
        return scaled_betweenness(std::move(sums.node), factor);
      });
}

Card betweenness_card() {
  return describe<BetweennessOptions, Betweenness>("betweenness", "centrality")
      .summary("The number of pairs of other nodes whose shortest paths run through a node.")
      .cost("O(n (n + m)) in hops, O(n (n + m log m)) with lengths")
      .convention(
          "Exact. Paths follow directions; where there are none, each pair counts once, else ordered pairs count. "
          "Ends are not between. Hops, or lengths where given (all finite and above 0; lengths within 1e-12 of each "
          "other are equal). Paths are sequences of nodes: parallel ties count as one, their shortest; self-loops "
          "change nothing. Isolates have 0. More than 1e300 shortest paths between two nodes are refused.")
      .flag("normalized", &BetweennessOptions::normalized,
            "divide by the number of pairs of other nodes: (n - 1)(n - 2), and half of it without directions")
      .per_node("betweenness", &Betweenness::betweenness, "pairs", "a share of all pairs with normalized")
      .source("freeman1977set")
      .source("brandes2001faster")
      .source("sariyuce2013shattering")
      .verified_by([](const Problem& problem, const BetweennessOptions& options, const Findings& findings) {
        return check_betweenness_sum(problem, findings, options.normalized);
      })
      .runs([](const Problem& problem, const BetweennessOptions& options, const Job& job) -> Result<Betweenness> {
        if (problem.undirected && problem.symmetric) {
          return betweenness(*problem.symmetric, problem.length, options, job);
        }
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return betweenness(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

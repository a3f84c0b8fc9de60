#include "algorithms/centrality/edge_betweenness.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/betweenness_check.hpp"
#include "algorithms/centrality/betweenness_sums.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

Result<EdgeBetweenness> scaled_edge_betweenness(Result<BetweennessSums> sums, double factor) {
  return std::move(sums).map([&](BetweennessSums of) {
    for (double& value : of.edge.values()) value *= factor;
    return EdgeBetweenness{std::move(of.edge)};
  });
}

double edge_factor(std::size_t node_count, bool normalized, double otherwise) {
  const double n = static_cast<double>(node_count);
  if (!normalized) return otherwise;
  return node_count < 2 ? 0.0 : 1 / (n * (n - 1));
}

}  // namespace

Result<EdgeBetweenness> edge_betweenness(const Graph& graph, const EdgeColumn<double>* length,
                                         const EdgeBetweennessOptions& options, const Job& job) {
  return scaled_edge_betweenness(
      betweenness_sums(graph, nullptr, length, BetweennessOf::nodes_and_edges, "edge betweenness", job),
      edge_factor(graph.node_count(), options.normalized, 1.0));
}

Result<EdgeBetweenness> edge_betweenness(const Symmetric& graph, const EdgeColumn<double>* length,
                                         const EdgeBetweennessOptions& options, const Job& job) {
  return scaled_edge_betweenness(
      betweenness_sums(graph.both_ways(), &graph, length, BetweennessOf::nodes_and_edges, "edge betweenness", job),
      edge_factor(graph.node_count(), options.normalized, 0.5));
}

Card edge_betweenness_card() {
  return describe<EdgeBetweennessOptions, EdgeBetweenness>("edge_betweenness", "centrality")
      .summary("The number of pairs of nodes whose shortest paths run over a tie.")
      .cost("O(n (n + m)) in hops, O(n (n + m log m)) with lengths")
      .convention(
          "Exact. Paths follow directions; where there are none, each pair counts once, else ordered pairs count. "
          "Hops, or lengths where given (all finite and above 0; lengths within 1e-12 of each other are equal). "
          "Parallel ties are one step: those of them that are shortest share its value equally, longer ones have 0. "
          "Self-loops have 0. More than 1e300 shortest paths between two nodes are refused.")
      .flag("normalized", &EdgeBetweennessOptions::normalized,
            "divide by the number of pairs of nodes: n (n - 1), and half of it without directions")
      .per_edge("edge_betweenness", &EdgeBetweenness::edge_betweenness, "pairs", "a share of all pairs with normalized")
      .source("girvan2002community")
      .source("brandes2008variants")
      .verified_by([](const Problem& problem, const EdgeBetweennessOptions& options, const Findings& findings) {
        return check_edge_betweenness_sum(problem, findings, options.normalized);
      })
      .runs([](const Problem& problem, const EdgeBetweennessOptions& options,
               const Job& job) -> Result<EdgeBetweenness> {
        if (problem.undirected && problem.symmetric) {
          return edge_betweenness(*problem.symmetric, problem.length, options, job);
        }
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return edge_betweenness(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

#include "algorithms/centrality/strength.hpp"

#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

Strength scaled_strength(NodeColumn<double> sum, const StrengthOptions& options) {
  if (options.normalized) {
    const double others = static_cast<double>(sum.size()) - 1;
    for (double& value : sum.values()) value = others > 0 ? value / others : 0.0;
  }
  return {std::move(sum)};
}

constexpr const char* strength_unit_help = "in the unit of the weight; divided by n - 1 with normalized";

}  // namespace

Result<Strength> strength(const Symmetric& graph, const EdgeColumn<double>* weight, const StrengthOptions& options) {
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());
  const StrengthOf w(weight);
  NodeColumn<double> sum(graph.node_count());
  for (const EdgeId edge : graph.edges()) {
    sum[graph.ends(edge).source] += w(edge);
    sum[graph.ends(edge).target] += w(edge);
  }
  return scaled_strength(std::move(sum), options);
}

Result<Strength> in_strength(const Graph& graph, const EdgeColumn<double>* weight, const StrengthOptions& options) {
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());
  const StrengthOf w(weight);
  NodeColumn<double> sum(graph.node_count());
  for_each_arc(graph, [&](NodeId, NodeId target, EdgeId edge) { sum[target] += w(edge); });
  return scaled_strength(std::move(sum), options);
}

Result<Strength> out_strength(const Graph& graph, const EdgeColumn<double>* weight, const StrengthOptions& options) {
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());
  const StrengthOf w(weight);
  NodeColumn<double> sum(graph.node_count());
  for_each_arc(graph, [&](NodeId source, NodeId, EdgeId edge) { sum[source] += w(edge); });
  return scaled_strength(std::move(sum), options);
}

Card strength_card() {
  return describe<StrengthOptions, Strength>("strength", "centrality")
      .summary("The sum of the weights of a node's ties.")
      .cost("O(n + m)")
      .convention(
          "Directions are ignored. Parallel ties add up; a self-loop counts twice. Without weights it is degree.")
      .flag("normalized", &StrengthOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("strength", &Strength::strength, "weight", strength_unit_help)
      .source("barrat2004architecture")
      .runs([](const Problem& problem, const StrengthOptions& options, const Job&) -> Result<Strength> {
        return symmetric_graph(problem).and_then(
            [&](const Symmetric* graph) { return strength(*graph, problem.weight, options); });
      });
}

Card in_strength_card() {
  return describe<StrengthOptions, Strength>("in_strength", "centrality")
      .summary("The sum of the weights of the ties that point to a node.")
      .cost("O(n + m)")
      .convention("A mutual tie points both ways; parallel ties add up; a self-loop counts once.")
      .flag("normalized", &StrengthOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("in_strength", &Strength::strength, "weight", strength_unit_help)
      .source("barrat2004architecture")
      .runs([](const Problem& problem, const StrengthOptions& options, const Job&) -> Result<Strength> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return in_strength(*graph, problem.weight, options); });
      });
}

Card out_strength_card() {
  return describe<StrengthOptions, Strength>("out_strength", "centrality")
      .summary("The sum of the weights of the ties that point away from a node.")
      .cost("O(n + m)")
      .convention("A mutual tie points both ways; parallel ties add up; a self-loop counts once.")
      .flag("normalized", &StrengthOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("out_strength", &Strength::strength, "weight", strength_unit_help)
      .source("barrat2004architecture")
      .runs([](const Problem& problem, const StrengthOptions& options, const Job&) -> Result<Strength> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return out_strength(*graph, problem.weight, options); });
      });
}

}  // namespace entente

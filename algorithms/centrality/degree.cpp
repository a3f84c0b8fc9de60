#include "algorithms/centrality/degree.hpp"

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

Degree scaled_degree(NodeColumn<double> count, const DegreeOptions& options) {
  if (options.normalized) {
    const double others = static_cast<double>(count.size()) - 1;
    for (double& value : count.values()) value = others > 0 ? value / others : 0.0;
  }
  return {std::move(count)};
}

constexpr const char* degree_unit_help = "ties; divided by n - 1 with normalized";

}  // namespace

Degree degree(const Symmetric& graph, const DegreeOptions& options) {
  NodeColumn<double> count(graph.node_count());
  for (const EdgeId edge : graph.edges()) {
    ++count[graph.ends(edge).source];
    ++count[graph.ends(edge).target];
  }
  return scaled_degree(std::move(count), options);
}

Degree in_degree(const Graph& graph, const DegreeOptions& options) {
  NodeColumn<double> count(graph.node_count());
  for_each_arc(graph, [&](NodeId, NodeId target, EdgeId) { ++count[target]; });
  return scaled_degree(std::move(count), options);
}

Degree out_degree(const Graph& graph, const DegreeOptions& options) {
  NodeColumn<double> count(graph.node_count());
  for_each_arc(graph, [&](NodeId source, NodeId, EdgeId) { ++count[source]; });
  return scaled_degree(std::move(count), options);
}

Card degree_card() {
  return describe<DegreeOptions, Degree>("degree", "centrality")
      .summary("The number of ties of a node.")
      .cost("O(n + m)")
      .convention("Directions and weights are ignored. Parallel ties count one by one; a self-loop counts twice.")
      .flag("normalized", &DegreeOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("degree", &Degree::degree, "ties", degree_unit_help)
      .source("freeman1978centrality")
      .runs([](const Problem& problem, const DegreeOptions& options, const Job&) -> Result<Degree> {
        return symmetric_graph(problem).map([&](const Symmetric* graph) { return degree(*graph, options); });
      });
}

Card in_degree_card() {
  return describe<DegreeOptions, Degree>("in_degree", "centrality")
      .summary("The number of ties that point to a node.")
      .cost("O(n + m)")
      .convention(
          "Weights are ignored. A mutual tie points both ways; parallel ties count one by one; a self-loop counts "
          "once.")
      .flag("normalized", &DegreeOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("in_degree", &Degree::degree, "ties", degree_unit_help)
      .source("freeman1978centrality")
      .runs([](const Problem& problem, const DegreeOptions& options, const Job&) -> Result<Degree> {
        return walkable_graph(problem).map([&](const Graph* graph) { return in_degree(*graph, options); });
      });
}

Card out_degree_card() {
  return describe<DegreeOptions, Degree>("out_degree", "centrality")
      .summary("The number of ties that point away from a node.")
      .cost("O(n + m)")
      .convention(
          "Weights are ignored. A mutual tie points both ways; parallel ties count one by one; a self-loop counts "
          "once.")
      .flag("normalized", &DegreeOptions::normalized, "divide by n - 1, the number of other nodes")
      .per_node("out_degree", &Degree::degree, "ties", degree_unit_help)
      .source("freeman1978centrality")
      .runs([](const Problem& problem, const DegreeOptions& options, const Job&) -> Result<Degree> {
        return walkable_graph(problem).map([&](const Graph* graph) { return out_degree(*graph, options); });
      });
}

}  // namespace entente

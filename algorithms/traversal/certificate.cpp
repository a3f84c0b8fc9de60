#include "algorithms/traversal/certificate.hpp"

#include <cmath>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "algorithms/traversal/ends.hpp"

namespace entente {

namespace {

tl::unexpected<Error> distances_untrue(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }
std::string distances_name(NodeId v) { return "node " + std::to_string(v.index); }

}  // namespace

Result<void> check_distances(const Graph& graph, std::span<const NodeId> sources, const EdgeColumn<double>* length,
                             const NodeColumn<double>& distance) {
  if (auto checked = check_sources(graph, sources); !checked) return checked;
  if (auto checked = check_arc_lengths(graph, length); !checked) return checked;
  if (distance.size() != graph.node_count()) return distances_untrue("There is not one distance per node.");
  for (const double value : distance.values()) {
    if (!(value >= 0)) return distances_untrue("A distance is below 0 or no number.");
  }
  const auto reached = [&](NodeId v) { return !std::isinf(distance[v]); };
  const auto over = [&](NodeId u, EdgeId edge) { return distance[u] + (length ? (*length)[edge] : 1.0); };

  // Walk from the sources over tight arcs: whoever is met has a path of the length stated.
  std::vector<std::uint8_t> proven(graph.node_count(), 0);
  std::vector<NodeId> to_walk;
  const auto prove = [&](NodeId v) {
    if (proven[v.index]) return;
    proven[v.index] = 1;
    to_walk.push_back(v);
  };
  for (const NodeId source : sources) {
    if (distance[source] != 0) {
      return distances_untrue(distances_name(source) + " is a source, but its distance is not 0.");
    }
    prove(source);
  }
  for (const NodeId u : graph.nodes()) {
    if (!reached(u)) continue;
    for (const auto [v, edge] : graph.out(u)) {
      if (!reached(v)) {
        return distances_untrue("An arc of " + distances_name(u) + " reaches " + distances_name(v) +
                                ", said to be out of reach.");
      }
      if (distance[v] > over(u, edge)) {
        return distances_untrue("The way to " + distances_name(v) + " over " + distances_name(u) +
                                " is shorter than stated.");
      }
    }
  }
  while (!to_walk.empty()) {
    const NodeId u = to_walk.back();
    to_walk.pop_back();
    for (const auto [v, edge] : graph.out(u)) {
      if (distance[v] == over(u, edge)) prove(v);
    }
  }
  for (const NodeId v : graph.nodes()) {
    if (reached(v) && !proven[v.index]) {
      return distances_untrue("No path of the stated length leads to " + distances_name(v) + ".");
    }
  }
  return {};
}

Result<void> check_found_distances(const Graph& graph, std::span<const NodeId> sources,
                                   const EdgeColumn<double>* length, const Findings& findings) {
  const auto* distance =
      findings.per_node.empty() ? nullptr : std::get_if<NodeColumn<double>>(&findings.per_node.front().second);
  if (!distance) return distances_untrue("The findings hold no column of distances.");
  return check_distances(graph, sources, length, *distance);
}

}  // namespace entente

#include "algorithms/cohesion/cohesion.hpp"

#include <algorithm>

#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/components.hpp"

namespace entente {

Result<Cohesion> cohesion(const Symmetric& graph, const Job& job) {
  const auto parts = components(graph, job);
  if (!parts) return tl::unexpected(parts.error());
  const auto blocks = bicomponents(graph, job);
  if (!blocks) return tl::unexpected(blocks.error());
  const Rows& rows = graph.hub_first(job).out();
  std::int64_t isolates = 0;
  for (std::uint32_t u = 0; u < rows.node_count(); ++u) {
    isolates += std::ranges::all_of(rows[u], [&](std::uint32_t v) { return v == u; });
  }
  return Cohesion{.components = parts->count,
                  .largest_component = parts->largest,
                  .isolates = isolates,
                  .bicomponents = blocks->count,
                  .largest_bicomponent = blocks->largest,
                  .articulation_points = blocks->articulation_points,
                  .bridges = blocks->bridges};
}

namespace {
struct NoCohesionOptions {};
}  // namespace

Card cohesion_card() {
  return describe<NoCohesionOptions, Cohesion>("cohesion", "cohesion")
      .summary("How the network hangs together: components, bicomponents, and what holds them.")
      .cost("O(n + m)")
      .convention("directions and weights ignored; parallel edges are no bridges; a self-loop ties a node to nobody")
      .source("hopcroft1973algorithm")
      .figure("components", &Cohesion::components, "components", "parts without a tie between them")
      .figure("largest_component", &Cohesion::largest_component, "nodes", "nodes of the largest component")
      .figure("isolates", &Cohesion::isolates, "nodes", "nodes without a tie to another node")
      .figure("bicomponents", &Cohesion::bicomponents, "bicomponents", "parts that no single node holds together")
      .figure("largest_bicomponent", &Cohesion::largest_bicomponent, "nodes", "nodes of the largest bicomponent")
      .figure("articulation_points", &Cohesion::articulation_points, "nodes", "nodes whose removal parts others")
      .figure("bridges", &Cohesion::bridges, "edges", "ties whose removal parts the network")
      .runs([](const Problem& problem, const NoCohesionOptions&, const Job& job) {
        return cohesion(*problem.symmetric, job);
      });
}

}  // namespace entente

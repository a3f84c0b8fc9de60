#include "query/cohesion_view.hpp"

#include "algorithms/centrality/core.hpp"
#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/components.hpp"

namespace entente {

Result<CohesionView> cohesion_of(const Analysis& analysis, const Job& job) {
  const Symmetric& graph = analysis.topology().symmetric;
  auto parts = components(graph, job);
  if (!parts) return tl::unexpected(parts.error());
  auto blocks = bicomponents(graph, job);
  if (!blocks) return tl::unexpected(blocks.error());
  auto cores = core_numbers(graph);

  CohesionView view;
  view.component = std::move(parts->component);
  view.core = std::move(cores.core);
  view.articulation = std::move(blocks->articulation);
  for (const EdgeId edge : graph.edges()) {
    if (blocks->bridge[edge]) view.bridges.push_back(edge);
  }
  view.components = parts->count;
  view.bicomponents = blocks->count;
  view.articulation_points = blocks->articulation_points;
  view.degeneracy = cores.degeneracy;
  return view;
}

}  // namespace entente

#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "algorithms/analysis.hpp"
#include "algorithms/card.hpp"
#include "engine/column.hpp"

namespace entente {

/// How a network hangs together, node by node; ids are those of the analysis' graph.
struct CohesionView {
  NodeColumn<std::int64_t> component;     // 0 is the largest
  NodeColumn<std::int64_t> core;          // largest k such that the node is in the k-core
  NodeColumn<std::uint8_t> articulation;  // 1 where removing the node parts others
  std::vector<EdgeId> bridges;            // ties whose loss parts the network, ascending
  std::int64_t components = 0;
  std::int64_t bicomponents = 0;
  std::int64_t articulation_points = 0;
  std::int64_t degeneracy = 0;
};

/// Directions are ignored. O(n + m). Errors: interrupted.
Result<CohesionView> cohesion_of(const Analysis& analysis, const Job& job = {});

}  // namespace entente

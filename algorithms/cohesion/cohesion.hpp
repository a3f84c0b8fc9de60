#pragma once

#include <cstdint>

#include "algorithms/card.hpp"
#include "engine/graph.hpp"

namespace entente {

/// How a network hangs together, in counts; every count is 0 for an empty graph.
struct Cohesion {
  std::int64_t components = 0;
  std::int64_t largest_component = 0;    // nodes
  std::int64_t isolates = 0;             // nodes without a tie to another node
  std::int64_t bicomponents = 0;
  std::int64_t largest_bicomponent = 0;  // nodes
  std::int64_t articulation_points = 0;  // nodes
  std::int64_t bridges = 0;              // edges
};

/// The summary of `components` and `bicomponents`; conventions as there, directions ignored.
/// A node whose only ties are self-loops is an isolate.
///
/// Cost     O(n + m)
/// Errors   interrupted.
Result<Cohesion> cohesion(const Symmetric& graph, const Job& job = {});

Card cohesion_card();

}  // namespace entente

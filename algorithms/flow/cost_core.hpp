#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/flow/cost_scaling.hpp"

namespace entente {

/// Nodes that lie on a way from a supply to a demand, and what is known of the others.
enum class CostPlace : std::uint8_t { beyond = 0, fed = 1, draining = 2, between = 3 };

/// The place of each node: fed by a supply, draining to a demand, both or neither. O(n + m).
std::vector<std::uint8_t> places_of_nodes(std::size_t node_count, std::span<const CostArc> arcs,
                                          std::span<const std::int64_t> supply);

/// The network between supplies and demands, with nodes numbered anew.
struct CostCore {
  std::vector<std::uint32_t> node;   // of the caller's, per node of the core
  std::vector<std::uint32_t> arc;    // of the caller's, per arc
  std::vector<CostArc> arcs;         // capacities of at most one more than all that is supplied
  std::vector<std::int64_t> supply;
  std::int64_t greatest_cost = 0;
};

/// The nodes that lie between, and the arcs among them that carry anything.
CostCore cost_core(std::span<const CostArc> arcs, std::span<const std::int64_t> supply,
                   const std::vector<std::uint8_t>& place, std::int64_t all_supplied);

/// Sums of up to 2^32 amounts.
__extension__ using WideUnits = __int128;

/// What could gather at one node, if all its arcs brought what they can.
WideUnits most_at_a_node(const CostCore& core);

}  // namespace entente

#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// An arc of a network with costs; what it carries runs from `tail` to `head`.
struct CostArc {
  std::uint32_t tail = 0, head = 0;
  std::int64_t capacity = 0;
  std::int64_t cost = 0;  // of each unit
};

struct CheapestFlow {
  std::vector<std::int64_t> flow;       // per arc
  std::vector<std::int64_t> potential;  // per node
  int phases = 0;                       // of scaling
};

/// The cheapest flow that takes from each node what it supplies, by cost scaling [goldberg1997efficient].
///
///     minimise  sum of cost(a) flow(a)   with  0 <= flow(a) <= capacity(a)
///     at every node:  outflow - inflow = supply
///
/// The potentials prove it: over every arc u -> v that could carry more, cost + potential(u) - potential(v)
/// is at least 0, and over every arc that carries something it is at most 0. They are whole numbers. What flows
/// in a circle costs nothing.
///
/// Input    supply: per node, adding up to 0 and known to be met by some flow; arcs without loops, with capacities
///          and costs of at least 0.
/// Cost     O(n^2 m log(n C)) at worst for costs up to C, as a rule a few sweeps over the arcs for each of the
///          log(n C) / log 12 phases. Only the nodes that lie on ways from a supply to a demand are looked at.
///          72 bytes for each of their arcs. One thread.
/// Errors   overflow: n C beyond 2^61, or supplies beyond 64 bits. interrupted.
/// Source   [goldberg1990finding; goldberg1997efficient], with partial augmentation as in [goldberg2008partial].
Result<CheapestFlow> cheapest_flow(std::size_t node_count, std::span<const CostArc> arcs,
                                   std::span<const std::int64_t> supply, const Job& job = {});

}  // namespace entente

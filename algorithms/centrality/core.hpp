#pragma once

#include <cstdint>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct CoreOptions {};

struct Core {
  NodeColumn<std::int64_t> core;  // largest k such that the node is in the k-core
  std::int64_t degeneracy = 0;    // the largest core number
};

/// Core number: the k-core is the largest part of the network in which everyone has at least k partners
/// inside it [seidman1983network]; a node's core number is the largest k whose core holds it.
///
/// Partners are distinct other nodes: parallel edges count once and self-loops not at all. Isolates
/// have 0.
///
/// Input    n nodes, m edges, their directions and weights ignored.
/// Output   n whole numbers >= 0.
/// Cost     O(n + m) by peeling [batagelj2003cores], one thread; three columns of n 32-bit numbers.
/// Errors   interrupted.
Result<Core> core_numbers(const Symmetric& graph, const Job& job);
Core core_numbers(const Symmetric& graph);

Card core_card();

}  // namespace entente

#pragma once

#include <cstdint>

#include "algorithms/card.hpp"
#include "engine/graph.hpp"

namespace entente {

struct Components {
  NodeColumn<std::int64_t> component;  // 0 is the largest; ties by the smallest node
  std::int64_t count = 0;
  std::int64_t largest = 0;  // nodes of component 0
};

/// Connected components: nodes that reach each other over any ties, directions ignored.
///
/// An isolated node is a component of its own; parallel edges and self-loops change nothing.
///
/// Input    n nodes, m edges.
/// Output   component: n numbers 0 … count-1, by falling number of nodes, ties by the smallest node.
/// Cost     O(n + m), in parallel, and for most networks one or two ties of each node; 8 bytes a node.
/// Repeats  exactly, whatever the number of threads.
/// Errors   interrupted.
/// Source   [sutton2018optimizing]
Result<Components> components(const Symmetric& graph, const Job& job = {});

/// Strongly connected components: nodes that reach each other along the directions of the ties.
///
/// A mutual tie runs both ways. Numbered as in `components`.
///
/// Cost     O(n + m), without recursion; the rows of both directions, and 24 bytes a node.
/// Repeats  exactly, whatever the number of threads.
/// Errors   interrupted.
/// Source   [tarjan1972depth], after the giant component by [fleischer2000identifying].
Result<Components> strong_components(const Graph& graph, const Job& job = {});

Card components_card();
Card strong_components_card();

}  // namespace entente

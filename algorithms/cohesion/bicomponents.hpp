#pragma once

#include <cstdint>

#include "algorithms/card.hpp"
#include "engine/graph.hpp"

namespace entente {

struct Bicomponents {
  EdgeColumn<std::int64_t> bicomponent;   // 0 is the one with most nodes, ties by the smallest edge; -1 for a self-loop
  EdgeColumn<std::uint8_t> bridge;        // 1 where the edge is the only tie between two parts
  NodeColumn<std::uint8_t> articulation;  // 1 where removing the node parts those who stay
  std::int64_t count = 0;
  std::int64_t articulation_points = 0;
  std::int64_t bridges = 0;
  std::int64_t largest = 0;  // nodes of bicomponent 0
};

/// Bicomponents: the largest parts that hold together when any one node is removed.
///
/// Two edges share a bicomponent where a cycle without repeated nodes runs through both. A node in
/// several bicomponents is an articulation point; an edge alone in its bicomponent is a bridge.
/// Parallel edges share a bicomponent, so none of them is a bridge. A self-loop belongs to none, and
/// an isolated node is in none. Directions are ignored.
///
/// Input    n nodes, m edges.
/// Output   bicomponent, bridge: m values; articulation: n values; counts.
/// Cost     O(n + m), most of it in parallel; 40 bytes a node and 4 bytes an edge.
/// Repeats  exactly, whatever the number of threads.
/// Errors   interrupted.
/// Source   [hopcroft1973algorithm]; found by [tarjan1985efficient] as in [dong2023provably].
Result<Bicomponents> bicomponents(const Symmetric& graph, const Job& job = {});

Card bicomponents_card();

}  // namespace entente

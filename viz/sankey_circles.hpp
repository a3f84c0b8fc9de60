#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace entente {

/// Nodes that reach one another share a strong component. Components are numbered such that no arc leads to a lower
/// number, so an arc between two components lies on no circle.
struct SankeyComponents {
  std::vector<std::uint32_t> of;    // each node's component
  std::vector<std::uint32_t> size;  // each component's number of nodes
};

/// The strong components by one depth-first search [tarjan1972depth], without recursion. Loops and parallel arcs
/// change nothing. Cost O(nodes + arcs). The numbers depend on the order of nodes only, not on that of arcs.
SankeyComponents strong_components(std::size_t nodes, std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs);

/// The number of arcs between components on the longest way to each component: 0 where nothing comes in.
std::vector<std::uint32_t> component_levels(const SankeyComponents& components,
                                            const std::vector<std::pair<std::uint32_t, std::uint32_t>>& arcs);

}  // namespace entente

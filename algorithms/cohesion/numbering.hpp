#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/column.hpp"

namespace entente {

/// Groups of nodes, numbered so that the number says something and never depends on how the groups
/// were found.
struct Numbering {
  NodeColumn<std::int64_t> group;  // 0 … count-1: by falling number of nodes, ties by the smallest node
  std::int64_t count = 0;
  std::int64_t largest = 0;  // nodes of group 0; 0 where there are no nodes
};

/// Renumbers arbitrary codes below the number of nodes, one per node. O(n), and a sort of the groups
/// of more than a thousand nodes.
Numbering numbered_by_size(std::span<const std::uint32_t> code_of_node);

/// Sorts codes by falling size[code]; equal sizes keep their order. Costs as above.
void sort_by_falling_size(std::vector<std::uint32_t>& codes, std::span<const std::uint32_t> size);

}  // namespace entente

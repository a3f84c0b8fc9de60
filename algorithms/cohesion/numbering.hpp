#pragma once

#include <cstdint>
#include <span>

#include "engine/column.hpp"

namespace entente {

/// Groups of nodes, numbered so that the number says something and never depends on how the groups
/// were found.
struct Numbering {
  NodeColumn<std::int64_t> group;  // 0 … count-1: by falling number of nodes, ties by the smallest node
  std::int64_t count = 0;
  std::int64_t largest = 0;  // nodes of group 0; 0 where there are no nodes
};

/// Renumbers arbitrary codes below the number of nodes, one per node. O(n log n).
Numbering numbered_by_size(std::span<const std::uint32_t> code_of_node);

}  // namespace entente

#pragma once

#include <cstdint>
#include <vector>

#include "algorithms/funds/trace_network.hpp"

namespace entente {

/// The strongly connected parts of what the origin reaches, against the order of the moves: a part comes after all
/// those that its moves lead to. Within a part, places in the order in which a depth-first search met them.
struct FundsParts {
  std::vector<std::uint32_t> places;      // part by part
  std::vector<std::uint32_t> part_begin;  // count + 1 positions
  std::size_t count() const { return part_begin.size() - 1; }
};

/// O(n + m), without recursion. [tarjan1972depth]
FundsParts parts_reached(const FundsNetwork& network);

}  // namespace entente

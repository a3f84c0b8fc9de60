#include "algorithms/cohesion/numbering.hpp"

#include <algorithm>
#include <vector>

namespace entente {

Numbering numbered_by_size(std::span<const std::uint32_t> code_of_node) {
  std::vector<std::int64_t> size(code_of_node.size(), 0);
  std::vector<std::uint32_t> codes;  // in the order of their smallest nodes
  for (const std::uint32_t code : code_of_node) {
    if (size[code]++ == 0) codes.push_back(code);
  }
  std::ranges::stable_sort(codes, std::ranges::greater{}, [&](std::uint32_t code) { return size[code]; });

  Numbering result;
  result.count = static_cast<std::int64_t>(codes.size());
  result.largest = codes.empty() ? 0 : size[codes.front()];
  std::vector<std::int64_t>& number = size;  // sizes are not needed any more
  for (std::size_t i = 0; i < codes.size(); ++i) number[codes[i]] = static_cast<std::int64_t>(i);
  result.group.reserve(code_of_node.size());
  for (const std::uint32_t code : code_of_node) result.group.push_back(number[code]);
  return result;
}

}  // namespace entente

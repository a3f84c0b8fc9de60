#include "algorithms/cohesion/numbering.hpp"

#include <algorithm>
#include <array>

#include "engine/buffer.hpp"

namespace entente {

// Most groups of most networks are small, so these are sorted by counting.
void sort_by_falling_size(std::vector<std::uint32_t>& codes, std::span<const std::uint32_t> size) {
  constexpr std::uint32_t large = 1024;
  const auto small = std::ranges::stable_partition(codes, [&](std::uint32_t code) { return size[code] >= large; });
  std::ranges::stable_sort(codes.begin(), small.begin(), std::ranges::greater{},
                           [&](std::uint32_t code) { return size[code]; });
  std::array<std::size_t, large + 1> place{};  // [s]: where the next group of size s goes
  for (const std::uint32_t code : small) ++place[size[code]];
  std::size_t smaller_first = 0;
  for (std::size_t s = large; s-- > 0;) smaller_first += std::exchange(place[s], smaller_first);
  std::vector<std::uint32_t> sorted(small.size());
  for (const std::uint32_t code : small) sorted[place[size[code]]++] = code;
  std::ranges::copy(sorted, small.begin());
}

Numbering numbered_by_size(std::span<const std::uint32_t> code_of_node) {
  const std::size_t n = code_of_node.size();
  Buffer<std::uint32_t> size(n, 0);
  std::vector<std::uint32_t> codes(n);  // in the order of their smallest nodes
  std::size_t count = 0;
  for (const std::uint32_t code : code_of_node) {  // without branches, for which node is new is hard to guess
    codes[count] = code;
    count += size[code]++ == 0;
  }
  codes.resize(count);
  sort_by_falling_size(codes, size.span());

  Numbering result;
  result.count = static_cast<std::int64_t>(codes.size());
  result.largest = codes.empty() ? 0 : size[codes.front()];
  Buffer<std::uint32_t>& number = size;  // sizes are not needed any more
  for (std::size_t i = 0; i < codes.size(); ++i) number[codes[i]] = static_cast<std::uint32_t>(i);
  std::vector<std::int64_t> group(n);
  for (std::size_t v = 0; v < n; ++v) group[v] = number[code_of_node[v]];
  result.group = NodeColumn<std::int64_t>(std::move(group));
  return result;
}

}  // namespace entente

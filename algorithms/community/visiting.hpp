#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/community/level.hpp"
#include "engine/random.hpp"

namespace entente {

/// The nodes of a level in a random order in which up to `most_together` nodes of successive numbers stay together:
/// their rows lie side by side, so a sweep waits for memory less often than in an order of single nodes. Small
/// levels, which the cache holds, are shuffled node by node. The first `last` nodes come after all others, as far as
/// whole blocks allow.
template <class Range>
void visiting_order(Range& order, std::size_t size, Random& random, std::size_t most_together = 64,
                    std::size_t last = 0) {
  const std::size_t together = std::clamp<std::size_t>(size / 2048, 1, most_together);
  std::vector<std::uint32_t> block((size + together - 1) / together);
  for (std::size_t b = 0; b < block.size(); ++b) block[b] = static_cast<std::uint32_t>(b);
  shuffle(block, random);
  const std::size_t last_blocks = last / together;
  if (last_blocks > 0) std::stable_partition(block.begin(), block.end(), [&](auto b) { return b >= last_blocks; });
  std::size_t next = 0;
  for (const std::uint32_t b : block) {
    const std::size_t end = std::min(size, (b + std::size_t{1}) * together);
    for (std::size_t v = b * together; v < end; ++v) order[next++] = static_cast<std::uint32_t>(v);
  }
}

}  // namespace entente

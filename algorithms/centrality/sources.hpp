#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

#include "engine/error.hpp"
#include "engine/job.hpp"
#include "engine/parallel.hpp"

namespace entente {

/// Measures that search from every node cut the sources into blocks and run the blocks in rounds.
/// Whatever a block collects lives in its lane, which is free again when the round is over: memory is
/// bounded by the lanes, and lanes are emptied in block order, so the threads do not change a bit.
inline constexpr std::size_t sources_in_block = 16;
inline constexpr std::size_t lanes = 32;

/// Runs `search(lane, first, last)` for each block of the sources [first, last) in [0, count), and after
/// each round `collect(used)`, which finds the round's blocks in lanes 0 … used - 1, in order.
/// Errors: interrupted.
template <class Search, class Collect>
Result<void> for_sources_in_rounds(std::size_t count, const Job& job, std::string_view what, Search&& search,
                                   Collect&& collect) {
  const std::size_t blocks = (count + sources_in_block - 1) / sources_in_block;
  for (std::size_t done = 0; done < blocks; done += lanes) {
    const std::size_t used = std::min(lanes, blocks - done);
    for_each_block(used, job, [&](std::size_t lane) {
      const std::size_t first = (done + lane) * sources_in_block;
      search(lane, first, std::min(count, first + sources_in_block));
    });
    if (job.cancelled()) return interrupted();
    collect(used);
    job.report(what, std::min(count, (done + used) * sources_in_block), count);
  }
  return {};
}

}  // namespace entente

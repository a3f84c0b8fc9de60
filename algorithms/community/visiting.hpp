#pragma once

#include <algorithm>
#include <bit>
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

/// The nodes still to look at, each at most once, first in visiting order, later as they are added.
class VisitingQueue {
 public:
  VisitingQueue(std::size_t size, Random& random, std::size_t last = 0)
      : ring_(std::bit_ceil(size + 16), 0), waiting_(size, 1), mask_(ring_.size() - 1), tail_(size) {
    visiting_order(ring_, size, random, 64, last);
  }

  /// Before any is taken: leaves out all others.
  template <class Keep>
  void keep_only(Keep&& keep) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < tail_; ++i) {
      const std::uint32_t v = ring_[i];
      const bool stays = keep(v);
      waiting_[v] = stays;
      ring_[kept] = v;
      kept += stays;
    }
    tail_ = kept;
  }

  bool empty() const { return head_ == tail_; }
  std::uint32_t take() {
    const std::uint32_t v = ring_[head_++ & mask_];
    waiting_[v] = 0;
    return v;
  }
  /// Adds v if `wanted` and not waiting already. Without a branch, which would be wrong too often.
  void add_if(bool wanted, std::uint32_t v) {
    const bool added = wanted & !waiting_[v];
    waiting_[v] = static_cast<std::uint8_t>(waiting_[v] | added);
    ring_[tail_ & mask_] = v;
    tail_ += added;
  }
  std::size_t ever_added() const { return tail_; }
  /// The node to be taken after `places` others, or some other node when there are not so many.
  std::uint32_t soon(std::size_t places) const { return ring_[(head_ + places) & mask_]; }

 private:
  Buffer<std::uint32_t> ring_;
  Buffer<std::uint8_t> waiting_;
  std::size_t mask_;
  std::size_t head_ = 0;
  std::size_t tail_;
};

}  // namespace entente

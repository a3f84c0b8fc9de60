#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>

#include "engine/buffer.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Which pairs of different nodes are taken, whichever way round: an open-addressing table of fixed size, at
/// most half full. Memory: 16 to 32 bytes a pair.
class PairSet {
 public:
  explicit PairSet(std::size_t most) : mask_(std::bit_ceil(2 * most + 2) - 1), slot_(mask_ + 1, empty) {}

  /// False for a self-loop and for a pair that is taken already.
  bool insert(Ends pair) {
    const auto [low, high] = pair.source < pair.target ? pair : Ends{pair.target, pair.source};
    if (low == high) return false;
    const std::uint64_t key = std::uint64_t{low.index} << 32 | high.index;
    std::uint64_t hash = key * 0x9E3779B97F4A7C15ull;
    hash ^= hash >> 32;
    for (std::uint64_t i = hash & mask_;; i = (i + 1) & mask_) {
      if (slot_[i] == key) return false;
      if (slot_[i] == empty) {
        slot_[i] = key;
        return true;
      }
    }
  }

 private:
  static constexpr std::uint64_t empty = ~std::uint64_t{0};  // a self-loop, hence no pair
  std::uint64_t mask_;
  Buffer<std::uint64_t> slot_;
};

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/buffer.hpp"
#include "engine/hub_first.hpp"
#include "engine/simd.hpp"

namespace entente {

/// The underlying simple graph in hub-first order, each pair of partners kept once, in the row of the one of
/// lower degree: for each node its partners of smaller rank, ascending. No row is longer than
/// the square root of 2 m.
///
/// The rows of the first nodes, which are the longest and the most looked at, also say in one cache line
/// each which of the greatest hubs they hold.
struct LowerRows {
  static constexpr std::uint32_t hubs = 512;                      // bits of a line
  static constexpr std::uint32_t lines = std::uint32_t{1} << 13;  // nodes that have one: they stay in the cache
  static constexpr std::size_t lookahead = 16;                    // numbers that may be read past the last row

  explicit LowerRows(const HubFirst& order);

  std::size_t node_count() const { return begin.size() - 1; }
  std::span<const std::uint32_t> operator[](std::uint32_t u) const {
    return {node.data() + begin[u], begin[u + 1] - begin[u]};
  }

  Buffer<std::uint32_t> begin;        // n + 1 offsets into `node`: there are fewer than 2^32 pairs
  Buffer<std::uint32_t> node;         // and `lookahead` zeros
  Buffer<simd::U64x8> hub_line;       // of the first nodes: bit h where hub h is in the row
  Buffer<std::uint16_t> hub_count;    // of the first nodes: set bits of hub_line
  Buffer<std::uint32_t> partners;     // distinct others, of smaller and greater rank
};

}  // namespace entente

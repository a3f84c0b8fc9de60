#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "engine/buffer.hpp"

namespace entente {

/// Compressed sparse rows: for each node its neighbours in ascending order, one row after the other.
/// Nodes are plain 32-bit numbers 0 … n - 1 (what they mean is said by whoever holds the rows);
/// parallel arcs stand side by side, a self-loop once.
///
/// Memory: 8 bytes a node and 4 bytes an arc.
struct Rows {
  Buffer<std::uint64_t> begin{0};  // n + 1 offsets into `node`
  Buffer<std::uint32_t> node;

  std::size_t node_count() const { return begin.size() - 1; }
  std::size_t arc_count() const { return node.size(); }
  std::size_t degree(std::uint32_t u) const { return static_cast<std::size_t>(begin[u + 1] - begin[u]); }

  /// The neighbours of `u`.
  std::span<const std::uint32_t> operator[](std::uint32_t u) const {
    return {node.data() + begin[u], degree(u)};
  }
};

}  // namespace entente

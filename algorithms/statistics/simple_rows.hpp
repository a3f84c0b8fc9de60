#pragma once

#include <cstdint>
#include <span>

#include "engine/buffer.hpp"
#include "engine/graph.hpp"

namespace entente {

/// The underlying simple graph: who is tied to whom, each neighbour once, directions, parallel ties and
/// self-loops left out. Most statistics of the literature are defined on it.
class SimpleRows {
 public:
  explicit SimpleRows(const Symmetric& graph);

  std::size_t node_count() const { return begin_.size() - 1; }
  std::size_t pair_count() const { return static_cast<std::size_t>(begin_[node_count()]) / 2; }  // of tied nodes
  std::span<const NodeId> neighbours(NodeId u) const {              // ascending
    return {neighbour_.data() + begin_[u.index], degree(u)};
  }
  std::size_t degree(NodeId u) const { return static_cast<std::size_t>(begin_[u.index + 1] - begin_[u.index]); }
  auto nodes() const { return ids_below<NodeId>(node_count()); }

 private:
  Buffer<std::uint64_t> begin_;
  Buffer<NodeId> neighbour_;
};

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/flow/capacity.hpp"

namespace entente {

/// What each edge can still carry, forwards and backwards: for each node its residual arcs side by side.
/// Self-loops and edges of capacity 0 are left out.
class Residual {
 public:
  struct ResidualArc {
    std::int64_t left;   // what can still be pushed along this arc
    std::uint32_t head;  // the node it leads to
    std::uint32_t mate;  // the same edge the other way round
  };

  explicit Residual(const FlowQuestion& question);

  std::uint32_t first(std::uint32_t node) const { return begin_[node]; }
  std::uint32_t last(std::uint32_t node) const { return begin_[node + 1]; }
  const ResidualArc& operator[](std::uint32_t arc) const { return arcs_[arc]; }

  void push(std::uint32_t arc, std::int64_t amount) {
    arcs_[arc].left -= amount;
    arcs_[arcs_[arc].mate].left += amount;
  }

  /// Net flow per edge, from its source to its target.
  EdgeColumn<std::int64_t> flow(const EdgeColumn<std::int64_t>& capacity) const;

 private:
  std::vector<std::uint32_t> begin_;         // n + 1 offsets
  std::vector<ResidualArc> arcs_;
  std::vector<std::uint32_t> arc_of_edge_;   // the arc of an edge from its source, or no_arc
  static constexpr std::uint32_t no_arc = 0xFFFFFFFF;
};

}  // namespace entente

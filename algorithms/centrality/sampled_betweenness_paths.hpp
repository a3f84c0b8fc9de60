#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/buffer.hpp"
#include "engine/hub_first.hpp"
#include "engine/random.hpp"

namespace entente {

/// Draws a shortest path between two nodes, each with the same chance, by breadth-first search from both ends
/// [borassi2016kadabra]: always the side whose next level has fewer arcs goes on, until the two meet; in most networks
/// that looks at about the square root of all arcs. Paths are counted on the way, and the meeting arc and every step
/// from it back to the ends are drawn in proportion to the counts. Parallel arcs are one step.
///
/// Memory: 12 bytes a node; made once for many paths. The counts of a level are scaled down together before
/// they leave the doubles; only their ratios matter. A path whose chance is below 1e-300 may never be drawn.
class PathSampler {
 public:
  explicit PathSampler(const HubFirst& graph)
      : out_(graph.out()), in_(graph.in()), mark_(graph.node_count(), 0), sigma_(graph.node_count()) {}

  /// The nodes between s and t, s != t, in no particular order; empty where there are none or no path exists. In ranks.
  std::span<const std::uint32_t> between(std::uint32_t s, std::uint32_t t, Random& random);

  /// Whether some pair had paths too many to compare, and no path was drawn.
  bool overflowed() const { return overflowed_; }

 private:
  struct Side {
    const Rows* ahead = nullptr;  // rows in which it searches
    const Rows* back = nullptr;   // rows that lead to its end
    std::uint32_t end = 0;
    std::uint32_t mark = 0;            // of its outermost level
    std::vector<std::uint32_t> level;  // the outermost
    std::uint64_t arcs = 0;            // of the rows of `level`
  };
  struct Meeting {
    std::uint32_t inner, outer;  // the arc between the two levels; `inner` is of the side that moved
    double paths = 0;            // over this arc and those before, in a common unit
  };

  void begin(Side& side, std::uint32_t node, std::uint32_t mark);
  void advance(Side& side, const Side& other);
  const Meeting* draw_meeting(Random& random);
  void walk_back(const Side& side, std::uint32_t node, std::uint32_t mark, Random& random);

  const Rows& out_;
  const Rows& in_;
  // A node is marked by level and side: levels of one side have every other number, beginning at base_.
  Buffer<std::uint32_t> mark_;
  Buffer<double> sigma_;  // shortest paths from the end of the side that marked the node
  std::uint32_t base_ = 0;
  std::array<Side, 2> side_;
  std::vector<std::uint32_t> next_;
  std::vector<Meeting> meetings_;
  std::vector<std::uint32_t> inside_;
  bool overflowed_ = false;
};

}  // namespace entente

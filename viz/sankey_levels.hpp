#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "viz/sankey_data.hpp"

namespace entente {

/// One arc of the small multigraph that a Sankey diagram draws.
struct SankeyArc {
  std::size_t source = 0, target = 0;
  std::int64_t units = 0;     // money
  std::size_t unknown = 0;    // ties without an amount: they count only where money does not decide
};

/// An order of the nodes in which little money runs backwards: the arcs that do are a feedback arc set, and without
/// them there is no cycle. The greedy rule of Eades, Lin and Smyth [eades1993fast] with money for weights, then
/// at most 8 rounds in which every node moves to its best place; ties go to the lower index. At most half of the
/// money runs backwards, and only what lies on a circle. Cost O(n² + m) a round. Self-flows are ignored.
std::vector<std::size_t> feedback_order(std::size_t nodes, const std::vector<SankeyArc>& arcs);

/// Levels by hops: an arc that runs forward in `order` leads to a higher level, unless that takes more than `most`
/// levels; then the order is cut into `most` pieces such that as little money as possible stays within a piece
/// (exact, by dynamic programming). Uncut, nodes that give nothing forward stand in the last level.
std::vector<std::size_t> hop_levels(const std::vector<std::size_t>& order, const std::vector<SankeyArc>& arcs,
                                    std::size_t most);

/// The level of every node of a diagram by hops: hop_levels() in the feedback order of its links, sankey_most_hops at most.
std::vector<std::size_t> sankey_hop_levels(const SankeyData& data);

}  // namespace entente

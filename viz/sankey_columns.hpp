#pragma once

#include <cstddef>
#include <limits>
#include <vector>

namespace entente {

/// What stands in a level, from top to bottom: bars, and the places of bands that only pass.
struct SankeyItem {
  static constexpr std::size_t none = std::numeric_limits<std::size_t>::max();
  std::size_t level = 0;
  std::size_t node = none;  // the bar, or none where a band passes
  std::size_t band = none;
  bool last = false;        // bundles stand below all others
  double slot = 0;          // height it takes, with the distance to its neighbours
  double y = 0;             // top of the slot
};

/// The part of a band between two neighbouring levels; `left` and `right` are items.
struct SankeySegment {
  std::size_t left = 0, right = 0;
  double weight = 0;                       // for crossings: its share of all money, never 0
  double left_port = 0, right_port = 0;    // its middle, below the top of the slot
};

struct SankeyColumns {
  std::vector<SankeyItem> items;
  std::vector<std::vector<std::size_t>> order;  // items of each level, top first
  std::vector<SankeySegment> segments;          // by the level of `left`
};

/// Sum over all crossings of the product of both weights. O(segments²) a level.
double crossing_weight(const SankeyColumns& columns);

/// Weighted barycentre sweeps, at most 24, from left to right and back; keeps the best order seen.
void reduce_crossings(SankeyColumns& columns);

/// Moves the items of every level to where their segments run level, in 24 rounds. Keeps the order; slots never
/// overlap and stay between 0 and `height`, which must hold the slots of every level.
void settle_heights(SankeyColumns& columns, double height);

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "engine/buffer.hpp"
#include "engine/job.hpp"
#include "engine/rows.hpp"

namespace entente {

/// A breadth-first forest of symmetric rows: each tree holds what its root reaches, every node as near to the root
/// as can be. So no tie beside the forest joins a node with one above or below it, but for ties
/// parallel to a tie of the forest, and self-loops.
///
/// Nodes are also called by their places in the order of the search: what stands above a place comes before it,
/// so that passes up and down the forest are plain loops.
///
/// Cost: O(n + m), and for most networks far fewer ties are looked at: where the next level will be large, each node
/// not yet found looks for a tie to the level before and stops at the first [beamer2012direction].
/// Hub-first rows begin with the likeliest.
class BreadthForest {
 public:
  /// Unusable where the job was cancelled.
  BreadthForest(const Rows& rows, const Job& job);

  bool is_root(std::uint32_t at) const { return above[at] == at; }

  Buffer<std::uint32_t> place;  // of each node
  Buffer<std::uint32_t> node;   // at each place
  Buffer<std::uint32_t> above;  // the place of the parent; a root stands above itself

 private:
  static constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max();
  bool worth_looking_back(std::uint32_t begin, std::uint32_t end);
  void look_ahead(std::uint32_t head);
  void look_back(std::uint32_t level_end);

  const Rows& rows_;
  std::uint32_t tail_ = 0;             // places given
  std::uint64_t arcs_ahead_;           // arcs of nodes that no level has been counted for
  std::vector<std::uint32_t> missing_; // nodes not found when last looked at; not kept until needed
};

}  // namespace entente

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <utility>
#include <vector>

#include "algorithms/centrality/betweenness_batch.hpp"
#include "engine/random.hpp"

namespace entente {

/// Brandes' accumulation [brandes2001faster] for paths in lengths, from one source after the other: Dijkstra's
/// algorithm [dijkstra1959note] over a radix heap [ahuja1990faster], then path counts and shares along the arcs that
/// lie on shortest paths, which are few and are remembered.
///
/// Lengths of paths that differ by less than 1e-12 of themselves are equal, whatever the rounding of sums.
/// Memory: 44 bytes a node and up to 12 an arc; made once for graphs of up to `node_count` nodes.
class BrandesSearch {
 public:
  explicit BrandesSearch(std::size_t node_count);

  /// What `source` adds to the sums; `source_weight` pairs begin at it. `length` has one value per arc, from the
  /// first row on; node_sum and arc_sum as in a Batch. False: stopped.
  BatchOutcome add_source(const BatchGraph& graph, const double* length, std::uint32_t source, double source_weight,
                          double* node_sum, double* arc_sum, const std::function<bool()>& stop);

  /// Draws a shortest path from s to t, s != t, each with the same chance, and puts the nodes between them into
  /// `inside`; none where no path exists. Searches no farther than t.
  BatchOutcome draw_path(const BatchGraph& graph, const double* length, std::uint32_t s, std::uint32_t t,
                         Random& random, std::vector<std::uint32_t>& inside, const std::function<bool()>& stop);

 private:
  static constexpr std::uint32_t no_target = std::numeric_limits<std::uint32_t>::max();
  bool search_from(const BatchGraph& graph, const double* length, std::uint32_t source, std::uint32_t target,
                   const std::function<bool()>& stop);
  std::size_t begin_of_after(std::size_t place) const { return place > 0 ? state_[order_[place - 1]].end : 0; }
  bool count_paths(const BatchGraph& graph, const double* length, std::uint32_t source);
  void forget_waiting();
  void push(double distance, std::uint32_t node);
  bool pop(double& distance, std::uint32_t& node);

  struct Node {
    double distance;
    std::uint32_t place;  // in order_; 0 where not reached
    std::uint32_t end;    // of its arcs in after_
  };
  struct After {
    std::uint32_t node;
    std::uint32_t arc;  // from the node's first arc on
  };
  std::vector<Node> state_;
  std::vector<double> sigma_, share_;
  std::vector<std::uint32_t> order_;  // nodes reached, nearest first
  std::vector<After> after_;          // arcs on shortest paths, node by node in that order

  // The radix heap: bucket i holds what differs from the last distance taken out first in bit i - 1.
  // Positive doubles are in the order of their bits, so no distance is rounded.
  std::array<std::vector<std::pair<std::uint64_t, std::uint32_t>>, 65> bucket_;
  std::uint64_t last_ = 0;
  std::uint64_t filled_ = 0;  // bit i: bucket i + 1 holds something
};

}  // namespace entente

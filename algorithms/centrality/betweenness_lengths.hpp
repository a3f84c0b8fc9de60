#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "algorithms/centrality/betweenness_batch.hpp"
#include "algorithms/traversal/radix_heap.hpp"

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

 private:
  bool search_from(const BatchGraph& graph, const double* length, std::uint32_t source,
                   const std::function<bool()>& stop);
  std::size_t begin_of_after(std::size_t place) const { return place > 0 ? state_[order_[place - 1]].end : 0; }
  bool count_paths(const BatchGraph& graph, const double* length, std::uint32_t source);

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
  RadixHeap<double> waiting_;
};

}  // namespace entente

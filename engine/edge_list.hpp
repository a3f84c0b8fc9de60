#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/buffer.hpp"
#include "engine/ids.hpp"
#include "engine/job.hpp"
#include "engine/rows.hpp"

namespace entente {

/// The two ends of an edge.
struct Ends {
  NodeId source;
  NodeId target;
  friend auto operator<=>(const Ends&, const Ends&) = default;
};

/// What a graph is made of; rows of every kind are built from it when they are first needed.
struct EdgeList {
  enum class Ways : std::uint8_t { one, both, mixed };

  std::size_t node_count = 0;
  std::vector<Ends> ends;
  Ways ways = Ways::one;
  Buffer<std::uint8_t> one_way;  // of each edge, where they differ

  /// Whether edge `i` can also be walked from its target to its source. A self-loop is one arc.
  bool runs_back(std::size_t i) const {
    return ways != Ways::one && ends[i].source != ends[i].target && (ways == Ways::both || !one_way[i]);
  }
  std::size_t arc_count() const;
};

/// Which end of an edge its row belongs to.
enum class RowsOf : std::uint8_t { sources, targets };

/// Rows in ascending order by radix partitioning. With `rank`, nodes are renumbered on the way: node v
/// becomes rank[v]. With `edge_of_arc`, it receives the edge index of each arc; parallel
/// arcs stand in edge order.
///
/// Each pass cuts the arcs by the upper bits of one end, 8 at most, so that every part fits the
/// cache when the lower half is counted and scattered: four passes of sequential reads and few open
/// write streams instead of two passes of random writes. Parts do not depend on the threads.
///
/// Cost O(n + arcs); while building, 4 bytes an arc (8 with edges) beside the result, 8 (12) above 2^20 nodes.
Rows build_rows(const EdgeList& list, RowsOf side, std::span<const std::uint32_t> rank,
                Buffer<std::uint32_t>* edge_of_arc, const Job& job);

/// The place of each node in the order of falling degree (arcs of both directions, each edge counted
/// once at each end); ties by node. O(n + m).
Buffer<std::uint32_t> ranks_by_degree(const EdgeList& list);

}  // namespace entente

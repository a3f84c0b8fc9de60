#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/centrality/betweenness_batch.hpp"
#include "algorithms/traversal/radix_heap.hpp"
#include "engine/buffer.hpp"
#include "engine/random.hpp"

namespace entente {

/// The arcs of each node, shortest first: a search leaves a row at the first arc that is too long.
/// Memory: 8 bytes a node and 16 an arc.
struct ArcsByLength {
  struct Arc {
    double length;
    std::uint32_t node;  // the other end
  };
  Buffer<std::uint64_t> begin{0};
  Buffer<Arc> arc;

  std::span<const Arc> operator[](std::uint32_t v) const { return {arc.data() + begin[v], arc.data() + begin[v + 1]}; }
};

/// Both ways through the graph of a batch; `length` has one value > 0 per arc, from the first row on.
struct ArcsBothWays {
  std::shared_ptr<const ArcsByLength> out, in;  // one and the same where every arc has its reverse, of the same length
};
ArcsBothWays arcs_by_length(const BatchGraph& graph, std::span<const double> length, bool either_way);

/// Draws a shortest path in lengths between two nodes, each with the same chance, by Dijkstra's algorithm from both ends
/// [dijkstra1959note] until no shorter path can be left [pohl1971bidirectional]; whichever side has looked at fewer arcs
/// goes on. A shortest path runs from nodes near s to nodes that are not, over one arc: such arcs are noted by whoever
/// settles the second of their ends. Paths are then counted from these arcs back to both ends, along shortest paths only,
/// and arc and steps are drawn in proportion to the counts.
///
/// Lengths of paths that differ by less than 1e-12 of themselves are equal, whatever the rounding of sums.
/// Memory: 32 bytes a node, made once for many paths.
class LengthPathSampler {
 public:
  LengthPathSampler(ArcsBothWays arcs, std::size_t node_count);

  /// Puts the nodes between s and t, s != t, into inside(), in order of their numbers; none where no path exists.
  BatchOutcome draw(std::uint32_t s, std::uint32_t t, Random& random, const std::function<bool()>& stop);
  std::span<const std::uint32_t> inside() const { return inside_; }

 private:
  using Heap = RadixHeap<double>;

  struct Node {
    double distance;      // from the end of the side
    std::uint32_t place;  // among the nodes settled, from 1; 0: not settled
    std::uint32_t on_path;  // its number + 1 in Side::on_path; 0: not there
  };
  /// A node on some shortest path.
  struct OnPath {
    std::uint32_t node;
    std::uint32_t first, last;  // its predecessors, in `before`
    double paths;               // from the end of the side, in proportion
  };
  struct Side {
    const ArcsByLength* ahead = nullptr;  // along which it searches
    const ArcsByLength* back = nullptr;   // that lead to its end
    Buffer<Node> node;
    std::vector<std::uint32_t> touched;
    Heap waiting;
    std::uint32_t end = 0, settled = 0;
    std::uint64_t arcs_seen = 0;
    double nearest = 0;  // of those waiting; infinite where there are none
    std::vector<OnPath> on_path;
    std::vector<std::uint32_t> before;
  };
  struct Crossing {
    std::uint32_t from, to;  // settled by the side of s and by that of t
    double length;           // of the shortest paths over this arc
    double paths;            // over this arc and those before it, in proportion
  };

  void begin(Side& side, std::uint32_t end);
  void look_for_nearest(Side& side);
  void settle_nearest(Side& moving, const Side& other);
  bool near_s(std::uint32_t v) const;
  void find_predecessors(Side& side, std::uint32_t v);
  bool count_paths(Side& side);
  void walk_back(const Side& side, std::uint32_t v, Random& random);
  const Crossing* draw_crossing(Random& random);

  ArcsBothWays arcs_;
  std::array<Side, 2> side_;  // of s, of t
  double best_ = 0, limit_ = 0;  // length of the shortest path so far, and what rounding could make of it
  double near_ = 0;              // nodes no farther from s than this are near it
  std::vector<Crossing> crossings_;
  std::vector<std::uint32_t> inside_, order_;
};

}  // namespace entente

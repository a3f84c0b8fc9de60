#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "engine/buffer.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

/// Where no path leads, and what comes before the first node of a path.
inline constexpr std::uint32_t no_hops = std::numeric_limits<std::uint32_t>::max();
inline constexpr NodeId no_parent{std::numeric_limits<std::uint32_t>::max()};

struct BreadthFirst {
  NodeColumn<std::uint32_t> hops;  // arcs on a shortest path from the nearest source, or no_hops
  NodeColumn<NodeId> parent;       // the node before it on such a path, or no_parent
  std::size_t reached = 0;         // nodes, the sources among them
  std::uint32_t depth = 0;         // hops of the furthest node reached
};

/// Breadth-first search: how many steps each node is away from the nearest of `sources`, and over which
/// node it is reached. For many searches on one graph see BreadthFirstSearch.
///
/// Directions are followed; for a graph without directions give symmetric.both_ways(). Parallel edges and
/// self-loops change nothing. The parent of a node is, among the nodes one step nearer with an arc to it,
/// the one of highest degree (ties: the lowest NodeId).
///
/// Output   hops and parents of all nodes: no_hops out of reach, no_parent there and for the sources.
/// Cost     O(n + arcs), mostly far less than all arcs; 28 bytes a node besides graph.hub_first().
/// Repeats  exactly, whatever the number of threads.
/// Errors   bad_argument: no source, or one that the graph lacks. interrupted.
/// Source   [beamer2012direction]
Result<BreadthFirst> breadth_first(const Graph& graph, std::span<const NodeId> sources, const Job& job = {});

/// Breadth-first searches on one graph, one after the other; a search allocates nothing.
///
/// A step from one level to the next goes the way that looks at fewer arcs [beamer2012direction]: down, from
/// the nodes of the level along their arcs, or up, where each node not yet reached looks along the arcs that
/// enter it and stops at the first that comes from the level. Ranks make the second way short: rows begin
/// with the hubs, so the first arc mostly hits. The first arcs of all nodes lie side by side in an array of
/// their own, which is tested 16 at a time against the level, one bit a node.
///
/// Memory: 28 bytes a node. Making one costs O(n). One search at a time: threads need one object each.
class BreadthFirstSearch {
 public:
  /// The graph must outlive it.
  explicit BreadthFirstSearch(const Graph& graph, const Job& job = {});

  /// Searches from `sources`, nodes of the graph; one may come twice. What an earlier search found is gone.
  /// Errors: interrupted; then the object is fit for the next search.
  Result<void> from(std::span<const NodeId> sources, const Job& job = {});

  std::size_t reached() const { return reached_; }
  std::uint32_t depth() const { return depth_; }

  /// What was found, in the user's order. The columns of `answer` are used again where they have the size.
  void write(BreadthFirst& answer, const Job& job = {}) const;

  /// The hops of all nodes by rank in graph.hub_first().
  std::span<const std::uint32_t> hops_by_rank() const { return hops_.span(); }

 private:
  struct Level {
    std::size_t nodes = 0, arcs = 0;  // how many, and how many arcs leave them
  };
  Level begin(std::span<const NodeId> sources);
  Level step_down(std::size_t level_size, const Job& job);
  Level step_up(const Job& job);
  bool cheaper_up(const Level& level) const;
  void list_to_bits(std::size_t level_size);
  void bits_to_list();

  const HubFirst* ranks_;
  const Rows* out_;
  const Rows* in_;

  // By rank.
  Buffer<std::uint32_t> first_in_;  // where the first arc that enters a node comes from
  Buffer<std::uint32_t> hops_, parent_;
  Buffer<std::uint32_t> list_, next_list_;        // the nodes of a level before a step down
  Buffer<std::uint64_t> closed_;                  // a bit for each node that no arc enters
  Buffer<std::uint64_t> level_, next_, settled_;  // a bit for each node; settled: reached or closed
  Buffer<Level> found_;                           // by each block of a step up

  std::size_t entered_ = 0;    // nodes that an arc enters
  std::size_t nodes_left_ = 0, arcs_left_ = 0;  // entered nodes not reached, and arcs of nodes not reached
  std::size_t reached_ = 0;
  std::uint32_t depth_ = 0;
};

Card breadth_first_card();

}  // namespace entente

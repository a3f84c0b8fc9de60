#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/community/weights.hpp"
#include "engine/buffer.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// A number below the number of nodes of a level: of a node, or of a group of its nodes.
using Grouping = std::vector<std::uint32_t>;

/// A weighted graph of the multilevel cluster searches: the network itself with its hubs first, or one whose
/// nodes stand for groups of its nodes [blondel2008fast]. Ties inside a node are part of its strength, not
/// arcs; no arc weighs 0, and from one node to another there may be several only on the ground level. On a
/// directed level a node's row holds the ties that leave it and those that arrive.
///
/// The ground level borrows the rows of the graph where it can. Levels are filled again and again by
/// `aggregate`, so their arrays may be longer than they say.
struct Level {
  std::size_t nodes = 0;
  std::span<const std::uint64_t> begin;  // n + 1 offsets into the two below
  std::span<const std::uint32_t> neighbour;
  std::span<const double> weight;  // of each arc; nothing on a counted level
  bool counted = false;            // every arc weighs 1
  double unit = 1;                 // the scaled weight that a weight of 1 stands for

  Buffer<double> strength;  // weight of all ties of the node, ties inside it twice
  Buffer<double> tied;      // weight of its arcs
  Buffer<double> mass;      // what the quality counts against: strength (modularity) or nodes (Potts);
  Buffer<double> mass_in;   //   directed: the weight that leaves, and that arrives
  double doubled = 0;       // sum of the strengths

  std::size_t size() const { return nodes; }
  std::size_t arc_count() const { return neighbour.size(); }
  bool directed() const { return !mass_in.empty(); }
  double arc_weight(std::uint64_t arc) const { return counted ? 1.0 : weight[arc]; }

  Buffer<std::uint64_t> own_begin;  // where the spans do not borrow
  Buffer<std::uint32_t> own_neighbour;
  Buffer<double> own_weight;
};

/// Asks for the first arcs of a node that is about to be looked at: rows are short and met in random order.
inline void prefetch_row(const Level& level, std::uint32_t v) {
  const std::uint64_t first = level.begin[v];
  __builtin_prefetch(level.neighbour.data() + first);
  __builtin_prefetch(level.neighbour.data() + first + 16);
  if (!level.counted) __builtin_prefetch(level.weight.data() + first);
}

/// What a gain is measured by: moving v into c gains  w(v, c) - penalty * mass(v) * mass(c without v);
/// directed, with both masses, penalty * (out(v) * in(c) + in(v) * out(c)) is subtracted.
enum class ClusterQuality { modularity, cpm, directed_modularity };

/// The network as a level whose nodes are the ranks of graph.hub_first(): directed for directed modularity,
/// otherwise of a graph in which every edge runs both ways. The graph must outlive it.
Level ground_level(const Graph& graph, const ScaledWeights& weights, ClusterQuality quality, const Job& job = {});

/// Whether a search for clusters should look at the hubs of the network last.
///
/// Hubs tie communities together. Where they move while nearly every node is still alone, they draw into one
/// cluster what belongs to several; where the others have gathered before, they choose well. But where few nodes
/// hold most ties there is nothing to gather round but them. So it is true of networks of at least 10,000 nodes in
/// which the first thirty-second part of the nodes holds at most half of the ties. In smaller ones it makes no odds.
bool hubs_should_wait(const Level& ground);

/// Fills `above` with the level whose nodes are the groups 0 … count-1. O(n + arcs). Leaves it
/// incomplete when the job is cancelled.
void aggregate(const Level& level, const Grouping& group, std::size_t count, Level& above, const Job& job = {});

/// Renumbers the groups 0 … count-1 in the order in which they first occur, and returns count.
std::size_t close_gaps(Grouping& group);

/// Makes every group connected: parts of a group that no tie joins become groups of their own.
/// Numbers them without gaps and returns how many groups were added.
std::size_t split_disconnected(const Level& level, Grouping& group);

/// 0 … size-1: every node a group of its own.
Grouping singletons(std::size_t size);

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/community/weights.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// A number below the number of nodes of a level: of a node, or of a group of its nodes.
using Grouping = std::vector<std::uint32_t>;

/// A weighted graph of the multilevel cluster searches: the network itself, or one whose nodes stand
/// for groups of its nodes [blondel2008fast]. Ties inside a node are part of its strength, not arcs;
/// no arc weighs 0, and from one node to another there may be several only on the ground level.
struct Level {
  std::vector<std::uint64_t> begin{0};  // n + 1 offsets into the two below
  std::vector<std::uint32_t> neighbour;
  std::vector<double> weight;
  std::vector<double> strength;  // weight of all ties of the node, ties inside it twice
  std::vector<double> mass;      // what the quality counts against: strength (modularity) or nodes (Potts)
  double doubled = 0;            // sum of the strengths

  std::size_t size() const { return strength.size(); }
};

/// What a gain is measured by: moving v into c gains  w(v, c) - penalty * mass(v) * mass(c without v).
enum class ClusterQuality { modularity, cpm };

Level ground_level(const Symmetric& graph, const ScaledWeights& weights, ClusterQuality quality);

/// The level whose nodes are the groups 0 … count-1.
Level aggregated(const Level& level, const Grouping& group, std::size_t count);

/// Renumbers the groups 0 … count-1 in the order in which they first occur, and returns count.
std::size_t close_gaps(Grouping& group);

/// Makes every group connected: parts of a group that no tie joins become groups of their own.
/// Numbers them without gaps and returns how many groups were added.
std::size_t split_disconnected(const Level& level, Grouping& group);

/// 0 … size-1: every node a group of its own.
Grouping singletons(std::size_t size);

}  // namespace entente

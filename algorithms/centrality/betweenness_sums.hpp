#pragma once

#include <cstdint>
#include <string_view>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// Over ordered pairs of different nodes s, t: how many of their shortest paths run through a node other than s and t,
/// or over an edge, as a share of them.
struct BetweennessSums {
  NodeColumn<double> node;
  EdgeColumn<double> edge;  // empty where not wanted; parallel edges of equal length share equally
};

enum class BetweennessOf : std::uint8_t { nodes, nodes_and_edges };

/// The graph is cut into pieces [sariyuce2013shattering], and each is searched from all its members: in hops by sixteen
/// sources at once, in lengths from one at a time. Blocks of sixteen sources are spread over the threads;
/// each adds to sums of its own, which are put together in the order of the blocks.
///
/// `symmetric` is null where directions count; else `graph` is its both_ways(). `length` as in `betweenness`.
/// Errors: as `betweenness`.
Result<BetweennessSums> betweenness_sums(const Graph& graph, const Symmetric* symmetric,
                                         const EdgeColumn<double>* length, BetweennessOf wanted, std::string_view what,
                                         const Job& job);

}  // namespace entente

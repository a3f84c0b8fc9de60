#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/buffer.hpp"
#include "engine/error.hpp"
#include "engine/hub_first.hpp"
#include "engine/job.hpp"

namespace entente {

/// A sum of 1/hops in units of 2^-63: 65 bits before the point. Integers, so that any order of adding
/// gives the same bits.
__extension__ using InverseSum = unsigned __int128;
double to_double(InverseSum sum);

enum class SumOf : std::uint8_t { hops, inverses };

/// For each node, by rank in graph.hub_first(), sums over those of some sources s that it can reach.
struct HopSums {
  Buffer<std::uint64_t> hops;       // of d(v, s)
  Buffer<std::uint32_t> reached;    // how many; a source reaches itself
  Buffer<InverseSum> inverses;      // of 1/d(v, s), s other than v
  std::uint32_t longest = 0;        // the largest d(v, s) of all
};

/// Sums of the distances, in hops along directions, from every node to each of `sources`: `hops` and
/// `reached`, or `inverses`; the other buffers stay empty.
///
/// Breadth-first search from 512 sources at once [then2014more]: a node has a line of 512 bits, one for each
/// source that met it, in one cache line. The search runs against the arcs, so that what it counts
/// at a node is what that node reaches, and adding up is one population count for each node and level. A level
/// is taken in the direction that moves fewer lines [beamer2012direction]: pushed from its nodes, or
/// pulled by the nodes that lack a source, each of which stops when it lacks none. Sources that stand
/// near each other in `sources` should be near each other in the graph: then they meet the same nodes at
/// the same level; see near_each_other().
///
/// Input    ranks, each at most once.
/// Cost     O(sources / 512 · levels · arcs) line operations at the worst, mostly far fewer; 190 bytes a
///          node and thread, and 12 or 16 for the sums. Batches of sources run in parallel.
/// Repeats  exactly, whatever the number of threads and the instruction set.
/// Errors   interrupted. Reports progress as `what`, in sources.
Result<HopSums> sum_hops(const HubFirst& graph, std::span<const std::uint32_t> sources, SumOf wanted,
                         std::string_view what, const Job& job);

/// What one source reaches.
struct ReachSums {
  std::uint64_t hops = 0;     // sum of the distances
  std::uint32_t reached = 0;  // nodes, the source itself among them
  InverseSum inverses = 0;    // sum of 1/distance over the others
};

/// The other way round: for each of `sources` the sums over all nodes that it reaches along directions. For a
/// few sources among many nodes; the bits agree with sum_hops() from everywhere.
///
/// As sum_hops(), but counts the bits of each lane instead of those of each line: in carry-save adders, one
/// plane of 512 bits for each binary digit.
Result<std::vector<ReachSums>> sum_hops_from(const HubFirst& graph, std::span<const std::uint32_t> sources,
                                             std::string_view what, const Job& job);

/// All ranks in the order of a breadth-first search from the hubs, component after component. O(n + arcs).
std::vector<std::uint32_t> near_each_other(const HubFirst& graph);

}  // namespace entente

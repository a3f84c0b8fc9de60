#pragma once

#include <span>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/paths/rules.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct KShortestOptions {
  int k = 10;          // paths listed at most
  int max_length = 0;  // steps that a path may have; 0: any number
};

struct KShortestPaths {
  std::vector<Walk> walks;   // by length, then by node sequence
  bool complete = true;      // there are no others within max_length
  std::string completeness;  // "complete: all 7 paths of at most 4 steps", "stopped at 10 paths; there are more"
};

/// The k shortest paths without loops from any of the nodes `from` to any of the nodes `to`: by length,
/// and among equal lengths in the order of their node sequences (the lowest first node, then the lowest
/// second node, and so on). What counts as a path, and which edges a walk lists: PathRules.
///
/// max_length bounds the steps also where edges have lengths: the shortest are then taken among the
/// paths of at most that many steps. Whether the listing is complete is decided, not guessed: after
/// the k-th path the search goes on until it has found another one or proved that there is none.
///
/// Input    as shortest_path.
/// Output   at most k walks; their lengths never decrease, no node sequence occurs twice.
/// Cost     as a rule two balls, around the starts and the ends, of half the greatest listed length or little
///          more, and O(length * degree) for each path listed; O((n + m) log n) for each node of each path at
///          worst, where every way of the bounded length would run into the path's own beginning.
/// Errors   as shortest_path; bad_argument for k < 1 or max_length < 0.
/// Source   [yen1971finding] with the partition of [lawler1972procedure], guided searches as in
///          [hart1968formal].
Result<KShortestPaths> k_shortest_paths(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                        const PathRules& rules = {}, const KShortestOptions& options = {},
                                        const Job& job = {});

Card k_shortest_paths_card();

}  // namespace entente

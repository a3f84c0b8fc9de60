#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/paths/rules.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// How many shortest paths there are, known before the first is listed.
struct ShortestPathCount {
  bool connected = false;
  double distance = 0;      // in the unit of the lengths, or in steps; 0 where not connected
  std::int64_t total = 0;   // 2^63 - 1 stands for "that many or more"
  bool total_is_exact = true;
};

struct AllShortestOptions {
  std::int64_t max_paths = 1000;  // paths listed at most
};

struct AllShortestPaths {
  ShortestPathCount count;
  std::vector<Walk> walks;   // in the order of their node sequences
  bool complete = true;      // all `count.total` paths are listed
  std::string completeness;  // "complete: all 12 shortest paths", "stopped at 1000 of 5184 shortest paths"
};

/// All shortest paths from any of the nodes `from` to any of the nodes `to`, in the order of their
/// node sequences, and their exact number, even where that is astronomic and only some are listed.
/// What counts as a path, and which edges a walk lists: PathRules. Where several pairs of ends are
/// equally near, the paths of all of them.
///
/// Input, errors   as shortest_path; bad_argument for max_paths < 0.
/// Cost            as shortest_path, then O(length * largest degree) for each path listed.
/// Source          [dijkstra1959note] backwards; counting as in [brandes2001faster].
Result<AllShortestPaths> all_shortest_paths(const Graph& graph, std::span<const NodeId> from,
                                            std::span<const NodeId> to, const PathRules& rules = {},
                                            const AllShortestOptions& options = {}, const Job& job = {});

/// The same one by one, in the same order and in constant memory: `visit` returns false to stop.
Result<ShortestPathCount> for_each_shortest_path(const Graph& graph, std::span<const NodeId> from,
                                                 std::span<const NodeId> to, const PathRules& rules,
                                                 const std::function<bool(const Walk&)>& visit, const Job& job = {});

Card all_shortest_paths_card();

}  // namespace entente

#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "algorithms/card.hpp"
#include "algorithms/paths/rules.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

template <class Capacity>
struct WidestPath {
  Capacity width{};  // the least capacity on the path; the largest number there is for a path without steps
  Walk walk;         // its amount is the width where that is whole
};

/// The widest path from any of the nodes `from` to any of the nodes `to`: the one whose narrowest edge
/// is as wide as possible, the largest sum that one chain of grants can pass on. Nothing where there is
/// no path of positive capacity. What counts as a path: PathRules.
///
/// Among the widest paths the shortest (in rules.length, or in steps), then the one whose node sequence
/// comes first; each step lists the shortest edge, then the lowest, of those that are wide enough.
///
/// Input    capacity: one value >= 0 per edge, whole or finite, any unit; an edge of 0 is not walked.
/// Cost     O((n + m) log n).
/// Errors   as shortest_path; bad_argument for a capacity below 0 or not finite.
/// Source   [pollack1960maximum].
Result<std::optional<WidestPath<std::int64_t>>> widest_path(const Graph& graph,
                                                            const EdgeColumn<std::int64_t>& capacity,
                                                            std::span<const NodeId> from, std::span<const NodeId> to,
                                                            const PathRules& rules = {}, const Job& job = {});
Result<std::optional<WidestPath<double>>> widest_path(const Graph& graph, const EdgeColumn<double>& capacity,
                                                      std::span<const NodeId> from, std::span<const NodeId> to,
                                                      const PathRules& rules = {}, const Job& job = {});

Card widest_path_card();

}  // namespace entente

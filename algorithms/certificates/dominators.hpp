#pragma once

#include <cstdint>
#include <span>

#include "algorithms/flow/dominators.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Whether nodes and edges are just those that every walk from a source to a target passes: the stages show that none
/// can be avoided, two walks that no other node and no other edge has to be passed [georgiadis2016dominator].
/// O(n + m). Errors: bad_argument with what does not hold.
Result<void> check_dominators(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                              std::span<const NodeId> sources, std::span<const NodeId> targets,
                              const Dominators& found);

}  // namespace entente

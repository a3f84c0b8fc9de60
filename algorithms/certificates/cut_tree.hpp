#pragma once

#include "algorithms/flow/gomory_hu.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Whether branches are a tree in which the capacity that leaves either side of each branch is its amount: then no
/// more can pass between two terminals than the smallest amount between them. That as much can pass is shown by a
/// flow for each branch, which this does not look for. O(n + m) for each branch of a path, O(m depth) in all.
/// Errors: bad_argument with what does not hold; overflow.
Result<void> check_cut_tree(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity, const CutTree& tree);

}  // namespace entente

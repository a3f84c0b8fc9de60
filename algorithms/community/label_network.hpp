#pragma once

#include <cstddef>
#include <optional>

#include "algorithms/community/level.hpp"
#include "engine/graph.hpp"

namespace entente {

/// The network as the level that labels spread over: that of `ground_level` for modularity. Where all ties weigh the
/// same and none is a loop, as in most networks without weights, degrees are all that is needed: no weight is copied
/// or scaled, and the rows are not read.
///
/// The graph must outlive it. Leaves it incomplete when the job is cancelled.
/// Errors   those of `scaled_weights`.
Result<Level> label_network(const Symmetric& graph, const EdgeColumn<double>& weight, const Job& job);

/// Makes every label connected (`split_disconnected`) and returns how many labels there are then, 0 … count-1.
std::size_t part_labels(const Level& level, Grouping& label);

/// Modularity at resolution 1 of labels 0 … count-1, given the weight of all ties inside them, loops apart, each
/// counted from both ends. Nothing where there is no weight at all.
std::optional<double> label_modularity(const Level& level, const Grouping& label, std::size_t count, double inside);

}  // namespace entente

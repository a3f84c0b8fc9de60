#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/flow/carrying.hpp"
#include "engine/column.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Takes out of a flow everything that runs in a circle, and returns the circles: walks that end where they
/// begin, each with its amount, at most one per edge. What enters and leaves each node stays the same
/// by difference. `flow` is per edge from ends().source to ends().target; negative: backwards.
/// O(n + m) besides O(length) for each circle.
std::vector<Walk> take_out_circles(const Graph& graph, EdgeColumn<std::int64_t>& flow);
/// The same without telling the circles, for a flow whose edges that carry something are at hand.
void take_out_circles(const Graph& graph, const Carrying& carrying, EdgeColumn<std::int64_t>& flow);
/// The same for a flow that is 0 but on these few edges, ascending: O(k log k) for k of them, whatever the graph.
void drop_circles(const Graph& graph, std::span<const EdgeId> edges, EdgeColumn<std::int64_t>& flow);

}  // namespace entente

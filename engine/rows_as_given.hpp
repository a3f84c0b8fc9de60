#pragma once

#include <cstddef>
#include <span>

#include "engine/edge_list.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"
#include "engine/rows.hpp"

namespace entente {

/// Rows in the user's node numbers whose neighbours stand in the order of the edges that name them, not ascending:
/// for who needs each row as a whole, at less than half the cost of sorted rows. `ways`: one (the rows of the
/// sources) or both (an edge stands in the rows of both its ends, a self-loop once).
///
/// The arcs are dealt out to parts of neighbouring nodes, then each part is put in order within the cache. Up to 2^20
/// nodes the parts lie in the memory of the rows themselves, so that nothing is needed beside the result but one part.
///
/// Cost O(n + arcs). Errors: bad_argument for an end outside [0, n).
Result<Rows> rows_as_given(std::size_t node_count, std::span<const Ends> edges, EdgeList::Ways ways, const Job& job = {});

}  // namespace entente

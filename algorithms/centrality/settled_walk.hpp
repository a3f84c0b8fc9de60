#pragma once

#include "algorithms/centrality/arc_matrix.hpp"
#include "engine/buffer.hpp"
#include "engine/job.hpp"

namespace entente {

/// Where a walker who never restarts spends his time, if every edge runs both ways and he is set down anywhere alike:
/// at each node of his component in proportion to W, the weight that leaves it. By rank; 0 where W is.
///
/// A step of the walk leaves it as it is, so what restarts make of it is known without a product; and with the
/// right sum on each component nothing is left of the slowest part of a solution.
///
/// Components are found as in components(), as far as that is cheap: where no giant shows at first sight, the network
/// counts as one, which a step leaves as it is, too.
/// Cost     O(n), and the arcs of the nodes outside the giant; 4 bytes a node beside the answer.
Buffer<double> settled_walk(const ArcMatrix& arcs, const Buffer<double>& W, const Job& job);

}  // namespace entente

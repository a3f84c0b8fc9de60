#pragma once

#include <cstdint>
#include <optional>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Modularity: how much more weight lies inside the clusters than in a random network whose nodes
/// have the same strengths.
///
///     Q = sum over clusters c of  ( 2 W(c) / 2m  -  resolution * ( K(c) / 2m )^2 )
///
/// W(c) is the weight of the ties inside c, K(c) the strengths of its nodes added up, 2m the strengths
/// of all nodes. The strength of a node is the weight of its ties; parallel edges count one by one, a
/// self-loop of weight w adds w to W(c) and 2w to the strength.
///
/// Input    weight: one finite value >= 0 per edge, any unit; membership: a number in [0, n) per node;
///          resolution: > 0, higher for smaller clusters.
/// Output   dimensionless, in [-1/2, 1) at resolution 1; nothing where the weights add up to 0.
/// Cost     O(n + m)
/// Errors   bad_argument: columns of the wrong size, a negative or non-finite weight, a membership
///          outside [0, n), a resolution that is not positive and finite.
/// Source   [newman2004finding]; resolution as in [reichardt2006statistical].
Result<std::optional<double>> modularity(const Symmetric& graph, const EdgeColumn<double>& weight,
                                         const NodeColumn<std::int64_t>& membership, double resolution = 1);

/// Quality in the constant Potts model: weight inside the clusters beyond `resolution` for each pair of
/// their nodes. Unlike modularity it knows no resolution limit.
///
///     H = sum over clusters c of  ( W(c) - resolution * n(c) (n(c) - 1) / 2 )
///
/// Output   in the unit of the weights.
/// Cost     O(n + m)
/// Errors   as for `modularity`.
/// Source   [traag2011narrow]
Result<double> constant_potts_quality(const Symmetric& graph, const EdgeColumn<double>& weight,
                                      const NodeColumn<std::int64_t>& membership, double resolution = 1);

}  // namespace entente

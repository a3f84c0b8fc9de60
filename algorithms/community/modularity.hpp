#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/community/level.hpp"
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

/// Modularity of a directed network: the random network has the same weight leaving and arriving at each node.
///
///     Q = sum over clusters c of  ( W(c) / m  -  resolution * Kout(c) * Kin(c) / m^2 )
///
/// W(c) is the weight of the arcs inside c, Kout(c) and Kin(c) what leaves and arrives at its nodes, m the weight of
/// all arcs. A mutual tie is two arcs, a self-loop of weight w one, which adds w to all three. Where all ties
/// are mutual it is the modularity above but for self-loops.
///
/// Input, output, cost and errors as for `modularity` of a symmetric graph.
/// Source   [leicht2008community]
Result<std::optional<double>> modularity(const Graph& graph, const EdgeColumn<double>& weight,
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

/// What the three qualities need to know of each cluster, from scaled weights.
struct ClusterTotals {
  std::vector<double> inside;    // W(c)
  std::vector<double> strength;  // K(c); directed: Kout(c)
  std::vector<double> arriving;  // directed: Kin(c); otherwise empty
  std::vector<double> nodes;     // n(c)
  double all = 0;                // 2m; directed: m
  int exponent = 0;

  std::optional<double> modularity(double resolution) const;
  double constant_potts(double resolution) const;
};

/// Totals of the clusters 0 … count-1. For the first two qualities the graph must run both ways.
ClusterTotals cluster_totals(const Graph& graph, const ScaledWeights& weights, ClusterQuality quality,
                             std::span<const std::uint32_t> cluster, std::size_t count);

/// The same totals of groups of the nodes of a ground level, up to rounding, for weights scaled by 2^-exponent. One
/// pass over its rows, in half the time.
ClusterTotals group_totals(const Level& ground, ClusterQuality quality, int exponent,
                           std::span<const std::uint32_t> group, std::size_t count);

}  // namespace entente

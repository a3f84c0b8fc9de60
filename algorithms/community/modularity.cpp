#include "algorithms/community/modularity.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include "algorithms/community/weights.hpp"

namespace entente {

namespace {

/// What both quality functions need of each cluster, weights scaled.
struct ClusterTotals {
  std::vector<double> inside;    // W(c)
  std::vector<double> strength;  // K(c)
  std::vector<double> nodes;     // n(c)
  double doubled = 0;            // 2m
  int exponent = 0;
};

Result<ClusterTotals> cluster_totals(const Symmetric& graph, const EdgeColumn<double>& weight,
                                     const NodeColumn<std::int64_t>& membership, double resolution) {
  if (!(resolution > 0) || !std::isfinite(resolution)) {
    return fail(ErrorCode::bad_argument, "resolution must be a positive number.", "option resolution");
  }
  const std::size_t n = graph.node_count();
  if (membership.size() != n) {
    return fail(ErrorCode::bad_argument,
                "There are " + std::to_string(membership.size()) + " memberships for " + std::to_string(n) +
                    " nodes; give one per node.",
                "membership");
  }
  for (const NodeId u : graph.nodes()) {
    if (membership[u] < 0 || static_cast<std::uint64_t>(membership[u]) >= n) {
      return fail(ErrorCode::bad_argument,
                  "Node " + std::to_string(u.index) + " is in cluster " + std::to_string(membership[u]) +
                      "; number the clusters from 0 and below the number of nodes.",
                  "membership");
    }
  }
  const auto scaled = scaled_weights(graph, weight);
  if (!scaled) return tl::unexpected(scaled.error());

  ClusterTotals totals{std::vector<double>(n, 0), std::vector<double>(n, 0), std::vector<double>(n, 0), 0,
                       scaled->exponent};
  for (const NodeId u : graph.nodes()) totals.nodes[static_cast<std::size_t>(membership[u])] += 1;
  for (const EdgeId edge : graph.edges()) {
    const double w = scaled->weight[edge];
    const auto source = static_cast<std::size_t>(membership[graph.ends(edge).source]);
    const auto target = static_cast<std::size_t>(membership[graph.ends(edge).target]);
    if (source == target) totals.inside[source] += w;
    totals.strength[source] += w;
    totals.strength[target] += w;
    totals.doubled += 2 * w;
  }
  return totals;
}

}  // namespace

Result<std::optional<double>> modularity(const Symmetric& graph, const EdgeColumn<double>& weight,
                                         const NodeColumn<std::int64_t>& membership, double resolution) {
  const auto totals = cluster_totals(graph, weight, membership, resolution);
  if (!totals) return tl::unexpected(totals.error());
  if (!(totals->doubled > 0)) return std::optional<double>{};
  double q = 0;
  for (std::size_t c = 0; c < totals->inside.size(); ++c) {
    const double share = totals->strength[c] / totals->doubled;
    q += 2 * totals->inside[c] / totals->doubled - resolution * share * share;
  }
  return std::optional<double>{q};
}

Result<double> constant_potts_quality(const Symmetric& graph, const EdgeColumn<double>& weight,
                                      const NodeColumn<std::int64_t>& membership, double resolution) {
  const auto totals = cluster_totals(graph, weight, membership, resolution);
  if (!totals) return tl::unexpected(totals.error());
  double h = 0;
  for (std::size_t c = 0; c < totals->inside.size(); ++c) {
    const double pairs = totals->nodes[c] * (totals->nodes[c] - 1) / 2;
    h += std::ldexp(totals->inside[c], totals->exponent) - resolution * pairs;
  }
  return h;
}

}  // namespace entente

#include "algorithms/community/modularity.hpp"

#include <algorithm>
#include <cmath>
#include <string>

#include "algorithms/community/ties.hpp"
#include "algorithms/community/weights.hpp"
#include "engine/hub_first.hpp"

namespace entente {

namespace {

Result<ClusterTotals> checked_totals(const Graph& graph, const EdgeColumn<double>& weight, ClusterQuality quality,
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
  std::vector<std::uint32_t> cluster(n);
  for (const NodeId u : graph.nodes()) {
    if (membership[u] < 0 || static_cast<std::uint64_t>(membership[u]) >= n) {
      return fail(ErrorCode::bad_argument,
                  "Node " + std::to_string(u.index) + " is in cluster " + std::to_string(membership[u]) +
                      "; number the clusters from 0 and below the number of nodes.",
                  "membership");
    }
    cluster[u.index] = static_cast<std::uint32_t>(membership[u]);
  }
  const auto scaled = scaled_weights(graph, weight);
  if (!scaled) return tl::unexpected(scaled.error());
  return cluster_totals(graph, *scaled, quality, cluster, n);
}

}  // namespace

ClusterTotals cluster_totals(const Graph& graph, const ScaledWeights& weights, ClusterQuality quality,
                             std::span<const std::uint32_t> cluster, std::size_t count) {
  ClusterTotals totals;
  totals.inside.resize(count);
  totals.strength.resize(count);
  totals.nodes.resize(count);
  totals.exponent = weights.exponent;
  for (const std::uint32_t c : cluster) totals.nodes[c] += 1;
  if (quality != ClusterQuality::directed_modularity) {
    for (const EdgeId edge : graph.edges()) {
      const double w = weights.weight[edge];
      const std::uint32_t source = cluster[graph.ends(edge).source.index];
      const std::uint32_t target = cluster[graph.ends(edge).target.index];
      if (source == target) totals.inside[source] += w;
      totals.strength[source] += w;
      totals.strength[target] += w;
      totals.all += 2 * w;
    }
    return totals;
  }
  totals.arriving.resize(count);
  const HubFirst& hubs = graph.hub_first();
  const Rows& out = hubs.out();
  for (std::uint32_t v = 0; v < out.node_count(); ++v) {
    const std::uint32_t source = cluster[hubs.node_at(v).index];
    for (std::uint64_t a = out.begin[v]; a < out.begin[v + 1]; ++a) {
      const double w = weights.weight[EdgeId{hubs.out_edge()[a]}];
      const std::uint32_t target = cluster[hubs.node_at(out.node[a]).index];
      if (source == target) totals.inside[source] += w;
      totals.strength[source] += w;
      totals.arriving[target] += w;
      totals.all += w;
    }
  }
  return totals;
}

ClusterTotals group_totals(const Level& ground, ClusterQuality quality, int exponent,
                           std::span<const std::uint32_t> group, std::size_t count) {
  const bool directed = quality == ClusterQuality::directed_modularity;
  ClusterTotals totals;
  totals.inside.resize(count);
  totals.strength.resize(count);
  totals.nodes.resize(count);
  if (directed) totals.arriving.resize(count);
  totals.exponent = exponent;
  totals.all = (directed ? ground.doubled / 2 : ground.doubled) * ground.unit;
  with_ties(ground, [&](const auto& ties) {
    for (std::uint32_t v = 0; v < ground.size(); ++v) {
      const std::uint32_t g = group[v];
      const auto near = static_cast<double>(weight_within(ties, group, v));  // in both directions
      const double loops = ground.strength[v] - ground.tied[v];
      totals.inside[g] += (near + loops) / 2 * ground.unit;
      totals.strength[g] += (directed ? ground.mass[v] : ground.strength[v]) * ground.unit;
      if (directed) totals.arriving[g] += ground.mass_in[v] * ground.unit;
      totals.nodes[g] += 1;
    }
  });
  return totals;
}

std::optional<double> ClusterTotals::modularity(double resolution) const {
  if (!(all > 0)) return std::nullopt;
  double q = 0;
  for (std::size_t c = 0; c < inside.size(); ++c) {
    const double share = strength[c] / all;
    if (arriving.empty()) q += 2 * inside[c] / all - resolution * share * share;
    else q += inside[c] / all - resolution * share * (arriving[c] / all);
  }
  return q;
}

double ClusterTotals::constant_potts(double resolution) const {
  double h = 0;
  for (std::size_t c = 0; c < inside.size(); ++c) {
    const double pairs = nodes[c] * (nodes[c] - 1) / 2;
    h += std::ldexp(inside[c], exponent) - resolution * pairs;
  }
  return h;
}

Result<std::optional<double>> modularity(const Symmetric& graph, const EdgeColumn<double>& weight,
                                         const NodeColumn<std::int64_t>& membership, double resolution) {
  const auto totals = checked_totals(graph.both_ways(), weight, ClusterQuality::modularity, membership, resolution);
  if (!totals) return tl::unexpected(totals.error());
  return totals->modularity(resolution);
}

Result<std::optional<double>> modularity(const Graph& graph, const EdgeColumn<double>& weight,
                                         const NodeColumn<std::int64_t>& membership, double resolution) {
  const auto totals = checked_totals(graph, weight, ClusterQuality::directed_modularity, membership, resolution);
  if (!totals) return tl::unexpected(totals.error());
  return totals->modularity(resolution);
}

Result<double> constant_potts_quality(const Symmetric& graph, const EdgeColumn<double>& weight,
                                      const NodeColumn<std::int64_t>& membership, double resolution) {
  const auto totals = checked_totals(graph.both_ways(), weight, ClusterQuality::cpm, membership, resolution);
  if (!totals) return tl::unexpected(totals.error());
  return totals->constant_potts(resolution);
}

}  // namespace entente

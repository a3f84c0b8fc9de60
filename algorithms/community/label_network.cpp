#include "algorithms/community/label_network.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/hub_first.hpp"

namespace entente {

namespace {

bool label_weights_equal(std::span<const double> weight) {
  bool equal = true;
  for (const double w : weight) equal &= w == weight.front();
  return equal && !weight.empty() && weight.front() > 0 && std::isfinite(weight.front());
}

}  // namespace

Result<Level> label_network(const Symmetric& graph, const EdgeColumn<double>& weight, const Job& job) {
  const std::size_t edges = graph.edge_count();
  const bool loops = graph.arc_count() < 2 * edges;  // each stands only once in the rows
  if (loops || weight.size() != edges || edges >= std::size_t{1} << 31 || !label_weights_equal(weight.values())) {
    const auto scaled = scaled_weights(graph.both_ways(), weight);
    if (!scaled) return tl::unexpected(scaled.error());
    return ground_level(graph.both_ways(), *scaled, ClusterQuality::modularity, job);
  }
  const Rows& rows = graph.hub_first(job).out();
  Level level;
  level.nodes = rows.node_count();
  level.counted = true;
  level.begin = rows.begin.span();
  level.neighbour = rows.node.span();
  level.doubled = static_cast<double>(rows.arc_count());
  level.strength = Buffer<double>(level.nodes);
  for (std::uint32_t v = 0; v < level.nodes; ++v) level.strength[v] = static_cast<double>(rows.degree(v));
  level.tied = Buffer<double>(level.nodes);
  level.mass = Buffer<double>(level.nodes);
  std::ranges::copy(level.strength, level.tied.begin());
  std::ranges::copy(level.strength, level.mass.begin());
  return level;
}

std::size_t part_labels(const Level& level, Grouping& label) {
  split_disconnected(level, label);
  return label.empty() ? 0 : std::size_t{*std::ranges::max_element(label)} + 1;
}

std::optional<double> label_modularity(const Level& level, const Grouping& label, std::size_t count, double inside) {
  if (!(level.doubled > 0)) return std::nullopt;
  Buffer<double> strength(count, 0);
  double loops = 0;
  for (std::size_t v = 0; v < level.size(); ++v) {
    strength[label[v]] += level.strength[v];
    loops += level.strength[v] - level.tied[v];
  }
  double by_chance = 0;
  for (const double k : strength) by_chance += (k / level.doubled) * (k / level.doubled);
  return (inside + loops) / level.doubled - by_chance;
}

}  // namespace entente

#include "algorithms/statistics/assortativity.hpp"

#include <algorithm>
#include <map>

namespace entente {

std::optional<double> degree_assortativity(const SimpleRows& rows) {
  const auto ends = 2 * static_cast<double>(rows.pair_count());
  if (ends == 0) return {};
  double sum = 0;
  std::size_t least = rows.node_count(), most = 0;
  for (const NodeId u : rows.nodes()) {
    const std::size_t d = rows.degree(u);
    if (d == 0) continue;
    least = std::min(least, d);
    most = std::max(most, d);
    sum += static_cast<double>(d) * static_cast<double>(d);
  }
  if (least == most) return {};
  const double mean = sum / ends;
  const auto above_mean = [&](NodeId u) { return static_cast<double>(rows.degree(u)) - mean; };
  double covariance = 0, variance = 0;
  for (const NodeId u : rows.nodes()) {
    double around = 0;
    for (const NodeId v : rows.neighbours(u)) around += above_mean(v);
    covariance += above_mean(u) * around;
    variance += static_cast<double>(rows.degree(u)) * above_mean(u) * above_mean(u);
  }
  return std::clamp(covariance / variance, -1.0, 1.0);
}

std::optional<double> category_assortativity(const SimpleRows& rows, const NodeColumn<std::uint32_t>& category) {
  const auto ends = 2 * static_cast<double>(rows.pair_count());
  if (ends == 0) return {};
  std::map<std::uint32_t, std::size_t> ends_in;
  std::size_t within = 0;  // each pair counted from both ends
  for (const NodeId u : rows.nodes()) {
    if (rows.degree(u) == 0) continue;
    ends_in[category[u]] += rows.degree(u);
    for (const NodeId v : rows.neighbours(u)) within += category[u] == category[v] ? 1u : 0u;
  }
  if (ends_in.size() == 1) return {};
  double expected = 0;
  for (const auto& [code, count] : ends_in) {
    const double share = static_cast<double>(count) / ends;
    expected += share * share;
  }
  return (static_cast<double>(within) / ends - expected) / (1 - expected);
}

}  // namespace entente

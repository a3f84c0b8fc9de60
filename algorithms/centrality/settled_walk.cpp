#include "algorithms/centrality/settled_walk.hpp"

#include <algorithm>
#include <cstdint>
#include <ranges>
#include <utility>
#include <vector>

#include "algorithms/cohesion/disjoint_sets.hpp"

namespace entente {

namespace {

/// The nodes outside the giant component, each behind the first node of its own, in ascending order.
std::vector<std::pair<std::uint32_t, std::uint32_t>> small_components(const Rows& rows, std::size_t tied) {
  // A node hangs below its greatest hub; nearly all of most networks hang together by that [sutton2018optimizing].
  DisjointSets sets(tied);
  for (std::uint32_t v = 0; v < tied; ++v) {
    sets.place(v, std::min(v, rows.node[rows.begin[v]]));
    sets.flatten(v);
  }
  std::vector<std::pair<std::uint32_t, std::uint32_t>> outside;
  const auto frequent = sets.frequent(tied);
  if (!frequent.giant) return outside;
  for (std::uint32_t v = 0; v < tied; ++v) {
    if (sets.above(v) != frequent.root) outside.emplace_back(0, v);
  }
  for (const auto& [root, v] : outside) {
    for (const std::uint32_t w : rows[v]) sets.unite(v, w);
  }
  const std::uint32_t giant = sets.root(frequent.root);
  for (auto& [root, v] : outside) root = sets.root(v);
  std::erase_if(outside, [=](const auto& at) { return at.first == giant; });
  std::ranges::sort(outside);
  return outside;
}

}  // namespace

Buffer<double> settled_walk(const ArcMatrix& arcs, const Buffer<double>& W, const Job& job) {
  const Rows& rows = arcs.rows();
  const auto is_tied = [&](std::size_t v) { return rows.begin[v] < rows.arc_count(); };  // isolates are the last
  const auto numbers = std::views::iota(std::size_t{0}, arcs.size());
  const auto tied = static_cast<std::size_t>(std::ranges::partition_point(numbers, is_tied) - numbers.begin());
  const auto small = small_components(rows, tied);
  const auto time_for_weight = [&](std::size_t nodes, double weight) {
    return weight > 0 ? static_cast<double>(nodes) / static_cast<double>(arcs.size()) / weight : 0.0;
  };

  Buffer<double> time(arcs.size());
  std::ranges::copy(W, time.begin());
  for (const auto& [root, v] : small) time[v] = 0;
  const double weight_of_giant = arcs.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> sum{};
    for (std::size_t v = first; v < last; ++v) sum[0] += time[v];
    return sum;
  })[0];
  const double in_giant = time_for_weight(tied - small.size(), weight_of_giant);
  arcs.for_rows(job, [&](std::size_t first, std::size_t last) {
    for (std::size_t v = first; v < last; ++v) time[v] *= in_giant;
  });
  for (std::size_t i = 0, end = 0; i < small.size(); i = end) {
    double weight = 0;
    for (; end < small.size() && small[end].first == small[i].first; ++end) weight += W[small[end].second];
    const double in_them = time_for_weight(end - i, weight);
    for (std::size_t k = i; k < end; ++k) time[small[k].second] = in_them * W[small[k].second];
  }
  return time;
}

}  // namespace entente

#include "algorithms/statistics/distances.hpp"

#include <algorithm>
#include <bit>
#include <utility>
#include <vector>

#include "algorithms/cohesion/components.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

/// One component as rows of its own, its nodes numbered from 0.
struct ComponentRows {
  std::vector<std::uint64_t> begin{0};
  std::vector<std::uint32_t> neighbour;
  std::size_t size() const { return begin.size() - 1; }
};

ComponentRows rows_of_largest(const Symmetric& graph, const Components& parts) {
  NodeColumn<std::uint32_t> number(graph.node_count(), 0);
  std::uint32_t next = 0;
  for (const NodeId u : graph.nodes()) {
    if (parts.component[u] == 0) number[u] = next++;
  }
  ComponentRows rows;
  for (const NodeId u : graph.nodes()) {
    if (parts.component[u] != 0) continue;
    for (const NodeId v : graph.neighbours(u)) {
      const bool again = rows.neighbour.size() > rows.begin.back() && rows.neighbour.back() == number[v];
      if (v != u && !again) rows.neighbour.push_back(number[v]);
    }
    rows.begin.push_back(rows.neighbour.size());
  }
  return rows;
}

struct DistanceTotals {
  std::int64_t sum = 0;
  std::int64_t longest = 0;
};

/// Breadth-first search from up to 64 sources at once: bit s of a word stands for source first + s.
DistanceTotals distances_from(const ComponentRows& rows, std::size_t first, const Job& job) {
  std::vector<std::uint64_t> seen(rows.size(), 0), frontier(rows.size(), 0), next(rows.size(), 0);
  std::vector<std::uint32_t> active, touched;  // nodes with a bit in `frontier`, in `next`
  for (std::size_t s = 0; s < 64 && first + s < rows.size(); ++s) {
    seen[first + s] = frontier[first + s] = std::uint64_t{1} << s;
    active.push_back(static_cast<std::uint32_t>(first + s));
  }

  DistanceTotals totals;
  for (std::int64_t hops = 1; !active.empty() && !job.cancelled(); ++hops) {
    for (const std::uint32_t u : active) {
      for (std::uint64_t a = rows.begin[u]; a < rows.begin[u + 1]; ++a) {
        const std::uint32_t v = rows.neighbour[a];
        const std::uint64_t arriving = frontier[u] & ~seen[v];
        if (arriving == 0) continue;
        if (next[v] == 0) touched.push_back(v);
        next[v] |= arriving;
      }
    }
    for (const std::uint32_t u : active) frontier[u] = 0;
    for (const std::uint32_t v : touched) {
      totals.sum += hops * std::popcount(next[v]);
      totals.longest = hops;
      seen[v] |= next[v];
      frontier[v] = std::exchange(next[v], 0);
    }
    std::swap(active, touched);
    touched.clear();
  }
  return totals;
}

}  // namespace

Result<ComponentDistances> distances_in_largest_component(const Symmetric& graph, const DistanceOptions& options,
                                                          const Job& job) {
  const auto parts = components(graph, job);
  if (!parts) return tl::unexpected(parts.error());
  ComponentDistances result{.nodes = parts->largest, .diameter = {}, .average = {}};
  if (result.nodes == 0 || result.nodes > options.most_nodes) return result;

  const ComponentRows rows = rows_of_largest(graph, *parts);
  std::vector<DistanceTotals> totals((rows.size() + 63) / 64);
  for_each_block(totals.size(), job, [&](std::size_t batch) { totals[batch] = distances_from(rows, batch * 64, job); });
  if (job.cancelled()) return interrupted();

  std::int64_t sum = 0, longest = 0;
  for (const DistanceTotals& part : totals) {
    sum += part.sum;
    longest = std::max(longest, part.longest);
  }
  result.diameter = longest;
  const auto n = static_cast<double>(rows.size());
  if (rows.size() > 1) result.average = static_cast<double>(sum) / (n * (n - 1));
  return result;
}

}  // namespace entente

#include "algorithms/funds/donor_overlap.hpp"

#include <algorithm>
#include <tuple>

#include "engine/text.hpp"

namespace entente {

namespace {

/// Strict: no two pairs are equal, so the order does not depend on how they were found.
bool overlaps_more(const Overlap& a, const Overlap& b) {
  return std::tuple(-a.units, -a.shared, a.first, a.second) < std::tuple(-b.units, -b.shared, b.first, b.second);
}

/// The bodies that have money, the richest first.
struct RichestFirst {
  std::vector<NodeId> order;
  NodeColumn<std::int64_t> sum;
  NodeColumn<std::uint32_t> rank;

  RichestFirst(const GiftRows& rows, std::size_t n) : sum(n, 0), rank(n, 0) {
    for (const NodeId v : ids_below<NodeId>(n)) {
      for (const auto [partner, units] : rows[v]) sum[v] += units;
      if (sum[v] > 0) order.push_back(v);
    }
    std::ranges::sort(order, [&](NodeId a, NodeId b) { return std::pair(-sum[a], a) < std::pair(-sum[b], b); });
    for (std::size_t i = 0; i < order.size(); ++i) rank[order[i]] = static_cast<std::uint32_t>(i);
  }
};

}  // namespace

Result<Overlaps> greatest_overlaps(const GiftRows& rows, const GiftRows& others, std::size_t node_count,
                                   const OverlapOptions& options, const Job& job) {
  const RichestFirst bodies(rows, node_count);
  const auto most = static_cast<std::size_t>(std::max<std::int64_t>(options.most_pairs, 0));
  Overlaps answer;
  std::vector<Overlap>& kept = answer.pairs;  // a heap with the least pair in front
  NodeColumn<std::int64_t> units(node_count, 0), shared(node_count, 0);
  std::vector<NodeId> met;
  std::int64_t steps = 0, next_look = 0;
  bool dropped = false;  // a pair with something in common was not kept
  std::size_t place = 0;
  for (; place < bodies.order.size(); ++place) {
    const NodeId v = bodies.order[place];
    if (most == 0 || (kept.size() == most && bodies.sum[v] < kept.front().units) || steps > options.most_steps) break;
    for (const auto [partner, own] : rows[v]) {
      for (const auto [u, its] : others[partner]) {
        if (++steps >= next_look) {
          next_look = steps + (1 << 20);
          if (job.cancelled()) return interrupted();
          job.report("bodies compared by their partners", place, bodies.order.size());
        }
        if (bodies.rank[u] >= place) continue;
        if (shared[u]++ == 0) met.push_back(u);
        units[u] += std::min(own, its);
      }
    }
    for (const NodeId u : met) {
      const auto partners = static_cast<std::int64_t>(rows[u].size() + rows[v].size());
      const Overlap pair{std::min(u, v), std::max(u, v), shared[u], partners - shared[u], units[u]};
      shared[u] = units[u] = 0;
      if (kept.size() == most) {
        dropped = true;
        if (!overlaps_more(pair, kept.front())) continue;
        std::ranges::pop_heap(kept, overlaps_more);
        kept.back() = pair;
      } else {
        kept.push_back(pair);
      }
      std::ranges::push_heap(kept, overlaps_more);
    }
    met.clear();
  }
  std::ranges::sort(kept, overlaps_more);

  const bool all_seen = place == bodies.order.size();
  answer.certain = all_seen || most == 0 || (kept.size() == most && bodies.sum[bodies.order[place]] < kept.back().units);
  answer.complete = all_seen && !dropped;
  if (!answer.certain) {
    answer.completeness = "stopped after " + counted(static_cast<std::size_t>(options.most_steps), "step", "steps") +
                          ": complete only among the " + counted(place, "body", "bodies") + " with the most money, of " +
                          std::to_string(bodies.order.size());
  } else if (!answer.complete) {
    answer.completeness = "the " + counted(kept.size(), "pair", "pairs") + " with the most money in common; others were left out";
  } else {
    answer.completeness = "complete: every pair with a partner in common";
  }
  return answer;
}

}  // namespace entente

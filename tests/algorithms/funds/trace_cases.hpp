#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "algorithms/flow/random_funding.hpp"
#include "algorithms/funds/trace.hpp"

namespace entente::test {

/// Payments on days, and a question about them.
struct TraceCase {
  Graph graph;
  std::size_t bodies = 0;
  std::vector<Ends> edges;
  EdgeColumn<std::int64_t> amount;
  EdgeColumn<DayRange> days;
  std::vector<NodeId> from, to;

  TracedTies ties() const { return {&amount, nullptr, &days}; }
  bool is_source(NodeId v) const { return std::ranges::find(from, v) != from.end(); }
  /// Whether the tie can carry traced money at all.
  bool counts(EdgeId e) const {
    const auto [u, v] = graph.ends(e);
    return amount[e] > 0 && !(is_source(u) && is_source(v));
  }
  bool spends(EdgeId e) const { return graph.ends(e).source == graph.ends(e).target; }
};

/// Up to `most_bodies` bodies with circles, loops and parallel ties, amounts 0 ... most_amount, each tie on its own day.
inline TraceCase random_trace(Seed seed, std::size_t most_bodies, std::size_t most_ties, std::uint64_t most_amount) {
  Random random(seed, 0x7472616365);
  TraceCase c;
  c.bodies = 3 + random.below(most_bodies - 2);
  c.edges = random_arcs(c.bodies, 1 + random.below(most_ties), seed, true, true);
  std::vector<Day> day;
  for (std::size_t i = 0; i < c.edges.size(); ++i) day.push_back(static_cast<Day>(10 * i));
  shuffle(day, random);
  for (std::size_t i = 0; i < c.edges.size(); ++i) {
    c.amount.push_back(static_cast<std::int64_t>(random.below(most_amount + 1)));
    c.days.push_back({day[i], day[i], true});
  }
  std::vector<NodeId> nodes;
  for (const NodeId v : ids_below<NodeId>(c.bodies)) nodes.push_back(v);
  shuffle(nodes, random);
  c.from = {nodes[0]};
  c.to = {nodes[1]};
  if (c.bodies > 4 && seed % 3 == 0) c.from.push_back(nodes[2]);
  if (c.bodies > 4 && seed % 4 == 0) c.to.push_back(nodes[3]);
  c.graph = directed(c.bodies, c.edges);
  return c;
}

/// What of the money ended at a body, 0 where it is no end.
inline std::int64_t ended_at(const TracedFunds& funds, std::uint32_t body) {
  for (const TracedEnd& end : funds.ends) {
    if (end.body == NodeId{body}) return end.money;
  }
  return 0;
}

inline std::int64_t sum_of_ends(const TracedFunds& funds) {
  std::int64_t sum = 0;
  for (const TracedEnd& end : funds.ends) sum += end.money;
  return sum;
}

}  // namespace entente::test

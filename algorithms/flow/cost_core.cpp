#include "algorithms/flow/cost_core.hpp"

#include <algorithm>

namespace entente {

std::vector<std::uint8_t> places_of_nodes(std::size_t node_count, std::span<const CostArc> arcs,
                                          std::span<const std::int64_t> supply) {
  std::vector<std::uint8_t> place(node_count, 0);
  for (const bool forward : {true, false}) {
    const std::uint8_t mark = static_cast<std::uint8_t>(forward ? CostPlace::fed : CostPlace::draining);
    std::vector<std::uint32_t> begin(node_count + 1, 0), next(arcs.size()), queue;
    const auto first = [&](const CostArc& arc) { return forward ? arc.tail : arc.head; };
    for (const CostArc& arc : arcs) ++begin[first(arc) + 1];
    for (std::size_t i = 1; i <= node_count; ++i) begin[i] += begin[i - 1];
    std::vector<std::uint32_t> fill(begin.begin(), begin.end() - 1);
    for (const CostArc& arc : arcs) {
      if (arc.capacity > 0) next[fill[first(arc)]++] = forward ? arc.head : arc.tail;
    }
    for (std::uint32_t v = 0; v < node_count; ++v) {
      if (forward ? supply[v] > 0 : supply[v] < 0) place[v] |= mark, queue.push_back(v);
    }
    for (std::size_t i = 0; i < queue.size(); ++i) {
      for (std::uint32_t j = begin[queue[i]]; j < fill[queue[i]]; ++j) {
        if ((place[next[j]] & mark) == 0) place[next[j]] |= mark, queue.push_back(next[j]);
      }
    }
  }
  return place;
}

CostCore cost_core(std::span<const CostArc> arcs, std::span<const std::int64_t> supply,
                   const std::vector<std::uint8_t>& place, std::int64_t all_supplied) {
  constexpr std::uint32_t none = 0xFFFFFFFF;
  CostCore core;
  std::vector<std::uint32_t> name(place.size(), none);
  for (std::uint32_t v = 0; v < place.size(); ++v) {
    if (place[v] != static_cast<std::uint8_t>(CostPlace::between)) continue;
    name[v] = static_cast<std::uint32_t>(core.node.size());
    core.node.push_back(v);
    core.supply.push_back(supply[v]);
  }
  for (std::uint32_t a = 0; a < arcs.size(); ++a) {
    const CostArc& arc = arcs[a];
    if (arc.capacity == 0 || name[arc.tail] == none || name[arc.head] == none) continue;
    core.arc.push_back(a);
    core.arcs.push_back({name[arc.tail], name[arc.head], std::min(arc.capacity - 1, all_supplied) + 1, arc.cost});
    core.greatest_cost = std::max(core.greatest_cost, arc.cost);
  }
  return core;
}

WideUnits most_at_a_node(const CostCore& core) {
  std::vector<WideUnits> most(core.node.size() + 1, 0);
  for (std::size_t v = 0; v < core.node.size(); ++v) most[v] = core.supply[v] < 0 ? -core.supply[v] : core.supply[v];
  for (const CostArc& arc : core.arcs) most[arc.tail] += arc.capacity, most[arc.head] += arc.capacity;
  return *std::ranges::max_element(most);
}

}  // namespace entente

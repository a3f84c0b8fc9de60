#include "algorithms/community/level.hpp"

#include <limits>
#include <numeric>

namespace entente {

namespace {
constexpr std::uint32_t no_group_yet = std::numeric_limits<std::uint32_t>::max();
}

Grouping singletons(std::size_t size) {
  Grouping group(size);
  std::iota(group.begin(), group.end(), 0u);
  return group;
}

Level ground_level(const Symmetric& graph, const ScaledWeights& weights, ClusterQuality quality) {
  const std::size_t n = graph.node_count();
  Level level;
  level.begin.reserve(n + 1);
  level.neighbour.reserve(graph.arc_count());
  level.weight.reserve(graph.arc_count());
  level.strength.reserve(n);
  for (const NodeId u : graph.nodes()) {
    double strength = 0;
    for (const auto [v, edge] : graph.arcs(u)) {
      const double w = weights.weight[edge];
      strength += v == u ? 2 * w : w;
      if (v == u || w == 0) continue;
      level.neighbour.push_back(v.index);
      level.weight.push_back(w);
    }
    level.begin.push_back(level.neighbour.size());
    level.strength.push_back(strength);
    level.doubled += strength;
  }
  level.mass = quality == ClusterQuality::modularity ? level.strength : std::vector<double>(n, 1.0);
  return level;
}

Level aggregated(const Level& level, const Grouping& group, std::size_t count) {
  // Members of each group, one group after the other.
  std::vector<std::uint32_t> first(count + 1, 0), member(level.size());
  for (const std::uint32_t g : group) ++first[g + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  std::vector<std::uint32_t> place(first.begin(), first.end() - 1);
  for (std::uint32_t v = 0; v < level.size(); ++v) member[place[group[v]]++] = v;

  Level above;
  above.begin.reserve(count + 1);
  above.strength.assign(count, 0);
  above.mass.assign(count, 0);
  above.doubled = level.doubled;
  std::vector<double> weight_to(count, 0);
  std::vector<std::uint32_t> touched;
  for (std::uint32_t g = 0; g < count; ++g) {
    for (std::uint32_t i = first[g]; i < first[g + 1]; ++i) {
      const std::uint32_t v = member[i];
      above.strength[g] += level.strength[v];
      above.mass[g] += level.mass[v];
      for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
        const std::uint32_t h = group[level.neighbour[a]];
        if (h == g) continue;
        if (weight_to[h] == 0) touched.push_back(h);
        weight_to[h] += level.weight[a];
      }
    }
    for (const std::uint32_t h : touched) {
      above.neighbour.push_back(h);
      above.weight.push_back(weight_to[h]);
      weight_to[h] = 0;
    }
    touched.clear();
    above.begin.push_back(above.neighbour.size());
  }
  return above;
}

std::size_t close_gaps(Grouping& group) {
  Grouping number(group.size(), no_group_yet);
  std::uint32_t count = 0;
  for (std::uint32_t& g : group) {
    if (number[g] == no_group_yet) number[g] = count++;
    g = number[g];
  }
  return count;
}

std::size_t split_disconnected(const Level& level, Grouping& group) {
  const std::size_t before = close_gaps(group);
  Grouping part(level.size(), no_group_yet);
  std::vector<std::uint32_t> queue;
  std::uint32_t count = 0;
  for (std::uint32_t start = 0; start < level.size(); ++start) {
    if (part[start] != no_group_yet) continue;
    part[start] = count;
    queue.assign(1, start);
    for (std::size_t head = 0; head < queue.size(); ++head) {
      const std::uint32_t u = queue[head];
      for (std::uint64_t a = level.begin[u]; a < level.begin[u + 1]; ++a) {
        const std::uint32_t v = level.neighbour[a];
        if (group[v] != group[u] || part[v] != no_group_yet) continue;
        part[v] = count;
        queue.push_back(v);
      }
    }
    ++count;
  }
  group = std::move(part);
  return count - before;
}

}  // namespace entente

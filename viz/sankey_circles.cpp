#include "viz/sankey_circles.hpp"

#include <algorithm>

namespace entente {

SankeyComponents strong_components(std::size_t nodes, std::vector<std::pair<std::uint32_t, std::uint32_t>> arcs) {
  constexpr std::uint32_t none = 0xFFFFFFFF;
  std::ranges::sort(arcs);
  std::vector<std::size_t> row(nodes + 1, 0);
  for (const auto& [from, to] : arcs) ++row[from + 1];
  for (std::size_t v = 0; v < nodes; ++v) row[v + 1] += row[v];
  std::vector<std::size_t> next(row.begin(), row.end() - 1);
  std::vector<std::uint32_t> found(nodes, none), low(nodes, 0), way, open;
  std::uint32_t time = 0;
  SankeyComponents components;
  components.of.assign(nodes, none);
  for (std::uint32_t root = 0; root < nodes; ++root) {
    if (found[root] != none) continue;
    way.push_back(root);
    while (!way.empty()) {
      const std::uint32_t v = way.back();
      if (found[v] == none) {
        found[v] = low[v] = time++;
        open.push_back(v);
      }
      if (next[v] < row[v + 1]) {
        const std::uint32_t to = arcs[next[v]++].second;
        if (found[to] == none) way.push_back(to);
        else if (components.of[to] == none) low[v] = std::min(low[v], found[to]);
        continue;
      }
      way.pop_back();
      if (!way.empty()) low[way.back()] = std::min(low[way.back()], low[v]);
      if (low[v] != found[v]) continue;
      const auto number = static_cast<std::uint32_t>(components.size.size());
      components.size.push_back(0);
      for (std::uint32_t member = none; member != v; open.pop_back()) {
        member = open.back();
        components.of[member] = number;
        ++components.size[number];
      }
    }
  }
  // The search closes a component after all that it leads to.
  const auto last = static_cast<std::uint32_t>(components.size.size()) - 1;
  for (std::uint32_t& number : components.of) number = last - number;
  std::ranges::reverse(components.size);
  return components;
}

std::vector<std::uint32_t> component_levels(const SankeyComponents& components,
                                            const std::vector<std::pair<std::uint32_t, std::uint32_t>>& arcs) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> between;
  for (const auto& [from, to] : arcs) {
    if (components.of[from] != components.of[to]) between.emplace_back(components.of[from], components.of[to]);
  }
  std::ranges::sort(between);  // so that a component's level is final before its arcs are read
  std::vector<std::uint32_t> level(components.size.size(), 0);
  for (const auto& [from, to] : between) level[to] = std::max(level[to], level[from] + 1);
  return level;
}

}  // namespace entente

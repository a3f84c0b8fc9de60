#pragma once

// The arcs of a network in the order of their sources, as graphs in compressed rows are built from: by counting, in two sweeps.

#include <cstdint>
#include <vector>

#include "bench/protocol.hpp"

namespace bench {

/// Arc i goes from the edge's source to its target; with both ways, arc m + i goes back.
struct BySource {
  BySource(const EdgeList& edges, bool both_ways) : count((both_ways ? 2 : 1) * edges.size()), source(count), target(count), edge(count), place(count) {
    const auto m = edges.size();
    std::vector<std::uint32_t> next(edges.nodes + std::size_t{1}, 0);
    for (std::size_t i = 0; i < m; ++i) {
      ++next[edges.source[i] + std::size_t{1}];
      if (both_ways) ++next[edges.target[i] + std::size_t{1}];
    }
    for (std::size_t v = 1; v < next.size(); ++v) next[v] += next[v - 1];
    const auto put = [&](std::size_t arc, std::size_t i, std::uint32_t from, std::uint32_t to) {
      const auto at = next[from]++;
      source[at] = from, target[at] = to, edge[at] = static_cast<std::uint32_t>(i), place[arc] = at;
    };
    for (std::size_t i = 0; i < m; ++i) {
      put(i, i, edges.source[i], edges.target[i]);
      if (both_ways) put(m + i, i, edges.target[i], edges.source[i]);
    }
  }

  std::size_t count;
  std::vector<std::uint32_t> source, target;  // in the new order
  std::vector<std::uint32_t> edge;            // whose edge stands there
  std::vector<std::uint32_t> place;           // where arc i stands
};

}  // namespace bench

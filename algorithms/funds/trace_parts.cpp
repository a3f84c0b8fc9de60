#include "algorithms/funds/trace_parts.hpp"

#include <algorithm>
#include <limits>

namespace entente {

FundsParts parts_reached(const FundsNetwork& network) {
  constexpr std::uint32_t unseen = std::numeric_limits<std::uint32_t>::max(), done = unseen - 1;
  struct Visit {
    std::uint32_t place;
    std::size_t next;  // position in network.out
  };
  // The least number on the stack that a place is known to reach; `done` once its part is complete.
  std::vector<std::uint32_t> lowest(network.places() + 1, unseen), number(network.places() + 1);
  std::vector<std::uint32_t> waiting;
  std::vector<Visit> path;
  std::uint32_t count = 0;
  FundsParts parts;
  parts.part_begin.push_back(0);
  const auto enter = [&](std::uint32_t v) {
    lowest[v] = number[v] = count++;
    waiting.push_back(v);
    path.push_back({v, network.out_begin[v]});
  };
  enter(network.origin());
  while (!path.empty()) {
    auto& [v, next] = path.back();
    if (next < network.out_begin[v + 1]) {
      const std::uint32_t w = network.moves[network.out[next++]].head;
      if (lowest[w] == unseen) enter(w);
      else if (lowest[w] != done) lowest[v] = std::min(lowest[v], lowest[w]);
      continue;
    }
    const std::uint32_t left = v;
    path.pop_back();
    if (!path.empty()) lowest[path.back().place] = std::min(lowest[path.back().place], lowest[left]);
    if (lowest[left] != number[left] || left == network.origin()) continue;
    const std::size_t first = parts.places.size();
    while (true) {
      const std::uint32_t w = waiting.back();
      waiting.pop_back();
      lowest[w] = done;
      parts.places.push_back(w);
      if (w == left) break;
    }
    std::reverse(parts.places.begin() + static_cast<std::ptrdiff_t>(first), parts.places.end());
    parts.part_begin.push_back(static_cast<std::uint32_t>(parts.places.size()));
  }
  return parts;
}

}  // namespace entente

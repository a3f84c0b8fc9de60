#include "viz/sankey_levels.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "viz/sankey_circles.hpp"

namespace entente {

namespace {

__extension__ using Weight = __int128;

/// Weights of all pairs as a matrix; money decides, ties of unknown amount only among equals.
class ArcMatrix {
 public:
  ArcMatrix(std::size_t nodes, const std::vector<SankeyArc>& arcs) : nodes_(nodes), weight_(nodes * nodes, 0) {
    Weight unknown = 1;
    for (const SankeyArc& arc : arcs) unknown += static_cast<Weight>(arc.unknown);
    for (const SankeyArc& arc : arcs) {
      if (arc.source == arc.target) continue;
      weight_[arc.source * nodes + arc.target] += static_cast<Weight>(arc.units) * unknown + static_cast<Weight>(arc.unknown);
    }
  }
  Weight operator()(std::size_t from, std::size_t to) const { return weight_[from * nodes_ + to]; }

 private:
  std::size_t nodes_;
  std::vector<Weight> weight_;
};

/// Sources to the front, sinks to the back, else the node that gives most beyond what it gets to the front.
std::vector<std::size_t> greedy_order(std::size_t nodes, const ArcMatrix& weight) {
  std::vector<Weight> in(nodes, 0), out(nodes, 0);
  for (std::size_t u = 0; u < nodes; ++u) {
    for (std::size_t v = 0; v < nodes; ++v) {
      out[u] += weight(u, v);
      in[v] += weight(u, v);
    }
  }
  std::vector<std::size_t> left(nodes), front, back;
  for (std::size_t v = 0; v < nodes; ++v) left[v] = v;
  const auto take = [&](std::size_t v, std::vector<std::size_t>& to) {
    to.push_back(v);
    std::erase(left, v);
    for (const std::size_t u : left) {
      out[u] -= weight(u, v);
      in[u] -= weight(v, u);
    }
  };
  while (!left.empty()) {
    const auto sink = std::ranges::find_if(left, [&](std::size_t v) { return out[v] == 0 && in[v] != 0; });
    if (sink != left.end()) {
      take(*sink, back);
      continue;
    }
    const auto source = std::ranges::find_if(left, [&](std::size_t v) { return in[v] == 0; });
    if (source != left.end()) {
      take(*source, front);
      continue;
    }
    const auto most = std::ranges::max_element(left, {}, [&](std::size_t v) { return out[v] - in[v]; });
    take(*most, front);
  }
  front.insert(front.end(), back.rbegin(), back.rend());
  return front;
}

/// Moves every node to the place where least runs backwards, as long as that helps.
void sift(std::vector<std::size_t>& order, const ArcMatrix& weight) {
  constexpr int most_rounds = 8;
  for (int round = 0; round < most_rounds; ++round) {
    bool moved = false;
    for (std::size_t v = 0; v < order.size(); ++v) {
      const auto at = static_cast<std::size_t>(std::ranges::find(order, v) - order.begin());
      // Passing u to the right turns u -> v forward into backward no more, and v -> u into backward.
      Weight best = 0, change = 0;
      std::size_t to = at;
      for (std::size_t i = at; i-- > 0;) {
        change += weight(order[i], v) - weight(v, order[i]);
        if (change < best) {
          best = change;
          to = i;
        }
      }
      change = 0;
      for (std::size_t i = at + 1; i < order.size(); ++i) {
        change += weight(v, order[i]) - weight(order[i], v);
        if (change < best) {
          best = change;
          to = i;
        }
      }
      if (to == at) continue;
      moved = true;
      order.erase(order.begin() + static_cast<std::ptrdiff_t>(at));
      order.insert(order.begin() + static_cast<std::ptrdiff_t>(to), v);
    }
    if (!moved) return;
  }
}

/// Cuts the order into `most` pieces with the least weight within pieces.
std::vector<std::size_t> cut_into_levels(const std::vector<std::size_t>& order, const ArcMatrix& weight, std::size_t most) {
  const std::size_t n = order.size();
  // within[a][b]: what stays within the piece order[a..b).
  std::vector<std::vector<Weight>> within(n + 1, std::vector<Weight>(n + 1, 0));
  for (std::size_t b = 1; b <= n; ++b) {
    Weight reaching = 0;
    for (std::size_t a = b - 1; a-- > 0;) {
      reaching += weight(order[a], order[b - 1]) + weight(order[b - 1], order[a]);
      within[a][b] = within[a][b - 1] + reaching;
    }
  }
  std::vector<std::vector<Weight>> cost(most + 1, std::vector<Weight>(n + 1, -1));
  std::vector<std::vector<std::size_t>> begin(most + 1, std::vector<std::size_t>(n + 1, 0));
  cost[0][0] = 0;
  for (std::size_t k = 1; k <= most; ++k) {
    for (std::size_t b = k; b <= n; ++b) {
      for (std::size_t a = k - 1; a < b; ++a) {
        if (cost[k - 1][a] < 0) continue;
        const Weight candidate = cost[k - 1][a] + within[a][b];
        if (cost[k][b] < 0 || candidate < cost[k][b]) {
          cost[k][b] = candidate;
          begin[k][b] = a;
        }
      }
    }
  }
  std::vector<std::size_t> level(n, 0);
  for (std::size_t k = most, b = n; k > 0; --k) {
    for (std::size_t i = begin[k][b]; i < b; ++i) level[order[i]] = k - 1;
    b = begin[k][b];
  }
  return level;
}

/// The same order where components allow it: every one in one piece, and none before what leads to it. What lies on no
/// circle then runs forward; within a component nothing changes.
std::vector<std::size_t> by_components(const std::vector<std::size_t>& order, const std::vector<SankeyArc>& arcs) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (const SankeyArc& arc : arcs) pairs.emplace_back(static_cast<std::uint32_t>(arc.source), static_cast<std::uint32_t>(arc.target));
  const SankeyComponents components = strong_components(order.size(), pairs);
  const std::size_t count = components.size.size();
  std::vector<std::vector<std::size_t>> members(count), leads_to(count);
  std::vector<std::size_t> first(count, 0), waits(count, 0);
  for (std::size_t i = 0; i < order.size(); ++i) {
    auto& own = members[components.of[order[i]]];
    if (own.empty()) first[components.of[order[i]]] = i;
    own.push_back(order[i]);
  }
  for (const auto& [from, to] : pairs) {
    if (components.of[from] == components.of[to]) continue;
    leads_to[components.of[from]].push_back(components.of[to]);
    ++waits[components.of[to]];
  }
  std::set<std::pair<std::size_t, std::size_t>> ready;  // by place in the order
  for (std::size_t component = 0; component < count; ++component) {
    if (waits[component] == 0) ready.emplace(first[component], component);
  }
  std::vector<std::size_t> sorted;
  while (!ready.empty()) {
    const std::size_t component = ready.begin()->second;
    ready.erase(ready.begin());
    sorted.insert(sorted.end(), members[component].begin(), members[component].end());
    for (const std::size_t next : leads_to[component]) {
      if (--waits[next] == 0) ready.emplace(first[next], next);
    }
  }
  return sorted;
}

}  // namespace

std::vector<std::size_t> feedback_order(std::size_t nodes, const std::vector<SankeyArc>& arcs) {
  const ArcMatrix weight(nodes, arcs);
  std::vector<std::size_t> order = greedy_order(nodes, weight);
  sift(order, weight);
  return by_components(order, arcs);
}

std::vector<std::size_t> hop_levels(const std::vector<std::size_t>& order, const std::vector<SankeyArc>& arcs,
                                    std::size_t most) {
  const std::size_t n = order.size();
  std::vector<std::size_t> place(n);
  for (std::size_t i = 0; i < n; ++i) place[order[i]] = i;
  std::vector<std::vector<std::size_t>> forward(n);
  std::vector<std::uint8_t> receives(n, 0);
  for (const SankeyArc& arc : arcs) {
    if (arc.source == arc.target) continue;
    if (place[arc.source] > place[arc.target]) continue;
    forward[arc.source].push_back(arc.target);
    receives[arc.target] = 1;
  }
  std::vector<std::size_t> level(n, 0);
  std::size_t depth = 0;
  for (const std::size_t u : order) {
    for (const std::size_t v : forward[u]) level[v] = std::max(level[v], level[u] + 1);
    depth = std::max(depth, level[u] + 1);
  }
  if (depth > most) return cut_into_levels(order, ArcMatrix(n, arcs), std::min(most, n));
  for (const std::size_t u : order) {
    if (forward[u].empty() && receives[u]) level[u] = depth - 1;
  }
  return level;
}

std::vector<std::size_t> sankey_hop_levels(const SankeyData& data) {
  std::vector<SankeyArc> arcs;
  for (const SankeyLink& link : data.links) arcs.push_back({link.source, link.target, link.units, link.unknown});
  return hop_levels(feedback_order(data.nodes.size(), arcs), arcs, sankey_most_hops);
}

}  // namespace entente

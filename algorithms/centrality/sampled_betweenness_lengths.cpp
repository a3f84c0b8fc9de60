#include "algorithms/centrality/sampled_betweenness_lengths.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace entente {

namespace {

constexpr double unreached = std::numeric_limits<double>::infinity();
constexpr double up_to_equal = 1 + 1e-12;
constexpr double up_to_rounding = 1 + 1e-6;  // sums of up to 2^32 lengths, however they are added up
constexpr std::uint32_t settled_between_stops = 4096;

ArcsByLength rows_by_length(std::uint32_t nodes, std::size_t arcs, auto&& for_each_arc) {
  ArcsByLength rows;
  rows.begin = Buffer<std::uint64_t>(nodes + std::size_t{1}, 0);
  rows.arc = Buffer<ArcsByLength::Arc>(arcs);
  for_each_arc([&](std::uint32_t tail, std::uint32_t, double) { ++rows.begin[tail + std::size_t{1}]; });
  for (std::uint32_t v = 0; v < nodes; ++v) rows.begin[v + std::size_t{1}] += rows.begin[v];
  std::vector<std::uint64_t> next(rows.begin.begin(), rows.begin.end());
  for_each_arc([&](std::uint32_t tail, std::uint32_t head, double length) { rows.arc[next[tail]++] = {length, head}; });
  const auto shorter = [](const ArcsByLength::Arc& a, const ArcsByLength::Arc& b) {
    return std::pair(a.length, a.node) < std::pair(b.length, b.node);
  };
  for (std::uint32_t v = 0; v < nodes; ++v) {
    std::sort(rows.arc.data() + rows.begin[v], rows.arc.data() + rows.begin[v + std::size_t{1}], shorter);
  }
  return rows;
}

}  // namespace

ArcsBothWays arcs_by_length(const BatchGraph& graph, std::span<const double> length, bool either_way) {
  const auto for_each_arc = [&](auto&& visit) {
    for (std::uint32_t v = 0; v < graph.node_count; ++v) {
      for (std::uint64_t a = graph.out_begin[v]; a < graph.out_begin[v + 1]; ++a) {
        visit(v, graph.out[a], length[a - graph.out_begin[0]]);
      }
    }
  };
  const auto out = std::make_shared<const ArcsByLength>(rows_by_length(graph.node_count, length.size(), for_each_arc));
  if (either_way) return {out, out};
  return {out, std::make_shared<const ArcsByLength>(
                   rows_by_length(graph.node_count, length.size(), [&](auto&& visit) {
                     for_each_arc([&](std::uint32_t u, std::uint32_t v, double l) { visit(v, u, l); });
                   }))};
}

LengthPathSampler::LengthPathSampler(ArcsBothWays arcs, std::size_t node_count) : arcs_(std::move(arcs)) {
  for (Side& side : side_) side.node = Buffer<Node>(node_count, Node{unreached, 0, 0});
  side_[0].ahead = side_[1].back = arcs_.out.get();
  side_[1].ahead = side_[0].back = arcs_.in.get();
}

void LengthPathSampler::begin(Side& side, std::uint32_t end) {
  for (const std::uint32_t v : side.touched) side.node[v] = {unreached, 0, 0};
  side.touched.assign(1, end);
  side.waiting.clear();
  side.waiting.push(0, end);
  side.node[end].distance = 0;
  side.end = end;
  side.settled = 0;
  side.arcs_seen = 0;
  side.on_path.clear();
  side.before.clear();
  look_for_nearest(side);
}

/// Drops entries that a shorter way has outdated.
void LengthPathSampler::look_for_nearest(Side& side) {
  const auto current = [&](const Heap::Entry& entry) { return side.node[entry.node].distance == entry.key; };
  auto& nearest = side.waiting.nearest();
  for (;;) {
    while (!nearest.empty() && !current(nearest.back())) nearest.pop_back();
    if (!nearest.empty()) {
      side.nearest = nearest.back().key;
      return;
    }
    if (!side.waiting.refill(current, [](std::uint32_t, bool) {})) {
      side.nearest = unreached;
      return;
    }
  }
}

void LengthPathSampler::settle_nearest(Side& moving, const Side& other) {
  const std::uint32_t u = moving.waiting.nearest().back().node;
  moving.waiting.nearest().pop_back();
  const double distance = moving.nearest;
  moving.node[u].place = ++moving.settled;
  for (const auto& [length, v] : (*moving.ahead)[u]) {
    const double there = distance + length;
    if (there > limit_) break;
    ++moving.arcs_seen;
    const Node& met = other.node[v];
    if (const double whole = there + met.distance; whole < best_) {
      best_ = whole;
      limit_ = best_ * up_to_rounding;
    }
    // What is left to the other end is known, or no less than where that side stands.
    if (there + (met.place > 0 ? met.distance : other.nearest) > limit_) continue;
    if (met.place > 0) {
      const bool from_s = &moving == &side_[0];
      crossings_.push_back({from_s ? u : v, from_s ? v : u, there + met.distance, 0});
    }
    Node& reached = moving.node[v];
    if (there >= reached.distance) continue;
    if (reached.distance == unreached) moving.touched.push_back(v);
    reached.distance = there;
    moving.waiting.push(there, v);
  }
  ++moving.arcs_seen;
  look_for_nearest(moving);
}

/// Every node on a shortest path is near s, and settled from there, or is not, and settled from t.
bool LengthPathSampler::near_s(std::uint32_t v) const {
  const Node& node = side_[0].node[v];
  return node.place > 0 && node.distance <= near_ && v != side_[1].end;
}

/// Notes v, and all nodes before it on shortest paths from the end of its side.
void LengthPathSampler::find_predecessors(Side& side, std::uint32_t v) {
  const auto note = [&](std::uint32_t u) {
    if (side.node[u].on_path > 0) return;
    side.on_path.push_back({u, 0, 0, 0});
    side.node[u].on_path = static_cast<std::uint32_t>(side.on_path.size());
  };
  std::size_t next = side.on_path.size();
  note(v);
  for (; next < side.on_path.size(); ++next) {
    const std::uint32_t w = side.on_path[next].node;
    const Node at = side.node[w];
    const double equal = at.distance * up_to_equal;
    side.on_path[next].first = static_cast<std::uint32_t>(side.before.size());
    for (const auto& [length, u] : (*side.back)[w]) {
      if (length > equal) break;
      const Node& from = side.node[u];
      // Rounding may settle u a hair after w; the order keeps such an arc from closing a ring.
      if (from.place == 0 || from.place >= at.place || from.distance + length > equal) continue;
      side.before.push_back(u);
      note(u);
    }
    side.on_path[next].last = static_cast<std::uint32_t>(side.before.size());
  }
}

/// False: too many to count.
bool LengthPathSampler::count_paths(Side& side) {
  order_.resize(side.on_path.size());
  std::iota(order_.begin(), order_.end(), 0u);
  std::ranges::sort(order_, {}, [&](std::uint32_t i) { return side.node[side.on_path[i].node].place; });
  for (const std::uint32_t i : order_) {
    OnPath& at = side.on_path[i];
    at.paths = at.node == side.end ? 1 : 0;
    for (std::uint32_t b = at.first; b < at.last; ++b) {
      at.paths += side.on_path[side.node[side.before[b]].on_path - 1].paths;
    }
    if (!(at.paths <= most_paths)) return false;
  }
  return true;
}

const LengthPathSampler::Crossing* LengthPathSampler::draw_crossing(Random& random) {
  const auto paths_to = [](const Side& side, std::uint32_t v) { return side.on_path[side.node[v].on_path - 1].paths; };
  double most_from = 1, most_to = 1;  // their product may be too large for a double
  for (const Crossing& crossing : crossings_) {
    most_from = std::max(most_from, paths_to(side_[0], crossing.from));
    most_to = std::max(most_to, paths_to(side_[1], crossing.to));
  }
  double paths = 0;
  for (Crossing& crossing : crossings_) {
    paths += paths_to(side_[0], crossing.from) / most_from * (paths_to(side_[1], crossing.to) / most_to);
    crossing.paths = paths;
  }
  const auto drawn = std::ranges::upper_bound(crossings_, random.unit() * paths, {}, &Crossing::paths);
  if (drawn != crossings_.end()) return &*drawn;
  return &*std::ranges::lower_bound(crossings_, paths, {}, &Crossing::paths);  // rounded up to the sum itself
}

void LengthPathSampler::walk_back(const Side& side, std::uint32_t v, Random& random) {
  while (v != side.end) {
    inside_.push_back(v);
    const OnPath& at = side.on_path[side.node[v].on_path - 1];
    double left = random.unit() * at.paths;
    for (std::uint32_t b = at.first; b < at.last; ++b) {
      v = side.before[b];
      left -= side.on_path[side.node[v].on_path - 1].paths;
      if (left < 0) break;
    }
  }
}

BatchOutcome LengthPathSampler::draw(std::uint32_t s, std::uint32_t t, Random& random,
                                     const std::function<bool()>& stop) {
  inside_.clear();
  crossings_.clear();
  best_ = limit_ = unreached;
  begin(side_[0], s);
  begin(side_[1], t);
  // The first step of both sides, so that t lies farther from s than what is near.
  for (std::uint64_t step = 0;; ++step) {
    const bool from_s = step < 2 ? step == 0 : side_[0].arcs_seen <= side_[1].arcs_seen;
    if (step >= 2 && side_[0].nearest + side_[1].nearest > limit_) break;
    if (side_[0].nearest == unreached || side_[1].nearest == unreached) {
      if (best_ == unreached) return BatchOutcome::done;
      break;
    }
    settle_nearest(side_[from_s ? 0 : 1], side_[from_s ? 1 : 0]);
    if (step % settled_between_stops == 0 && stop()) return BatchOutcome::stopped;
  }
  near_ = std::max(0.0, limit_ - side_[1].nearest);
  std::erase_if(crossings_, [&](const Crossing& crossing) { return !near_s(crossing.from) || near_s(crossing.to); });
  const double equal = std::ranges::min_element(crossings_, {}, &Crossing::length)->length * up_to_equal;
  std::erase_if(crossings_, [&](const Crossing& crossing) { return crossing.length > equal; });
  for (const Crossing& crossing : crossings_) {
    find_predecessors(side_[0], crossing.from);
    find_predecessors(side_[1], crossing.to);
  }
  if (!count_paths(side_[0]) || !count_paths(side_[1])) return BatchOutcome::too_many_paths;
  const Crossing* const crossing = draw_crossing(random);
  walk_back(side_[0], crossing->from, random);
  walk_back(side_[1], crossing->to, random);
  // A way there and back of no length that a double can hold would name a node twice.
  std::ranges::sort(inside_);
  inside_.erase(std::unique(inside_.begin(), inside_.end()), inside_.end());
  return BatchOutcome::done;
}

}  // namespace entente

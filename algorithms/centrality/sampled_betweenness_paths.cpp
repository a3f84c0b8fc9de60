#include "algorithms/centrality/sampled_betweenness_paths.hpp"

#include <algorithm>
#include <limits>

namespace entente {

namespace {

constexpr double large_count = 0x1p400;  // so that the product of two counts and a sum of many stay doubles

}  // namespace

void PathSampler::begin(Side& side, std::uint32_t node, std::uint32_t mark) {
  side.end = node;
  side.mark = mark;
  side.level.assign(1, node);
  side.arcs = side.ahead->degree(node);
  mark_[node] = mark;
  sigma_[node] = 1;
}

/// One level further. Where it meets the other side it notes the arcs; they all lead to the outermost level
/// there, or the sides would have met before.
void PathSampler::advance(Side& side, const Side& other) {
  const std::uint32_t fresh = side.mark + 2;
  next_.clear();
  std::uint64_t arcs = 0;
  for (const std::uint32_t u : side.level) {
    std::uint32_t last = u;
    for (const std::uint32_t v : (*side.ahead)[u]) {
      const std::uint32_t mark = mark_[v];
      if (mark == other.mark) {
        if (v != last) meetings_.push_back({u, v});
      } else if (mark == fresh) {
        if (v != last) sigma_[v] += sigma_[u];
      } else if (mark < base_ && meetings_.empty()) {
        mark_[v] = fresh;
        sigma_[v] = sigma_[u];
        next_.push_back(v);
        arcs += side.ahead->degree(v);
      }
      last = v;
    }
  }
  side.mark = fresh;
  side.level.swap(next_);
  side.arcs = arcs;
  if (!meetings_.empty()) return;
  double largest = 0;
  for (const std::uint32_t v : side.level) largest = std::max(largest, sigma_[v]);
  if (largest < large_count) return;
  for (const std::uint32_t v : side.level) sigma_[v] /= large_count;
}

/// An arc between the sides, in proportion to the paths over it.
const PathSampler::Meeting* PathSampler::draw_meeting(Random& random) {
  double most_inner = 0, most_outer = 0;  // their product may be too small for a double
  for (const Meeting& meeting : meetings_) {
    most_inner = std::max(most_inner, sigma_[meeting.inner]);
    most_outer = std::max(most_outer, sigma_[meeting.outer]);
  }
  double paths = 0;
  for (Meeting& meeting : meetings_) {
    if (most_inner > 0 && most_outer > 0) {
      paths += sigma_[meeting.inner] / most_inner * (sigma_[meeting.outer] / most_outer);
    }
    meeting.paths = paths;
  }
  if (!(paths > 0)) return nullptr;
  const auto met = std::ranges::upper_bound(meetings_, random.unit() * paths, {}, &Meeting::paths);
  if (met != meetings_.end()) return &*met;
  return &*std::ranges::lower_bound(meetings_, paths, {}, &Meeting::paths);  // rounded up to the sum itself
}

/// From a node of the level `mark` back to the end of the side.
void PathSampler::walk_back(const Side& side, std::uint32_t node, std::uint32_t mark, Random& random) {
  while (node != side.end) {
    inside_.push_back(node);
    mark -= 2;
    double sum = 0;
    std::uint32_t last = node;
    const auto row = (*side.back)[node];
    for (const std::uint32_t u : row) {
      if (mark_[u] == mark && u != last) sum += sigma_[u];
      last = u;
    }
    double left = random.unit() * sum;
    std::uint32_t chosen = node;
    last = node;
    for (const std::uint32_t u : row) {
      if (mark_[u] == mark && u != last && sigma_[u] > 0) {
        chosen = u;
        left -= sigma_[u];
        if (left < 0) break;
      }
      last = u;
    }
    node = chosen;
  }
}

std::span<const std::uint32_t> PathSampler::between(std::uint32_t s, std::uint32_t t, Random& random) {
  inside_.clear();
  meetings_.clear();
  // Marks of this search lie above all older ones; at most one level a node and two numbers a level.
  const std::uint64_t used = std::max(side_[0].mark, side_[1].mark) + std::uint64_t{2};
  if (base_ == 0 || used + 2 * (mark_.size() + 2) > std::numeric_limits<std::uint32_t>::max()) {
    mark_.fill(0);
    base_ = 2;
  } else {
    base_ = static_cast<std::uint32_t>(used + used % 2);
  }
  side_[0].ahead = side_[1].back = &out_;
  side_[1].ahead = side_[0].back = &in_;
  begin(side_[0], s, base_);
  begin(side_[1], t, base_ + 1);
  while (meetings_.empty()) {
    if (side_[0].level.empty() || side_[1].level.empty()) return {};
    const bool from_s = side_[0].arcs <= side_[1].arcs;
    Side& moving = side_[from_s ? 0 : 1];
    const Side& waiting = side_[from_s ? 1 : 0];
    advance(moving, waiting);
    if (meetings_.empty()) continue;
    const Meeting* const meeting = draw_meeting(random);
    if (!meeting) {
      overflowed_ = true;
      return {};
    }
    walk_back(moving, meeting->inner, moving.mark - 2, random);
    walk_back(waiting, meeting->outer, waiting.mark, random);
  }
  return inside_;
}

}  // namespace entente

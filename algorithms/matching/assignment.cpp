#include "algorithms/matching/assignment.hpp"

#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>

namespace entente {

namespace {

constexpr std::uint32_t unmatched = std::numeric_limits<std::uint32_t>::max();

bool cheaper(const MatchCandidate& a, const MatchCandidate& b) {
  if (a.cost != b.cost) return a.cost < b.cost;
  return std::tie(a.left, a.right) < std::tie(b.left, b.right);
}

Matching greedy(std::size_t lefts, std::size_t rights, std::vector<MatchCandidate> candidates) {
  std::ranges::sort(candidates, cheaper);
  Matching matching{std::vector<std::optional<std::uint32_t>>(lefts), false};
  std::vector<bool> taken(rights, false);
  for (const MatchCandidate& candidate : candidates) {
    if (matching.right_of[candidate.left] || taken[candidate.right]) continue;
    matching.right_of[candidate.left] = candidate.right;
    taken[candidate.right] = true;
  }
  return matching;
}

/// Successive shortest augmenting paths. The potential of a thing is its distance from the unmatched left things, so
/// every reduced cost is >= 0 and Dijkstra's algorithm finds the next path.
class AugmentingPaths {
 public:
  AugmentingPaths(std::size_t lefts, std::size_t rights, const std::vector<MatchCandidate>& candidates)
      : begin_(lefts + 1, 0), right_of_(lefts, unmatched), left_of_(rights, unmatched), left_potential_(lefts),
        right_potential_(rights), candidates_(candidates) {
    for (const MatchCandidate& candidate : candidates_) ++begin_[candidate.left + 1];
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    std::vector<bool> seen(rights, false);
    for (const MatchCandidate& candidate : candidates_) {
      MatchCost& potential = right_potential_[candidate.right];
      if (!seen[candidate.right] || candidate.cost < potential) potential = candidate.cost;
      seen[candidate.right] = true;
    }
    // The end behind all unmatched right things.
    bool any = false;
    for (std::size_t right = 0; right < rights; ++right) {
      if (seen[right] && (!any || right_potential_[right] < end_potential_)) end_potential_ = right_potential_[right], any = true;
    }
    for (std::size_t right = 0; right < rights; ++right) {
      if (!seen[right]) right_potential_[right] = end_potential_;
    }
  }

  /// Lengthens the matching by one pair, at least cost. False: it is as large as it can be.
  bool augment() {
    const std::size_t rights = left_of_.size();
    distance_.assign(rights, std::nullopt);
    came_from_.assign(rights, unmatched);
    std::vector<bool> settled(rights, false);
    std::vector<std::optional<MatchCost>> left_distance(right_of_.size());
    using Entry = std::tuple<MatchCost::Wide, MatchCost::Wide, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    const auto leave = [&](std::uint32_t left, MatchCost at) {
      left_distance[left] = at;
      for (std::size_t i = begin_[left]; i < begin_[left + 1]; ++i) {
        const MatchCandidate& candidate = candidates_[i];
        if (right_of_[left] == candidate.right || settled[candidate.right]) continue;
        const MatchCost reached = at + candidate.cost + left_potential_[left] - right_potential_[candidate.right];
        std::optional<MatchCost>& known = distance_[candidate.right];
        if (known && !(reached < *known)) continue;
        known = reached;
        came_from_[candidate.right] = left;
        queue.emplace(reached.first, reached.second, candidate.right);
      }
    };
    for (std::uint32_t left = 0; left < right_of_.size(); ++left) {
      if (right_of_[left] == unmatched) leave(left, {});
    }

    std::uint32_t end = unmatched;
    MatchCost to_end;
    while (!queue.empty()) {
      const auto [first, second, right] = queue.top();
      queue.pop();
      if (settled[right]) continue;
      settled[right] = true;
      const MatchCost at{first, second};
      if (end != unmatched && !(at < to_end)) break;
      if (left_of_[right] == unmatched) {
        const MatchCost through = at + right_potential_[right] - end_potential_;
        if (end == unmatched || through < to_end) end = right, to_end = through;
      } else {
        leave(left_of_[right], at);  // the matched pair is left backwards, at reduced cost 0
      }
    }
    if (end == unmatched) return false;

    for (std::size_t left = 0; left < right_of_.size(); ++left) {
      if (left_distance[left] && *left_distance[left] < to_end) left_potential_[left] = left_potential_[left] + *left_distance[left];
      else left_potential_[left] = left_potential_[left] + to_end;
    }
    for (std::size_t right = 0; right < rights; ++right) {
      if (distance_[right] && *distance_[right] < to_end) right_potential_[right] = right_potential_[right] + *distance_[right];
      else right_potential_[right] = right_potential_[right] + to_end;
    }
    end_potential_ = end_potential_ + to_end;

    for (std::uint32_t right = end; right != unmatched;) {
      const std::uint32_t left = came_from_[right], before = right_of_[left];
      right_of_[left] = right;
      left_of_[right] = left;
      right = before;
    }
    return true;
  }

  Matching answer() const {
    Matching matching{std::vector<std::optional<std::uint32_t>>(right_of_.size()), true};
    for (std::size_t left = 0; left < right_of_.size(); ++left) {
      if (right_of_[left] != unmatched) matching.right_of[left] = right_of_[left];
    }
    return matching;
  }

 private:
  std::vector<std::size_t> begin_;  // the candidates of each left thing
  std::vector<std::uint32_t> right_of_, left_of_, came_from_;
  std::vector<MatchCost> left_potential_, right_potential_;
  MatchCost end_potential_;
  std::vector<std::optional<MatchCost>> distance_;
  const std::vector<MatchCandidate>& candidates_;  // by left
};

}  // namespace

Matching match(std::size_t lefts, std::size_t rights, std::vector<MatchCandidate> candidates, std::size_t most_work) {
  const std::size_t pairs = std::min(lefts, rights);
  if (pairs > 0 && candidates.size() > most_work / pairs) return greedy(lefts, rights, std::move(candidates));
  std::ranges::sort(candidates, [](const MatchCandidate& a, const MatchCandidate& b) {
    return std::tie(a.left, a.right) < std::tie(b.left, b.right);
  });
  AugmentingPaths paths(lefts, rights, candidates);
  while (paths.augment()) {
  }
  return paths.answer();
}

}  // namespace entente

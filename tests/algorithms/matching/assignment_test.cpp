#include "algorithms/matching/assignment.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>

#include "engine/random.hpp"

using namespace entente;

namespace {

struct Best {
  std::size_t pairs = 0;
  MatchCost cost;
};

/// Tries every matching.
void try_all(const std::vector<std::vector<std::optional<MatchCost>>>& cost, std::size_t left, std::vector<bool>& taken, Best so_far,
             Best& best) {
  if (left == cost.size()) {
    if (so_far.pairs > best.pairs || (so_far.pairs == best.pairs && so_far.cost < best.cost)) best = so_far;
    return;
  }
  try_all(cost, left + 1, taken, so_far, best);
  for (std::size_t right = 0; right < taken.size(); ++right) {
    if (!cost[left][right] || taken[right]) continue;
    taken[right] = true;
    try_all(cost, left + 1, taken, {so_far.pairs + 1, so_far.cost + *cost[left][right]}, best);
    taken[right] = false;
  }
}

}  // namespace

TEST_CASE("match: more pairs come before cheaper ones, and then the cheapest") {
  // Left 0 likes right 0 best, but left 1 can have nothing else.
  const Matching matching = match(2, 2, {{0, 0, {0, 0}}, {0, 1, {5, 0}}, {1, 0, {9, 0}}});
  CHECK(matching.right_of[0] == 1u);
  CHECK(matching.right_of[1] == 0u);
  // Of equal first costs the second decides.
  const Matching dated = match(1, 2, {{0, 0, {3, 8}}, {0, 1, {3, 7}}});
  CHECK(dated.right_of[0] == 1u);
}

TEST_CASE("match: nothing to match is an answer") {
  CHECK(match(0, 0, {}).right_of.empty());
  CHECK_FALSE(match(2, 3, {}).right_of[1].has_value());
  CHECK_FALSE(match(1, 0, {}).right_of[0].has_value());
}

TEST_CASE("match: agrees with trying every matching") {
  for (std::uint64_t seed = 0; seed < 600; ++seed) {
    CAPTURE(seed);
    Random random(Seed{seed});
    const std::size_t lefts = random.below(6), rights = random.below(6);
    std::vector<std::vector<std::optional<MatchCost>>> cost(lefts, std::vector<std::optional<MatchCost>>(rights));
    std::vector<MatchCandidate> candidates;
    for (std::uint32_t left = 0; left < lefts; ++left) {
      for (std::uint32_t right = 0; right < rights; ++right) {
        if (random.below(3) == 0) continue;
        cost[left][right] = MatchCost{static_cast<std::int64_t>(random.below(8)), static_cast<std::int64_t>(random.below(3))};
        candidates.push_back({left, right, *cost[left][right]});
      }
    }
    Best best;
    std::vector<bool> taken(rights, false);
    try_all(cost, 0, taken, {}, best);

    const Matching matching = match(lefts, rights, candidates);
    CHECK(matching.least_cost);
    Best found;
    std::map<std::uint32_t, int> uses;
    for (std::size_t left = 0; left < lefts; ++left) {
      if (!matching.right_of[left]) continue;
      REQUIRE(cost[left][*matching.right_of[left]].has_value());
      CHECK(++uses[*matching.right_of[left]] == 1);
      ++found.pairs;
      found.cost = found.cost + *cost[left][*matching.right_of[left]];
    }
    CHECK(found.pairs == best.pairs);
    CHECK(found.cost == best.cost);

    const Matching quick = match(lefts, rights, candidates, 0);
    std::size_t pairs = 0;
    for (const auto& right : quick.right_of) pairs += right.has_value();
    CHECK(pairs * 2 >= best.pairs);  // a greedy matching cannot be extended, so it has at least half of the pairs
  }
}

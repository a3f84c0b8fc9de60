#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace entente {

/// What it costs to match two things: first how far apart they are, then, among equals, how late. Costs add up part by
/// part and compare like words of two letters.
struct MatchCost {
  __extension__ using Wide = __int128;
  Wide first = 0;
  Wide second = 0;

  friend constexpr MatchCost operator+(MatchCost a, MatchCost b) { return {a.first + b.first, a.second + b.second}; }
  friend constexpr MatchCost operator-(MatchCost a, MatchCost b) { return {a.first - b.first, a.second - b.second}; }
  friend constexpr bool operator==(const MatchCost&, const MatchCost&) = default;
  friend constexpr bool operator<(MatchCost a, MatchCost b) {
    return a.first != b.first ? a.first < b.first : a.second < b.second;
  }
};

/// A pair that may be matched: a left thing, a right thing, and what that costs; both parts >= 0 and below 2^80.
struct MatchCandidate {
  std::uint32_t left = 0, right = 0;
  MatchCost cost;
};

/// The right partner of each left thing.
struct Matching {
  std::vector<std::optional<std::uint32_t>> right_of;  // one per left thing
  bool least_cost = true;  // false: too much to solve; cheapest pairs were taken first
};

/// Pairs as many as possible, each thing at most once, and among all such matchings one of least total cost.
///
/// Candidates that are not given cannot be matched. Of several best matchings one is returned, the same for the same
/// order of things.
///
/// Cost     O(p c log c) for p pairs and c candidates, by shortest augmenting paths with potentials; where p c exceeds
///          `most_work`, candidates are taken greedily, cheapest first, in O(c log c), and `least_cost` says so.
/// Source   [jonker1987shortest], [edmonds1972theoretical].
Matching match(std::size_t lefts, std::size_t rights, std::vector<MatchCandidate> candidates,
               std::size_t most_work = 400'000'000);

}  // namespace entente

#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "algorithms/community/level.hpp"
#include "algorithms/community/ties.hpp"

namespace entente {

/// How far masses may shift between groups before a node must be looked at again.
///
/// A node that stays has some slack: what its own group gains it beyond the best other one. Where none of its
/// neighbours moves, moves of others change both gains only by way of masses; each changes their difference by at
/// most 2 * penalty * mass(v) * (mass moved). So until the mass moved altogether exceeds
/// slack / (2 * penalty * mass(v)), no move of v gains, and nothing needs to be looked at to know. Most nodes of
/// formed groups have so much slack that the last sweeps of a search ask for few rows.
///
/// Bounds of the same kind spare k-means its distances [hamerly2010making].
class StayBounds {
 public:
  /// Takes up the bounds where they were left. Where groups changed since, by mergers or as pieces parted, the
  /// nodes that are not where most of their old group is count as moved.
  template <class Ties>
  void take_up(const Ties& ties, const Grouping& group) {
    if (left_.size() != group.size()) {
      due_ = Buffer<double>(group.size(), long_ago);
      shifted_ = 0;
      return;
    }
    for_each_other(group, [&](std::uint32_t v) { moves(ties, v); });
  }
  void leave(const Grouping& group) { left_ = group; }

  /// Whether some move of the node may gain.
  bool due(std::uint32_t v) const { return due_[v] < shifted_; }
  void set_due(std::uint32_t v) { due_[v] = long_ago; }

  /// The node was looked at and stays, with that much slack.
  template <class Price>
  void stays(std::uint32_t v, double slack, const Price& price) {
    const double reach = 2 * most_of(price);
    due_[v] = reach > 0 ? shifted_ + slack / reach : never;
  }
  template <class Mass>
  void shift(std::uint32_t v, const Mass& mass) {
    shifted_ += all_of(mass);
    set_due(v);
  }

 private:
  static constexpr double long_ago = -1, never = 1e300;

  static double most_of(double price) { return price; }
  static double most_of(const BothMasses& price) { return std::max(price.out, price.in); }
  static double all_of(double mass) { return mass; }
  static double all_of(const BothMasses& mass) { return mass.out + mass.in; }

  template <class Ties>
  void moves(const Ties& ties, std::uint32_t v) {
    shift(v, ties.mass(v));
    for (std::uint64_t a = ties.level.begin[v]; a < ties.level.begin[v + 1]; ++a) set_due(ties.level.neighbour[a]);
  }

  /// The nodes that changed groups since, where every new group is one of the old ones at most.
  template <class Use>
  void for_each_other(const Grouping& group, Use&& use) const {
    const std::size_t n = group.size();
    Buffer<std::uint32_t> heir(n, 0), votes(n, 0), size(n, 0), origin(n, nobody);
    for (std::size_t v = 0; v < n; ++v) {  // the new group of most nodes of an old one, where most agree
      const std::uint32_t old = left_[v];
      ++size[old];
      if (votes[old] == 0) heir[old] = group[v];
      if (heir[old] == group[v]) ++votes[old];
      else --votes[old];
    }
    for (std::uint32_t old = 0; old < n; ++old) {
      if (size[old] == 0) continue;
      std::uint32_t& best = origin[heir[old]];
      if (best == nobody || size[old] > size[best]) best = old;
    }
    for (std::uint32_t v = 0; v < n; ++v) {
      if (origin[group[v]] != left_[v]) use(v);
    }
  }

  static constexpr std::uint32_t nobody = ~std::uint32_t{0};
  Buffer<double> due_;   // the mass shifted up to which the node stays
  double shifted_ = 0;   // since the bounds began
  Grouping left_;        // the groups for which they hold
};

}  // namespace entente

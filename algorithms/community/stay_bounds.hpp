#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>

#include "algorithms/community/level.hpp"
#include "algorithms/community/ties.hpp"

namespace entente {

/// The nodes called to be looked at, as long as there is room for them.
class Called {
 public:
  explicit Called(std::size_t most) : node_(most + 1) {}
  /// Without a branch, which would be wrong too often.
  void add_if(bool wanted, std::uint32_t v) {
    node_[count_] = v;
    count_ += static_cast<std::size_t>(wanted & !full());
  }
  bool full() const { return count_ + 1 >= node_.size(); }
  bool empty() const { return count_ == 0; }
  void clear() { count_ = 0; }
  std::span<const std::uint32_t> nodes() const { return node_.span().first(count_); }

 private:
  Buffer<std::uint32_t> node_;
  std::size_t count_ = 0;
};

/// What may change around a node before it must be looked at again.
///
/// A node that was looked at has some slack: what its group gains it beyond the best other one. It uses it up as
/// - neighbours move: by the weight of the tie where one joins another group, by twice that where it leaves the
///   node's own;
/// - masses shift: a move of others changes the difference of two gains by at most
///   2 * penalty * mass(v) * (mass moved).
/// Until it is used up, no move of the node gains, and nothing needs to be looked at to know. Hubs, whose neighbours
/// move all the time, have much slack, and in formed groups most nodes do.
///
/// Bounds of the same kind spare k-means its distances [hamerly2010making].
class StayBounds {
 public:
  /// Takes up the bounds where they were left. Where groups changed since, by mergers or as pieces parted, the
  /// nodes that are not where most of their old group is count as moved.
  template <class Ties>
  void take_up(const Ties& ties, const Grouping& group) {
    if (slack_.size() != group.size()) {
      slack_ = Buffer<double>(group.size(), none);
      measured_ = Buffer<double>(group.size(), 0);
      shifted_ = 0;
      return;
    }
    for_each_other(group, [&](std::uint32_t v) {
      shift(ties.mass(v));
      slack_[v] = none;
      for (std::uint64_t a = ties.level.begin[v]; a < ties.level.begin[v + 1]; ++a) {
        slack_[ties.level.neighbour[a]] -= 2 * static_cast<double>(ties.weight(a));
      }
    });
  }
  void leave(const Grouping& group) { left_ = group; }

  /// Whether some move of the node may gain.
  template <class Price>
  bool due(std::uint32_t v, const Price& price) const {
    return slack_[v] < 2 * most_of(price) * (shifted_ - measured_[v]);
  }

  /// The node was looked at and is now where it gains most, by that much.
  void settle(std::uint32_t v, double slack) {
    slack_[v] = slack;
    measured_[v] = shifted_;
  }

  /// A node left a group for another. Calls those of its neighbours whose slack that uses up. Its mass is for `shift`.
  template <class Ties>
  void loosen_neighbours(const Ties& ties, std::uint32_t v, std::uint32_t left, const Grouping& group, Called& called) {
    const std::uint32_t joined = group[v];
    for (std::uint64_t a = ties.level.begin[v]; a < ties.level.begin[v + 1]; ++a) {
      const std::uint32_t u = ties.level.neighbour[a], g = group[u];
      const int times = g == joined ? 0 : g == left ? 2 : 1;
      const double before = slack_[u], now = before - times * static_cast<double>(ties.weight(a));
      slack_[u] = now;
      called.add_if(before >= 0 && now < 0, u);
    }
  }
  template <class Mass>
  void shift(const Mass& mass) {
    shifted_ += all_of(mass);
  }

 private:
  static constexpr double none = -1;

  static double most_of(double price) { return price; }
  static double most_of(const BothMasses& price) { return std::max(price.out, price.in); }
  static double all_of(double mass) { return mass; }
  static double all_of(const BothMasses& mass) { return mass.out + mass.in; }

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
  Buffer<double> slack_;     // beyond what neighbours used up
  Buffer<double> measured_;  // the mass shifted when the node was looked at
  double shifted_ = 0;       // since the bounds began
  Grouping left_;            // the groups for which they hold
};

}  // namespace entente

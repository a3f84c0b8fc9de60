#include "algorithms/community/local_moving.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/community/ties.hpp"
#include "algorithms/community/visiting.hpp"

// The time goes into three arrays read at random: the groups of neighbours, and for each group the weight to
// it and its mass. So these two share one entry, ties that need only be counted get entries of 8 bytes, and all
// are asked for while earlier nodes are at work. And looks go in sweeps through an order in which rows lie side by
// side, not in the order in which nodes are called: only where few are called, that is quicker than to go over all.

namespace entente {

namespace {

constexpr double least_move_gain = 1e-10;

/// Fair coins, 64 to a random number.
class MoveCoin {
 public:
  explicit MoveCoin(Random& random) : random_(random) {}
  bool next_bit() {
    if (left_ == 0) {
      bits_ = random_.next();
      left_ = 64;
    }
    --left_;
    return std::exchange(bits_, bits_ >> 1) & 1;
  }

 private:
  Random& random_;
  std::uint64_t bits_ = 0;
  int left_ = 0;
};

template <class Ties>
class LocalMoving {
 public:
  LocalMoving(const Ties& ties, double penalty, Grouping& group, Random& random, StayBounds& bounds)
      : ties_(ties), level_(ties.level), penalty_(penalty), group_(group), random_(random), bounds_(bounds),
        coin_(random), entry_(level_.size(), Entry{}), members_(level_.size(), 0), touched_(level_.size() + 1) {
    for (std::uint32_t v = 0; v < level_.size(); ++v) {
      entry_[group_[v]].mass += ties_.mass(v);
      ++members_[group_[v]];
    }
    for (std::uint32_t g = 0; g < level_.size(); ++g) {
      if (members_[g] == 0) unused_.push_back(g);
    }
    bounds_.take_up(ties_, group_);
  }

  /// `kept`: whether the bounds are, so that the masses that shift count.
  std::size_t run(const MovingLimits& limits, bool kept, const Job& job) {
    const std::size_t n = level_.size();
    const bool all = limits.sweeps != MovingLimits::until_settled && !kept;
    const bool formed = unused_.size() > n / 2;  // most nodes lie well in their groups already
    Buffer<std::uint32_t> order(n);
    visiting_order(order, n, random_, 64, limits.hubs_last ? n / 8 : 0);
    Called called(n / few), asked(n / few);
    std::size_t moves = 0, looks = 1;
    const auto sweep_over = [&](std::span<const std::uint32_t> nodes) {
      for (std::size_t first = 0; first < nodes.size() && !job.cancelled(); first += batch) {
        const std::size_t size = next_batch(nodes.subspan(first, std::min(batch, nodes.size() - first)), all);
        looks += size;
        for (std::size_t i = 0; i < size; ++i) {
          prefetch(i);
          const std::uint32_t v = batch_[i], left = group_[v];
          if (formed && lies_well(v)) continue;
          improve(v);
          if (group_[v] == left) continue;
          ++moves;
          if (kept) bounds_.shift(ties_.mass(v));
          if (!all) bounds_.loosen_neighbours(ties_, v, left, group_, called);
        }
      }
    };
    for (std::size_t sweep = 0; sweep < limits.sweeps && looks > 0; ++sweep) {
      looks = 0;
      called.clear();
      sweep_over(order.span());
      while (!called.empty() && !called.full()) {
        std::swap(called, asked);
        called.clear();
        sweep_over(asked.nodes());
      }
    }
    bounds_.leave(group_);
    return moves;
  }

 private:
  using Weight = typename Ties::Weight;
  using Mass = typename Ties::Mass;
  struct Entry {
    Weight weight_to{};  // from the node at hand; otherwise 0
    Mass mass{};
  };

  /// The nodes to look at next, of those which follow in the order.
  std::size_t next_batch(std::span<const std::uint32_t> following, bool all) {
    std::size_t size = 0;
    for (const std::uint32_t v : following) {
      batch_[size] = v;
      size += all || bounds_.due(v, price(penalty_, ties_.mass(v)));
    }
    return size;
  }

  void prefetch(std::size_t i) const {
    __builtin_prefetch(&level_.begin[batch_[i + 12]]);
    prefetch_row(level_, batch_[i + 8]);
    constexpr std::uint64_t most = 16;
    const auto first_neighbours = [&](std::uint32_t v, auto&& use) {
      const std::uint64_t end = std::min(level_.begin[v + 1], level_.begin[v] + most);
      for (std::uint64_t a = level_.begin[v]; a < end; ++a) use(level_.neighbour[a]);
    };
    first_neighbours(batch_[i + 4], [&](std::uint32_t u) { __builtin_prefetch(&group_[u]); });
    first_neighbours(batch_[i + 2], [&](std::uint32_t u) { __builtin_prefetch(&entry_[group_[u]]); });
  }

  /// Whether staying gains no less than all the node's other ties together could in another group, even in one
  /// without mass. Often true where groups are formed, and cheaper than looking at each of them.
  bool lies_well(std::uint32_t v) {
    const auto inside = static_cast<double>(weight_within(ties_, group_, v));
    const Mass mass = ties_.mass(v);
    const double staying = inside - cost(price(penalty_, mass), without(entry_[group_[v]].mass, mass));
    const double elsewhere = std::max(level_.tied[v] - inside, 0.0);
    if (!(staying >= elsewhere)) return false;
    bounds_.settle(v, staying - elsewhere);
    return true;
  }

  /// Moves v to where it gains most.
  void improve(std::uint32_t v) {
    std::size_t groups = 0;
    for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
      const std::uint32_t g = group_[level_.neighbour[a]];
      touched_[groups] = g;
      groups += entry_[g].weight_to == 0;
      entry_[g].weight_to += ties_.weight(a);
    }
    const std::uint32_t own = group_[v];
    const Mass mass = ties_.mass(v);
    const auto node_price = price(penalty_, mass);
    const double staying =
        static_cast<double>(entry_[own].weight_to) - cost(node_price, without(entry_[own].mass, mass));
    const double enough = staying + least_move_gain * level_.strength[v];
    double best_gain = 0, next_gain = 0;  // of being alone; some number is always free
    std::uint32_t best = members_[own] > 1 ? unused_.back() : own;
    const std::size_t last = coin_.next_bit() ? groups - 1 : 0;  // equal gains go to the first or to the last of them
    entry_[own].weight_to = {};
    for (std::size_t i = 0; i < groups; ++i) {
      const std::uint32_t g = touched_[last ? last - i : i];
      const double gain = static_cast<double>(std::exchange(entry_[g].weight_to, Weight{})) -
                          cost(node_price, entry_[g].mass);
      if (gain > next_gain && g != own) {
        next_gain = std::min(gain, best_gain);
        if (gain > best_gain) {
          best_gain = gain;
          best = g;
        }
      }
    }
    if (best == own || !(best_gain > enough)) return bounds_.settle(v, enough - best_gain);

    bounds_.settle(v, best_gain - std::max(next_gain, staying));
    entry_[own].mass -= mass;
    entry_[best].mass += mass;
    if (--members_[own] == 0) {
      entry_[own].mass = {};
      unused_.push_back(own);
    }
    if (members_[best]++ == 0) unused_.pop_back();
    group_[v] = best;
  }

  static constexpr std::size_t batch = 1024, ahead = 12;
  static constexpr std::size_t few = 16;  // less than one in as many nodes are called

  const Ties& ties_;
  const Level& level_;
  double penalty_;
  Grouping& group_;
  Random& random_;
  StayBounds& bounds_;
  MoveCoin coin_;
  Buffer<Entry> entry_;  // of each group
  Buffer<std::uint32_t> members_;
  Buffer<std::uint32_t> touched_;
  std::vector<std::uint32_t> unused_;
  std::array<std::uint32_t, batch + ahead> batch_{};  // and some nodes to ask for beyond its end
};

}  // namespace

std::size_t move_nodes(const Level& level, double penalty, Grouping& group, Random& random, const Job& job,
                       const MovingLimits& limits, StayBounds* bounds) {
  return with_ties(level, [&](const auto& ties) {
    StayBounds passing;
    return LocalMoving(ties, penalty, group, random, bounds ? *bounds : passing).run(limits, bounds != nullptr, job);
  });
}

}  // namespace entente

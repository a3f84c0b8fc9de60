#include "algorithms/community/local_moving.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "algorithms/community/ties.hpp"
#include "algorithms/community/visiting.hpp"

// The time goes into three arrays read at random: the groups of neighbours, and for each group the weight to
// it and its mass. So these two share one entry, ties that need only be counted get entries of 8 bytes, and all
// are asked for while earlier nodes are at work.

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
  LocalMoving(const Ties& ties, double penalty, Grouping& group, Random& random, StayBounds* bounds)
      : ties_(ties), level_(ties.level), penalty_(penalty), group_(group), random_(random), bounds_(bounds),
        coin_(random), entry_(level_.size(), Entry{}), members_(level_.size(), 0), touched_(level_.size() + 1) {
    for (std::uint32_t v = 0; v < level_.size(); ++v) {
      entry_[group_[v]].mass += ties_.mass(v);
      ++members_[group_[v]];
    }
    for (std::uint32_t g = 0; g < level_.size(); ++g) {
      if (members_[g] == 0) unused_.push_back(g);
    }
  }

  std::size_t run(const Job& job, const MovingLimits& limits) {
    const std::size_t n = level_.size();
    const bool formed = unused_.size() > n / 2;  // most nodes lie well in their groups already
    const double enough = limits.tolerance * level_.doubled / 2;
    const auto most_looks = static_cast<std::size_t>(limits.looks_per_node * static_cast<double>(n));
    double gained = 0;
    std::size_t moves = 0, looks = 0;
    if (bounds_) bounds_->take_up(ties_, group_);
    VisitingQueue queue = nodes_to_visit(limits.hubs_last ? n / 8 : 0);
    for (; looks < most_looks; ++looks) {
      if (queue.empty() && bounds_ && enough == 0) queue = nodes_to_visit();  // masses shifted
      if (queue.empty()) break;
      if (looks % 2048 == 0 && job.cancelled()) break;
      if (looks % n == 0 && looks > 0 && std::exchange(gained, 0) < enough) break;
      prefetch(queue);
      const std::uint32_t v = queue.take();
      const double gain = formed && lies_well(v) ? 0 : improve(v);
      if (gain == 0) continue;
      gained += gain;
      ++moves;
      if (!bounds_ && queue.ever_added() >= most_looks) continue;  // none added now would be looked at
      for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
        const std::uint32_t u = level_.neighbour[a];
        queue.add_if(group_[u] != group_[v], u);
      }
    }
    if (bounds_) {
      while (!queue.empty()) bounds_->set_due(queue.take());
      bounds_->leave(group_);
    }
    return moves;
  }

 private:
  using Weight = typename Ties::Weight;
  using Mass = typename Ties::Mass;
  struct Entry {
    Weight weight_to{};  // from the node at hand; otherwise 0
    Mass mass{};
  };

  VisitingQueue nodes_to_visit(std::size_t last = 0) {
    VisitingQueue queue(level_.size(), random_, last);
    if (bounds_) queue.keep_only([&](std::uint32_t v) { return bounds_->due(v); });
    return queue;
  }

  void prefetch(const VisitingQueue& queue) const {
    __builtin_prefetch(&level_.begin[queue.soon(12)]);
    prefetch_row(level_, queue.soon(8));
    constexpr std::uint64_t most = 16;
    const auto first_neighbours = [&](std::uint32_t v, auto&& use) {
      const std::uint64_t end = std::min(level_.begin[v + 1], level_.begin[v] + most);
      for (std::uint64_t a = level_.begin[v]; a < end; ++a) use(level_.neighbour[a]);
    };
    first_neighbours(queue.soon(4), [&](std::uint32_t u) { __builtin_prefetch(&group_[u]); });
    first_neighbours(queue.soon(2), [&](std::uint32_t u) { __builtin_prefetch(&entry_[group_[u]]); });
  }

  /// Whether staying gains no less than all the node's other ties together could in another group, even in one
  /// without mass. Often true where groups are formed, and cheaper than looking at each of them.
  bool lies_well(std::uint32_t v) {
    const std::uint32_t own = group_[v];
    Weight inside{};
    for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
      inside += group_[level_.neighbour[a]] == own ? ties_.weight(a) : Weight{};
    }
    const Mass mass = ties_.mass(v);
    const auto node_price = price(penalty_, mass);
    const double staying = static_cast<double>(inside) - cost(node_price, without(entry_[own].mass, mass));
    const double elsewhere = level_.tied[v] - static_cast<double>(inside);
    if (!(staying >= std::max(elsewhere, 0.0))) return false;
    if (bounds_) bounds_->stays(v, staying - std::max(elsewhere, 0.0), node_price);
    return true;
  }

  /// Moves v to where it gains most and returns the gain; 0 when it stays.
  double improve(std::uint32_t v) {
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
    double best_gain = 0;  // of being alone; some number is always free
    std::uint32_t best = members_[own] > 1 ? unused_.back() : own;
    const std::size_t last = coin_.next_bit() ? groups - 1 : 0;  // equal gains go to the first or to the last of them
    entry_[own].weight_to = {};
    for (std::size_t i = 0; i < groups; ++i) {
      const std::uint32_t g = touched_[last ? last - i : i];
      const double gain = static_cast<double>(std::exchange(entry_[g].weight_to, Weight{})) -
                          cost(node_price, entry_[g].mass);
      if (gain > best_gain && g != own) {
        best_gain = gain;
        best = g;
      }
    }
    if (best == own || !(best_gain > enough)) {
      if (bounds_) bounds_->stays(v, enough - best_gain, node_price);
      return 0;
    }

    if (bounds_) bounds_->shift(v, mass);
    entry_[own].mass -= mass;
    entry_[best].mass += mass;
    if (--members_[own] == 0) {
      entry_[own].mass = {};
      unused_.push_back(own);
    }
    if (members_[best]++ == 0) unused_.pop_back();
    group_[v] = best;
    return best_gain - staying;
  }

  const Ties& ties_;
  const Level& level_;
  double penalty_;
  Grouping& group_;
  Random& random_;
  StayBounds* bounds_;
  MoveCoin coin_;
  Buffer<Entry> entry_;  // of each group
  Buffer<std::uint32_t> members_;
  Buffer<std::uint32_t> touched_;
  std::vector<std::uint32_t> unused_;
};

}  // namespace

std::size_t move_nodes(const Level& level, double penalty, Grouping& group, Random& random, const Job& job,
                       const MovingLimits& limits, StayBounds* bounds) {
  return with_ties(level, [&](const auto& ties) {
    return LocalMoving(ties, penalty, group, random, bounds).run(job, limits);
  });
}

}  // namespace entente

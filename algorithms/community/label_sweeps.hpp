#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "algorithms/community/level.hpp"
#include "algorithms/community/ties.hpp"
#include "algorithms/community/visiting.hpp"
#include "engine/job.hpp"
#include "engine/random.hpp"

namespace entente {

/// The sweeps of one run of label propagation, over a level whose nodes are ranks, hubs first.
///
/// A sweep reads the labels of a node's neighbours once, into a short array that the first-level cache holds: most
/// often more than half of them are its own, and nothing else need be known. Only otherwise are labels counted, from
/// that array, and when a label is taken over, the array tells which neighbours must be looked at again.
template <class Ties>
class LabelSweeps {
 public:
  LabelSweeps(const Ties& ties, Grouping& label, Random& random)
      : ties_(ties), level_(ties.level), label_(label), random_(random), tied_(level_.size()) {
    // Isolates are the last in the order of ranks, and have nothing to take over.
    while (tied_ > 0 && degree(tied_ - 1) == 0) --tied_;
    std::size_t most = 0;
    for (std::size_t v = 0; v < tied_; ++v) most = std::max(most, degree(v));
    order_ = Buffer<std::uint32_t>(tied_);
    doubtful_ = Buffer<std::uint8_t>(level_.size(), 1);
    weight_of_ = Buffer<Weight>(level_.size(), Weight{});
    near_ = Buffer<std::uint32_t>(most);
    touched_ = Buffer<std::uint32_t>(most + 1);
  }

  /// The first sweep, from labels that all differ: each node takes the label among its neighbours' and its own for
  /// which  weight - mass * mass of the label / mass of all  is largest, hubs before all other nodes. Of equal labels,
  /// a coin takes the first or the last.
  void first_sweep(const Job& job) {
    order_with_hubs_first();
    const double penalty = level_.doubled > 0 ? 1 / level_.doubled : 0;
    Buffer<typename Ties::Mass> mass_of(level_.size());
    for (std::uint32_t v = 0; v < level_.size(); ++v) mass_of[v] = ties_.mass(v);
    for (std::size_t i = 0; i < tied_ && !(i % 2048 == 0 && job.cancelled()); ++i) {
      prefetch(i);
      const std::uint32_t v = order_[i];
      const std::uint64_t begin = level_.begin[v];
      std::size_t labels = 0;
      for (std::uint64_t a = begin; a < level_.begin[v + 1]; ++a) {
        add_weight(label_[level_.neighbour[a]], ties_.weight(a), labels);
      }
      const std::uint32_t own = label_[v];
      const auto mass = ties_.mass(v);
      const double price = penalty * static_cast<double>(mass);
      mass_of[own] -= mass;
      const auto kept = static_cast<double>(weight_of_[own]);
      double taken = kept;
      double best = kept - price * static_cast<double>(mass_of[own]) + 1e-10 * level_.strength[v];  // beyond rounding
      std::uint32_t to = own;
      // The first or the last of equals: always the first, and labels would trail along the rows of a lattice.
      const std::size_t last = labels > 0 && random_.next() % 2 == 1 ? labels - 1 : 0;
      for (std::size_t j = 0; j < labels; ++j) {
        const std::uint32_t l = touched_[last ? last - j : j];
        const auto weight = static_cast<double>(std::exchange(weight_of_[l], Weight{}));
        const double gain = weight - price * static_cast<double>(mass_of[l]);
        if (gain > best) {
          best = gain;
          taken = weight;
          to = l;
        }
      }
      mass_of[to] += mass;
      label_[v] = to;
      inside_ += 2 * (taken - kept);
    }
  }

  /// One node after the other takes over its neighbours' heaviest label. Returns how many labels changed.
  std::size_t sweep(const Job& job) {
    visiting_order(order_, tied_, random_);
    std::size_t changes = 0;
    for (std::size_t i = 0; i < tied_ && !(i % 2048 == 0 && job.cancelled()); ++i) {
      prefetch(i);
      const std::uint32_t v = order_[i];
      if (std::exchange(doubtful_[v], std::uint8_t{0})) changes += take_over(v);
    }
    return changes;
  }

  /// The weight of all ties between nodes of one label, each counted from both ends.
  double inside() const { return inside_; }

 private:
  using Weight = typename Ties::Weight;

  std::size_t degree(std::size_t v) const { return static_cast<std::size_t>(level_.begin[v + 1] - level_.begin[v]); }

  void order_with_hubs_first() {
    const std::size_t hubs = tied_ / hubs_are_one_in;
    const auto first = order_.span().first(hubs), others = order_.span().subspan(hubs);
    visiting_order(first, hubs, random_);
    visiting_order(others, tied_ - hubs, random_);
    for (std::uint32_t& v : others) v += static_cast<std::uint32_t>(hubs);
  }

  void prefetch(std::size_t i) const {
    if (i + 8 < tied_) prefetch_row(level_, order_[i + 8]);
    if (i + 3 >= tied_ || !doubtful_[order_[i + 3]]) return;
    const std::uint64_t begin = level_.begin[order_[i + 3]];
    const std::uint64_t end = std::min(level_.begin[order_[i + 3] + 1], begin + 16);
    for (std::uint64_t a = begin; a < end; ++a) __builtin_prefetch(&label_[level_.neighbour[a]]);
  }

  void add_weight(std::uint32_t label, Weight weight, std::size_t& labels) {
    touched_[labels] = label;
    labels += weight_of_[label] == 0;  // no branch: it would be wrong too often
    weight_of_[label] += weight;
  }

  bool take_over(std::uint32_t v) {
    const std::uint64_t begin = level_.begin[v];
    const std::size_t ties = degree(v);
    const std::uint32_t* row = level_.neighbour.data() + begin;
    const std::uint32_t own = label_[v];
    Weight own_weight{};
    for (std::size_t j = 0; j < ties; ++j) {
      near_[j] = label_[row[j]];
      own_weight += near_[j] == own ? ties_.weight(begin + j) : Weight{};
    }
    const auto kept = static_cast<double>(own_weight);
    if (kept >= level_.tied[v] - kept) return false;

    std::size_t labels = 0;
    for (std::size_t j = 0; j < ties; ++j) add_weight(near_[j], ties_.weight(begin + j), labels);
    Weight most{};
    for (std::size_t j = 0; j < labels; ++j) most = std::max(most, weight_of_[touched_[j]]);
    // Sums that differ by rounding alone are equal; otherwise labels could chase each other for ever.
    const double enough = static_cast<double>(most) * (1 - 1e-12);
    std::size_t heaviest = 0;
    for (std::size_t j = 0; j < labels; ++j) {
      const std::uint32_t l = touched_[j];
      touched_[heaviest] = l;
      heaviest += static_cast<double>(std::exchange(weight_of_[l], Weight{})) >= enough;
    }
    if (kept >= enough) return false;

    inside_ += 2 * (static_cast<double>(most) - kept);
    const std::uint32_t taken = touched_[random_.below(heaviest)];
    label_[v] = taken;
    for (std::size_t j = 0; j < ties; ++j) {
      doubtful_[row[j]] = static_cast<std::uint8_t>(doubtful_[row[j]] | (near_[j] != taken));
    }
    return true;
  }

  static constexpr std::size_t hubs_are_one_in = 32;

  Ties ties_;
  const Level& level_;
  Grouping& label_;
  Random& random_;
  std::size_t tied_;   // nodes up to the last with a tie
  double inside_ = 0;  // kept while labels change: counts are exact, and sums round far below what is shown
  Buffer<std::uint32_t> order_;
  Buffer<std::uint8_t> doubtful_;
  Buffer<Weight> weight_of_;       // of each label, from the node at hand; otherwise 0
  Buffer<std::uint32_t> near_;     // the labels of its neighbours
  Buffer<std::uint32_t> touched_;  // those labels, each once
};

}  // namespace entente

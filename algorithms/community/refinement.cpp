#include "algorithms/community/refinement.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <vector>

#include "algorithms/community/ties.hpp"
#include "algorithms/community/visiting.hpp"

namespace entente {

namespace {

/// e^x for x in [-40, 0], within 2e-6 of it: the choice is random anyway, and so it is the same on every machine.
double merge_likelihood(double x) {
  const double y = x * 1.4426950408889634;  // 2^y
  const double whole = std::floor(y);
  const double r = (y - whole) * 0.6931471805599453;
  const double fraction = 1 + r * (1 + r * (1.0 / 2 + r * (1.0 / 6 + r * (1.0 / 24 + r * (1.0 / 120 + r / 720)))));
  return fraction * std::bit_cast<double>(static_cast<std::uint64_t>(static_cast<std::int64_t>(whole) + 1023) << 52);
}

template <class Ties>
class Refinement {
 public:
  Refinement(const Ties& ties, double penalty, const Grouping& group)
      : ties_(ties), level_(ties.level), penalty_(penalty), group_(group), subgroup_(singletons(level_.size())),
        part_(level_.size() + 1), mass_of_group_(level_.size(), Mass{}), alone_(level_.size(), 1),
        touched_(level_.size() + 1) {
    constexpr double randomness = 0.01;  // theta of the paper, per average weight of a tie
    coolness_ = level_.doubled > 0 ? static_cast<double>(level_.arc_count()) / (randomness * level_.doubled) : 0;
    for (std::uint32_t v = 0; v < level_.size(); ++v) {
      part_[v] = {0, weight_within(ties_, group_, v), ties_.mass(v)};
      mass_of_group_[group_[v]] += ties_.mass(v);
    }
    part_[elsewhere()] = {1, 0, Mass{}};
  }

  Grouping run(Random& random, const Job& job) && {
    const std::size_t n = level_.size();
    const Buffer<std::uint32_t> order = group_after_group(random);
    for (std::size_t i = 0; i < n; ++i) {
      if (i % 2048 == 0 && job.cancelled()) break;
      if (i + 8 < n) prefetch_row(level_, order[i + 8]);
      const std::uint32_t v = order[i];
      if (alone_[v] && well_connected(part_[v], mass_of_group_[group_[v]])) join(v, random);
    }
    return std::move(subgroup_);
  }

 private:
  using Weight = typename Ties::Weight;
  using Mass = typename Ties::Mass;
  /// A subgroup, numbered by the node from which it grew.
  struct Part {
    Weight weight_to;  // from the node at hand; otherwise 0
    Weight cut;        // weight to the rest of its group
    Mass mass;
  };
  struct Candidate {
    std::uint32_t subgroup;
    double gain;
  };

  /// A random order in which the nodes of a group stay together: groups do not depend on each other, and the
  /// parts of one fit the cache.
  Buffer<std::uint32_t> group_after_group(Random& random) const {
    const std::size_t n = level_.size();
    Buffer<std::uint32_t> any(n), order(n);
    visiting_order(any, n, random);
    Buffer<std::uint32_t> place(n + 1, 0);
    for (const std::uint32_t g : group_) ++place[g + 1];
    for (std::size_t g = 0; g < n; ++g) place[g + 1] += place[g];
    for (const std::uint32_t v : any) order[place[group_[v]]++] = v;
    return order;
  }

  /// The subgroup to which ties that leave the group are counted, so that no branch must tell them apart. Its
  /// weight is never 0.
  std::uint32_t elsewhere() const { return static_cast<std::uint32_t>(level_.size()); }

  bool well_connected(const Part& part, const Mass& of_group) const {
    const double fair = cost(price(penalty_, part.mass), without(of_group, part.mass));
    return static_cast<double>(part.cut) >= fair * (1 - 1e-12);  // an exact tie counts as well connected
  }

  /// Lets v, which is alone, join a subgroup drawn with Pr(s) proportional to exp(gain(s) / temperature).
  void join(std::uint32_t v, Random& random) {
    const std::uint32_t own = group_[v];
    std::size_t parts = 0;
    for (std::uint64_t a = level_.begin[v]; a < level_.begin[v + 1]; ++a) {
      const std::uint32_t u = level_.neighbour[a];
      const std::uint32_t s = group_[u] == own ? subgroup_[u] : elsewhere();
      touched_[parts] = s;
      parts += part_[s].weight_to == 0;
      part_[s].weight_to += ties_.weight(a);
    }
    constexpr double unlikely = 40;  // e^-40 of the best: never drawn
    const auto node_price = price(penalty_, ties_.mass(v));
    candidates_.assign(1, {v, 0.0});  // staying alone
    double best = 0;
    for (std::size_t i = 0; i < parts; ++i) {
      const Part& part = part_[touched_[i]];
      const double gain = static_cast<double>(part.weight_to) - cost(node_price, part.mass);
      if (gain < 0 || (best - gain) * coolness_ > unlikely || !well_connected(part, mass_of_group_[own])) continue;
      candidates_.push_back({touched_[i], gain});
      best = std::max(best, gain);
    }
    // Relative to the best, so that nothing overflows.
    double total = 0;
    for (Candidate& candidate : candidates_) {
      const double behind = (candidate.gain - best) * coolness_;
      candidate.gain = behind < -unlikely ? 0 : merge_likelihood(behind);
      total += candidate.gain;
    }
    double point = random.unit() * total;
    std::uint32_t chosen = v;
    for (const Candidate& candidate : candidates_) {
      if (candidate.gain == 0) continue;
      chosen = candidate.subgroup;
      point -= candidate.gain;
      if (point < 0) break;
    }
    if (chosen != v) {
      part_[chosen].cut += part_[v].cut - 2 * part_[chosen].weight_to;
      part_[chosen].mass += part_[v].mass;
      subgroup_[v] = chosen;
      alone_[v] = alone_[chosen] = 0;
    }
    for (std::size_t i = 0; i < parts; ++i) part_[touched_[i]].weight_to = 0;
    part_[elsewhere()].weight_to = 1;
  }

  const Ties& ties_;
  const Level& level_;
  double penalty_;
  double coolness_;  // 1 / temperature
  const Grouping& group_;
  Grouping subgroup_;
  Buffer<Part> part_;
  Buffer<Mass> mass_of_group_;
  Buffer<std::uint8_t> alone_;
  Buffer<std::uint32_t> touched_;
  std::vector<Candidate> candidates_;
};

}  // namespace

Grouping refined(const Level& level, double penalty, const Grouping& group, Random& random, const Job& job) {
  return with_ties(level, [&](const auto& ties) { return Refinement(ties, penalty, group).run(random, job); });
}

}  // namespace entente

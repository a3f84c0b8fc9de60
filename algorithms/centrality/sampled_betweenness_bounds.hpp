#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace entente {

/// Samples are drawn and looked at in whole blocks.
inline constexpr std::uint64_t samples_in_block = 32;

/// The least number of whole blocks with at least so many samples, in samples.
std::uint64_t whole_blocks(double samples);

/// The bounds of sampled betweenness, and why they hold.
///
/// A sample is a pair of nodes and one of its shortest paths, all equally likely; that v is inside it is 1 with
/// a chance p(v), which is what we want to know, and samples are independent. After t samples of which a share q
/// had v inside [hoeffding1963probability, theorem 1],
///
///     P(q <= p - x) <= exp(-t KL(p - x, p)),     P(q >= p + x) <= exp(-t KL(p + x, p)),
///     KL(a, b) = a ln(a / b) + (1 - a) ln((1 - a) / (1 - b)),
///
/// so each of the ends of { b : t KL(q, b) <= ln(1 / d) } fails to hold p(v) with a chance of at most d. We look at
/// the counts at t_1 < t_2 < …, fixed before the first of these samples is drawn, and allow both ends at v a chance of
/// d(v, k) at t_k with the sum of 2 d(v, k) over all v and k at most delta. Then with a chance of at least
/// 1 - delta all intervals hold at all looks, so also at the one where we stop, whatever the reason to stop.
///
/// As in KADABRA [borassi2016kadabra] delta is not split evenly: a first batch of samples, not used again, tells
/// which few nodes decide when we can stop, and those get nearly all of it.
class SamplingPlan {
 public:
  /// From the counts of a first batch of samples.
  SamplingPlan(const std::vector<std::uint64_t>& first_count, std::uint64_t first_samples, double epsilon,
               double delta);

  /// Samples at look k = 0, 1, …, a sixth more from one to the next.
  std::uint64_t samples_at(std::size_t look) const;

  /// Whether every interval reaches at most epsilon to either side of its share at look k.
  bool all_within(const std::vector<std::uint64_t>& count, std::size_t look) const;

  struct Interval {
    double lower, upper;
  };
  /// The interval of each node at look k.
  std::vector<Interval> intervals(const std::vector<std::uint64_t>& count, std::size_t look) const;

 private:
  double log_inverse_chance(std::size_t v, std::size_t look) const;  // ln(1 / d(v, k))

  double epsilon_;
  double samples_;              // at look 0
  double log_scale_ = 0;        // of all chances, so that they add up to delta
  std::vector<double> rate_;    // of each node: how fast the chance of an error above epsilon falls with t
};

/// KL(a, b) in nats; infinite where b excludes a.
double bernoulli_divergence(double a, double b);

}  // namespace entente

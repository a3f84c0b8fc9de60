#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/generate/fixed_point.hpp"
#include "engine/random.hpp"

namespace entente {

/// Laws that generators draw from, in whole numbers throughout: the standard library's distributions give
/// other numbers on every system.

/// Draws from a density in proportion to x^-exponent between `least` and `most`, by inverting its sum.
/// 1 <= least < most < 2^30, exponent > 1.
class PowerLaw {
 public:
  PowerLaw(std::uint64_t least, std::uint64_t most, double exponent);

  /// A draw as a multiple of 2^-16.
  std::uint64_t draw(Random& random) const;

 private:
  Fixed log_least_;
  Fixed slope_;             // 1 - exponent
  std::uint64_t span_;      // 1 - (most / least)^slope, a multiple of 2^-62
};

/// A standard normal deviate: the number of ones among 256 random bits has mean 128 and variance 64 and is
/// normal; one more uniform draw fills the gaps between whole numbers. The distribution function is within
/// 4 parts in 10,000 of the normal one.
Fixed normal_deviate(Random& random);

/// Draws an index with a chance in proportion to its weight. The sum of the weights is in [1, 2^64).
class Choice {
 public:
  explicit Choice(std::span<const std::uint64_t> weights);
  std::uint32_t draw(Random& random) const;

 private:
  std::vector<std::uint64_t> sum_;  // of the weights up to each
};

/// The whole number next to value / 2^bits, up or down by chance so that the mean is kept.
inline std::uint64_t rounded_by_chance(std::uint64_t value, int bits, Random& random) {
  return (value + (random.next() >> (64 - bits))) >> bits;
}

}  // namespace entente

#include "algorithms/generate/draws.hpp"

#include <algorithm>
#include <bit>

namespace entente {

PowerLaw::PowerLaw(std::uint64_t least, std::uint64_t most, double exponent)
    : log_least_(log2_of(least)), slope_(fixed(1 - exponent)) {
  const Fixed log_ratio = fixed_product(slope_, log2_of(most) - log_least_);  // negative
  span_ = (std::uint64_t{1} << 62) - exp2_of(log_ratio + (Fixed{62} << 32));
}

std::uint64_t PowerLaw::draw(Random& random) const {
  // With u uniform, least * (1 - u * span)^(1 / slope) has the density asked for.
  const std::uint64_t share = (std::uint64_t{1} << 62) - scaled(random.next() >> 2, span_, std::uint64_t{1} << 62);
  const Fixed log = log2_of(share) - (Fixed{62} << 32);
  return exp2_of(log_least_ + fixed_quotient(log, slope_) + (Fixed{16} << 32));
}

Fixed normal_deviate(Random& random) {
  Fixed ones = 0;
  for (int word = 0; word < 4; ++word) ones += std::popcount(random.next());
  const Fixed spread = ((ones - 128) << 32) + static_cast<Fixed>(random.next() >> 32) - (fixed_one >> 1);
  return fixed_product(spread, fixed(0.12491869917839094));  // 1 / sqrt(64 + 1/12)
}

Choice::Choice(std::span<const std::uint64_t> weights) {
  std::uint64_t sum = 0;
  for (const std::uint64_t weight : weights) sum_.push_back(sum += weight);
}

std::uint32_t Choice::draw(Random& random) const {
  const auto at = std::ranges::upper_bound(sum_, random.below(sum_.back()));
  return static_cast<std::uint32_t>(at - sum_.begin());
}

}  // namespace entente

#include "algorithms/paths/exact_lengths.hpp"

#include <cmath>

#include "algorithms/centrality/input.hpp"

namespace entente {

Result<ExactLengths> ExactLengths::of(std::size_t edge_count, const EdgeColumn<double>* length) {
  if (auto checked = check_lengths(edge_count, length); !checked) return tl::unexpected(checked.error());
  ExactLengths exact;
  if (!length) return exact;

  double total = 0;
  for (const double value : length->values()) total += value;
  int above = 0;  // total < 2^above
  std::frexp(total, &above);
  exact.length_ = length;
  exact.exponent_ = above - 62;
  exact.factor_ = std::ldexp(1.0, -(exact.exponent_ / 2));
  exact.factor_again_ = std::ldexp(1.0, -(exact.exponent_ - exact.exponent_ / 2));
  return exact;
}

double ExactLengths::given(std::uint64_t sum) const {
  return all_one() ? static_cast<double>(sum) : std::ldexp(static_cast<double>(sum), exponent_);
}

}  // namespace entente

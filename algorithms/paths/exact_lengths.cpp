#include "algorithms/paths/exact_lengths.hpp"

#include <algorithm>
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
  exact.all_one_ = false;
  exact.exponent_ = above - 62;
  exact.units_ = EdgeColumn<std::uint64_t>(edge_count);
  for (const EdgeId edge : ids_below<EdgeId>(edge_count)) {
    const double units = std::round(std::ldexp((*length)[edge], -exact.exponent_));
    exact.units_[edge] = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(units));
  }
  return exact;
}

double ExactLengths::given(std::uint64_t sum) const {
  return all_one_ ? static_cast<double>(sum) : std::ldexp(static_cast<double>(sum), exponent_);
}

}  // namespace entente

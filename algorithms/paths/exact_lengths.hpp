#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "engine/column.hpp"
#include "engine/error.hpp"

namespace entente {

/// Edge lengths as whole numbers of a common power of two, so that adding them is exact and does not
/// depend on the order. The unit is chosen so that all lengths together stay below 2^63. Lengths are
/// converted when they are asked for: a search that sees few edges converts few.
class ExactLengths {
 public:
  /// Null: every edge has length 1. The column must live as long as this.
  /// Errors: bad_argument for a length that is not finite and above 0.
  static Result<ExactLengths> of(std::size_t edge_count, const EdgeColumn<double>* length);

  std::uint64_t operator()(EdgeId edge) const {
    if (!length_) return 1;
    const double units = (*length_)[edge] * factor_ * factor_again_;
    const auto whole = static_cast<std::int64_t>(units);  // below 2^62
    const bool half_or_more = units - static_cast<double>(whole) >= 0.5;
    return static_cast<std::uint64_t>(std::max<std::int64_t>(1, whole + half_or_more));
  }
  bool all_one() const { return length_ == nullptr; }

  /// A sum of lengths in the unit in which they were given.
  double given(std::uint64_t sum) const;

 private:
  const EdgeColumn<double>* length_ = nullptr;
  int exponent_ = 0;  // a unit is 2^exponent_
  double factor_ = 1, factor_again_ = 1;  // together 2^-exponent_, which alone may be beyond a double
};

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>

#include "engine/column.hpp"
#include "engine/error.hpp"

namespace entente {

/// Edge lengths as whole numbers of a common power of two, so that adding them is exact and does not
/// depend on the order. The unit is chosen so that all lengths together stay below 2^63.
class ExactLengths {
 public:
  /// Null: every edge has length 1. Errors: bad_argument for a length that is not finite and above 0.
  static Result<ExactLengths> of(std::size_t edge_count, const EdgeColumn<double>* length);

  std::uint64_t operator()(EdgeId edge) const { return all_one_ ? 1 : units_[edge]; }
  bool all_one() const { return all_one_; }

  /// A sum of lengths in the unit in which they were given.
  double given(std::uint64_t sum) const;

 private:
  bool all_one_ = true;
  int exponent_ = 0;  // a unit is 2^exponent_
  EdgeColumn<std::uint64_t> units_;
};

}  // namespace entente

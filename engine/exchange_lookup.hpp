#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <string>
#include <vector>

#include "engine/exchange_rates.hpp"

namespace entente {

/// What finding a rate needs to know of the rule.
struct LookupRule {
  int days_back = 7;
};

/// A rate as found: the exact sum of so many values of a table, and what they speak of.
struct FoundRate {
  boost::multiprecision::cpp_int units;  // the sum is units * 10^-decimals; their mean is the sum / count
  int decimals = 0;
  std::size_t count = 1;
  std::string date;  // "2021-04-07", "2021-04", "2021 (mean of 258 days)"
};

/// The rate of a period. A day has its own rate, or the one of the latest day before it, at most `days_back`
/// before; or else that of its month, or its year. A longer period has the mean of the days in it where these
/// leave no gap beyond `mean_gap` days; or else of its months, none missing; or else the rate of its year.
/// Errors: not_found with the reason, as a clause: "no rate of KRW within 7 days before".
Result<FoundRate> rate_of(const RateSeries& series, const Period& period, const LookupRule& rule);

/// The longest stretch without a rate that a mean of days passes over: a long holiday, not a hole in the table.
inline constexpr Day mean_gap = 14;

/// A product of exact decimals over another: what an amount is multiplied with.
class ExactFactor {
 public:
  void multiply(const boost::multiprecision::cpp_int& units, int decimals);
  void divide(const boost::multiprecision::cpp_int& units, int decimals);
  /// One more currency on the way: from `series` into the base, or from the base into it.
  void into_base(const RateSeries& series, const FoundRate& rate) { apply(rate, !series.units_per_base); }
  void out_of_base(const RateSeries& series, const FoundRate& rate) { apply(rate, series.units_per_base); }

  /// As printed, to be computed from left to right: "1", "0.00075", "1/1133.2", "24.9/12/1.1234".
  std::string text() const;
  /// The amount times the factor, rounded half to even to `decimals` places of `to`.
  /// Errors: overflow beyond 64 bits.
  Result<Money> apply_to(const Money& amount, Currency to, int decimals) const;

 private:
  void apply(const FoundRate& rate, bool times);

  boost::multiprecision::cpp_int above_ = 1, below_ = 1;
  int decimals_above_ = 0, decimals_below_ = 0;
  std::vector<std::string> factors_, divisors_;
};

}  // namespace entente

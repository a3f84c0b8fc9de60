#include "engine/exchange_lookup.hpp"

#include <algorithm>
#include <limits>

#include "engine/text.hpp"

namespace entente {

namespace {

using boost::multiprecision::cpp_int;
using Values = std::map<Period, ExactDecimal>;

cpp_int rate_scale(int exponent) { return boost::multiprecision::pow(cpp_int(10), static_cast<unsigned>(exponent)); }

std::string scaled_text(const cpp_int& units, int decimals) {
  std::string digits = units.str();
  const auto places = static_cast<std::size_t>(decimals);
  if (places > 0) {
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return digits;
}

FoundRate single(const ExactDecimal& value, std::string date) { return {cpp_int(value.units), value.decimals, 1, std::move(date)}; }

/// The values of the periods within `period`, summed at the scale of the finest.
FoundRate mean_of(const Values& values, Values::const_iterator begin, const Period& period, const char* one, const char* many) {
  FoundRate mean{0, 0, 0, {}};
  auto end = begin;
  for (; end != values.end() && end->first.last <= period.last; ++end) {
    mean.decimals = std::max(mean.decimals, end->second.decimals);
    ++mean.count;
  }
  for (auto at = begin; at != end; ++at) {
    mean.units += cpp_int(at->second.units) * rate_scale(mean.decimals - at->second.decimals);
  }
  mean.date = period_text(period) + " (mean of " + counted(mean.count, one, many) + ")";
  return mean;
}

/// Every stretch of the period without a rate is short, at its ends too.
bool days_cover(const Values& days, Values::const_iterator begin, const Period& period) {
  Day known = period.first;
  for (auto at = begin; at != days.end() && at->first.last <= period.last; ++at) {
    if (at->first.first - known > mean_gap) return false;
    known = at->first.first;
  }
  return period.last - known <= mean_gap;
}

bool months_cover(const Values& months, Values::const_iterator begin, const Period& period) {
  Day next = period.first;
  for (auto at = begin; at != months.end() && at->first.last <= period.last; ++at) {
    if (at->first.first != next) return false;
    next = at->first.last + 1;
  }
  return next == period.last + 1;
}

/// The period of the table that holds the whole of this one, if any.
const std::pair<const Period, ExactDecimal>* holder(const Values& values, const Period& period) {
  auto after = values.upper_bound(Period{period.first, end_of_time});
  if (after == values.begin()) return nullptr;
  --after;
  return after->first.last >= period.last ? &*after : nullptr;
}

}  // namespace

Result<FoundRate> rate_of(const RateSeries& series, const Period& period, const LookupRule& rule) {
  const Values &days = series.days.all(), &months = series.months.all(), &years = series.years.all();
  if (period.is_day()) {
    auto after = days.upper_bound(period);
    if (after != days.begin()) {
      const auto& [day, value] = *--after;
      if (std::int64_t{period.first} - day.first <= rule.days_back) return single(value, period_text(day));
    }
  } else {
    const auto begin = days.lower_bound(Period{period.first, beginning_of_time});
    if (begin != days.end() && begin->first.last <= period.last && days_cover(days, begin, period)) {
      return mean_of(days, begin, period, "day", "days");
    }
    const auto month = months.lower_bound(Period{period.first, beginning_of_time});
    if (!period.is_month() && month != months.end() && months_cover(months, month, period)) {
      return mean_of(months, month, period, "month", "months");
    }
  }
  for (const Values* longer : {&months, &years}) {
    if (const auto* known = holder(*longer, period)) return single(known->second, period_text(known->first));
  }
  const std::string code(series.currency.text());
  if (days.empty() && months.empty() && years.empty()) return fail(ErrorCode::not_found, "no rate of " + code + " in the table");
  if (!days.empty() && period.is_day()) {
    return fail(ErrorCode::not_found, "no rate of " + code + (rule.days_back == 0
                                          ? " on its day"
                                          : " within " + counted(static_cast<std::size_t>(rule.days_back), "day", "days") + " before its day"));
  }
  return fail(ErrorCode::not_found, "the rates of " + code + " do not cover its time");
}

void ExactFactor::multiply(const cpp_int& units, int decimals) {
  above_ *= units;
  decimals_above_ += decimals;
  factors_.push_back(scaled_text(units, decimals));
}

void ExactFactor::divide(const cpp_int& units, int decimals) {
  below_ *= units;
  decimals_below_ += decimals;
  divisors_.push_back(scaled_text(units, decimals));
}

void ExactFactor::apply(const FoundRate& rate, bool times) {
  if (times) {
    multiply(rate.units, rate.decimals);
    if (rate.count > 1) divide(rate.count, 0);
  } else {
    if (rate.count > 1) multiply(rate.count, 0);
    divide(rate.units, rate.decimals);
  }
}

std::string ExactFactor::text() const {
  std::string text;
  for (const std::string& factor : factors_) text += (text.empty() ? "" : "*") + factor;
  if (text.empty()) text = "1";
  for (const std::string& divisor : divisors_) text += "/" + divisor;
  return text;
}

Result<Money> ExactFactor::apply_to(const Money& amount, Currency to, int decimals) const {
  cpp_int above = cpp_int(amount.units) * above_, below = below_;
  if (const int shift = decimals + decimals_below_ - decimals_above_ - amount.decimals; shift >= 0) above *= rate_scale(shift);
  else below *= rate_scale(-shift);
  cpp_int quotient, rest;
  boost::multiprecision::divide_qr(above, below, quotient, rest);  // both are not negative
  const int half = cpp_int(rest * 2).compare(below);
  if (half > 0 || (half == 0 && (quotient & 1) != 0)) ++quotient;
  if (quotient > std::numeric_limits<std::int64_t>::max()) {
    return fail(ErrorCode::overflow, to_string(amount) + " in " + std::string(to.text()) + " does not fit in 64 bits.");
  }
  return Money{static_cast<std::int64_t>(quotient), decimals, to};
}

}  // namespace entente

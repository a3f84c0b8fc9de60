#include "engine/exchange_rates.hpp"

#include <chrono>
#include <utility>

#include "engine/text.hpp"

namespace entente {

namespace {

constexpr std::size_t rate_digits = 18;  // as many as always fit in 64 bits
constexpr int rate_decimals = 30;
constexpr int magnitude_bound = 12;  // rates lie within 10^-12 and 10^12

bool is_rate_digit(char c) { return c >= '0' && c <= '9'; }

std::chrono::year_month_day civil(Day day) { return std::chrono::sys_days{std::chrono::days{day}}; }

/// Within the years that a calendar date holds here; no rate is older or younger.
bool within_calendar(const Period& period) {
  static const Day begin = day_of(-9999, 1, 1), end = day_of(9999, 12, 31);
  return period.first >= begin && period.last <= end;
}

ExactDecimal shortest_decimal(ExactDecimal value) {
  while (value.decimals > 0 && value.units % 10 == 0) {
    value.units /= 10;
    --value.decimals;
  }
  return value;
}

/// Where the first digit other than zero stands: 3 for 123.4, 0 for 0.12, -2 for 0.0012.
int leading_place(const ExactDecimal& value) {
  return static_cast<int>(std::to_string(value.units).size()) - value.decimals;
}

tl::unexpected<Error> bad_decimal(std::string_view what, std::string_view text, const std::string& why) {
  return fail(ErrorCode::bad_input, std::string(what) + " \"" + shortened(one_line(text), 40) + "\" " + why);
}

std::string with_hash(const std::string& name, const std::string& checksum) {
  return checksum.empty() ? name : name + " " + checksum.substr(0, 12);
}

}  // namespace

bool operator==(const ExactDecimal& a, const ExactDecimal& b) {
  const ExactDecimal x = shortest_decimal(a), y = shortest_decimal(b);
  return x.units == y.units && x.decimals == y.decimals;
}

Result<ExactDecimal> parse_positive_decimal(std::string_view text, std::string_view what) {
  const auto not_a_number = [&] {
    return bad_decimal(what, text, "is not a number. Write digits with a point, such as 1.1234 or 0.00075.");
  };
  std::string_view rest = text;
  if (rest.starts_with('-')) {
    if (rest.size() < 2 || !is_rate_digit(rest[1])) return not_a_number();
    return bad_decimal(what, text, "is negative. It must be more than zero; leave it out if it is not known.");
  }
  if (rest.empty() || !is_rate_digit(rest[0])) return not_a_number();
  int shift = 0;
  if (const std::size_t e = rest.find_first_of("eE"); e != std::string_view::npos) {
    std::string_view power = rest.substr(e + 1);
    const bool negative = power.starts_with('-');
    if (negative || power.starts_with('+')) power.remove_prefix(1);
    if (power.empty() || power.size() > 2) return not_a_number();
    for (const char c : power) {
      if (!is_rate_digit(c)) return not_a_number();
      shift = 10 * shift + (c - '0');
    }
    if (negative) shift = -shift;
    rest = rest.substr(0, e);
  }
  ExactDecimal value;
  std::string digits;
  bool fraction = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '.' && !fraction && i + 1 < rest.size()) {
      fraction = true;
      continue;
    }
    if (!is_rate_digit(rest[i])) return not_a_number();
    if (!digits.empty() || rest[i] != '0') digits += rest[i];
    value.decimals += fraction;
  }
  value.decimals -= shift;
  if (digits.empty()) return bad_decimal(what, text, "is zero. It must be more than zero; leave it out if it is not known.");
  // Zeros at the end of the fraction say nothing, so any number of them is harmless.
  while (digits.size() > rate_digits && value.decimals > 0 && digits.back() == '0') {
    digits.pop_back();
    --value.decimals;
  }
  for (; value.decimals < 0 && digits.size() <= rate_digits; ++value.decimals) digits += '0';
  if (digits.size() > rate_digits || value.decimals < 0 || value.decimals > rate_decimals) {
    return bad_decimal(what, text, "has too many digits. Write at most 18.");
  }
  value.units = std::stoull(digits);
  return value;
}

std::string decimal_text(const ExactDecimal& value) {
  std::string digits = std::to_string(value.units);
  const auto places = static_cast<std::size_t>(value.decimals);
  if (places > 0) {
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return digits;
}

bool Period::is_month() const {
  if (!within_calendar(*this)) return false;
  const auto begin = civil(first), end = civil(last);
  return begin.year() == end.year() && begin.month() == end.month() && begin.day() == std::chrono::day{1} &&
         end == begin.year() / begin.month() / std::chrono::last;
}

bool Period::is_year() const {
  if (!within_calendar(*this)) return false;
  const auto begin = civil(first), end = civil(last);
  return begin.year() == end.year() && begin == begin.year() / 1 / 1 && end == begin.year() / 12 / 31;
}

Period year_period(int year) { return {day_of(year, 1, 1), day_of(year, 12, 31)}; }

std::optional<int> year_of(const Period& period) {
  if (!within_calendar(period)) return std::nullopt;
  const auto begin = civil(period.first).year(), end = civil(period.last).year();
  return begin == end ? std::optional(static_cast<int>(begin)) : std::nullopt;
}

std::string period_text(const Period& period) {
  const std::string first = iso_text(period.first);
  if (period.is_day()) return first;
  if (period.is_year()) return first.substr(0, first.size() - 6);
  if (period.is_month()) return first.substr(0, first.size() - 3);
  return first + "/" + iso_text(period.last);
}

Result<bool> DatedValues::add(const Period& period, const ExactDecimal& value) {
  if (const auto known = values_.find(period); known != values_.end()) {
    if (known->second == value) return false;
    return fail(ErrorCode::bad_input, period_text(period) + " has " + decimal_text(value) + " here and " +
                                          decimal_text(known->second) + " before. Keep the one that is right.");
  }
  if (!values_.empty()) {
    const int step = latest_added_ < period ? 1 : -1;
    if (direction_ != 0 && step != direction_) {
      return fail(ErrorCode::bad_input, period_text(period) + " comes after " + period_text(latest_added_) +
                                            ", out of order: the rows before run " +
                                            (direction_ > 0 ? "upward" : "downward") + " in time. Sort them by date.");
    }
    direction_ = step;
  }
  latest_added_ = period;
  values_.emplace(period, value);
  return true;
}

const ExactDecimal* DatedValues::at(const Period& period) const {
  const auto found = values_.find(period);
  return found == values_.end() ? nullptr : &found->second;
}

Result<bool> RateTable::add(Currency currency, bool units_per_base, const Period& period, const ExactDecimal& value) {
  const std::string code(currency.text());
  if (currency == base_) {
    if (value == ExactDecimal{1, 0}) return false;  // says nothing new
    return fail(ErrorCode::bad_input, "the table is in " + code + ", yet it states a rate of " + decimal_text(value) +
                                          " for " + code + " itself, which can only be 1.");
  }
  if (const int place = leading_place(value); place > magnitude_bound || place <= -magnitude_bound) {
    return fail(ErrorCode::bad_input, "rate " + decimal_text(value) + " of " + code +
                                          " is beyond 10^-12 to 10^12. Is its currency, or its point, in the wrong place?");
  }
  if (!period.is_day() && !period.is_month() && !period.is_year()) {
    return fail(ErrorCode::bad_input, period_text(period) + " is no day, month or year.");
  }
  RateSeries& series = series_.try_emplace(currency, RateSeries{currency, units_per_base, {}, {}, {}}).first->second;
  if (series.units_per_base != units_per_base) {
    return fail(ErrorCode::bad_input, code + " is quoted both ways: here as " + (units_per_base ? code : std::string(base_.text())) +
                                          " for one " + (units_per_base ? std::string(base_.text()) : code) +
                                          ", before the other way round.");
  }
  DatedValues& values = period.is_day() ? series.days : period.is_month() ? series.months : series.years;
  auto added = values.add(period, value);
  if (!added) added.error().what = code + " of " + added.error().what;
  else size_ += *added;
  return added;
}

const RateSeries* RateTable::find(Currency currency) const {
  const auto found = series_.find(currency);
  return found == series_.end() ? nullptr : &found->second;
}

std::string RateTable::identity() const { return with_hash(name_, checksum); }

Result<bool> PriceTable::add(Currency currency, int year, const ExactDecimal& index) {
  auto added = series_[currency].add(year_period(year), index);
  if (!added) added.error().what = std::string(currency.text()) + " of " + added.error().what;
  return added;
}

const ExactDecimal* PriceTable::find(Currency currency, int year) const {
  const auto found = series_.find(currency);
  return found == series_.end() ? nullptr : found->second.at(year_period(year));
}

std::optional<std::pair<int, int>> PriceTable::years(Currency currency) const {
  const auto found = series_.find(currency);
  if (found == series_.end() || found->second.all().empty()) return std::nullopt;
  const auto& values = found->second.all();
  return std::pair(*year_of(values.begin()->first), *year_of(values.rbegin()->first));
}

std::string PriceTable::identity() const { return with_hash(name_, checksum); }

}  // namespace entente

#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/date.hpp"
#include "engine/error.hpp"
#include "engine/money.hpp"

namespace entente {

/// A positive decimal as a table prints it: units * 10^-decimals. 1.10 stays 1.10.
struct ExactDecimal {
  std::uint64_t units = 0;
  int decimals = 0;  // 0 to 30

  /// The same value whatever the number of decimals.
  friend bool operator==(const ExactDecimal& a, const ExactDecimal& b);
};

/// Reads a positive decimal of at most 18 digits, plain (0.00075) or with an exponent (7.5E-4).
/// `what` begins the sentence of an error: "rate". Errors: bad_input (not a number, zero, negative, too long).
Result<ExactDecimal> parse_positive_decimal(std::string_view text, std::string_view what);

/// "0.00075", never with an exponent.
std::string decimal_text(const ExactDecimal& value);

/// The days that a rate or a date speaks of, both ends included: a day, a month, a year, or others.
struct Period {
  Day first = 0;
  Day last = 0;

  bool is_day() const { return first == last; }
  bool is_month() const;
  bool is_year() const;
  friend auto operator<=>(const Period&, const Period&) = default;
};

Period year_period(int year);
/// The year that holds the whole period, if one does.
std::optional<int> year_of(const Period& period);
/// "2021-04-07", "2021-04", "2021"; other periods as "2021-04-07/2021-05-02".
std::string period_text(const Period& period);

/// Values by period, each stated once, taken from rows that run upward or downward in time.
class DatedValues {
 public:
  /// True: new. False: a repetition of the same value.
  /// Errors: bad_input (another value for the same period; a period that breaks the order of those before).
  Result<bool> add(const Period& period, const ExactDecimal& value);

  const std::map<Period, ExactDecimal>& all() const { return values_; }
  const ExactDecimal* at(const Period& period) const;

 private:
  std::map<Period, ExactDecimal> values_;
  Period latest_added_;
  int direction_ = 0;  // 1 upward, -1 downward, 0 not known yet
};

/// The rates of one currency, by the length of what they speak of.
struct RateSeries {
  Currency currency;
  bool units_per_base = false;  // the values count units of `currency` for one of the base; else the other way
  DatedValues days, months, years;
};

/// Rates of many currencies against one base currency, exactly as a table states them, and which table.
class RateTable {
 public:
  RateTable(std::string name, Currency base) : name_(std::move(name)), base_(base) {}

  /// One rate. False: a repetition. A currency is quoted one way throughout, and the base not at all (but for 1).
  /// Errors: bad_input: a rate of the base other than 1, quoted both ways, beyond 10^-12 to 10^12, and those
  /// of DatedValues::add.
  Result<bool> add(Currency currency, bool units_per_base, const Period& period, const ExactDecimal& value);

  const std::string& name() const { return name_; }  // of the file: "rates.csv"
  Currency base() const { return base_; }
  /// Null where the table says nothing of the currency, and for the base.
  const RateSeries* find(Currency currency) const;
  const std::map<Currency, RateSeries>& series() const { return series_; }
  std::size_t size() const { return size_; }

  /// SHA-256 of the table's bytes, 64 hex digits; empty where there are none.
  std::string checksum;
  /// "rates.csv 3f2a91b0c4de": name and first 12 digits of the checksum.
  std::string identity() const;

 private:
  std::string name_;
  Currency base_;
  std::map<Currency, RateSeries> series_;
  std::size_t size_ = 0;
};

/// Price indices by currency (of the economy that issues it) and year; any base year.
class PriceTable {
 public:
  explicit PriceTable(std::string name) : name_(std::move(name)) {}
  /// Errors: as DatedValues::add.
  Result<bool> add(Currency currency, int year, const ExactDecimal& index);
  const ExactDecimal* find(Currency currency, int year) const;
  /// First and last year known of a currency.
  std::optional<std::pair<int, int>> years(Currency currency) const;
  const std::map<Currency, DatedValues>& series() const { return series_; }
  std::string checksum;
  std::string identity() const;

 private:
  std::string name_;
  std::map<Currency, DatedValues> series_;
};

}  // namespace entente

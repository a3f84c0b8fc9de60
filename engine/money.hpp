#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/column.hpp"
#include "engine/error.hpp"

namespace entente {

/// An ISO 4217 code: EUR, KRW, KWD.
struct Currency {
  std::array<char, 3> code{};

  std::string_view text() const { return {code.data(), code.size()}; }
  friend auto operator<=>(const Currency&, const Currency&) = default;
};

/// Reads an ISO 4217 code that is in use or was (DEM, SUR): three capital letters on the list.
/// Errors: bad_input.
Result<Currency> parse_currency(std::string_view text);

/// Digits of the smallest coin: 2 for USD, 0 for JPY and KRW, 3 for KWD. Source: ISO 4217 list one.
int minor_digits(Currency currency);

/// An exact decimal: units * 10^-decimals of one currency. {125000050, 2, EUR} is 1250000.50 EUR.
///
/// No double ever holds an amount. `decimals` follows the text it was read from, between 0 and 9,
/// since real files carry fractions of a cent (USD 14155.0825).
struct Money {
  std::int64_t units = 0;
  int decimals = 0;
  Currency currency;

  /// The same value whatever the number of decimals: 1.50 EUR equals 1.5 EUR.
  friend bool operator==(const Money& a, const Money& b);
};

/// Reads a plain decimal such as 1250000.50 (optional sign, digits, optional point and digits).
/// No grouping marks, no exponent: a guess about "1,200" could be wrong by a factor of 1000.
/// A currency without a smaller coin (JPY, KRW, VND) takes no fraction other than zeros.
/// Errors: bad_input (not a number, too many decimals), overflow (beyond 64 bits).
Result<Money> parse_money(std::string_view amount, Currency currency);

/// The amount as it is: "1250000.50", never through a double, never with an exponent.
std::string decimal_text(const Money& money);

/// "USD 1250000.50".
std::string to_string(const Money& money);

/// Fails with unit_mismatch across currencies, with overflow beyond 64 bits.
Result<Money> add(const Money& a, const Money& b);

/// The same value written to `decimals` places.
/// Errors: overflow beyond 64 bits; bad_argument where digits other than zero would be lost.
Result<Money> rescale(const Money& money, int decimals);

/// A sum that remembers what it could not add.
struct MoneyTotal {
  std::optional<Money> sum;  // empty where no amount is known, which is not the same as zero
  std::size_t known = 0;     // amounts in the sum
  std::size_t unknown = 0;   // ties that state no amount
};

/// Adds one more amount, or counts one more unknown. Errors: as add().
Result<MoneyTotal> accumulate(MoneyTotal total, const std::optional<Money>& amount);

/// One amount per edge, none missing, in one currency, to the same decimals. The unit
/// belongs to the column: a kernel adds plain integers and cannot mix euros with won.
struct MoneyColumn {
  Currency currency;
  int decimals = 0;
  EdgeColumn<std::int64_t> units;
};

}  // namespace entente

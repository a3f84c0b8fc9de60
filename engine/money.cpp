#include "engine/money.hpp"

#include <algorithm>
#include <limits>

#include "engine/text.hpp"

namespace entente {

namespace {

constexpr int max_decimals = 9;

struct Coin {
  std::string_view code;
  int digits;
};

// ISO 4217 list one (active codes) and the withdrawn codes that data on cooperation still carries.
// Sorted by code, for binary search.
constexpr Coin coins[] = {
    {"AED", 2}, {"AFN", 2}, {"ALL", 2}, {"AMD", 2}, {"ANG", 2}, {"AOA", 2}, {"ARS", 2}, {"ATS", 2},
    {"AUD", 2}, {"AWG", 2}, {"AZN", 2}, {"BAM", 2}, {"BBD", 2}, {"BDT", 2}, {"BEF", 0}, {"BGN", 2},
    {"BHD", 3}, {"BIF", 0}, {"BMD", 2}, {"BND", 2}, {"BOB", 2}, {"BOV", 2}, {"BRL", 2}, {"BSD", 2},
    {"BTN", 2}, {"BWP", 2}, {"BYN", 2}, {"BYR", 0}, {"BZD", 2}, {"CAD", 2}, {"CDF", 2}, {"CHE", 2},
    {"CHF", 2}, {"CHW", 2}, {"CLF", 4}, {"CLP", 0}, {"CNY", 2}, {"COP", 2}, {"COU", 2}, {"CRC", 2},
    {"CUC", 2}, {"CUP", 2}, {"CVE", 2}, {"CYP", 2}, {"CZK", 2}, {"DEM", 2}, {"DJF", 0}, {"DKK", 2},
    {"DOP", 2}, {"DZD", 2}, {"EEK", 2}, {"EGP", 2}, {"ERN", 2}, {"ESP", 0}, {"ETB", 2}, {"EUR", 2},
    {"FIM", 2}, {"FJD", 2}, {"FKP", 2}, {"FRF", 2}, {"GBP", 2}, {"GEL", 2}, {"GHS", 2}, {"GIP", 2},
    {"GMD", 2}, {"GNF", 0}, {"GRD", 0}, {"GTQ", 2}, {"GYD", 2}, {"HKD", 2}, {"HNL", 2}, {"HRK", 2},
    {"HTG", 2}, {"HUF", 2}, {"IDR", 2}, {"IEP", 2}, {"ILS", 2}, {"INR", 2}, {"IQD", 3}, {"IRR", 2},
    {"ISK", 0}, {"ITL", 0}, {"JMD", 2}, {"JOD", 3}, {"JPY", 0}, {"KES", 2}, {"KGS", 2}, {"KHR", 2},
    {"KMF", 0}, {"KPW", 2}, {"KRW", 0}, {"KWD", 3}, {"KYD", 2}, {"KZT", 2}, {"LAK", 2}, {"LBP", 2},
    {"LKR", 2}, {"LRD", 2}, {"LSL", 2}, {"LTL", 2}, {"LUF", 0}, {"LVL", 2}, {"LYD", 3}, {"MAD", 2},
    {"MDL", 2}, {"MGA", 2}, {"MKD", 2}, {"MMK", 2}, {"MNT", 2}, {"MOP", 2}, {"MRO", 2}, {"MRU", 2},
    {"MTL", 2}, {"MUR", 2}, {"MVR", 2}, {"MWK", 2}, {"MXN", 2}, {"MXV", 2}, {"MYR", 2}, {"MZN", 2},
    {"NAD", 2}, {"NGN", 2}, {"NIO", 2}, {"NLG", 2}, {"NOK", 2}, {"NPR", 2}, {"NZD", 2}, {"OMR", 3},
    {"PAB", 2}, {"PEN", 2}, {"PGK", 2}, {"PHP", 2}, {"PKR", 2}, {"PLN", 2}, {"PTE", 0}, {"PYG", 0},
    {"QAR", 2}, {"ROL", 2}, {"RON", 2}, {"RSD", 2}, {"RUB", 2}, {"RUR", 2}, {"RWF", 0}, {"SAR", 2}, {"SBD", 2},
    {"SCR", 2}, {"SDG", 2}, {"SEK", 2}, {"SGD", 2}, {"SHP", 2}, {"SIT", 2}, {"SKK", 2}, {"SLE", 2},
    {"SLL", 2}, {"SOS", 2}, {"SRD", 2}, {"SSP", 2}, {"STD", 2}, {"STN", 2}, {"SUR", 2}, {"SVC", 2},
    {"SYP", 2}, {"SZL", 2}, {"THB", 2}, {"TJS", 2}, {"TMT", 2}, {"TND", 3}, {"TOP", 2}, {"TRL", 0},
    {"TRY", 2}, {"TTD", 2}, {"TWD", 2}, {"TZS", 2}, {"UAH", 2}, {"UGX", 0}, {"USD", 2}, {"USN", 2},
    {"UYI", 0}, {"UYU", 2}, {"UYW", 4}, {"UZS", 2}, {"VED", 2}, {"VEF", 2}, {"VES", 2}, {"VND", 0},
    {"VUV", 0}, {"WST", 2}, {"XAF", 0}, {"XCD", 2}, {"XDR", 6}, {"XEU", 2}, {"XOF", 0}, {"XPF", 0},
    {"YER", 2}, {"ZAR", 2}, {"ZMK", 2}, {"ZMW", 2}, {"ZWD", 2}, {"ZWL", 2},
};
static_assert(std::is_sorted(std::begin(coins), std::end(coins),
                             [](const Coin& a, const Coin& b) { return a.code < b.code; }));

const Coin* find_coin(std::string_view code) {
  const auto* place = std::lower_bound(std::begin(coins), std::end(coins), code,
                                       [](const Coin& coin, std::string_view c) { return coin.code < c; });
  return place != std::end(coins) && place->code == code ? place : nullptr;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// units * 10 + digit, in the sign given; false beyond 64 bits.
bool append_digit(std::int64_t& units, int digit, bool negative) {
  return !__builtin_mul_overflow(units, std::int64_t{10}, &units) &&
         !__builtin_add_overflow(units, std::int64_t{negative ? -digit : digit}, &units);
}

Money without_trailing_zeros(Money money) {
  while (money.decimals > 0 && money.units % 10 == 0) {
    money.units /= 10;
    --money.decimals;
  }
  return money;
}

}  // namespace

Result<Currency> parse_currency(std::string_view text) {
  if (!find_coin(text)) {
    return fail(ErrorCode::bad_input, "currency \"" + shortened(text, 40) +
                                          "\" is not an ISO 4217 code. Write three capital letters such as USD or KRW.");
  }
  return Currency{{text[0], text[1], text[2]}};
}

int minor_digits(Currency currency) {
  const Coin* coin = find_coin(currency.text());
  return coin ? coin->digits : 2;
}

bool operator==(const Money& a, const Money& b) {
  const Money x = without_trailing_zeros(a), y = without_trailing_zeros(b);
  return x.units == y.units && x.decimals == y.decimals && x.currency == y.currency;
}

Result<Money> parse_money(std::string_view amount, Currency currency) {
  const auto not_a_number = [&] {
    return fail(ErrorCode::bad_input, "amount \"" + shortened(amount, 40) +
                                          "\" is not a number. Write digits with a point, such as 1200000 or "
                                          "1200000.50, or leave the cell empty if unknown.");
  };
  std::string_view rest = amount;
  bool negative = false;
  if (!rest.empty() && (rest[0] == '-' || rest[0] == '+')) {
    negative = rest[0] == '-';
    rest.remove_prefix(1);
  }
  if (rest.empty() || !is_digit(rest[0])) return not_a_number();

  Money money{0, 0, currency};
  bool fraction = false;
  for (std::size_t i = 0; i < rest.size(); ++i) {
    if (rest[i] == '.' && !fraction && i + 1 < rest.size()) {
      fraction = true;
      continue;
    }
    if (!is_digit(rest[i])) return not_a_number();
    std::int64_t longer = money.units;
    const bool fits = append_digit(longer, rest[i] - '0', negative);
    // Zeros that end the fraction carry no value, so any number of them is harmless.
    if (fraction && (!fits || money.decimals == max_decimals) && rest.find_first_not_of('0', i) == std::string_view::npos) break;
    if (fraction && money.decimals == max_decimals) {
      return fail(ErrorCode::bad_input, "amount \"" + shortened(amount, 40) + "\" has more than " +
                                            std::to_string(max_decimals) + " decimals.");
    }
    if (!fits) {
      return fail(ErrorCode::overflow, "amount \"" + shortened(amount, 40) +
                                           "\" does not fit in 64 bits.");
    }
    money.units = longer;
    if (fraction) ++money.decimals;
  }
  if (minor_digits(currency) == 0) {
    money = without_trailing_zeros(money);
    if (money.decimals > 0) {
      return fail(ErrorCode::bad_input, "amount \"" + shortened(amount, 40) + "\" has decimals, but " +
                                            std::string(currency.text()) + " has no smaller coin.");
    }
  }
  return money;
}

std::string decimal_text(const Money& money) {
  // The magnitude as unsigned, so that the smallest 64-bit value has one too.
  const bool negative = money.units < 0;
  const auto magnitude = negative ? std::uint64_t{0} - static_cast<std::uint64_t>(money.units)
                                  : static_cast<std::uint64_t>(money.units);
  std::string digits = std::to_string(magnitude);
  const auto places = static_cast<std::size_t>(money.decimals);
  if (places > 0) {
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  return negative ? "-" + digits : digits;
}

std::string to_string(const Money& money) {
  return std::string(money.currency.text()) + " " + decimal_text(money);
}

Result<Money> rescale(const Money& money, int decimals) {
  if (decimals < 0 || decimals > max_decimals) {
    return fail(ErrorCode::bad_argument, "Amounts have 0 to " + std::to_string(max_decimals) + " decimals, not " +
                                             std::to_string(decimals) + ".");
  }
  Money scaled = money;
  while (scaled.decimals > decimals) {
    if (scaled.units % 10 != 0) {
      return fail(ErrorCode::bad_argument,
                  to_string(money) + " cannot be written to " + std::to_string(decimals) + " decimals exactly.");
    }
    scaled.units /= 10;
    --scaled.decimals;
  }
  while (scaled.decimals < decimals) {
    if (!append_digit(scaled.units, 0, false)) {
      return fail(ErrorCode::overflow, to_string(money) + " to " + std::to_string(decimals) +
                                           " decimals does not fit in 64 bits.");
    }
    ++scaled.decimals;
  }
  return scaled;
}

Result<Money> add(const Money& a, const Money& b) {
  if (a.currency != b.currency) {
    return fail(ErrorCode::unit_mismatch, to_string(a) + " and " + to_string(b) +
                                              " are in different currencies and cannot be added.");
  }
  const int decimals = std::max(a.decimals, b.decimals);
  const auto x = rescale(a, decimals);
  if (!x) return x;
  const auto y = rescale(b, decimals);
  if (!y) return y;
  Money sum{0, decimals, a.currency};
  if (__builtin_add_overflow(x->units, y->units, &sum.units)) {
    return fail(ErrorCode::overflow, "the sum of " + to_string(a) + " and " + to_string(b) +
                                         " does not fit in 64 bits.");
  }
  return sum;
}

Result<MoneyTotal> accumulate(MoneyTotal total, const std::optional<Money>& amount) {
  if (!amount) {
    ++total.unknown;
    return total;
  }
  ++total.known;
  if (!total.sum) {
    total.sum = *amount;
    return total;
  }
  auto sum = add(*total.sum, *amount);
  if (!sum) return tl::unexpected(sum.error());
  total.sum = *sum;
  return total;
}

}  // namespace entente

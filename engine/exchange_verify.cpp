// A conversion checked from the outside: nothing but what is printed beside each amount is used, and the arithmetic
// is another one, on fractions in lowest terms.

#include <map>

#include <boost/multiprecision/cpp_int.hpp>

#include "engine/exchange.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

using Fraction = boost::multiprecision::cpp_rational;
using boost::multiprecision::cpp_int;

Fraction printed_fraction(std::string_view text) {
  cpp_int digits = 0, scale = 1;
  bool fraction = false;
  for (const char c : text) {
    if (c == '.') {
      fraction = true;
    } else {
      digits = digits * 10 + (c - '0');
      if (fraction) scale *= 10;
    }
  }
  return Fraction(digits, scale);
}

/// "1.1234*12/15624.7", from left to right.
Fraction printed_product(std::string_view text) {
  Fraction value = 1;
  char operation = '*';
  while (!text.empty()) {
    const std::size_t end = std::min(text.find_first_of("*/"), text.size());
    const Fraction next = printed_fraction(text.substr(0, end));
    if (operation == '*') value *= next;
    else value /= next;
    operation = end < text.size() ? text[end] : '*';
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return value;
}

/// A whole number of coins, at most half a coin off; and an even one where it is half a coin off.
bool is_rounded(const Fraction& coins, const Fraction& exact) {
  const Fraction off = abs(Fraction(coins - exact)) * 2;
  return denominator(coins) == 1 && (off < 1 || (off == 1 && numerator(coins) % 2 == 0));
}

tl::unexpected<Error> disagrees(const std::string& what) {
  return fail(ErrorCode::bad_argument, "not verified: " + what + " does not follow from what is printed beside it.");
}

}  // namespace

Result<std::string> verify_exchange(const Network& original, const Exchanged& exchanged) {
  const Network& network = *exchanged.network;
  if (original.edge_count() != network.edge_count()) return disagrees("the number of ties");
  const auto columns = network.edge_attributes();
  const auto printed = [&](std::size_t column, EdgeId edge) { return columns[column].text(edge.index); };
  Fraction coin(1);
  for (int i = minor_digits(exchanged.rule.to); i > 0; --i) coin /= 10;

  std::map<Currency, std::pair<Fraction, Fraction>> by_currency;  // as stated, converted
  std::size_t amounts = 0;
  for (const EdgeId edge : network.edges()) {
    const auto before = original.amount(edge), after = network.amount(edge);
    const std::string tie = "the amount of tie " + std::string(network.key(edge));
    if (!before) {
      if (after) return disagrees(tie);
      continue;
    }
    const Fraction stated = printed_fraction(printed(exchanged.amount_column, edge));
    auto& [all, converted] = by_currency[before->currency];
    all += stated;
    if (stated != printed_fraction(decimal_text(*before)) || printed(exchanged.currency_column, edge) != before->currency.text()) return disagrees(tie);
    if (!after) continue;
    Fraction exact = stated * printed_product(printed(exchanged.rate_column, edge));
    if (exchanged.rule.prices) exact *= printed_product(printed(exchanged.price_column, edge));
    const Fraction found = printed_fraction(decimal_text(*after));
    const bool kept = before->currency == exchanged.rule.to && exact == stated;
    if (after->currency != exchanged.rule.to || !(kept ? found == stated : is_rounded(found / coin, exact / coin))) return disagrees(tie);
    converted += found;
    ++amounts;
  }

  std::map<Currency, std::pair<Fraction, Fraction>> summed, missing;
  for (const ExchangeSum& sum : exchanged.sums) {
    auto& [all, converted] = summed[sum.currency];
    all += printed_fraction(decimal_text(sum.original));
    if (sum.converted_ties > 0) converted += printed_fraction(decimal_text(sum.converted));
    if (sum.missing_ties > 0) missing[sum.currency].first += printed_fraction(decimal_text(sum.missing));
  }
  for (const ExchangeGap& gap : exchanged.gaps) missing[gap.currency].second += printed_fraction(decimal_text(gap.sum));
  for (const auto& [currency, sums] : by_currency) {
    if (summed[currency] != sums || missing[currency].first != missing[currency].second) {
      return disagrees("the sum of " + std::string(currency.text()));
    }
  }
  return "verified: " + counted(amounts, "amount", "amounts") + ", and the sums by currency, computed again from the printed rates";
}

}  // namespace entente

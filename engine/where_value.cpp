#include "engine/where_value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <compare>

namespace entente {

namespace {

__extension__ using Wide = __int128;

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

std::optional<WhereNumber> number_of(std::string_view text) {
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || !(is_ascii_digit(text[0]) || text[0] == '.')) return std::nullopt;
  WhereNumber number;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number.nearest);
  if (error != std::errc{} || end != text.data() + text.size() || !std::isfinite(number.nearest)) return std::nullopt;
  if (negative) number.nearest = -number.nearest;

  int digits = 0;
  bool fraction = false;
  for (const char c : text) {
    if (c == '.') {
      fraction = true;
    } else if (!is_ascii_digit(c) || (digits += digits > 0 || c != '0') > 18 || number.decimals >= 18) {
      number.exact = false;  // an exponent, or more than fits
      break;
    } else {
      number.units = number.units * 10 + (c - '0');
      number.decimals += fraction;
    }
  }
  if (negative) number.units = -number.units;
  return number;
}

std::optional<Money> money_of(std::string_view text) {
  if (text.size() < 5 || text[3] != ' ') return std::nullopt;
  const auto currency = parse_currency(text.substr(0, 3));
  if (!currency) return std::nullopt;
  const auto money = parse_money(text.substr(4), *currency);
  return money ? std::optional(*money) : std::nullopt;
}

std::optional<bool> truth_of(std::string_view text) {
  if (text == "true" || text == "TRUE" || text == "True" || text == "1") return true;
  if (text == "false" || text == "FALSE" || text == "False" || text == "0") return false;
  return std::nullopt;
}

template <class Value>
WhereValue value_or_nothing(const std::optional<Value>& value) {
  return value ? WhereValue(*value) : WhereValue();
}

Wide power_of_ten(int exponent) {
  Wide power = 1;
  for (; exponent > 0; --exponent) power *= 10;
  return power;
}

/// units and decimals fit in 64 bits and 18 digits, so the products fit in 128 bits.
std::strong_ordering order_exactly(std::int64_t a, int a_decimals, std::int64_t b, int b_decimals) {
  const int decimals = std::max(a_decimals, b_decimals);
  const Wide x = a * power_of_ten(decimals - a_decimals), y = b * power_of_ten(decimals - b_decimals);
  return x < y ? std::strong_ordering::less : x > y ? std::strong_ordering::greater : std::strong_ordering::equal;
}

std::partial_ordering order_numbers(const WhereNumber& a, const WhereNumber& b) {
  if (a.exact && b.exact) return order_exactly(a.units, a.decimals, b.units, b.decimals);
  return a.nearest <=> b.nearest;
}

bool ordered_as(std::partial_ordering order, Comparison comparison) {
  switch (comparison) {
    case Comparison::equal: return order == 0;
    case Comparison::unequal: return order != 0;
    case Comparison::less: return order < 0;
    case Comparison::at_most: return order <= 0;
    case Comparison::greater: return order > 0;
    case Comparison::at_least: return order >= 0;
  }
  return false;
}

bool compare_days(const WhereDays& a, Comparison comparison, const WhereDays& b) {
  switch (comparison) {
    case Comparison::equal: return a.earliest >= b.earliest && a.latest <= b.latest;
    case Comparison::unequal: return a.latest < b.earliest || a.earliest > b.latest;
    case Comparison::less: return a.latest < b.earliest;
    case Comparison::at_most: return a.latest <= b.latest;
    case Comparison::greater: return a.earliest > b.latest;
    case Comparison::at_least: return a.earliest >= b.earliest;
  }
  return false;
}

/// The letter that begins at `at`, with the bytes that continue it.
std::string_view letter_at(std::string_view text, std::size_t at) {
  std::size_t end = at + 1;
  while (end < text.size() && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) ++end;
  return text.substr(at, end - at);
}

WhereNumber figure_of(const Money& money) {
  return {money.units, money.decimals, true, static_cast<double>(money.units) * std::pow(10.0, -money.decimals)};
}

}  // namespace

std::string_view to_string(WhereType type) {
  switch (type) {
    case WhereType::text: return "text";
    case WhereType::number: return "numbers";
    case WhereType::money: return "amounts";
    case WhereType::date: return "dates";
    case WhereType::boolean: return "true or false";
  }
  return "text";
}

WhereValue where_value(WhereType type, std::string_view text) {
  if (text.empty()) return {};
  switch (type) {
    case WhereType::text: return text;
    case WhereType::number: return value_or_nothing(number_of(text));
    case WhereType::money: return value_or_nothing(money_of(text));
    case WhereType::boolean: return value_or_nothing(truth_of(text));
    case WhereType::date:
      if (const auto date = Edtf::parse(text)) return WhereDays{date->earliest(), date->latest()};
      return {};
  }
  return {};
}

std::optional<std::string_view> text_in(const WhereValue& value) {
  if (const auto* text = std::get_if<std::string_view>(&value)) return *text;
  if (const auto* currency = std::get_if<Currency>(&value)) return currency->text();
  return std::nullopt;
}

Comparison mirrored(Comparison comparison) {
  switch (comparison) {
    case Comparison::less: return Comparison::greater;
    case Comparison::at_most: return Comparison::at_least;
    case Comparison::greater: return Comparison::less;
    case Comparison::at_least: return Comparison::at_most;
    case Comparison::equal:
    case Comparison::unequal: return comparison;
  }
  return comparison;
}

bool compare(const WhereValue& left, Comparison comparison, const WhereValue& right) {
  if (const auto a = text_in(left)) {
    const auto b = text_in(right);
    return b && ordered_as(*a <=> *b, comparison);
  }
  if (const auto* a = std::get_if<WhereDays>(&left)) {
    const auto* b = std::get_if<WhereDays>(&right);
    return b && compare_days(*a, comparison, *b);
  }
  if (const auto* a = std::get_if<bool>(&left)) {
    const auto* b = std::get_if<bool>(&right);
    return b && ordered_as(*a <=> *b, comparison);
  }
  if (const auto* a = std::get_if<WhereNumber>(&left)) {
    if (const auto* b = std::get_if<WhereNumber>(&right)) return ordered_as(order_numbers(*a, *b), comparison);
    const auto* money = std::get_if<Money>(&right);
    return money && ordered_as(order_numbers(*a, figure_of(*money)), comparison);
  }
  if (const auto* a = std::get_if<Money>(&left)) {
    if (const auto* b = std::get_if<WhereNumber>(&right)) {
      return ordered_as(order_numbers(figure_of(*a), *b), comparison);
    }
    const auto* money = std::get_if<Money>(&right);
    return money && a->currency == money->currency &&
           ordered_as(order_exactly(a->units, a->decimals, money->units, money->decimals), comparison);
  }
  return false;
}

Wildcard::Wildcard(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (text[at] == '\\' && at + 1 < text.size()) {
      ++at;  // the next letter is meant as it is
    } else if (text[at] == '*' || text[at] == '?') {
      const bool many = text[at++] == '*';
      // Two stars say no more than one.
      if (many && !pieces_.empty() && pieces_.back().sort == Piece::Sort::any_letters) continue;
      pieces_.push_back({many ? Piece::Sort::any_letters : Piece::Sort::any_letter, {}});
      continue;
    }
    const std::string_view letter = letter_at(text, at);
    pieces_.push_back({Piece::Sort::letter, std::string(letter)});
    at += letter.size();
  }
}

bool Wildcard::matches(std::string_view text) const {
  // Only the last star met needs to be tried again: what stood before it matched as early as it can.
  constexpr std::size_t none = std::string_view::npos;
  std::size_t piece = 0, at = 0, star = none, star_at = 0;
  while (at < text.size()) {
    if (piece < pieces_.size() && pieces_[piece].sort == Piece::Sort::any_letters) {
      star = piece++;
      star_at = at;
      continue;
    }
    const std::string_view letter = letter_at(text, at);
    if (piece < pieces_.size() && (pieces_[piece].sort == Piece::Sort::any_letter || pieces_[piece].letter == letter)) {
      ++piece;
      at += letter.size();
    } else if (star != none) {
      piece = star + 1;
      at = star_at += letter_at(text, star_at).size();
    } else {
      return false;
    }
  }
  return std::all_of(pieces_.begin() + static_cast<std::ptrdiff_t>(piece), pieces_.end(),
                     [](const Piece& rest) { return rest.sort == Piece::Sort::any_letters; });
}

}  // namespace entente

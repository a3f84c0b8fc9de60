#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/date.hpp"
#include "engine/money.hpp"

namespace entente {

/// A number as written: exact up to 18 digits, else the nearest double.
struct WhereNumber {
  std::int64_t units = 0;  // value = units * 10^-decimals where exact
  int decimals = 0;
  bool exact = true;
  double nearest = 0;
};

/// The days that a date may mean.
struct WhereDays {
  Day earliest = 0;
  Day latest = 0;
};

/// A value of a condition; nothing where it is not stated.
using WhereValue = std::variant<std::monostate, std::string_view, Currency, WhereNumber, Money, WhereDays, bool>;

/// The text of a text or a currency; it lives as long as the value.
std::optional<std::string_view> text_in(const WhereValue& value);

/// What a column can be compared as.
enum class WhereType { text, number, money, date, boolean };

/// "text", "numbers", ...
std::string_view to_string(WhereType type);

/// The value of a cell; nothing where the text is empty or not of the type. Money: "USD 12.50".
WhereValue where_value(WhereType type, std::string_view text);

enum class Comparison { equal, unequal, less, at_most, greater, at_least };

/// What says the same with the two sides swapped: < for >.
Comparison mirrored(Comparison comparison);

/// As where.hpp says: false where either side is nothing, or the two are not comparable.
bool compare(const WhereValue& left, Comparison comparison, const WhereValue& right);

/// A text with * and ?. Matching takes at most O(letters of the text * letters of the pattern).
class Wildcard {
 public:
  explicit Wildcard(std::string_view pattern);
  bool matches(std::string_view text) const;

 private:
  struct Piece {
    enum class Sort { letter, any_letter, any_letters } sort;
    std::string letter;
  };
  std::vector<Piece> pieces_;
};

}  // namespace entente

#pragma once

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/money.hpp"

namespace entente {

/// A text as a JSON string with its quotes: control characters escaped, invalid UTF-8 replaced by
/// U+FFFD, and "<" as \u003c, so that it can stand inside a page.
std::string json_string(std::string_view text);

/// A finite double in the shortest form that reads back the same, always with a "." or an "e";
/// "null" for NaN and infinities, which JSON does not have.
std::string json_number(double value);

/// Writes JSON from left to right, indented by two blanks. It exists because amounts are written exactly as the
/// money is, digit by digit, and no JSON library holds a decimal.
///
///     JsonWriter json;
///     json.begin_object();
///     json.key("amount").value(money);
///     json.end_object();
///     std::string text = std::move(json).take();
class JsonWriter {
 public:
  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }

  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text) { return raw(json_string(text)); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(bool flag) { return raw(flag ? "true" : "false"); }
  JsonWriter& value(double number) { return raw(json_number(number)); }
  template <std::integral Number>
    requires(!std::same_as<Number, bool>)
  JsonWriter& value(Number number) { return raw(std::to_string(number)); }
  /// The amount alone, as a decimal number; the currency is a field of its own.
  JsonWriter& value(const Money& money) { return raw(decimal_text(money)); }
  JsonWriter& null() { return raw("null"); }
  template <class Value>
  JsonWriter& value(const std::optional<Value>& optional) { return optional ? value(*optional) : null(); }

  /// JSON text that is already written, such as another writer's.
  JsonWriter& raw(std::string_view json);

  /// The text written so far, with a line end.
  std::string take() && { return std::move(text_) + "\n"; }

 private:
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  void before_value();
  void new_line();

  struct Level {
    bool empty = true;
  };
  std::string text_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace entente

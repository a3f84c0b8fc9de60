#include "io/schema.hpp"

#include <algorithm>
#include <charconv>

#include "engine/date.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

bool schema_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

std::string_view without_sign(std::string_view text) {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
  return text;
}

/// A number in the field's own marks, written plainly; empty where it is none.
std::string plain_number(const Field& field, std::string_view text) {
  std::string plain(text);
  if (!field.bare_number) {
    // Signs of money and per cent may stand around the digits.
    const auto first = plain.find_first_of("0123456789+-");
    const auto last = plain.find_last_of("0123456789");
    if (first == std::string::npos || last == std::string::npos || last < first) return {};
    plain = plain.substr(first, last + 1 - first);
  }
  if (!field.group_mark.empty()) {
    for (auto at = plain.find(field.group_mark); at != std::string::npos; at = plain.find(field.group_mark, at)) {
      plain.erase(at, field.group_mark.size());
    }
  }
  if (field.decimal_mark != "." && !field.decimal_mark.empty()) {
    if (plain.find('.') != std::string::npos) return {};
    if (const auto at = plain.find(field.decimal_mark); at != std::string::npos) {
      plain.replace(at, field.decimal_mark.size(), ".");
    }
  }
  return plain;
}

std::string cell_quoted(std::string_view text) { return "\"" + shortened(text, 40) + "\""; }

std::size_t letters_in(std::string_view text) {
  return static_cast<std::size_t>(
      std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string number_text(double value) {
  std::string text(32, ' ');
  text.resize(static_cast<std::size_t>(std::to_chars(text.data(), text.data() + text.size(), value).ptr - text.data()));
  return text;
}

/// What the type alone demands.
std::string type_fault(const Field& field, std::string_view text) {
  const std::string head = "column " + field.name + " holds " + cell_quoted(text);
  if (field.type == "integer") {
    if (!is_integer_text(plain_number(field, text))) return head + ", which is not a whole number.";
  } else if (field.type == "number") {
    if (!is_number_text(plain_number(field, text))) {
      return head + ", which is not a number. Write digits with a point, or leave the cell empty.";
    }
  } else if (field.type == "boolean") {
    const auto word = plain_boolean(field, text);
    if (word != "true" && word != "false") return head + ", which is neither true nor false.";
  } else if (field.type == "date" && (field.format == "default" || field.format == "any")) {
    const auto date = Edtf::parse(text);
    if (!date) return head + ": " + date.error().what;
    if (field.format == "default" && (text.size() < 10 || !date->is_exact())) {
      return head + ", which is not a date such as 2021-12-16.";
    }
  } else if (field.type == "year") {
    if (!schema_digits(without_sign(text)) || text.size() > 6) return head + ", which is not a year.";
  } else if (field.type == "yearmonth") {
    if (text.size() != 7 || !Edtf::parse(text)) return head + ", which is not a month such as 2021-12.";
  }
  return {};
}

}  // namespace

const Field* TableSchema::field(std::string_view name) const {
  const auto found = std::ranges::find(fields, name, &Field::name);
  return found == fields.end() ? nullptr : &*found;
}

std::string field_fault(const Field& field, std::string_view text) {
  if (auto fault = type_fault(field, text); !fault.empty()) return fault;
  const std::string head = "column " + field.name + " holds " + cell_quoted(text);
  // true and TRUE are one value, whichever of them the list has.
  const auto is_same = [&](std::string_view allowed) {
    return allowed == text || (field.type == "boolean" && plain_boolean(field, allowed) == plain_boolean(field, text));
  };
  if (!field.allowed.empty() && std::ranges::none_of(field.allowed, is_same)) {
    std::string list;
    for (std::size_t i = 0; i < field.allowed.size() && i < 12; ++i) list += (i > 0 ? ", " : "") + field.allowed[i];
    if (field.allowed.size() > 12) list += ", …";
    return head + ", but the schema allows only: " + list + ".";
  }
  if (field.min_length && letters_in(text) < *field.min_length) {
    return head + ", which is shorter than " + std::to_string(*field.min_length) + " letters.";
  }
  if (field.max_length && letters_in(text) > *field.max_length) {
    return head + ", which is longer than " + std::to_string(*field.max_length) + " letters.";
  }
  if (field.minimum || field.maximum) {
    const std::string plain = plain_number(field, text);
    const std::string_view digits = plain.starts_with('+') ? std::string_view(plain).substr(1) : std::string_view(plain);
    double value = 0;
    if (std::from_chars(digits.data(), digits.data() + digits.size(), value).ec == std::errc{}) {
      if (field.minimum && value < *field.minimum) return head + ", less than " + number_text(*field.minimum) + ".";
      if (field.maximum && value > *field.maximum) return head + ", more than " + number_text(*field.maximum) + ".";
    }
  }
  return {};
}

CellType cell_type(const Field& field) {
  const bool own_marks = field.decimal_mark != "." || !field.group_mark.empty() || !field.bare_number;
  if (field.type == "integer" && !own_marks) return CellType::integer;
  if (field.type == "number" && !own_marks) return CellType::number;
  if (field.type == "boolean") return CellType::boolean;
  if ((field.type == "date" && field.format == "default") || field.type == "year" || field.type == "yearmonth") {
    return CellType::date;
  }
  return CellType::text;
}

std::string_view plain_boolean(const Field& field, std::string_view text) {
  if (std::ranges::find(field.true_values, text) != field.true_values.end()) return "true";
  if (std::ranges::find(field.false_values, text) != field.false_values.end()) return "false";
  return text;
}

bool is_integer_text(std::string_view text) { return schema_digits(without_sign(text)); }

bool is_number_text(std::string_view text) {
  text = without_sign(text);
  const auto exponent = text.find_first_of("eE");
  if (exponent != std::string_view::npos && !schema_digits(without_sign(text.substr(exponent + 1)))) return false;
  text = text.substr(0, exponent);
  const auto point = text.find('.');
  if (point == std::string_view::npos) return schema_digits(text);
  const auto whole = text.substr(0, point), fraction = text.substr(point + 1);
  return (whole.empty() || schema_digits(whole)) && (fraction.empty() || schema_digits(fraction)) &&
         !(whole.empty() && fraction.empty());
}

CellType inferred_type(const Dictionary& values) {
  bool any = false, integer = true, number = true, boolean = true, date = true;
  for (Dictionary::Code code = 0; code < values.size(); ++code) {
    const std::string& text = values.text(code);
    if (text.empty()) continue;
    any = true;
    const auto digits = without_sign(text);
    const bool padded = digits.size() > 1 && digits[0] == '0' && digits[1] >= '0' && digits[1] <= '9';
    integer = integer && !padded && is_integer_text(text);
    number = number && !padded && is_number_text(text);
    boolean = boolean && (text == "true" || text == "false");
    date = date && text.size() >= 7 && text[4] == '-' && Edtf::parse(text).has_value();
    if (!number && !boolean && !date) return CellType::text;
  }
  if (!any) return CellType::text;
  if (integer) return CellType::integer;
  if (number) return CellType::number;
  if (boolean) return CellType::boolean;
  return date ? CellType::date : CellType::text;
}

}  // namespace entente

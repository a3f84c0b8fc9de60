#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/attribute.hpp"

namespace entente {

/// What a Table Schema says of one column.
struct Field {
  std::string name;
  std::string type = "any";     // string, number, integer, boolean, date, year, ... as the schema names it
  std::string format = "default";
  std::string description = {};
  bool required = false;
  bool unique = false;
  std::vector<std::string> allowed = {};  // enum; empty: all
  std::optional<double> minimum = {}, maximum = {};
  std::optional<std::size_t> min_length = {}, max_length = {};  // in code points
  std::string decimal_mark = ".", group_mark = {};         // of numbers
  bool bare_number = true;
  std::vector<std::string> true_values{"true", "True", "TRUE", "1"};
  std::vector<std::string> false_values{"false", "False", "FALSE", "0"};
};

/// Columns of this table that must name a row of that one.
struct ForeignKey {
  std::vector<std::string> fields;
  std::string resource;  // empty: the table itself
  std::vector<std::string> reference_fields;
};

struct TableSchema {
  bool stated = false;  // there is a schema at all
  std::vector<Field> fields;
  std::vector<std::string> missing_values{""};
  std::vector<std::string> primary_key;
  std::vector<std::vector<std::string>> unique_keys;
  std::vector<ForeignKey> foreign_keys;

  const Field* field(std::string_view name) const;
};

/// What is wrong with a cell by the rule of its column, or empty. The cell is not empty.
std::string field_fault(const Field& field, std::string_view text);

/// The type under which a column of this rule is kept. Numbers with marks of their own are text to us.
CellType cell_type(const Field& field);

/// "true" or "false" for one of the field's words for them; otherwise the text as it is.
std::string_view plain_boolean(const Field& field, std::string_view text);

/// The narrowest of integer, number, boolean, date and text that holds all values; empty ones say nothing.
/// Numbers with leading zeros are text: 007 is a code.
CellType inferred_type(const Dictionary& values);

bool is_integer_text(std::string_view text);
bool is_number_text(std::string_view text);

}  // namespace entente

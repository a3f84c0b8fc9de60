#include "io/table_writer.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

#include "engine/text.hpp"
#include "io/json_text.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

/// Shortest digits that read back the same; "null" words never appear: what is not finite is not known.
std::string shortest_digits(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 32> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

/// Six significant digits, for reading.
std::string readable_digits(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 48> digits;
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::general, 6).ptr};
}

/// The code point at `i`, which moves past it; negative where the bytes are not UTF-8.
UChar32 next_letter(std::string_view text, std::size_t& i) {
  const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
  UChar32 letter = 0;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"  // inside ICU's macro
#pragma GCC diagnostic ignored "-Wsign-conversion"
  U8_NEXT(bytes, i, text.size(), letter);
#pragma GCC diagnostic pop
  return letter;
}

bool is_number_cell(const TableCell& cell) {
  return std::holds_alternative<std::int64_t>(cell) || std::holds_alternative<double>(cell) || std::holds_alternative<Money>(cell);
}

std::string column_heading(const TableColumn& column) {
  return column.unit.empty() ? column.name : column.name + " [" + column.unit + "]";
}

/// A cell for people: on one line, nothing in it that moves the cursor.
std::string readable_cell(const TableCell& cell, const NetworkPtr& network) {
  if (const double* number = std::get_if<double>(&cell)) return readable_digits(*number);
  std::string text = cell_text(cell, network);
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) c = ' ';
  }
  return text;
}

/// At most `width` terminal columns, with an ellipsis where something was cut.
std::string cut_to_width(const std::string& text, std::size_t width) {
  if (display_width(text) <= width) return text;
  std::size_t end = 0, fits = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t next = i + 1;
    while (next < text.size() && (static_cast<unsigned char>(text[next]) & 0xC0) == 0x80) ++next;
    fits += display_width(std::string_view(text).substr(i, next - i));
    if (fits + 1 > width) break;
    end = i = next;
  }
  return text.substr(0, end) + "…";
}

/// Title and notes, one a line, each after `lead`.
std::string remarks_of(const Table& table, std::string_view lead) {
  std::string text;
  if (!table.completeness.empty()) text += std::string(lead) + table.completeness + "\n";
  if (!table.complete && table.completeness.empty()) text += std::string(lead) + "the listing is not complete\n";
  for (const std::string& note : table.provenance.notes) text += std::string(lead) + note + "\n";
  return text;
}

std::string terminal_text(const Table& table, const TableWriterOptions& options) {
  const std::size_t columns = table.columns.size();
  std::vector<std::vector<std::string>> lines;
  std::vector<std::size_t> width(columns, 0);
  std::vector<bool> right(columns, false);
  std::vector<std::string> head;
  for (const TableColumn& column : table.columns) head.push_back(column_heading(column));
  lines.push_back(std::move(head));
  for (const auto& row : table.rows) {
    std::vector<std::string> line(columns);
    for (std::size_t i = 0; i < columns && i < row.size(); ++i) {
      right[i] = right[i] || is_number_cell(row[i]);
      line[i] = readable_cell(row[i], table.network);
      if (options.max_width > 0 && !is_number_cell(row[i])) line[i] = cut_to_width(line[i], options.max_width);
    }
    lines.push_back(std::move(line));
  }
  for (const auto& line : lines) {
    for (std::size_t i = 0; i < columns; ++i) width[i] = std::max(width[i], display_width(line[i]));
  }

  std::string text;
  if (options.notes && !table.title.empty()) text += table.title + "\n";
  for (std::size_t row = 0; row < lines.size(); ++row) {
    std::string line;
    for (std::size_t i = 0; i < columns; ++i) {
      if (i > 0) line += "  ";
      const std::string padding(width[i] - display_width(lines[row][i]), ' ');
      line += right[i] ? padding + lines[row][i] : lines[row][i] + padding;
    }
    line.resize(line.find_last_not_of(' ') + 1);
    text += row == 0 && options.color ? "\033[1m" + line + "\033[0m\n" : line + "\n";
  }
  return options.notes ? text + remarks_of(table, "") : text;
}

std::string csv_text(const Table& table, const TableWriterOptions& options) {
  std::string text;
  const auto put = [&](const std::string& cell, bool is_text) {
    append_csv_field(text, is_text && options.spreadsheet_safe ? spreadsheet_text(cell) : cell);
  };
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (i > 0) text += ',';
    put(column_heading(table.columns[i]), true);
  }
  text += '\n';
  for (const auto& row : table.rows) {
    const std::size_t line_begin = text.size();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      if (i > 0) text += ',';
      if (i < row.size()) put(cell_text(row[i], table.network), !is_number_cell(row[i]));
    }
    if (text.size() == line_begin) text += "\"\"";  // a blank line would not be read as a row
    text += '\n';
  }
  return text;
}

std::string json_rows(const Table& table) {
  JsonWriter json;
  json.begin_array();
  for (const auto& row : table.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      json.key(table.columns[i].name);
      put_json_cell(json, i < row.size() ? row[i] : TableCell{}, table.network);
    }
    json.end_object();
  }
  json.end_array();
  return std::move(json).take();
}

/// Text that Markdown and the HTML it may hold leave alone.
std::string markdown_cell(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '|': escaped += "\\|"; break;
      case '\\': case '`': case '*': case '_': case '[': case ']': case '#':
        escaped += '\\';
        escaped += c;
        break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '&': escaped += "&amp;"; break;
      default: escaped += c;
    }
  }
  return escaped;
}

std::string markdown_text(const Table& table, const TableWriterOptions& options) {
  std::string text;
  if (options.notes && !table.title.empty()) text += "**" + markdown_cell(table.title) + "**\n\n";
  std::string rule = "|";
  text += "|";
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    text += " " + markdown_cell(column_heading(table.columns[i])) + " |";
    const bool right = std::ranges::any_of(table.rows, [&](const auto& row) { return i < row.size() && is_number_cell(row[i]); });
    rule += right ? " ---: |" : " --- |";
  }
  text += "\n" + rule + "\n";
  for (const auto& row : table.rows) {
    text += "|";
    for (std::size_t i = 0; i < table.columns.size(); ++i) {
      const std::string cell = i < row.size() ? readable_cell(row[i], table.network) : std::string();
      text += " " + (i < row.size() && is_number_cell(row[i]) ? cell : markdown_cell(cell)) + " |";
    }
    text += "\n";
  }
  if (!options.notes) return text;
  const std::string remarks = remarks_of(table, "- ");
  return remarks.empty() ? text : text + "\n" + remarks;
}

}  // namespace

Result<TableFormat> parse_table_format(std::string_view name) {
  if (name == "table") return TableFormat::table;
  if (name == "csv") return TableFormat::csv;
  if (name == "json") return TableFormat::json;
  if (name == "markdown" || name == "md") return TableFormat::markdown;
  return fail(ErrorCode::bad_argument, "output format \"" + shortened(name, 40) + "\" is not known. Known: table, csv, json, markdown.");
}

std::string cell_text(const TableCell& cell, const NetworkPtr& network) {
  struct Writer {
    const NetworkPtr& network;
    std::string operator()(std::monostate) const { return {}; }
    std::string operator()(bool flag) const { return flag ? "true" : "false"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return shortest_digits(number); }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Money& money) const { return decimal_text(money); }
    std::string operator()(NodeId node) const { return network ? std::string(network->key(node)) : std::to_string(node.index); }
    std::string operator()(EdgeId edge) const { return network ? std::string(network->key(edge)) : std::to_string(edge.index); }
  };
  return std::visit(Writer{network}, cell);
}

void put_json_cell(JsonWriter& json, const TableCell& cell, const NetworkPtr& network) {
  if (std::holds_alternative<std::monostate>(cell)) {
    json.null();
  } else if (const bool* flag = std::get_if<bool>(&cell)) {
    json.value(*flag);
  } else if (const double* number = std::get_if<double>(&cell)) {
    json.value(*number);
  } else if (is_number_cell(cell)) {
    json.raw(cell_text(cell, network));
  } else {
    json.value(cell_text(cell, network));
  }
}

std::string write_table(const Table& table, TableFormat format, const TableWriterOptions& options) {
  switch (format) {
    case TableFormat::table: return terminal_text(table, options);
    case TableFormat::csv: return csv_text(table, options);
    case TableFormat::json: return json_rows(table);
    case TableFormat::markdown: return markdown_text(table, options);
  }
  return {};
}

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  std::size_t i = 0;
  while (i < text.size()) {
    const UChar32 letter = next_letter(text, i);
    if (letter < 0) {
      ++width;  // shown as a replacement letter
      continue;
    }
    const auto type = u_charType(letter);
    const int joined = u_getIntPropertyValue(letter, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (type == U_NON_SPACING_MARK || type == U_ENCLOSING_MARK || type == U_FORMAT_CHAR || type == U_CONTROL_CHAR ||
        joined == U_HST_VOWEL_JAMO || joined == U_HST_TRAILING_JAMO) {
      continue;
    }
    const int east_asian = u_getIntPropertyValue(letter, UCHAR_EAST_ASIAN_WIDTH);
    width += east_asian == U_EA_WIDE || east_asian == U_EA_FULLWIDTH ? 2 : 1;
  }
  return width;
}

std::string spreadsheet_text(std::string_view text) {
  constexpr std::string_view dangerous = "=+-@\t\r";
  if (text.empty() || dangerous.find(text[0]) == std::string_view::npos || is_number_text(text)) return std::string(text);
  return "'" + std::string(text);
}

void append_csv_field(std::string& out, std::string_view text) {
  const bool plain = text.find_first_of(",\"\n\r") == std::string_view::npos &&
                     (text.empty() || (text.front() != ' ' && text.back() != ' ' && text.front() != '\t' && text.back() != '\t'));
  if (plain) {
    out += text;
    return;
  }
  out += '"';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
}

std::string csv_field(std::string_view text) {
  std::string field;
  append_csv_field(field, text);
  return field;
}

}  // namespace entente

#pragma once

#include <string>
#include <string_view>

#include "engine/error.hpp"
#include "engine/table.hpp"

namespace entente {

class JsonWriter;

/// How a table is written: aligned for a terminal, for spreadsheets, for programs, for documents.
enum class TableFormat { table, csv, json, markdown };

/// Errors: bad_argument, naming the four.
Result<TableFormat> parse_table_format(std::string_view name);

struct TableWriterOptions {
  bool color = false;           // of the terminal form
  std::size_t max_width = 0;    // of a cell in the terminal form, in columns; 0 = no bound
  bool spreadsheet_safe = true; // csv: text that a spreadsheet would take for a formula gets a ' before it
  bool notes = true;            // title, completeness and provenance notes in the table and markdown forms
};

/// The table as text that ends with a line end.
///
/// Money is written exactly, doubles in the shortest form that reads back the same in csv and json
/// and with six significant digits in the forms for people; what is not known is an empty cell (null
/// in json). A NodeId or EdgeId cell is written as its key.
/// csv: RFC 4180 with line feeds. A column with a unit is headed `flow [USD]`.
/// json: an array of objects, one a row, in the order of the columns.
/// table: text left, numbers right, widths as the terminal shows them (East Asian wide letters take
/// two columns, combining marks none).
std::string write_table(const Table& table, TableFormat format, const TableWriterOptions& options = {});

/// One cell as csv and json write it, without quotes; empty for what is not known.
std::string cell_text(const TableCell& cell, const NetworkPtr& network);

/// One cell as a JSON value, for documents that hold more than a table.
void put_json_cell(JsonWriter& json, const TableCell& cell, const NetworkPtr& network);

/// The columns a terminal needs for a text: 2 for East Asian wide and emoji, 0 for marks.
std::size_t display_width(std::string_view text);

/// Text made harmless for a spreadsheet: a ' before = + - @ tab and carriage return, unless it is a number.
std::string spreadsheet_text(std::string_view text);

/// A field as CSV writes it: quoted where it holds a delimiter, a quote, a line end or an outer blank.
std::string csv_field(std::string_view text);
void append_csv_field(std::string& out, std::string_view text);

}  // namespace entente

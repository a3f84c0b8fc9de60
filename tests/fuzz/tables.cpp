#include "engine/table.hpp"
#include "io/delimited.hpp"
#include "io/json_input.hpp"
#include "io/table_writer.hpp"
#include "reader.hpp"

// Cells of hostile text, a line each: whatever they hold, the table is valid JSON and UTF-8, and its CSV reads back
// letter by letter, with nothing in it that a spreadsheet takes for a formula.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  std::string_view rest = fuzz::text_of(data, size);
  Table table;
  table.title = fuzz::take_line(rest);
  table.columns = {{"x", "", ""}, {"y", "", ""}};
  while (!rest.empty()) {
    std::string x(fuzz::take_line(rest)), y(fuzz::take_line(rest));
    std::ranges::replace(y, '\v', '\n');
    table.rows.push_back({std::move(x), std::move(y)});
  }
  TableWriterOptions as_it_is;
  as_it_is.spreadsheet_safe = false;
  const std::string csv = write_table(table, TableFormat::csv, as_it_is);
  DelimitedReader reader(csv, {}, {});
  fuzz::require(reader.next() == DelimitedReader::Step::row);
  for (const auto& row : table.rows) {
    fuzz::require(reader.next() == DelimitedReader::Step::row && reader.cells().size() == 2);
    for (std::size_t i = 0; i < 2; ++i) fuzz::require(reader.cells()[i].text == std::get<std::string>(row[i]));
  }
  fuzz::require(reader.next() == DelimitedReader::Step::end);

  for (const TableFormat format : {TableFormat::table, TableFormat::csv, TableFormat::json, TableFormat::markdown}) {
    const std::string text = write_table(table, format);
    fuzz::require(text.ends_with('\n'));
    if (format == TableFormat::json) fuzz::require(parse_json(text, "cells.json", {}).has_value());
  }
  for (const auto& row : table.rows) {
    const std::string safe = spreadsheet_text(std::get<std::string>(row[0]));
    fuzz::require(safe.empty() || (safe[0] != '=' && safe[0] != '@'));
  }
  return 0;
}

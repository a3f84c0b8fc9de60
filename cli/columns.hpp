#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/selection.hpp"
#include "engine/table.hpp"
#include "io/json_text.hpp"

namespace entente {

/// A column of nodes or ties as a user can name it, and what its cells hold within a selection.
struct ColumnSummary {
  bool of_nodes = true;
  std::string name;
  std::string type;             // text, integer, number, boolean, date or money
  std::size_t filled = 0;       // rows that state something
  std::size_t total = 0;        // rows of the selection
  std::string least, most;      // of numbers, dates and money in one currency: the ends of the range, as the data writes them
  std::string unit;             // of money in one currency
  std::vector<std::string> examples;     // of other columns: the commonest values, most rows first; of ids and names the first
  std::optional<std::size_t> more = {};  // values beside the examples; empty where nobody counted them
  std::vector<std::string> options;      // that take its name: where, weight, collapse, color

  /// "0 to 40", "signed, planned and 3 more": for people.
  std::string values() const;
};

/// The columns of nodes, then those of ties: the known ones of which some row states something, and all further ones, in
/// the order of the input. O(n + m) a column, and sorting its different values.
std::vector<ColumnSummary> columns_of(const Selection& selection);

/// One row a column.
Table columns_table(const std::vector<ColumnSummary>& columns);

/// The same on two cells, for a table of figures and values: "column of ties: hours" and "number, 22 of 26, 0 to 40".
std::vector<std::vector<TableCell>> columns_as_figures(const std::vector<ColumnSummary>& columns);

/// An array of objects.
void write_columns(JsonWriter& json, const std::vector<ColumnSummary>& columns);

}  // namespace entente

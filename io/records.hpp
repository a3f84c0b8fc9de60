#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "engine/error.hpp"
#include "engine/network_builder.hpp"
#include "io/delimited.hpp"
#include "io/schema.hpp"

namespace entente {

/// A table on its way in: its text, its layout, its schema.
struct TableText {
  std::string table;      // "edges", as the ledger names it
  std::string file;       // "edges.csv", as places name it
  std::string_view text;  // UTF-8
  Dialect dialect;
  TableSchema schema;
  ReadLimits limits;
  bool fill_names = false;  // columns without a name, or with a name taken already, get one made up
  std::uint64_t first_line = 1;  // of `text` in the file
};

/// The columns of a table, from its header line (or its schema, where there is no header).
struct Header {
  std::vector<std::string> names;  // outer blanks removed
  std::uint64_t line = 1;
  std::vector<std::string> filled = {};  // the names that were made up

  std::size_t find(std::string_view name) const;  // names.size() where absent
};

/// Which columns of the table are keys that other rows may point to, and which point elsewhere.
/// The checks that NetworkBuilder makes anyway are not repeated here.
struct KeyChecks {
  struct Unique {
    std::vector<std::size_t> columns;
    std::string what;  // "primary key id"
    std::unordered_set<std::string> seen = {};
  };
  struct Reference {
    std::vector<std::size_t> columns;
    const std::unordered_set<std::string>* known;
    std::string what;  // "resource nodes, id"
  };
  std::vector<Unique> unique;
  std::vector<Reference> references;
};

/// Cells of one row as one text, for sets of keys.
std::string key_of(const std::vector<Cell>& cells, const std::vector<std::size_t>& columns);

/// Reads a table row by row: takes its header, replaces the schema's words for "missing" by nothing,
/// and refuses rows that break the schema before anybody sees them.
class TableReader {
 public:
  explicit TableReader(const TableText& table);

  /// Errors: bad_input (no header, a column without a name, a column twice, not UTF-8).
  Result<Header> header();

  /// Checks to be made on every row; columns as in the header.
  KeyChecks& keys() { return keys_; }

  /// Calls `take` with every row that holds, after refusing the others in the builder's ledger.
  /// A row with more or fewer cells than columns is refused.
  void for_each_row(NetworkBuilder& builder, const std::function<void(std::uint64_t line, std::vector<Cell>& cells)>& take);

 private:
  bool conforms(NetworkBuilder& builder, std::vector<Cell>& cells);
  void refuse(NetworkBuilder& builder, const Cell& cell, std::string reason);

  const TableText& table_;
  DelimitedReader reader_;
  Header header_;
  std::vector<const Field*> rules_;  // by column; null: anything goes
  bool only_empty_is_missing_ = true;
  KeyChecks keys_;
};

/// A fixed column of a row, and the cell it fills.
template <class Row>
struct Slot {
  std::string_view name;
  Cell Row::* cell;
  bool required = false;
};

extern const std::vector<Slot<NodeRow>> node_slots;
extern const std::vector<Slot<NameRow>> name_slots;
extern const std::vector<Slot<SourceRow>> source_slots;
extern const std::vector<Slot<EdgeRow>> edge_slots;
extern const std::vector<Slot<EvidenceRow>> edge_evidence_slots;
extern const std::vector<Slot<EvidenceRow>> node_evidence_slots;

/// Where each column of a header goes: into a slot, or among the further ones.
template <class Row>
struct Binding {
  std::vector<std::pair<std::size_t, Cell Row::*>> fixed;
  std::vector<std::size_t> further;
};

/// Errors: bad_input for a required column that is missing.
template <class Row>
Result<Binding<Row>> bind_columns(const Header& header, const std::vector<Slot<Row>>& slots, const std::string& file) {
  Binding<Row> binding;
  std::vector<bool> taken(header.names.size(), false);
  for (const Slot<Row>& slot : slots) {
    const std::size_t column = header.find(slot.name);
    if (column < header.names.size()) {
      binding.fixed.emplace_back(column, slot.cell);
      taken[column] = true;
    } else if (slot.required) {
      return fail(ErrorCode::bad_input, "column " + std::string(slot.name) + " is missing. Add it to the first line.",
                  Place{file, header.line, 0}.text());
    }
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) binding.further.push_back(i);
  }
  return binding;
}

/// Feeds every row of a table to `add`, cells in their slots and the others in `row.further`.
template <class Row, class Add>
void add_rows(TableReader& reader, const Binding<Row>& binding, const std::string& file, NetworkBuilder& builder, Add add) {
  Row row;
  reader.for_each_row(builder, [&](std::uint64_t line, std::vector<Cell>& cells) {
    row.place = {file, line};
    for (const auto& [column, cell] : binding.fixed) row.*cell = cells[column];
    row.further.clear();
    for (const std::size_t column : binding.further) row.further.push_back(cells[column]);
    add(row);
  });
}

}  // namespace entente

#include <algorithm>
#include <optional>
#include <span>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/csv.hpp"
#include "io/records.hpp"

namespace entente {

namespace {

/// "  (From) " -> "from": as column names are compared.
std::string plain_column_name(std::string_view name) {
  std::string plain;
  for (const char c : name) plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  const auto first = plain.find_first_not_of(" \t()[]\"'");
  if (first == std::string::npos) return {};
  return plain.substr(first, plain.find_last_not_of(" \t()[]\"'") + 1 - first);
}

constexpr std::string_view source_words[] = {"source", "from", "src", "sender", "start_id", "source_id", "from_id"};
constexpr std::string_view target_words[] = {"target", "to", "dst", "receiver", "end_id", "target_id", "to_id"};

constexpr std::size_t no_column = static_cast<std::size_t>(-1);

std::size_t column_called(const std::vector<std::string>& names, std::span<const std::string_view> words) {
  for (const std::string_view word : words) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (plain_column_name(names[i]) == word) return i;
    }
  }
  return no_column;
}

std::optional<std::vector<std::string>> first_row(const TableText& table) {
  DelimitedReader reader(table.text, table.dialect, table.limits);
  if (reader.next() != DelimitedReader::Step::row) return std::nullopt;
  std::vector<std::string> row;
  for (const Cell& cell : reader.cells()) row.emplace_back(cell.text);
  return row;
}

/// Is the first row already a tie? Two numbers are; so are two names that occur as ends below.
bool first_row_is_data(const TableText& table) {
  constexpr int rows_looked_at = 1000;
  const auto row = first_row(table);
  if (is_number_text((*row)[0]) && is_number_text((*row)[1])) return true;
  DelimitedReader reader(table.text, table.dialect, table.limits);
  reader.next();
  bool first_found = false, second_found = false;
  for (int rows = 0; rows < rows_looked_at; ++rows) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) break;
    if (step == DelimitedReader::Step::fault || reader.cells().size() < 2) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      first_found = first_found || reader.cells()[i].text == (*row)[0];
      second_found = second_found || reader.cells()[i].text == (*row)[1];
    }
  }
  return first_found && second_found;
}

/// Gephi's word for a direction, as the builder wants it; empty for other words.
std::string_view direction_of_type(std::string_view type) {
  const std::string plain = plain_column_name(type);
  if (plain == "directed") return "true";
  if (plain == "undirected" || plain == "mutual") return "false";
  return {};
}

/// The cell of the first data row in this column.
std::string first_value(const TableText& table, std::size_t column) {
  DelimitedReader reader(table.text, table.dialect, table.limits);
  if (table.dialect.header) reader.next();
  if (reader.next() != DelimitedReader::Step::row || column >= reader.cells().size()) return {};
  return std::string(reader.cells()[column].text);
}

struct EdgeListColumns {
  Binding<EdgeRow> columns;
  bool gephi_type = false;  // the slot `directed` holds Directed, Undirected or Mutual
};

/// Finds the ends and the other columns of edges.csv under the names that loose files use.
Result<EdgeListColumns> bind_edge_list(const Header& header, const TableText& table, std::vector<std::string>& guesses) {
  EdgeListColumns found;
  std::vector<bool> taken(header.names.size(), false);
  const auto take = [&](std::size_t column, Cell EdgeRow::* cell) {
    found.columns.fixed.emplace_back(column, cell);
    taken[column] = true;
  };

  std::size_t source = column_called(header.names, source_words), target = column_called(header.names, target_words);
  if ((source == no_column) != (target == no_column)) {
    return fail(ErrorCode::bad_input, std::string("column ") + (source == no_column ? "source" : "target") +
                                          " is missing. Name the columns of the two ends source and target.",
                Place{table.file, header.line, 0}.text());
  }
  if (source == no_column) {
    source = 0;
    target = 1;
    guesses.push_back("no columns are called source and target, so the first two were taken: " + shortened(header.names[0], 40) +
                      " and " + shortened(header.names[1], 40) + ".");
  }
  take(source, &EdgeRow::source);
  take(target, &EdgeRow::target);

  const auto column_named = [&](std::string_view name) {
    const std::string_view names[] = {name};
    const std::size_t column = column_called(header.names, names);
    return column == no_column || taken[column] ? no_column : column;
  };
  const bool has_currency = column_named("currency") != no_column;
  for (const Slot<EdgeRow>& slot : edge_slots) {
    const std::size_t column = column_named(slot.name);
    if (column == no_column || slot.required) continue;
    if (slot.name == "amount" && !has_currency) {
      guesses.push_back("column amount was kept as plain numbers, since no column states a currency.");
      continue;
    }
    // Loose files leave ids empty; a name for the tie is then made up.
    take(column, slot.cell);
  }
  if (const std::size_t type = column_named("type");
      type != no_column && !direction_of_type(first_value(table, type)).empty() && column_named("directed") == no_column &&
      std::ranges::none_of(found.columns.fixed, [](const auto& pair) { return pair.second == &EdgeRow::directed; })) {
    take(type, &EdgeRow::directed);
    found.gephi_type = true;
  }
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (!taken[i]) found.columns.further.push_back(i);
  }
  return found;
}

/// How the file is laid out, with every guess that was made.
struct CsvLayout {
  Dialect dialect;
  std::vector<std::string> guesses;
};

/// The delimiter that cuts the names of both ends out of the header line, or else the one that cuts all rows alike.
char likely_delimiter(std::string_view text, const ReadLimits& limits) {
  for (const char candidate : {',', ';', '\t', '|', ' '}) {
    Dialect dialect;
    dialect.delimiter = candidate;
    DelimitedReader reader(text, dialect, limits);
    if (reader.next() != DelimitedReader::Step::row) continue;
    std::vector<std::string> names;
    for (const Cell& cell : reader.cells()) names.emplace_back(cell.text);
    if (column_called(names, source_words) != no_column && column_called(names, target_words) != no_column) return candidate;
  }
  return sniff_delimiter(text);
}

CsvLayout csv_layout(std::string_view text, const Utf8Text& decoded, const ReadOptions& options) {
  CsvLayout layout;
  if (!decoded.guess().empty()) layout.guesses.push_back("the text was taken as " + decoded.guess() + ".");
  layout.dialect.delimiter = options.delimiter != 0 ? options.delimiter : likely_delimiter(text, options.limits);
  if (options.delimiter == 0 && layout.dialect.delimiter != ',') {
    layout.guesses.push_back(std::string("the delimiter was taken to be ") +
                             (layout.dialect.delimiter == '\t' ? std::string("the tab")
                              : layout.dialect.delimiter == ' ' ? std::string("the blank") : std::string(1, layout.dialect.delimiter)) + ".");
  }
  const std::string_view first_line = text.substr(0, text.find_first_of("\r\n"));
  if (first_line.find(std::string(1, layout.dialect.delimiter) + " \"") != std::string_view::npos) {
    layout.dialect.skip_initial_space = true;
    layout.guesses.push_back("blanks after the delimiter were skipped.");
  }
  return layout;
}

}  // namespace

Result<NetworkPtr> read_csv(const Input& input, const ReadOptions& options) {
  const auto decoded = Utf8Text::decode(input.bytes, options.encoding, input.file);
  if (!decoded) return tl::unexpected(decoded.error());
  CsvLayout layout = csv_layout(decoded->view(), *decoded, options);
  TableText table{"edges", input.file, decoded->view(), layout.dialect, {}, options.limits, true};
  if (const auto row = first_row(table); row && row->size() < 2) {
    return fail(ErrorCode::bad_input, "the table has a single column. An edge list needs two: source and target.",
                Place{input.file, 1, 0}.text());
  } else if (row && column_called(*row, source_words) == no_column && column_called(*row, target_words) == no_column &&
             first_row_is_data(table)) {
    table.dialect.header = false;
    layout.guesses.push_back("the first row was taken as data, since its cells are ends of ties, not names of columns.");
    for (std::size_t i = 0; i < row->size(); ++i) {
      const bool weight = i == 2 && row->size() == 3 && is_number_text((*row)[2]);
      table.schema.fields.push_back(
          {.name = i == 0 ? "source" : i == 1 ? "target" : weight ? "weight" : "column " + std::to_string(i + 1)});
    }
  }

  TableReader reader(table);
  auto header = reader.header();
  if (!header) return tl::unexpected(header.error());
  if (!header->filled.empty()) {
    layout.guesses.push_back(counted(header->filled.size(), "column", "columns") + " without a name of their own, from \"" +
                             header->filled.front() + "\" on, got one.");
  }
  auto binding = bind_edge_list(*header, table, layout.guesses);
  if (!binding) return tl::unexpected(binding.error());

  NetworkBuilder builder(input.info, {.implicit_nodes = true, .without_direction = options.direction});
  for (const std::string& guess : layout.guesses) builder.guess(Place{input.file, 0, 0}, guess);
  for (const std::size_t column : binding->columns.further) {
    builder.declare_edge_attribute(header->names[column], CellType::text);
  }
  add_rows(reader, binding->columns, input.file, builder, [&](EdgeRow& row) {
    if (row.key.text.empty()) row.key.column = 0;  // as if there were no column id: Gephi leaves it empty
    if (binding->gephi_type) {
      const auto direction = direction_of_type(row.directed.text);
      // Other words stay as they are, and the builder refuses them with their place.
      if (!direction.empty()) row.directed.text = direction;
    }
    builder.add(row);
  });
  for (Attribute& attribute : builder.edge_attributes()) attribute.type = inferred_type(attribute.values);
  return builder.build();
}

}  // namespace entente

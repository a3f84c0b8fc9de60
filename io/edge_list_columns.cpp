#include "io/edge_list_columns.hpp"

#include <algorithm>
#include <charconv>
#include <functional>

#include "engine/date.hpp"
#include "engine/text.hpp"
#include "io/edge_list_names.hpp"

namespace entente {

namespace {

/// Calls `look` with the row's place and the cell of every row in this column until it returns false.
void each_value(const TableText& table, std::size_t column, const std::function<bool(std::uint64_t line, const Cell& cell)>& look) {
  DelimitedReader reader(table.text, table.dialect, table.limits, table.first_line);
  if (table.dialect.header) reader.next();
  while (true) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) return;
    if (step == DelimitedReader::Step::fault || column >= reader.cells().size()) continue;
    if (!look(reader.line(), reader.cells()[column])) return;
  }
}

std::string first_value(const TableText& table, std::size_t column) {
  std::string value;
  each_value(table, column, [&](std::uint64_t, const Cell& cell) {
    value = cell.text;
    return false;
  });
  return value;
}

/// Does the column count the rows, 1, 2, 3, … or from 0, as R and pandas write them?
bool counts_rows(const TableText& table, std::size_t column) {
  std::uint64_t next = 0;
  bool first = true, counts = true;
  each_value(table, column, [&](std::uint64_t, const Cell& cell) {
    std::uint64_t value = 0;
    const auto end = cell.text.data() + cell.text.size();
    const auto read = std::from_chars(cell.text.data(), end, value);
    counts = read.ec == std::errc{} && read.ptr == end && (first ? value <= 1 : value == next);
    next = value + 1;
    first = false;
    return counts;
  });
  return counts && !first;
}

/// Where the first value stands that is no date; line 0 where all are. An empty column has none.
struct DateFault {
  Place place;
  std::string text;
  bool any_value = false;
};

DateFault first_that_is_no_date(const TableText& table, std::size_t column) {
  DateFault fault;
  each_value(table, column, [&](std::uint64_t line, const Cell& cell) {
    if (cell.text.empty()) return true;
    fault.any_value = true;
    if (cell.text.size() <= 64 && Edtf::parse(cell.text)) return true;
    fault.place = {table.file, line + cell.below, cell.column};
    fault.text = shortened(cell.text, 40);
    return false;
  });
  return fault;
}

}  // namespace

std::string_view direction_of_type(std::string_view type) {
  const std::string plain = plain_column_name(type);
  if (plain == "directed") return "true";
  if (plain == "undirected" || plain == "mutual") return "false";
  return {};
}

Result<EdgeListColumns> bind_edge_list(const Header& header, const TableText& table, const std::string& sign,
                                       std::vector<Remark>& guesses) {
  EdgeListColumns found;
  std::vector<bool> taken(header.names.size(), false);
  const Place head{table.file, header.line, 0};
  const auto take = [&](std::size_t column, Cell EdgeRow::* cell) {
    found.columns.fixed.emplace_back(column, cell);
    taken[column] = true;
  };

  std::size_t source = column_called(header.names, source_words), target = column_called(header.names, target_words);
  if ((source == no_column) != (target == no_column)) {
    return fail(ErrorCode::bad_input, std::string("column ") + (source == no_column ? "source" : "target") +
                                          " is missing. Name the columns of the two ends source and target.", head.text());
  }
  if (source == no_column) {
    source = 0;
    const bool nameless = !header.filled.empty() && header.filled.front() == header.names[0];
    if (nameless && header.names.size() > 2 && counts_rows(table, 0)) {
      source = 1;
      guesses.push_back({head, "the first column has no name and counts the rows, so it is no end of a tie."});
    }
    target = source + 1;
    guesses.push_back({head, std::string("no columns are called source and target, so the ") + (source == 0 ? "first" : "next") +
                                 " two were taken: " + shortened(header.names[source], 40) + " and " +
                                 shortened(header.names[target], 40) +
                                 (sign.empty() ? "." : "; this row has names, not a tie, since " + sign + ".")});
  }
  take(source, &EdgeRow::source);
  take(target, &EdgeRow::target);

  const auto column_named = [&](std::string_view name) {
    const std::string_view names[] = {name};
    const std::size_t column = column_called(header.names, names);
    return column == no_column || taken[column] ? no_column : column;
  };
  const bool has_currency = column_named("currency") != no_column;
  bool has_start = false;
  for (const Slot<EdgeRow>& slot : edge_slots) {
    const std::size_t column = column_named(slot.name);
    if (column == no_column || slot.required) continue;
    if (slot.name == "amount" && !has_currency) {
      guesses.push_back({head, "column amount was kept as plain numbers, since no column states a currency. "
                               "Add a column currency (USD, EUR, …) to have it counted as money."});
      continue;
    }
    has_start = has_start || slot.name == "start";
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

  if (const std::size_t date = column_called(header.names, date_words); !has_start && date != no_column && !taken[date]) {
    const std::string name = shortened(header.names[date], 40);
    if (const DateFault fault = first_that_is_no_date(table, date); fault.place.line > 0) {
      guesses.push_back({fault.place, "column " + name + " was not taken as the dates of the ties, since it holds \"" + fault.text +
                                          "\". Write dates as 2021-04-30, 2021-04 or 2021."});
    } else if (fault.any_value) {
      found.columns.fixed.emplace_back(date, &EdgeRow::start);
      guesses.push_back({head, "column " + name + " was taken as the start of the ties, since no column is called start."});
    }
  }
  return found;
}

}  // namespace entente

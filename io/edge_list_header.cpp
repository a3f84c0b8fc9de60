#include "io/edge_list_header.hpp"

#include <algorithm>
#include <charconv>

#include "engine/text.hpp"
#include "io/edge_list_names.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

constexpr std::size_t header_sample_rows = 1000;

bool has_digit(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= '0' && c <= '9'; });
}
bool has_capital(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}
bool has_small(std::string_view text) {
  return std::ranges::any_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
}

/// "node12" -> "node": what stays of a cell without its digits.
std::string without_digits(std::string_view text) {
  std::string stem;
  for (const char c : text) {
    if (c < '0' || c > '9') stem += c;
  }
  return stem;
}

/// What a column holds below the first row, as far as it was looked at.
struct ColumnBelow {
  std::size_t values = 0, numbers = 0, with_digits = 0, with_capitals = 0;
  bool has_stem_of_first = false;  // a cell that differs from the first row's in its digits only

  bool all_numbers() const { return values > 0 && numbers == values; }
  bool any_text() const { return numbers < values; }
};

/// The cell of the first row that occurs again, in its own column or, for an end, in the other end's.
std::string recurring_cell(const EdgeListLayout& layout, const std::vector<std::string>& row, const ReadLimits& limits) {
  DelimitedReader reader = layout.reader(limits);
  reader.next();
  while (true) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) return {};
    if (step == DelimitedReader::Step::fault) continue;
    const auto& cells = reader.cells();
    const std::size_t width = std::min(cells.size(), row.size());
    for (std::size_t i = 0; i < width; ++i) {
      const std::string_view text = cells[i].text;
      if (text == row[i] && !is_missing_word(text)) return row[i];
      if (i < 2 && text == row[1 - i] && !is_missing_word(text)) return row[1 - i];
    }
  }
}

std::vector<ColumnBelow> columns_below(const EdgeListLayout& layout, const std::vector<std::string>& row, const ReadLimits& limits) {
  std::vector<ColumnBelow> columns(row.size());
  std::vector<std::string> stems;
  for (const std::string& cell : row) stems.push_back(has_digit(cell) ? without_digits(cell) : std::string());
  DelimitedReader reader = layout.reader(limits);
  reader.next();
  for (std::size_t seen = 0; seen < header_sample_rows; ++seen) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) break;
    if (step == DelimitedReader::Step::fault) continue;
    for (std::size_t i = 0; i < std::min(reader.cells().size(), row.size()); ++i) {
      const std::string_view text = reader.cells()[i].text;
      if (is_missing_word(text)) continue;
      ++columns[i].values;
      columns[i].numbers += is_number_text(text);
      columns[i].with_digits += has_digit(text);
      columns[i].with_capitals += has_capital(text);
      if (!stems[i].empty() && has_digit(text) && without_digits(text) == stems[i]) columns[i].has_stem_of_first = true;
    }
  }
  return columns;
}

/// 2001, 2002, …: two or more years from the third cell on, each one later than the last: names of columns as well as values.
bool are_years_in_a_row(const std::vector<std::string>& row) {
  int last = 0;
  std::size_t years = 0;
  for (std::size_t i = 2; i < row.size(); ++i) {
    int year = 0;
    const auto read = std::from_chars(row[i].data(), row[i].data() + row[i].size(), year);
    if (row[i].size() != 4 || read.ptr != row[i].data() + 4 || (years > 0 && year != last + 1)) return false;
    last = year;
    ++years;
  }
  return years >= 2;
}

std::string quoted_cell(std::string_view text) { return "\"" + shortened(text, 40) + "\""; }

}  // namespace

FirstRow judged_first_row(const EdgeListLayout& layout, const std::vector<std::string>& row, const ReadLimits& limits) {
  using Role = FirstRow::Role;
  if (names_both_ends(row)) return {Role::names, "it names source and target"};

  const auto below = columns_below(layout, row, limits);
  const auto heads = [&](std::size_t i) { return is_heading(row[i]) && !below[i].has_stem_of_first; };
  const auto is_one_letter = [&](std::size_t i) { return without_digits(row[i]).size() == 1; };
  const bool ends_are_headings = heads(0) && heads(1);
  if (ends_are_headings && !(is_one_letter(0) && is_one_letter(1))) {
    return {Role::names, "its first two cells are words that head columns"};
  }

  if (const std::string again = recurring_cell(layout, row, limits); !again.empty()) {
    return {Role::tie, "its cell " + quoted_cell(again) + " occurs again below"};
  }
  if (is_number_text(row[0]) && is_number_text(row[1])) return {Role::tie, "its first two cells are numbers"};
  for (std::size_t i = 2; i < row.size() && !are_years_in_a_row(row); ++i) {
    if (is_number_text(row[i]) && !below[i].any_text()) {
      return {Role::tie, "its cell " + quoted_cell(row[i]) + " is a number, like those below"};
    }
  }

  if (row[0].empty() && below[0].all_numbers()) return {Role::names, "its first cell is empty above numbers"};
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (below[i].all_numbers() && !is_number_text(row[i]) && !is_missing_word(row[i])) {
      return {Role::names, quoted_cell(row[i]) + " stands above numbers"};
    }
  }
  std::size_t headings = 0, stated = 0;
  for (std::size_t i = 0; i < row.size(); ++i) {
    headings += heads(i) && !is_one_letter(i);
    stated += !is_missing_word(row[i]);
  }
  if (headings > 0 && 2 * headings >= stated) return {Role::names, "most of its cells are words that head columns"};
  const auto all = [&](std::size_t ColumnBelow::* count) {
    return below[0].values > 0 && below[1].values > 0 && below[0].*count == below[0].values && below[1].*count == below[1].values;
  };
  const bool digits = has_digit(row[0]) || has_digit(row[1]);
  if (!digits && !has_capital(row[0]) && !has_capital(row[1]) && has_small(row[0]) && has_small(row[1]) &&
      all(&ColumnBelow::with_capitals)) {
    return {Role::names, "it is in small letters, while every end below has capitals"};
  }
  if (!digits && all(&ColumnBelow::with_digits)) return {Role::names, "it has no digits, while every end below has"};
  return {Role::unclear, "its ends " + quoted_cell(row[0]) + " and " + quoted_cell(row[1]) + " occur nowhere else"};
}

}  // namespace entente

#include "io/edge_list_layout.hpp"

#include <algorithm>

#include "engine/text.hpp"
#include "io/edge_list_names.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

/// How many rows are looked at before a delimiter or a comment is settled.
constexpr std::size_t layout_rows = 1000;

bool begins_with_mark(std::string_view text) { return text.starts_with('#') || text.starts_with('%'); }

std::string_view first_line_of(std::string_view text) { return text.substr(0, text.find_first_of("\r\n")); }

/// What follows the first line and the blank ones after it; `lines` grows by as many.
std::string_view after_first_line(std::string_view text, std::uint64_t& lines) {
  text.remove_prefix(first_line_of(text).size());
  while (!text.empty() && (text[0] == '\r' || text[0] == '\n')) {
    text.remove_prefix(text.starts_with("\r\n") ? 2 : 1);
    ++lines;
  }
  return text;
}

std::string_view below_comments(std::string_view text) {
  std::uint64_t lines = 0;
  while (begins_with_mark(text)) text = after_first_line(text, lines);
  return text;
}

std::vector<std::string> cells_of(std::string_view line, const Dialect& dialect) {
  DelimitedReader reader(line, dialect, {});
  std::vector<std::string> cells;
  if (reader.next() != DelimitedReader::Step::row) return cells;
  for (const Cell& cell : reader.cells()) cells.emplace_back(cell.text);
  return cells;
}

/// "0 1<tab>5": numbers cut apart by blanks and tabs in turn, where the tab alone leaves cells of several numbers.
bool is_mixed_blanks(std::string_view text) {
  Dialect dialect;
  dialect.delimiter = ' ';
  dialect.blanks = true;
  DelimitedReader reader(text.substr(0, 1 << 18), dialect, {});
  std::size_t columns = 0, rows = 0;
  for (; rows < 50 && reader.next() == DelimitedReader::Step::row; ++rows) {
    if (columns == 0) columns = reader.cells().size();
    if (columns < 2 || reader.cells().size() != columns) return false;
    for (const Cell& cell : reader.cells()) {
      if (!is_number_text(cell.text)) return false;
    }
  }
  const std::string_view line = first_line_of(text);
  const auto first = line.find_first_of(" \t"), last = line.find_last_not_of(" \t");
  return rows > 0 && last != std::string_view::npos && line.substr(0, last).find(' ', first) != std::string_view::npos;
}

/// The delimiter that cuts the names of both ends out of the header line, or else the one that cuts all rows alike.
Dialect likely_dialect(std::string_view text, const ReadLimits& limits) {
  Dialect dialect;
  for (const char candidate : {',', ';', '\t', '|', ' '}) {
    dialect.delimiter = candidate;
    dialect.blanks = candidate == ' ';
    DelimitedReader reader(text, dialect, limits);
    if (reader.next() != DelimitedReader::Step::row) continue;
    std::vector<std::string> names;
    for (const Cell& cell : reader.cells()) names.emplace_back(cell.text);
    if (names_both_ends(names)) return dialect;
  }
  dialect.delimiter = sniff_delimiter(text);
  // Aligned columns ("1   2") have rows of one cell for every other delimiter.
  if (dialect.delimiter == ',' && text.substr(0, 1 << 18).find(',') == std::string_view::npos &&
      first_line_of(text).find(' ') != std::string_view::npos) {
    dialect.delimiter = ' ';
  }
  if (dialect.delimiter == '\t' && is_mixed_blanks(text)) dialect.delimiter = ' ';
  dialect.blanks = dialect.delimiter == ' ';
  return dialect;
}

/// Is one of the line's ends, mark and all, an end in the rows below the comments? Then it is no comment.
bool marks_an_end(const std::vector<std::string>& cells, std::string_view rows, const Dialect& dialect, const ReadLimits& limits) {
  if (cells.size() < 2) return false;
  const auto marked = [](const std::string& cell) { return begins_with_mark(cell) && cell.size() > 1; };
  if (!marked(cells[0]) && !marked(cells[1])) return false;
  DelimitedReader reader(rows, dialect, limits);
  for (std::size_t row = 0; row < layout_rows; ++row) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) return false;
    if (step == DelimitedReader::Step::fault || reader.cells().size() != cells.size()) continue;
    for (std::size_t i = 0; i < 2; ++i) {
      const std::string_view end = reader.cells()[i].text;
      if ((marked(cells[0]) && end == cells[0]) || (marked(cells[1]) && end == cells[1])) return true;
    }
  }
  return false;
}

/// A list in which every line is a tie that begins with a hashtag: no blank after the mark, the same cells in all.
bool is_all_hashtags(std::string_view text, const Dialect& dialect, const ReadLimits& limits) {
  DelimitedReader reader(text, dialect, limits);
  std::size_t columns = 0;
  for (std::size_t row = 0; row < layout_rows; ++row) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) break;
    if (step == DelimitedReader::Step::fault) return false;
    if (columns == 0) columns = reader.cells().size();
    const std::string_view first = reader.cells()[0].text;
    if (columns < 2 || reader.cells().size() != columns || first.size() < 2 || first[1] == ' ' || first[1] == first[0]) return false;
  }
  return columns >= 2;
}

/// Moves the layout's text past the comments at the top.
Result<void> skip_comments(EdgeListLayout& layout, const std::string& file, const ReadLimits& limits) {
  if (layout.text.starts_with("%%MatrixMarket")) {
    return fail(ErrorCode::bad_input,
                "this is a Matrix Market file, whose first row of numbers is the size, not a tie. Take away the lines that begin with % "
                "and the row of the size below them, and put source,target (and weight) in their place.",
                Place{file, layout.first_line, 0}.text());
  }
  constexpr std::uint64_t lines_doubted = 100;  // a longer run is prose
  const std::string_view top = layout.text, rows = below_comments(top);
  if (rows.empty() && is_all_hashtags(top, layout.dialect, limits)) return {};
  const std::uint64_t top_line = layout.first_line;
  std::uint64_t comments = 0;
  const auto say = [&](const char* text) { layout.guesses.push_back({{file, layout.first_line, 0}, text}); };
  while (begins_with_mark(layout.text)) {
    const std::string_view line = first_line_of(layout.text);
    std::uint64_t lines = 0;
    const std::string_view rest = after_first_line(layout.text, lines);
    if (comments < lines_doubted || !begins_with_mark(rest)) {
      const auto cells = cells_of(line, layout.dialect);
      if (names_both_ends(cells)) break;
      const std::string_view unmarked = line.substr(std::min(line.find_first_not_of("#% \t"), line.size()));
      const auto names = cells_of(unmarked, layout.dialect);
      if (!rest.empty() && !begins_with_mark(rest) && names_both_ends(names) &&
          names.size() == cells_of(first_line_of(rest), layout.dialect).size()) {
        layout.text.remove_prefix(static_cast<std::size_t>(unmarked.data() - line.data()));
        say("this comment names the columns, so it was taken as the header line.");
        break;
      }
      if (marks_an_end(cells, rows, layout.dialect, limits)) {
        say("this line was taken as a tie, not a comment, since it names an end of a tie below.");
        break;
      }
    }
    layout.text = rest;
    layout.first_line += lines;
    ++comments;
  }
  if (comments == 0) return {};
  if (layout.text.empty()) {
    return fail(ErrorCode::bad_input, "the file holds nothing but comments: every line begins with # or %. Its ties are missing.",
                Place{file, top_line, 0}.text());
  }
  const std::string_view first = first_line_of(top);
  layout.guesses.push_back({{file, top_line, 0}, counted(comments, "line that begins", "lines that begin") + " with # or % at the top " +
                                                    (comments == 1 ? "was skipped as a comment" : "were skipped as comments") + ": \"" +
                                                    shortened(first, 60) + "\"" + (comments > 1 ? " and so on." : ".")});
  return {};
}

}  // namespace

Result<EdgeListLayout> layout_of_edge_list(const Utf8Text& decoded, const std::string& file, const ReadOptions& options) {
  EdgeListLayout layout;
  const auto say = [&](std::string text) { layout.guesses.push_back({{file, 0, 0}, std::move(text)}); };
  if (!decoded.guess().empty()) say("the text was taken as " + decoded.guess() + ".");
  layout.text = decoded.view();
  std::uint64_t blank_lines = 0;
  if (layout.text.starts_with('\n') || layout.text.starts_with('\r')) layout.text = after_first_line(layout.text, blank_lines);
  layout.first_line += blank_lines;

  // The rows tell the delimiter, not the prose above them.
  const std::string_view rows = below_comments(layout.text);
  if (options.delimiter != 0) {
    layout.dialect.delimiter = options.delimiter;
    layout.dialect.blanks = options.delimiter == ' ';
  } else {
    layout.dialect = likely_dialect(rows.empty() ? layout.text : rows, options.limits);
  }
  if (auto done = skip_comments(layout, file, options.limits); !done) return tl::unexpected(done.error());
  const char delimiter = layout.dialect.delimiter;
  if (options.delimiter == 0 && delimiter != ',') {
    say(std::string("the delimiter was taken to be ") +
        (delimiter == '\t' ? std::string("the tab") : delimiter == ' ' ? std::string("the blank") : std::string(1, delimiter)) + ".");
  }
  if (!layout.dialect.blanks && first_line_of(layout.text).find(std::string(1, delimiter) + " \"") != std::string_view::npos) {
    layout.dialect.skip_initial_space = true;
    say("blanks after the delimiter were skipped.");
  }
  return layout;
}

std::vector<std::string> first_row_of(const EdgeListLayout& layout, const ReadLimits& limits) {
  DelimitedReader reader = layout.reader(limits);
  std::vector<std::string> row;
  if (reader.next() != DelimitedReader::Step::row) return row;
  for (const Cell& cell : reader.cells()) row.emplace_back(cell.text);
  return row;
}

}  // namespace entente

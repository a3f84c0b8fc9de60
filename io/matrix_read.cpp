#include "io/matrix_read.hpp"

#include <algorithm>
#include <charconv>
#include <string>
#include <unordered_map>
#include <vector>

#include "engine/text.hpp"
#include "io/edge_list_names.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

/// How a square of cells is framed by names.
struct MatrixFrame {
  std::vector<std::string> across, down;  // empty: no names on that side
  std::size_t size = 0;                   // rows, and columns
};

bool is_matrix_value(std::string_view text) { return is_number_text(text) || is_missing_word(text); }

/// The square of cells below the first `skipped` rows and right of the first `left` columns, looked at once.
struct Square {
  bool fits = false;     // exactly `size` rows of `size` cells
  bool numeric = true;   // numbers and unknown ones only
  bool diagonal_alike = true;
  std::vector<std::string> down;
};

Square square_at(const EdgeListLayout& layout, std::size_t skipped, std::size_t left, std::size_t size, const ReadLimits& limits) {
  Square square;
  DelimitedReader reader = layout.reader(limits);
  for (std::size_t i = 0; i < skipped; ++i) reader.next();
  std::string diagonal;
  for (std::size_t row = 0;; ++row) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) {
      square.fits = row == size;
      return square;
    }
    if (step == DelimitedReader::Step::fault || row == size || reader.cells().size() != size + left) return square;
    if (left > 0) square.down.emplace_back(reader.cells()[0].text);
    for (std::size_t i = left; i < reader.cells().size() && square.numeric; ++i) {
      square.numeric = is_matrix_value(reader.cells()[i].text);
    }
    const std::string_view own = reader.cells()[row + left].text;
    if (row == 0) diagonal = own;
    square.diagonal_alike = square.diagonal_alike && own == diagonal;
  }
}

bool are_same_names(std::vector<std::string> a, std::vector<std::string> b) {
  std::ranges::sort(a);
  std::ranges::sort(b);
  return a == b;
}

bool are_names(const std::vector<std::string>& names) {
  return std::ranges::none_of(names, [](const std::string& name) { return is_matrix_value(name); }) &&
         !(names.size() >= 2 && names[0].size() > 1 && is_heading(names[0]) && is_heading(names[1]));
}

/// A number without its sign, zeros in front and behind, for comparing: "+01.50" and "1.5" are one.
std::string plain_digits(std::string_view text) {
  const bool minus = text.starts_with('-');
  if (minus || text.starts_with('+')) text.remove_prefix(1);
  if (text.find_first_of("eE") != std::string_view::npos) {
    double value = 0;
    if (std::from_chars(text.data(), text.data() + text.size(), value).ec != std::errc{}) return std::string(text);  // beyond all bounds
    char digits[400];
    const auto end = std::to_chars(digits, digits + sizeof digits, value, std::chars_format::fixed).ptr;
    return plain_digits(std::string(minus ? "-" : "") + std::string(digits, end));
  }
  text.remove_prefix(std::min(text.find_first_not_of('0'), text.size()));
  if (text.find('.') != std::string_view::npos) {
    text = text.substr(0, text.find_last_not_of('0') + 1);
    if (text.ends_with('.')) text.remove_suffix(1);
  }
  return text.empty() ? std::string() : (minus ? "-" : "") + std::string(text);  // empty: zero
}

/// The cells of a matrix that say something.
class MatrixReader {
 public:
  MatrixReader(const EdgeListLayout& layout, const MatrixFrame& frame, const Input& input, const ReadOptions& options)
      : layout_(layout), frame_(frame), input_(input), limits_(options.limits), builder_(input.info, {}) {}

  NetworkPtr read() {
    add_nodes();
    read_cells();
    const bool triangle = is_triangle();
    const bool symmetric = triangle || is_symmetric();
    for (const Remark& guess : layout_.guesses) builder_.guess(guess.place, guess.text);
    say_what_was_read(symmetric, triangle);
    add_ties(symmetric, triangle);
    if (!triangle) refuse(unknown_);
    refuse(wrong_);
    for (Attribute& attribute : builder_.edge_attributes()) attribute.type = inferred_type(attribute.values);
    return builder_.build();
  }

 private:
  struct Entry {
    std::uint32_t row, column;
    Cell cell;  // its text lies in the file's text
    std::uint64_t line;
  };
  /// Cells that are no numbers: how many, and the first of them as sentences.
  struct Refused {
    std::size_t count = 0;
    std::vector<Remark> first;
  };

  void add_nodes();
  void read_cells();
  bool is_triangle() const;
  bool is_symmetric() const;
  void say_what_was_read(bool symmetric, bool triangle);
  void add_ties(bool symmetric, bool triangle);

  std::string pair_text(std::size_t row, std::size_t column) const {
    return shortened(names_[row], 40) + " and " + shortened(names_[column], 40);
  }
  Place place_of(const DelimitedReader& reader, const Cell& cell) const {
    return {input_.file, reader.line() + cell.below, cell.column};
  }
  static void note(Refused& refused, Place place, const std::string& text) {
    if (++refused.count <= Ledger::remarks_kept) refused.first.push_back({std::move(place), text});
  }
  void refuse(const Refused& refused) {
    for (const Remark& remark : refused.first) builder_.refuse("edges", remark.place, remark.text);
    for (std::size_t i = refused.first.size(); i < refused.count; ++i) builder_.refuse("edges", {}, {});
  }

  const EdgeListLayout& layout_;
  const MatrixFrame& frame_;
  const Input& input_;
  ReadLimits limits_;
  NetworkBuilder builder_;
  std::vector<std::string> names_;
  std::vector<std::uint32_t> row_of_;  // the names down may come in another order than across
  std::vector<Entry> entries_;         // neither zero nor unknown, in the order of the file
  std::vector<std::size_t> begin_of_row_, end_of_row_;
  Refused unknown_, wrong_;
  std::size_t unknown_above_ = 0, unknown_below_ = 0, unknown_diagonal_ = 0;
};

void MatrixReader::add_nodes() {
  names_ = !frame_.across.empty() ? frame_.across : frame_.down;
  for (std::size_t i = names_.size(); i < frame_.size; ++i) names_.push_back(std::to_string(i + 1));
  std::unordered_map<std::string_view, std::uint32_t> index;
  for (std::size_t i = 0; i < names_.size(); ++i) {
    index.emplace(names_[i], static_cast<std::uint32_t>(i));
    NodeRow node;
    node.place = {input_.file, layout_.first_line};
    node.key.text = names_[i];
    builder_.add(node);
  }
  for (std::size_t row = 0; row < frame_.size; ++row) {
    row_of_.push_back(frame_.down.empty() ? static_cast<std::uint32_t>(row) : index.at(frame_.down[row]));
  }
}

void MatrixReader::read_cells() {
  DelimitedReader reader = layout_.reader(limits_);
  if (!frame_.across.empty()) reader.next();
  const std::size_t left = frame_.down.empty() ? 0 : 1;
  begin_of_row_.resize(frame_.size);
  end_of_row_.resize(frame_.size);
  for (std::size_t line = 0; line < frame_.size && reader.next() == DelimitedReader::Step::row; ++line) {
    const std::uint32_t row = row_of_[line];
    begin_of_row_[row] = entries_.size();
    for (std::uint32_t column = 0; column < frame_.size; ++column) {
      const Cell& cell = reader.cells()[column + left];
      if (is_number_text(cell.text)) {
        if (!plain_digits(cell.text).empty()) entries_.push_back({row, column, cell, reader.line()});
      } else if (!is_missing_word(cell.text)) {
        note(wrong_, place_of(reader, cell), "the tie between " + pair_text(row, column) + " is \"" + shortened(cell.text, 40) +
                                "\", which is not a number. Write 0 for no tie.");
      } else if (row == column) {
        ++unknown_diagonal_;
      } else {
        ++(row < column ? unknown_above_ : unknown_below_);
        note(unknown_, place_of(reader, cell), "the tie between " + pair_text(row, column) + " is not stated. Write 0 if there is none.");
      }
    }
    end_of_row_[row] = entries_.size();
  }
}

/// One side of the diagonal is filled and the other not at all.
bool MatrixReader::is_triangle() const {
  const std::size_t half = frame_.size * (frame_.size - 1) / 2;
  return half > 0 && ((unknown_above_ == half && unknown_below_ == 0) || (unknown_below_ == half && unknown_above_ == 0));
}

bool MatrixReader::is_symmetric() const {
  return std::ranges::all_of(entries_, [&](const Entry& entry) {
    const auto begin = entries_.begin() + static_cast<std::ptrdiff_t>(begin_of_row_[entry.column]);
    const auto end = entries_.begin() + static_cast<std::ptrdiff_t>(end_of_row_[entry.column]);
    const auto mirror = std::lower_bound(begin, end, entry.row, [](const Entry& other, std::uint32_t column) { return other.column < column; });
    return mirror != end && mirror->column == entry.row &&
           (mirror->cell.text == entry.cell.text || plain_digits(mirror->cell.text) == plain_digits(entry.cell.text));
  });
}

void MatrixReader::say_what_was_read(bool symmetric, bool triangle) {
  const std::string size = std::to_string(frame_.size) + " × " + std::to_string(frame_.size);
  builder_.guess({input_.file, layout_.first_line, 0},
                 "this is a matrix of " + size +
                     (triangle    ? ", filled on one side of its diagonal: each number but 0 is an undirected tie with that weight."
                      : symmetric ? ", symmetric: each number but 0 is an undirected tie with that weight, each pair one tie."
                                  : ": each number but 0 is a tie with that weight, directed from the row to the column."));
  if (frame_.across.empty() && frame_.down.empty()) {
    builder_.guess({input_.file, layout_.first_line, 0}, "the matrix names nobody, so the nodes are called 1 to " +
                                                             std::to_string(frame_.size) + " in its order.");
  }
  if (unknown_diagonal_ > 0) {
    builder_.guess({input_.file, layout_.first_line, 0},
                   counted(unknown_diagonal_, "cell", "cells") + " of the diagonal " + (unknown_diagonal_ == 1 ? "is" : "are") +
                       " empty; no ties of a node to itself were read there.");
  }
}

void MatrixReader::add_ties(bool symmetric, bool triangle) {
  builder_.declare_edge_attribute("weight", CellType::text);
  EdgeRow row;
  row.further.resize(1);
  for (const Entry& entry : entries_) {
    if (symmetric && !triangle && entry.row > entry.column) continue;
    row.place = {input_.file, entry.line};
    row.source = {names_[entry.row], entry.cell.column, entry.cell.below};
    row.target = {names_[entry.column], entry.cell.column, entry.cell.below};
    row.directed.text = symmetric ? "false" : "true";
    row.further[0] = entry.cell;
    builder_.add(row);
  }
}

tl::unexpected<Error> unsure(const EdgeListLayout& layout, const std::string& file, std::size_t size) {
  const std::string n = std::to_string(size);
  return fail(ErrorCode::bad_input, "this may be a matrix of " + n + " × " + n + " or " + n +
                                        " ties without names of columns. Put the names of the nodes across and down if it is a matrix, "
                                        "or a line source,target (and weight, …) above it if it is a list of ties.",
              Place{file, layout.first_line, 0}.text());
}

/// The first thousand rows are a name and then numbers, under a corner without a name.
bool is_two_mode(const EdgeListLayout& layout, const std::vector<std::string>& row, std::size_t below, const ReadLimits& limits) {
  const bool has_corner = below == row.size();
  if (below < 3 || (has_corner && !is_missing_word(row[0]))) return false;
  DelimitedReader reader = layout.reader(limits);
  reader.next();
  std::size_t rows = 0;
  for (; rows < 1000; ++rows) {
    const auto step = reader.next();
    if (step == DelimitedReader::Step::end) break;
    if (step == DelimitedReader::Step::fault || reader.cells().size() != below || is_matrix_value(reader.cells()[0].text)) return false;
    for (std::size_t i = 1; i < below; ++i) {
      if (!is_matrix_value(reader.cells()[i].text)) return false;
    }
  }
  return rows > 0;
}

}  // namespace

std::optional<Result<NetworkPtr>> read_matrix(const EdgeListLayout& layout, const Input& input, const ReadOptions& options) {
  const std::vector<std::string> row = first_row_of(layout, options.limits);
  if (row.size() < 2 || names_both_ends(row)) return std::nullopt;
  DelimitedReader reader = layout.reader(options.limits);
  reader.next();
  if (reader.next() != DelimitedReader::Step::row) return std::nullopt;
  const std::size_t below = reader.cells().size();
  MatrixFrame frame;
  const auto read = [&] { return std::optional<Result<NetworkPtr>>(MatrixReader(layout, frame, input, options).read()); };

  // Names across and down: with a corner the rows are as long as the first, without one they are longer by one.
  if (below == row.size() || below == row.size() + 1) {
    frame.size = below - 1;
    frame.across.assign(row.begin() + (below == row.size() ? 1 : 0), row.end());
    Square square = square_at(layout, 1, 1, frame.size, options.limits);
    const bool sure = below > row.size() || is_missing_word(row[0]) || (frame.size > 1 && !is_number_text(row[0]));
    if (square.fits && sure && are_same_names(frame.across, square.down)) {
      frame.down = std::move(square.down);
      return read();
    }
    if (is_two_mode(layout, row, below, options.limits)) {
      const auto stranger = std::ranges::find_if(frame.across, [&](const std::string& name) {
        return std::ranges::find(square.down, name) == square.down.end();
      });
      return fail(ErrorCode::bad_input,
                  "this is a matrix whose rows and columns name different bodies" +
                      (stranger == frame.across.end() ? std::string() : " (\"" + shortened(*stranger, 40) + "\" is across, but not down)") +
                      ". Write it as a list, one row source,target,weight for each number but 0.",
                  Place{input.file, layout.first_line, 0}.text());
    }
  }
  frame = {};

  const bool named_across = are_names(row), named_down = !named_across && !is_matrix_value(row[0]);
  if (named_across && below == row.size() && row.size() >= 3) {
    frame.size = row.size();
    const Square square = square_at(layout, 1, 0, frame.size, options.limits);
    frame.across = row;
    if (square.fits && square.numeric && square.diagonal_alike) return read();
  } else if (named_down && below == row.size() && row.size() >= 4) {
    frame.size = row.size() - 1;
    Square square = square_at(layout, 0, 1, frame.size, options.limits);
    frame.down = std::move(square.down);
    if (square.fits && square.numeric && square.diagonal_alike && are_names(frame.down)) return read();
  } else if (row.size() >= 3 && std::ranges::all_of(row, is_matrix_value)) {
    frame.size = row.size();
    const Square square = square_at(layout, 0, 0, frame.size, options.limits);
    if (!square.fits || !square.numeric) return std::nullopt;
    const bool large = frame.size >= 5, zeros = is_number_text(row[0]) && plain_digits(row[0]).empty();
    if (large && square.diagonal_alike) return read();
    if (large || (square.diagonal_alike && zeros)) return unsure(layout, input.file, frame.size);
  }
  return std::nullopt;
}

}  // namespace entente

#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/ledger.hpp"
#include "engine/network_builder.hpp"
#include "io/format.hpp"

namespace entente {

/// How a table is laid out as text; the defaults are RFC 4180.
struct Dialect {
  char delimiter = ',';
  char quote = '"';            // 0 = none
  bool double_quote = true;    // "" inside quotes is one quote
  char escape = 0;             // inside quotes, takes the next character as it is
  char comment = 0;            // lines that begin with it are skipped
  bool skip_initial_space = false;
  bool header = true;
  bool blanks = false;         // any run of blanks and tabs is one delimiter; those around a line count for nothing
};

/// Reads delimited text row by row: quoted fields with line ends in them, LF, CR LF or CR, blank lines
/// skipped. One pass, no allocation for a field; cells point into the text, or, where a quote had to
/// be taken out, into a buffer that lives until the next row.
class DelimitedReader {
 public:
  /// `first_line` is the number of the text's first line in its file.
  DelimitedReader(std::string_view text, const Dialect& dialect, const ReadLimits& limits, std::uint64_t first_line = 1);

  enum class Step { row, fault, end };
  /// The next row in cells(), or fault(): what is wrong with this row, at its place.
  Step next();

  const std::vector<Cell>& cells() const { return cells_; }
  std::uint64_t line() const { return row_line_; }  // of the row's first letter
  const Remark& fault() const { return fault_; }    // its place has no file

 private:
  void field();
  void quoted_field();
  void finish_field(std::string_view text, std::size_t begin, unsigned char bits, std::uint32_t below);
  bool at_blank() const { return at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t'); }
  bool at_line_end() const { return at_ >= text_.size() || text_[at_] == '\n' || text_[at_] == '\r'; }
  void pass_line_end();
  void skip_line();
  Step faulty(std::uint64_t line, std::uint64_t column, std::string reason);

  struct Unescaped {
    std::size_t cell, begin, size;
  };

  std::string_view text_;
  Dialect dialect_;
  ReadLimits limits_;
  std::array<bool, 256> stops_{};
  std::size_t at_ = 0;
  std::uint64_t line_ = 1, row_line_ = 1, column_ = 1;
  std::vector<Cell> cells_;
  std::vector<Unescaped> unescaped_;
  std::string buffer_;
  Remark fault_;
  bool row_is_faulty_ = false;
};

/// The delimiter that cuts the first rows into the most columns of one number: , ; tab or |, or a blank
/// where none of these occurs. A text of one column gets the comma.
char sniff_delimiter(std::string_view text);

}  // namespace entente

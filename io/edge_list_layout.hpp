#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/ledger.hpp"
#include "io/bytes.hpp"
#include "io/delimited.hpp"

namespace entente {

/// How the text of an edge list is laid out, with every guess that was made.
struct EdgeListLayout {
  std::string_view text;  // from the header line, or the first tie, on
  std::uint64_t first_line = 1;
  Dialect dialect;
  std::vector<Remark> guesses;

  DelimitedReader reader(const ReadLimits& limits) const { return {text, dialect, limits, first_line}; }
};

/// Finds comments at the top and the delimiter. A line at the top that begins with # or % is a comment; it is none
///  - where its cells, with or without the mark, name both ends ("#source,target" is a header line), or
///  - where an end of its own that begins with the mark is an end below as well, or every line is such a tie (hashtags).
/// Blanks as delimiter take runs of blanks and tabs for one.
/// Errors: bad_input where there is nothing but comments, and for Matrix Market's files.
Result<EdgeListLayout> layout_of_edge_list(const Utf8Text& decoded, const std::string& file, const ReadOptions& options);

/// The first row as texts; none where there is no row or a broken one.
std::vector<std::string> first_row_of(const EdgeListLayout& layout, const ReadLimits& limits);

}  // namespace entente

#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "engine/error.hpp"
#include "io/format.hpp"

namespace entente {

struct DotToken {
  enum class Kind { id, punctuation, arrow, line, end };
  Kind kind = Kind::end;
  std::string text;     // of an id, unquoted; of punctuation, the character
  bool quoted = false;  // a quoted or HTML id is never a keyword
  bool html = false;    // text with its outer < >
  std::uint64_t line = 1, column = 1;

  bool is(char c) const { return kind == Kind::punctuation && text[0] == c; }
  bool is_keyword(std::string_view word) const;
};

/// Cuts DOT text into tokens, as Graphviz does: "3a" is the number 3 and the name a.
class DotLexer {
 public:
  DotLexer(std::string_view text, std::string file, const ReadLimits& limits)
      : text_(text), file_(std::move(file)), limits_(limits) {}

  Result<DotToken> next();
  tl::unexpected<Error> fault(const DotToken& token, std::string what) const;

 private:
  bool more(std::size_t ahead = 0) const { return at_ + ahead < text_.size(); }
  void step();
  std::uint64_t column_here();
  Result<void> skip_blanks();
  Result<void> quoted(DotToken& token);
  Result<void> html(DotToken& token);
  Result<void> bounded(const DotToken& token) const;

  std::string_view text_;
  std::string file_;
  ReadLimits limits_;
  std::size_t at_ = 0, line_begin_ = 0;
  std::uint64_t line_ = 1;
  std::size_t counted_at_ = 0;  // up to where column_ counts
  std::uint64_t column_ = 1;
};

}  // namespace entente

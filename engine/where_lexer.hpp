#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/where_value.hpp"

namespace entente {

/// One word of a condition.
struct WhereToken {
  enum class Type { end, name, text, number, comparison, open, close, comma } type = Type::end;
  std::size_t at = 0;               // byte where it begins
  std::string text;                 // of a name: parts joined by dots
  std::vector<std::string> parts;   // of a name
  bool quoted = false;              // of a name: some part stands in double quotes
  Comparison comparison = Comparison::equal;
};

/// Cuts the text of a condition (engine/where.hpp) into words.
class WhereLexer {
 public:
  explicit WhereLexer(std::string_view text) : text_(text) {}

  /// The word reached by the last advance().
  const WhereToken& token() const { return token_; }
  /// On to the next word. Errors: bad_argument (a quote never closed, a sign or number that is none).
  Result<void> advance();

  /// The word as a sentence names it: "the end", or itself in quotes.
  std::string found() const;
  /// Is it this word of the language? It may be written in capitals, but not in quotes.
  bool is_word(std::string_view word) const;
  /// and, or, not, like, in, is: no column unless in quotes.
  bool is_reserved() const;
  /// Is the next word a text?
  bool text_follows() const;

  /// An error at a byte of the text, which it names by its letter.
  tl::unexpected<Error> error(std::size_t at, std::string what) const;
  /// The number of the letter at a byte, counted from 1.
  std::size_t letter(std::size_t at) const;

 private:
  Result<void> read_sign();
  Result<void> read_quoted(char quote, std::string& into);
  Result<void> read_text();
  Result<void> read_number();
  Result<void> read_name();

  std::string_view text_;
  std::size_t at_ = 0;
  WhereToken token_;
};

}  // namespace entente

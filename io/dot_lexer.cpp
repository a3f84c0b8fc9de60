#include "io/dot_lexer.hpp"

#include <algorithm>

#include "engine/ledger.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

bool is_dot_digit(char c) { return c >= '0' && c <= '9'; }
bool begins_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

}  // namespace

bool DotToken::is_keyword(std::string_view word) const {
  return kind == Kind::id && !quoted && text.size() == word.size() &&
         std::ranges::equal(text, word, [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b; });
}

tl::unexpected<Error> DotLexer::fault(const DotToken& token, std::string what) const {
  return fail(ErrorCode::bad_input, std::move(what), Place{file_, token.line, token.column}.text());
}

void DotLexer::step() {
  if (text_[at_] == '\n' || (text_[at_] == '\r' && !(more(1) && text_[at_ + 1] == '\n'))) {
    ++line_;
    line_begin_ = at_ + 1;
  }
  ++at_;
}

// Counted onward from the last token of the line, so that one long line costs no more than many short ones.
std::uint64_t DotLexer::column_here() {
  if (counted_at_ < line_begin_) {
    counted_at_ = line_begin_;
    column_ = 1;
  }
  for (; counted_at_ < at_; ++counted_at_) column_ += (static_cast<unsigned char>(text_[counted_at_]) & 0xC0) != 0x80;
  return column_;
}

Result<void> DotLexer::skip_blanks() {
  while (more()) {
    const char c = text_[at_];
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v') {
      step();
    } else if ((c == '#' && at_ == line_begin_) || (c == '/' && more(1) && text_[at_ + 1] == '/')) {
      while (more() && text_[at_] != '\n' && text_[at_] != '\r') step();
    } else if (c == '/' && more(1) && text_[at_ + 1] == '*') {
      DotToken begin;
      begin.line = line_;
      begin.column = column_here();
      step(), step();
      while (more() && !(text_[at_] == '*' && more(1) && text_[at_ + 1] == '/')) step();
      if (!more()) return fault(begin, "the comment that begins here is never closed.");
      step(), step();
    } else {
      break;
    }
  }
  return {};
}

Result<void> DotLexer::bounded(const DotToken& token) const {
  if (token.text.size() <= limits_.cell_bytes) return {};
  return fault(token, "the text that begins here has more than " + grouped(limits_.cell_bytes) + " bytes.");
}

// Only \" is undone; a backslash at the end of a line joins the lines; other backslashes stay.
Result<void> DotLexer::quoted(DotToken& token) {
  token.quoted = true;
  while (true) {
    step();  // the opening quote
    while (more() && text_[at_] != '"') {
      if (text_[at_] == '\\' && more(1)) {
        const char next = text_[at_ + 1];
        if (next == '"') {
          token.text += '"';
          step(), step();
        } else if (next == '\\') {
          token.text += "\\\\";
          step(), step();
        } else if (next == '\n' || next == '\r') {
          step();
          if (next == '\r' && more(1) && text_[at_ + 1] == '\n') step();
          step();
        } else {
          token.text += '\\';
          step();
        }
      } else {
        token.text += text_[at_];
        step();
      }
      if (auto fits = bounded(token); !fits) return fits;
    }
    if (!more()) return fault(token, "the quote that opens here is never closed.");
    step();  // the closing quote
    if (auto skipped = skip_blanks(); !skipped) return skipped;
    if (!more() || text_[at_] != '+') return {};
    DotToken plus;
    plus.line = line_;
    plus.column = column_here();
    step();
    if (auto skipped = skip_blanks(); !skipped) return skipped;
    if (!more() || text_[at_] != '"') return fault(plus, "a + must stand between two quoted strings.");
  }
}

Result<void> DotLexer::html(DotToken& token) {
  token.quoted = token.html = true;
  int open = 0;
  const std::size_t begin = at_;
  do {
    if (!more()) return fault(token, "the < that opens here is never closed.");
    if (text_[at_] == '<') ++open;
    if (text_[at_] == '>') --open;
    step();
  } while (open > 0);
  token.text = text_.substr(begin, at_ - begin);
  return bounded(token);
}

Result<DotToken> DotLexer::next() {
  if (auto skipped = skip_blanks(); !skipped) return tl::unexpected(skipped.error());
  DotToken token;
  token.line = line_;
  token.column = column_here();
  if (!more()) return token;

  const char c = text_[at_];
  if (c == '"' || c == '<') {
    token.kind = DotToken::Kind::id;
    if (auto read = c == '"' ? quoted(token) : html(token); !read) return tl::unexpected(read.error());
  } else if (c == '-' && more(1) && (text_[at_ + 1] == '>' || text_[at_ + 1] == '-')) {
    token.kind = text_[at_ + 1] == '>' ? DotToken::Kind::arrow : DotToken::Kind::line;
    step(), step();
  } else if (begins_name(c)) {
    token.kind = DotToken::Kind::id;
    const std::size_t begin = at_;
    while (more() && (begins_name(text_[at_]) || is_dot_digit(text_[at_]))) ++at_;
    token.text = text_.substr(begin, at_ - begin);
    if (auto fits = bounded(token); !fits) return tl::unexpected(fits.error());
  } else if (is_dot_digit(c) || ((c == '-' || c == '.') && more(1) && (is_dot_digit(text_[at_ + 1]) || (c == '-' && text_[at_ + 1] == '.')))) {
    token.kind = DotToken::Kind::id;
    const std::size_t begin = at_;
    if (c == '-') ++at_;
    while (more() && is_dot_digit(text_[at_])) ++at_;
    if (more() && text_[at_] == '.') {
      ++at_;
      while (more() && is_dot_digit(text_[at_])) ++at_;
    }
    token.text = text_.substr(begin, at_ - begin);
    if (auto fits = bounded(token); !fits) return tl::unexpected(fits.error());
  } else if (std::string_view("{}[];,=:").find(c) != std::string_view::npos) {
    token.kind = DotToken::Kind::punctuation;
    token.text = c;
    step();
  } else {
    const std::string shown = c >= ' ' && c < 0x7F ? "\"" + std::string(1, c) + "\"" : "the character of code " + std::to_string(static_cast<unsigned char>(c));
    return fault(token, shown + " cannot stand here in DOT. Quote names that hold such letters.");
  }
  return token;
}

}  // namespace entente

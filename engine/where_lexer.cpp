#include "engine/where_lexer.hpp"

#include <algorithm>
#include <utility>
#include <variant>

#include "engine/text.hpp"

namespace entente {

namespace {

bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         static_cast<unsigned char>(c) >= 0x80;
}

bool is_digit_byte(char c) { return c >= '0' && c <= '9'; }

std::string word_in_quotes(std::string_view text) { return "\"" + shortened(text, 40) + "\""; }

constexpr std::string_view condition_blanks = " \t\r\n";

}  // namespace

Result<void> WhereLexer::advance() {
  while (at_ < text_.size() && condition_blanks.find(text_[at_]) != std::string_view::npos) ++at_;
  token_ = {};
  token_.at = at_;
  if (at_ == text_.size()) return {};
  const char c = text_[at_];
  if (c == '\'') return read_text();
  if (is_digit_byte(c) || (c == '-' && at_ + 1 < text_.size() && is_digit_byte(text_[at_ + 1]))) return read_number();
  if (c == '"' || is_name_byte(c)) return read_name();
  return read_sign();
}

Result<void> WhereLexer::read_sign() {
  struct Sign {
    std::string_view text;
    WhereToken::Type type;
    Comparison comparison;
  };
  constexpr auto compares = WhereToken::Type::comparison;
  static constexpr Sign signs[] = {
      {"<=", compares, Comparison::at_most},  {">=", compares, Comparison::at_least},
      {"!=", compares, Comparison::unequal},  {"<>", compares, Comparison::unequal},
      {"==", compares, Comparison::equal},    {"=", compares, Comparison::equal},
      {"<", compares, Comparison::less},      {">", compares, Comparison::greater},
      {"(", WhereToken::Type::open, {}},      {")", WhereToken::Type::close, {}},
      {",", WhereToken::Type::comma, {}},
  };
  for (const Sign& sign : signs) {
    if (!text_.substr(at_).starts_with(sign.text)) continue;
    token_.type = sign.type;
    token_.comparison = sign.comparison;
    token_.text = sign.text;
    at_ += sign.text.size();
    return {};
  }
  return error(at_, word_in_quotes(text_.substr(at_, 1)) + " is not part of a condition. Put text in single quotes");
}

/// From the quote at at_ to the one that closes it; a doubled quote stands for one.
Result<void> WhereLexer::read_quoted(char quote, std::string& into) {
  const std::size_t begin = at_++;
  while (at_ < text_.size()) {
    if (text_[at_] != quote) {
      into += text_[at_++];
    } else if (at_ + 1 < text_.size() && text_[at_ + 1] == quote) {
      into += quote;
      at_ += 2;
    } else {
      ++at_;
      return {};
    }
  }
  return error(begin, std::string("the quote ") + quote + " is never closed");
}

Result<void> WhereLexer::read_text() {
  token_.type = WhereToken::Type::text;
  return read_quoted('\'', token_.text);
}

Result<void> WhereLexer::read_number() {
  token_.type = WhereToken::Type::number;
  if (text_[at_] == '-') token_.text += text_[at_++];
  while (at_ < text_.size() && (is_digit_byte(text_[at_]) || text_[at_] == '.')) token_.text += text_[at_++];
  const auto value = where_value(WhereType::number, token_.text);
  const auto* number = std::get_if<WhereNumber>(&value);
  if (!number || (at_ < text_.size() && is_name_byte(text_[at_]))) {
    return error(token_.at, word_in_quotes(token_.text) +
                                " is not a number. Write 1200000 or 12.5, and put text and dates in single quotes");
  }
  if (!number->exact) return error(token_.at, "the number has more than 18 digits");
  return {};
}

Result<void> WhereLexer::read_name() {
  token_.type = WhereToken::Type::name;
  while (true) {
    std::string part;
    if (at_ < text_.size() && text_[at_] == '"') {
      token_.quoted = true;
      if (auto read = read_quoted('"', part); !read) return read;
    } else {
      while (at_ < text_.size() && is_name_byte(text_[at_])) part += text_[at_++];
    }
    if (part.empty()) return error(at_, "expected a name after the dot");
    token_.text += (token_.parts.empty() ? "" : ".") + part;
    token_.parts.push_back(std::move(part));
    if (at_ == text_.size() || text_[at_] != '.') return {};
    ++at_;
  }
}

std::string WhereLexer::found() const {
  return token_.type == WhereToken::Type::end ? "the end" : word_in_quotes(token_.text);
}

bool WhereLexer::is_word(std::string_view word) const {
  return token_.type == WhereToken::Type::name && !token_.quoted &&
         std::ranges::equal(token_.text, word, {},
                            [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
}

bool WhereLexer::is_reserved() const {
  constexpr std::string_view words[] = {"and", "or", "not", "like", "in", "is"};
  return std::ranges::any_of(words, [&](std::string_view word) { return is_word(word); });
}

bool WhereLexer::text_follows() const {
  const std::size_t next = text_.find_first_not_of(condition_blanks, at_);
  return next != std::string_view::npos && text_[next] == '\'';
}

tl::unexpected<Error> WhereLexer::error(std::size_t at, std::string what) const {
  if (!what.ends_with('.')) what += '.';
  return fail(ErrorCode::bad_argument, std::move(what), "option where, letter " + std::to_string(letter(at)));
}

std::size_t WhereLexer::letter(std::size_t at) const {
  const auto continues = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; };
  const std::string_view before = text_.substr(0, at);
  return 1 + before.size() - static_cast<std::size_t>(std::ranges::count_if(before, continues));
}

}  // namespace entente

#include "io/delimited.hpp"

#include <algorithm>

#include "engine/text.hpp"

namespace entente {

namespace {

std::uint64_t code_points(std::string_view text) {
  std::uint64_t count = 0;
  for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  return count;
}

}  // namespace

DelimitedReader::DelimitedReader(std::string_view text, const Dialect& dialect, const ReadLimits& limits,
                                 std::uint64_t first_line)
    : text_(text), dialect_(dialect), limits_(limits), line_(first_line), row_line_(first_line) {
  stops_[static_cast<unsigned char>(dialect_.delimiter)] = true;
  if (dialect_.blanks) stops_[' '] = stops_['\t'] = true;
  stops_['\n'] = stops_['\r'] = true;
}

void DelimitedReader::pass_line_end() {
  if (at_ >= text_.size()) return;
  if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') ++at_;
  ++at_;
  ++line_;
}

void DelimitedReader::skip_line() {
  while (!at_line_end()) ++at_;
  pass_line_end();
}

DelimitedReader::Step DelimitedReader::faulty(std::uint64_t line, std::uint64_t column, std::string reason) {
  fault_ = {Place{{}, line, column}, std::move(reason)};
  row_is_faulty_ = true;
  return Step::fault;
}

void DelimitedReader::finish_field(std::string_view text, std::size_t begin, unsigned char bits, std::uint32_t below) {
  if (text.size() > limits_.cell_bytes && !row_is_faulty_) {
    faulty(row_line_ + below, column_,
           "the cell has " + grouped(text.size()) + " bytes; the most is " + grouped(limits_.cell_bytes) +
               ". Shorten it, or keep the text in a file of its own.");
  }
  if (cells_.size() == limits_.columns && !row_is_faulty_) {
    faulty(row_line_, column_, "the row has more than " + grouped(limits_.columns) + " cells.");
  }
  if (!row_is_faulty_) cells_.push_back({text, column_, below});
  const std::string_view raw = text_.substr(begin, at_ - begin);
  column_ += bits < 0x80 ? raw.size() : code_points(raw);
}

// A field that is not quoted: up to the next delimiter or line end.
void DelimitedReader::field() {
  const auto below = static_cast<std::uint32_t>(line_ - row_line_);
  const std::size_t begin = at_;
  unsigned char bits = 0;
  while (at_ < text_.size()) {
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (stops_[byte]) break;
    bits |= byte;
    ++at_;
  }
  finish_field(text_.substr(begin, at_ - begin), begin, bits, below);
}

// A field in quotes, the first of which stands at at_. Line ends, delimiters and doubled quotes may be inside.
void DelimitedReader::quoted_field() {
  const auto below = static_cast<std::uint32_t>(line_ - row_line_);
  const std::uint64_t opened_line = line_, opened_column = column_;
  const std::size_t opened = at_++;
  std::size_t begin = at_, line_begin = opened;
  const std::size_t buffer_begin = buffer_.size();
  unsigned char bits = 0;
  bool changed = false, closed = false;

  while (at_ < text_.size()) {
    const char c = text_[at_];
    bits |= static_cast<unsigned char>(c);
    if (dialect_.escape != 0 && c == dialect_.escape && at_ + 1 < text_.size()) {
      buffer_.append(text_.substr(begin, at_ - begin));
      changed = true;
      begin = ++at_;  // the escaped letter begins the next piece
      ++at_;
    } else if (c == dialect_.quote) {
      if (dialect_.double_quote && at_ + 1 < text_.size() && text_[at_ + 1] == dialect_.quote) {
        buffer_.append(text_.substr(begin, at_ + 1 - begin));
        changed = true;
        at_ += 2;
        begin = at_;
      } else {
        closed = true;
        break;
      }
    } else if (c == '\n' || (c == '\r' && (at_ + 1 >= text_.size() || text_[at_ + 1] != '\n'))) {
      ++line_;
      line_begin = ++at_;
    } else {
      ++at_;
    }
  }
  if (!closed) {
    if (!row_is_faulty_) {
      faulty(opened_line, opened_column, "the quote that opens here is never closed. Close it, or double it if it is part of the text.");
    }
    return;
  }

  std::string_view value = text_.substr(begin, at_ - begin);
  if (changed) {
    buffer_.append(value);
    unescaped_.push_back({cells_.size(), buffer_begin, buffer_.size() - buffer_begin});
    value = std::string_view(buffer_).substr(buffer_begin);
  }
  ++at_;  // the closing quote
  while (at_ < text_.size() && text_[at_] == ' ' && dialect_.delimiter != ' ' && !dialect_.blanks) ++at_;
  finish_field(value, opened, bits, below);
  if (line_begin != opened) column_ = 1 + code_points(text_.substr(line_begin, at_ - line_begin));
  if (at_ < text_.size() && !stops_[static_cast<unsigned char>(text_[at_])]) {
    if (!row_is_faulty_) {
      faulty(line_, column_, "text follows a closing quote. Double the quotes that are part of the text.");
    }
    const std::size_t rest = at_;
    while (at_ < text_.size() && !stops_[static_cast<unsigned char>(text_[at_])]) ++at_;
    column_ += code_points(text_.substr(rest, at_ - rest));
  }
}

DelimitedReader::Step DelimitedReader::next() {
  std::size_t line_begin = at_;
  while (at_ < text_.size()) {
    if (at_line_end()) {
      pass_line_end();
      line_begin = at_;
    } else if (dialect_.blanks && at_blank()) {
      ++at_;
    } else if (dialect_.comment != 0 && text_[at_] == dialect_.comment) {
      skip_line();
      line_begin = at_;
    } else {
      break;
    }
  }
  if (at_ >= text_.size()) return Step::end;

  cells_.clear();
  unescaped_.clear();
  buffer_.clear();
  row_is_faulty_ = false;
  row_line_ = line_;
  column_ = 1 + (at_ - line_begin);
  while (true) {
    if (dialect_.skip_initial_space) {
      while (at_ < text_.size() && text_[at_] == ' ') ++at_, ++column_;
    }
    if (dialect_.quote != 0 && at_ < text_.size() && text_[at_] == dialect_.quote) {
      quoted_field();
    } else {
      field();
    }
    if (dialect_.blanks) {
      while (at_blank()) ++at_, ++column_;
      if (at_line_end()) break;
      continue;
    }
    if (at_ >= text_.size() || text_[at_] != dialect_.delimiter) break;
    ++at_;
    ++column_;
  }
  pass_line_end();
  // The buffer may have moved while it grew.
  if (!row_is_faulty_) {
    for (const auto& [cell, begin, size] : unescaped_) {
      cells_[cell].text = std::string_view(buffer_).substr(begin, size);
    }
  }
  return row_is_faulty_ ? Step::fault : Step::row;
}

char sniff_delimiter(std::string_view text) {
  constexpr std::size_t rows_looked_at = 50;
  char best = ',';
  std::size_t best_columns = 1, best_alike = 0;
  for (const char candidate : {',', ';', '\t', '|', ' '}) {
    if (candidate == ' ' && best_columns > 1) continue;  // blanks are the last resort: names hold them
    Dialect dialect;
    dialect.delimiter = candidate;
    DelimitedReader reader(text.substr(0, 1 << 18), dialect, {});
    std::size_t rows = 0, alike = 0, columns = 0;
    for (; rows < rows_looked_at; ++rows) {
      const auto step = reader.next();
      if (step == DelimitedReader::Step::end) break;
      if (step == DelimitedReader::Step::fault) continue;
      if (columns == 0) columns = reader.cells().size();
      alike += reader.cells().size() == columns;
    }
    if (columns < 2) continue;
    if (best_columns == 1 || alike > best_alike || (alike == best_alike && columns > best_columns)) {
      best = candidate;
      best_columns = columns;
      best_alike = alike;
    }
  }
  return best;
}

}  // namespace entente

#include "viz/labels.hpp"

#include <unicode/brkiter.h>
#include <unicode/locid.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <memory>

#include "engine/text.hpp"

namespace entente {

namespace {

std::size_t columns_of_letter(UChar32 letter) {
  switch (u_charType(letter)) {
    case U_NON_SPACING_MARK:
    case U_ENCLOSING_MARK:
    case U_FORMAT_CHAR: return 0;
    default: break;
  }
  const int width = u_getIntPropertyValue(letter, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// Letters by width; what is not named is lower-case or a digit.
double ems_of_letter(UChar32 letter) {
  constexpr double lower = 0.6, upper = 0.7, lean = 0.32, widest = 0.96;
  const std::size_t columns = columns_of_letter(letter);
  if (columns != 1) return static_cast<double>(columns) * 0.5;
  if (letter < 0x80) {
    const char ascii = static_cast<char>(letter);
    if (std::string_view(" !'(),./:;I[\\]`fijl|").find(ascii) != std::string_view::npos) return lean;
    if (std::string_view("MWm@%").find(ascii) != std::string_view::npos) return widest;
    if (std::string_view("rts-").find(ascii) != std::string_view::npos) return 0.45;
    if (std::string_view("OQGNDHUw&").find(ascii) != std::string_view::npos) return 0.78;
    return letter >= 'A' && letter <= 'Z' ? 0.64 : 0.59;
  }
  if (letter == 0xB7) return lean;
  if (u_isupper(letter)) return upper + 0.1;  // Ж and Ш among them
  return u_isalpha(letter) ? lower + 0.04 : u_ispunct(letter) ? 0.8 : lower;
}

std::size_t columns_between(const icu::UnicodeString& text, std::int32_t begin, std::int32_t end) {
  std::size_t columns = 0;
  for (std::int32_t i = begin; i < end; i = text.moveIndex32(i, 1)) columns += columns_of_letter(text.char32At(i));
  return columns;
}

/// Korean is written with blanks, and reads badly when broken elsewhere, though Unicode allows it.
bool within_korean_word(const icu::UnicodeString& text, std::int32_t at) {
  const auto is_hangul = [](UChar32 letter) {
    return u_getIntPropertyValue(letter, UCHAR_HANGUL_SYLLABLE_TYPE) != U_HST_NOT_APPLICABLE;
  };
  return at > 0 && at < text.length() && is_hangul(text.char32At(text.moveIndex32(at, -1))) && is_hangul(text.char32At(at));
}

/// Pieces that must not be broken: up to the next allowed break, longer ones cut at `most` columns.
std::vector<icu::UnicodeString> unbreakable_pieces(const icu::UnicodeString& text, std::size_t most) {
  std::vector<icu::UnicodeString> pieces;
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::BreakIterator> breaks(
      icu::BreakIterator::createLineInstance(icu::Locale::getRoot(), status));
  std::vector<std::int32_t> stops;
  if (U_SUCCESS(status)) {
    breaks->setText(text);
    for (std::int32_t at = breaks->next(); at != icu::BreakIterator::DONE; at = breaks->next()) {
      if (!within_korean_word(text, at)) stops.push_back(at);
    }
  }
  if (stops.empty() || stops.back() != text.length()) stops.push_back(text.length());
  std::int32_t begin = 0;
  for (const std::int32_t stop : stops) {
    while (columns_between(text, begin, stop) > most) {
      std::int32_t cut = begin;
      while (columns_between(text, begin, text.moveIndex32(cut, 1)) <= most) cut = text.moveIndex32(cut, 1);
      pieces.push_back(text.tempSubStringBetween(begin, cut));
      begin = cut;
    }
    if (stop > begin) pieces.push_back(text.tempSubStringBetween(begin, stop));
    begin = stop;
  }
  return pieces;
}

std::string utf8(icu::UnicodeString text) {
  text.trim();
  std::string bytes;
  text.toUTF8String(bytes);
  return bytes;
}

std::vector<std::string> filled_lines(const std::vector<icu::UnicodeString>& pieces, std::size_t columns) {
  std::vector<std::string> lines;
  icu::UnicodeString line;
  const auto finish = [&] {
    std::string text = utf8(line);
    if (!text.empty()) lines.push_back(std::move(text));
    line.remove();
  };
  for (const icu::UnicodeString& piece : pieces) {
    icu::UnicodeString longer = line + piece;
    icu::UnicodeString visible = longer;
    visible.trim();
    if (!line.isEmpty() && columns_between(visible, 0, visible.length()) > columns) {
      finish();
      line = piece;
    } else {
      line = longer;
    }
  }
  finish();
  return lines;
}

}  // namespace

std::size_t columns_of(std::string_view text) {
  const auto letters = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  return columns_between(letters, 0, letters.length());
}

double ems_of(std::string_view text) {
  const auto letters = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  double ems = 0;
  for (std::int32_t i = 0; i < letters.length(); i = letters.moveIndex32(i, 1)) ems += ems_of_letter(letters.char32At(i));
  return ems;
}

std::vector<std::string> wrapped(std::string_view text, std::size_t columns) {
  const auto letters = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())));
  const std::vector<icu::UnicodeString> pieces = unbreakable_pieces(letters, 2 * columns);
  const std::vector<std::string> lines = filled_lines(pieces, columns);
  // The narrowest width that needs no more lines gives lines of about one length.
  for (std::size_t width = columns * 2 / 3; width < columns; ++width) {
    std::vector<std::string> even = filled_lines(pieces, width);
    if (even.size() == lines.size()) return even;
  }
  return lines;
}

std::string shortened_at_word(std::string_view text, std::size_t letters) {
  std::string cut = shortened(text, letters);
  constexpr std::string_view dots = "…";
  if (cut.size() == text.size() || !cut.ends_with(dots)) return cut;
  const std::size_t space = cut.rfind(' ');
  if (space != std::string::npos && space > cut.size() / 2) cut = cut.substr(0, space) + std::string(dots);
  return cut;
}

std::string short_number(double value) {
  if (!std::isfinite(value)) return "?";
  constexpr std::array<std::pair<double, const char*>, 4> scales{
      {{1e12, " T"}, {1e9, " bn"}, {1e6, " M"}, {1e4, " k"}}};
  const char* unit = "";
  std::array<char, 64> digits{};
  if (std::abs(value) >= 1e15) {  // no word for it
    return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::scientific, 2).ptr};
  }
  for (const auto& [least, name] : scales) {
    if (std::abs(value) >= least) {
      value /= least == 1e4 ? 1e3 : least;
      unit = name;
      break;
    }
  }
  const double size = std::abs(value);
  const auto written = [&](std::chars_format form, int precision) {
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, form, precision);
    return std::string(digits.data(), end.ptr);
  };
  if (size > 0 && size < 0.1) return written(std::chars_format::general, 2) + unit;
  std::string text = written(std::chars_format::fixed, size < 10 ? 2 : size < 100 ? 1 : 0);
  if (text.find('.') != std::string::npos) {
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
  }
  return text + unit;
}

std::string country_name(const std::string& code) {
  icu::UnicodeString name;
  icu::Locale("", code.c_str()).getDisplayCountry(icu::Locale::getEnglish(), name);
  std::string text = utf8(name);
  return text.empty() ? code : text;
}

}  // namespace entente

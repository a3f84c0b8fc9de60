#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace entente {

/// How wide a text is in letters of the Latin alphabet: Hangul, Kanji and Kana take two, combining marks none.
std::size_t columns_of(std::string_view text);

/// How wide a text is set in a sans-serif face, in heights of its letters (em): W takes one, i a quarter. Of no one font, but
/// seldom less than in the usual ones.
double ems_of(std::string_view text);

/// `text` in lines of at most `columns` columns where a break is allowed (Unicode line breaking: at words,
/// between Kanji, in Korean only at blanks, never before punctuation), lines about equally long. A longer word stays whole up to
/// twice the width and is cut beyond it. No text, no line.
std::vector<std::string> wrapped(std::string_view text, std::size_t columns);

/// As shortened(), but cut at the end of a word where one ends near.
std::string shortened_at_word(std::string_view text, std::size_t letters);

/// "3.5 M", "12 k", "0.004": a number for reading, three significant digits.
std::string short_number(double value);

/// "South Korea" for KR; the code where it has no name.
std::string country_name(const std::string& code);

}  // namespace entente

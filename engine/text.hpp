#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace entente {

/// Where the first byte stands that is not valid UTF-8 (overlong forms, surrogates and code points
/// beyond U+10FFFF included), or std::string_view::npos if all is well. O(n).
std::size_t first_invalid_utf8(std::string_view text);

/// Where the first control character stands that no text should hold: U+0000 to U+001F but for tab,
/// line feed and carriage return, U+007F, U+FFFE and U+FFFF; npos if there is none.
std::size_t first_control_character(std::string_view text);

/// The text with every byte that is not part of valid UTF-8 replaced by U+FFFD. O(n).
std::string with_valid_utf8(std::string_view text);

/// At most `letters` code points, with "…" where something was cut. Never cuts inside a letter.
std::string shortened(std::string_view text, std::size_t letters);

/// The text on one line of valid UTF-8, fit for a message: control characters become blanks, bytes that are
/// not UTF-8 become U+FFFD.
std::string one_line(std::string_view text);

/// "1,234,567": groups of three digits, for reading (never for data).
std::string grouped(std::size_t number);

/// "1 tie", "2 ties".
std::string counted(std::size_t number, std::string_view one, std::string_view many);

}  // namespace entente

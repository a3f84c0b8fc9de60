#include "engine/text.hpp"

#include <string>

#include <catch2/catch.hpp>

#include "engine/random.hpp"
#include "support/random_graphs.hpp"

using namespace entente;

namespace {

constexpr auto none = std::string_view::npos;

/// UTF-8 of any number below 2^21 in a given count of bytes, well formed or not.
std::string encoded(std::uint32_t code, int bytes) {
  std::string text;
  const auto byte = [](std::uint32_t value) { return static_cast<char>(static_cast<unsigned char>(value)); };
  if (bytes == 1) return {byte(code & 0x7F)};
  const std::uint32_t lead = bytes == 2 ? 0xC0 : bytes == 3 ? 0xE0 : 0xF0;
  text += byte(lead | code >> (6 * (bytes - 1)));
  for (int i = bytes - 2; i >= 0; --i) text += byte(0x80 | ((code >> (6 * i)) & 0x3F));
  return text;
}

}  // namespace

TEST_CASE("text: valid UTF-8 is told from invalid, by the place of the first fault") {
  CHECK(first_invalid_utf8("") == none);
  CHECK(first_invalid_utf8("Jeonbuk, Чонбук, 전북, 韓国, 🙂") == none);
  CHECK(first_invalid_utf8("ab\xFF") == 2);
  CHECK(first_invalid_utf8("\x80") == 0);
  CHECK(first_invalid_utf8("a\xC3") == 1);          // cut
  CHECK(first_invalid_utf8("전\xEC\xA0") == 3);      // cut after two of three
  CHECK(first_invalid_utf8("\xC0\xAF") == 0);       // overlong
  CHECK(first_invalid_utf8("\xED\xA0\x80") == 0);   // surrogate
  CHECK(first_invalid_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
}

TEST_CASE("text: of all numbers in all lengths exactly the shortest forms of letters are valid") {
  test::for_each_seed(20000, [](Seed seed) {
    Random random(seed);
    const int bytes = static_cast<int>(1 + random.below(4));
    const std::uint32_t limits[] = {0x80, 0x800, 0x10000, 0x200000};
    const auto code = static_cast<std::uint32_t>(random.below(limits[bytes - 1]));
    const bool shortest = bytes == 1 || code >= limits[bytes - 2];
    const bool letter = code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    CAPTURE(code, bytes);
    CHECK((first_invalid_utf8(encoded(code, bytes)) == none) == (shortest && letter));
  });
}

TEST_CASE("text: control characters are found, but not tab and line ends") {
  CHECK(first_control_character("a\tb\r\nc") == none);
  CHECK(first_control_character(std::string_view("a\0b", 3)) == 1);
  CHECK(first_control_character("\x1B[31m") == 0);
  CHECK(first_control_character("a\x7F") == 1);
  CHECK(first_control_character("a\xEF\xBF\xBE") == 1);  // U+FFFE
  CHECK(first_control_character("a\xEF\xBF\xBF") == 1);  // U+FFFF
  CHECK(first_control_character("a\xEF\xBF\xBD") == none);  // U+FFFD
}

TEST_CASE("text: shortening counts letters and never cuts one") {
  CHECK(shortened("Jeonbuk", 7) == "Jeonbuk");
  CHECK(shortened("Jeonbuk", 4) == "Jeon…");
  CHECK(shortened("전북테크노파크", 2) == "전북…");
  CHECK(shortened("전북", 2) == "전북");
  CHECK(shortened("a", 0) == "…");
  CHECK(shortened("", 0) == "");
}

TEST_CASE("text: numbers are grouped by three digits") {
  CHECK(grouped(0) == "0");
  CHECK(grouped(999) == "999");
  CHECK(grouped(1000) == "1,000");
  CHECK(grouped(1234567) == "1,234,567");
  CHECK(counted(1, "tie", "ties") == "1 tie");
  CHECK(counted(0, "tie", "ties") == "0 ties");
  CHECK(counted(12345, "tie", "ties") == "12,345 ties");
}

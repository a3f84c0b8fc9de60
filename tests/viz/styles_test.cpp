#include "viz/styles.hpp"

#include <catch2/catch.hpp>
#include <cmath>
#include <numbers>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "viz/labels.hpp"

using namespace entente;

namespace {

constexpr Rgb white{255, 255, 255};

}  // namespace

TEST_CASE("contrast: white on black is 21 and a colour on itself is 1") {
  CHECK(contrast({}, white) == Approx(21.0));
  CHECK(contrast({10, 20, 30}, {10, 20, 30}) == Approx(1.0));
  // WCAG 2.1's often quoted least grey on white: #767676 has 4.54 to 1.
  CHECK(contrast({0x76, 0x76, 0x76}, white) == Approx(4.54).margin(0.01));
}

TEST_CASE("styles: every fill can be written on with a contrast of at least 4.5") {
  for (const std::size_t categories : {1u, 8u, 9u, 10u, 40u}) {
    for (const Rgb color : category_palette(categories)) CHECK(contrast(color, text_on(color)) >= 4.5);
  }
  for (int i = 0; i <= 100; ++i) {
    const Rgb color = sequential_color(i / 100.0);
    CAPTURE(i, hex_text(color));
    CHECK(contrast(color, text_on(color)) >= 4.5);
  }
  for (int red = 0; red < 256; red += 15) {
    for (int green = 0; green < 256; green += 15) {
      for (int blue = 0; blue < 256; blue += 15) {
        const Rgb color{static_cast<std::uint8_t>(red), static_cast<std::uint8_t>(green), static_cast<std::uint8_t>(blue)};
        if (contrast(color, text_on(color)) < 4.5) FAIL("unreadable on " << hex_text(color));
      }
    }
  }
}

TEST_CASE("styles: every line colour stands out from white by at least 3") {
  for (const std::size_t categories : {1u, 10u}) {
    for (const Rgb color : line_palette(categories)) CHECK(contrast(color, white) >= 3.0);
  }
}

TEST_CASE("styles: the colours of a palette differ from each other and from 'other' and 'not stated'") {
  for (const std::size_t categories : {8u, 10u}) {
    std::set<std::string> colors{hex_text(other_color()), hex_text(unknown_color())};
    const auto palette = category_palette(categories);
    for (const Rgb color : palette) colors.insert(hex_text(color));
    CHECK(colors.size() == palette.size() + 2);
  }
}

TEST_CASE("sequential_color: grows lighter from end to end") {
  double last = 0;
  for (int i = 0; i <= 50; ++i) {
    const double light = contrast(sequential_color(i / 50.0), {});
    CHECK(light > last);
    last = light;
  }
}

TEST_CASE("width_for_area: every shape has the area of the circle") {
  // Areas of the shapes as Graphviz 2.42 draws them in a box of side 1.
  const std::vector<std::pair<NodeShape, double>> areas{
      {NodeShape::circle, std::numbers::pi / 4}, {NodeShape::square, 1},       {NodeShape::diamond, 0.5},
      {NodeShape::hexagon, 0.75},                {NodeShape::triangle, 0.375}, {NodeShape::inverted_triangle, 0.375},
      {NodeShape::pentagon, 0.7317}};
  CHECK(areas.size() == node_shapes().size());
  for (const auto& [shape, area] : areas) {
    const double width = width_for_area(shape, 20);
    CHECK(area * width * width == Approx(std::numbers::pi / 4 * 400).epsilon(1e-3));
  }
}

TEST_CASE("status_class: words of the data fall into three classes, and an unknown word is the weakest") {
  CHECK(status_class("signed") == StatusClass::in_force);
  CHECK(status_class("In_Force") == StatusClass::in_force);
  CHECK(status_class("planned") == StatusClass::intended);
  CHECK(status_class("being-attracted") == StatusClass::intended);
  CHECK(status_class("stated") == StatusClass::in_force);
  CHECK(status_class("discussed") == StatusClass::open);
  CHECK(status_class("") == StatusClass::open);
  CHECK(status_class("signed perhaps") == StatusClass::open);
}

TEST_CASE("wrapped: lines keep to the width, and nothing of the text is lost") {
  const std::string text = "Uzbekistan-Korea technological center of rare metals and hard alloys";
  const auto lines = wrapped(text, 18);
  std::string joined;
  for (const std::string& line : lines) {
    CHECK(columns_of(line) <= 18);
    joined += (joined.empty() ? "" : " ") + line;
  }
  // The hyphen of a compound is a place to break, and the blank put there by joining is not in the text.
  for (const char* break_at : {"- "}) {
    for (std::size_t at; (at = joined.find(break_at)) != std::string::npos;) joined.erase(at + 1, 1);
  }
  CHECK(joined == text);
}

TEST_CASE("wrapped: Kanji and Hangul are broken between letters and count twice") {
  CHECK(columns_of("川崎") == 4);
  const auto lines = wrapped("韓国科学技術院韓国科学技術院", 18);
  REQUIRE(lines.size() == 2);
  CHECK(lines[0] + lines[1] == "韓国科学技術院韓国科学技術院");
  CHECK(wrapped("", 18).empty());
  CHECK(wrapped(std::string(100, 'x'), 18).size() == 3);
}

TEST_CASE("wrapped: a Korean word stays whole") {
  CHECK(wrapped("한국테크노파크진흥회 서울 사무소", 18) == std::vector<std::string>{"한국테크노파크진흥회", "서울 사무소"});
}

TEST_CASE("short_number: three digits, and units that readers know") {
  CHECK(short_number(0) == "0");
  CHECK(short_number(1234.6) == "1235");
  CHECK(short_number(3500000) == "3.5 M");
  CHECK(short_number(15500) == "15.5 k");
  CHECK(short_number(1e100) == "1.00e+100");  // beyond the words for it, and beyond what a line of digits can hold
  CHECK(short_number(-2.5e18) == "-2.50e+18");
  CHECK(short_number(0.0042) == "0.0042");
  CHECK(short_number(2e9) == "2 bn");
  CHECK(short_number(std::nan("")) == "?");
}

TEST_CASE("shortened_at_word: ends at a word where one ends near") {
  CHECK(shortened_at_word("short", 20) == "short");
  CHECK(shortened_at_word("Higher educational institutions of Namangan", 30) == "Higher educational…");
}

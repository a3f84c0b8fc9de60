#include <catch2/catch.hpp>

#include "report/html.hpp"

using namespace entente;

TEST_CASE("html: no text of the data can open a tag or leave an attribute") {
  CHECK(html("<script>alert('x')</script> & \"q\"") == "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt; &amp; &quot;q&quot;");
  CHECK(html(std::string("a\x01\x1f\x62", 4)) == "ab");
  CHECK(html("a\xff\x62") == "a\xEF\xBF\xBD\x62");
  CHECK(html("ハイフォン Наманган 경기") == "ハイフォン Наманган 경기");
}

TEST_CASE("html: different keys have different anchors, made of safe letters only") {
  CHECK(anchor("node", "kist") == "node-kist");
  CHECK(anchor("node", "a b") == "node-a_20b");
  CHECK(anchor("node", "a_20b") != anchor("node", "a b"));
  CHECK(anchor("node", "\"><x") == "node-_22_3e_3cx");
}

TEST_CASE("html: only addresses of the web and of mail become links") {
  CHECK(safe_address("https://example.org") == "https://example.org");
  CHECK(safe_address("javascript:alert(1)").empty());
  CHECK(safe_address(" https://example.org").empty());
  CHECK(safe_address("data:text/html,x").empty());
}

TEST_CASE("html: two pictures in one page share no id") {
  const std::string svg = "<?xml version=\"1.0\"?>\n<svg role=\"img\" aria-labelledby=\"t d\"><title id=\"t\">x</title>"
                          "<g id=\"n0\"/><use href=\"#n0\" fill=\"url(#p)\"/></svg>";
  CHECK(inline_svg(svg, "a-") == "<svg role=\"img\" aria-labelledby=\"a-t a-d\"><title id=\"a-t\">x</title>"
                                 "<g id=\"a-n0\"/><use href=\"#a-n0\" fill=\"url(#a-p)\"/></svg>");
}

TEST_CASE("html: numbers are plain, with separators and four significant digits below a thousand") {
  CHECK(plain_number(63728.4) == "63,728");
  CHECK(plain_number(1234567890123.0) == "1,234,567,890,123");
  CHECK(plain_number(-63728.4) == "-63,728");
  CHECK(plain_number(9308) == "9,308");
  CHECK(plain_number(999.96) == "1,000");
  CHECK(plain_number(382.14) == "382.1");
  CHECK(plain_number(99.996) == "100");
  CHECK(plain_number(5) == "5");
  CHECK(plain_number(0.0092462) == "0.009246");
  CHECK(plain_number(0.0000012345) == "0.000001234");
  CHECK(plain_number(-0.5) == "-0.5");
  CHECK(plain_number(0) == "0");
}

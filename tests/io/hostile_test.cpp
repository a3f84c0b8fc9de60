#include <catch2/catch.hpp>

#include "engine/text.hpp"
#include "support.hpp"

namespace entente {
namespace {

TEST_CASE("errors quote the file on one line, whatever stands in it") {
  for (const auto& [file, text] : std::vector<std::pair<std::string, std::string>>{
           {"x.dot", "graph { a \"b\nc\xC3\" ]"}, {"x.csv", "source,target,start\na,b,\"20\n21\x01\"\n"}, {"x.json", "{\"edges\": [\n\n\"a\nb\"]}"},
           {"x.csv", "source,target,amount,currency\na,b,\"1\n2\",USD\n"}, {"x.graphml", "<gra\nph"}}) {
    CAPTURE(file, text);
    const auto read = try_read_bytes(file, text);
    REQUIRE(read.error);
    CHECK(read.error->sentence().find('\n') == std::string::npos);
    CHECK(first_invalid_utf8(read.error->sentence()) == std::string_view::npos);
  }
}

TEST_CASE("a quarter of a million qualifiers are one wrong date, not a stack of calls") {
  const auto read = try_read_bytes("x.csv", "source,target,start\na,b," + std::string(250000, '?') + "\n");
  CHECK(test::complaint(read).starts_with("x.csv:2:5: "));
}

TEST_CASE("defaults give a small file no more values than it can hold") {
  std::string graphml = "<graphml>";
  for (int i = 0; i < 2000; ++i) {
    const std::string number = std::to_string(i);
    graphml += "<key id='d" + number + "' for='node' attr.name='n" + number + "' attr.type='string'><default>x</default></key>";
  }
  graphml += "<graph>";
  for (int i = 0; i < 1000; ++i) graphml += "<node id='" + std::to_string(i) + "'/>";
  CHECK(test::complaint(try_read_bytes("x.graphml", graphml + "</graph></graphml>")).find("more values than the file can hold") != std::string::npos);
  // A few defaults for many nodes are no attack.
  std::string plain = "<graphml><key id='d' for='all' attr.name='n' attr.type='string'><default>x</default></key><graph>";
  for (int i = 0; i < 1000; ++i) plain += "<node id='" + std::to_string(i) + "'/>";
  const auto read = try_read_bytes("x.graphml", plain + "</graph></graphml>");
  REQUIRE_FALSE(read.error);
  CHECK(read.network->node_attribute("n")->text(999) == "x");
}

}  // namespace
}  // namespace entente

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <string>

#include "engine/network_builder.hpp"
#include "report/contents.hpp"

using namespace entente;

namespace {

/// 30 hubs in a ring and 270 bodies, each the partner of three of them: more than one picture holds.
Selection many_bodies() {
  NetworkInfo info;
  info.name = "many";
  NetworkBuilder builder(info, {.implicit_nodes = true});
  const auto tie = [&](const std::string& from, const std::string& to) {
    EdgeRow row;
    row.source.text = from;
    row.target.text = to;
    builder.add(row);
  };
  for (int hub = 0; hub < 30; ++hub) {
    tie("h" + std::to_string(hub), "h" + std::to_string((hub + 1) % 30));
    for (int i = 0; i < 27; ++i) tie("h" + std::to_string(hub), "p" + std::to_string((hub + i % 3) % 30) + "-" + std::to_string(i / 3));
  }
  return whole(builder.build());
}

std::size_t occurrences(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("report: a picture of a part says so in title, foot, legend and caption, and leaves nobody alone who has partners") {
  const auto contents = contents_of(many_bodies(), {}, {});
  REQUIRE(contents);
  REQUIRE(contents->pictures.size() == 2);
  for (const ReportPicture& picture : contents->pictures) {
    INFO(picture.name);
    // A wide title stands on one line or two.
    CHECK(picture.svg.find("250 of 300 nodes, the ones") != std::string::npos);
    CHECK(picture.svg.find("250 of 300 nodes of: whole network") != std::string::npos);
    CHECK(picture.caption.find("Only 250 of 300 nodes are drawn: the ones with the highest betweenness") != std::string::npos);
    CHECK(occurrences(picture.svg, "class=\"node\"") == 250);
    // 30 hubs and 220 partners with three ties each.
    CHECK(occurrences(picture.svg, "class=\"edge\"") == 30 + 3 * 220);
  }
  CHECK(contents->pictures[1].svg.find(" drawn)") != std::string::npos);
}

TEST_CASE("report: a caption promises no colours, shapes or lines that the picture lacks") {
  NetworkInfo info;
  info.name = "plain";
  NetworkBuilder builder(info, {.implicit_nodes = true});
  for (const auto& [from, to] : {std::pair{"a", "b"}, {"b", "c"}, {"c", "d"}}) {
    EdgeRow row;
    row.source.text = from;
    row.target.text = to;
    builder.add(row);
  }
  const auto contents = contents_of(whole(builder.build()), {}, {});
  REQUIRE(contents);
  REQUIRE(contents->pictures.size() == 2);
  CHECK(contents->pictures[0].caption == "The network. Area: betweenness, pairs.");
  CHECK(contents->pictures[1].caption == "The same network. Colour: Leiden clusters; area: betweenness, pairs.");
}

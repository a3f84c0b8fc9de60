// Where arrowheads and the amounts of ties stand on the page.

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <sstream>
#include <string>
#include <vector>

#include "viz/diagram.hpp"
#include "viz/geometry.hpp"
#include "viz/graphviz.hpp"
#include "viz/labels.hpp"
#include "viz/networks.hpp"

using namespace entente;
using entente::testing::SmallNetwork;

namespace {

/// The boxes of the labels in a picture, estimated narrowly, and the points of its arrowheads; y downwards.
struct SvgMarks {
  std::vector<Box> labels;
  std::vector<Point> heads;
};

std::string attribute_of(const std::string& line, const std::string& name) {
  const std::size_t at = line.find(" " + name + "=\"");
  if (at == std::string::npos) return {};
  const std::size_t begin = at + name.size() + 3;
  return line.substr(begin, line.find('"', begin) - begin);
}

SvgMarks marks_of(const std::string& svg) {
  SvgMarks marks;
  bool edge = false, node = false;
  std::istringstream lines(svg);
  for (std::string line; std::getline(lines, line);) {
    if (line.find(" class=\"") != std::string::npos) {
      edge = line.find("class=\"edge\"") != std::string::npos;
      node = line.find("class=\"node\"") != std::string::npos;
    }
    if (node && line.starts_with("<text ")) {
      const std::size_t open = line.find('>');
      const std::string text = line.substr(open + 1, line.find('<', open) - open - 1);
      const double size = std::stod(attribute_of(line, "font-size"));
      const Point at{std::stod(attribute_of(line, "x")), std::stod(attribute_of(line, "y")) - size * 0.3};
      marks.labels.push_back(Box::around(at, {ems_of(text) * size * 0.8, size * 0.7}));
    }
    if (edge && line.starts_with("<polygon ")) {
      std::istringstream points(attribute_of(line, "points"));
      for (std::string point; points >> point;) {
        const std::size_t comma = point.find(',');
        marks.heads.push_back({std::stod(point.substr(0, comma)), std::stod(point.substr(comma + 1))});
      }
    }
  }
  return marks;
}

}  // namespace

TEST_CASE("page: an arrowhead points to a label that stands before its mark, and elsewhere to the mark") {
  const NodeOutline source{NodeShape::circle, {0, 100}, 10, {}};
  NodeOutline target{NodeShape::circle, {0, 0}, 10, {}};
  const Path path = straight_path(source.centre, target.centre);
  CHECK(clipped(path, source, target, 0, 6).target_tip.y == Approx(5).margin(0.1));
  target.label = {Box::around({0, 12}, {60, 10})};
  const ClippedPath above = clipped(path, source, target, 0, 6);
  CHECK(above.visible);
  CHECK(above.target_tip.y >= 17);
  CHECK(above.target_tip.y < 18);
  // A plain end runs on to the mark, and a label on the other side changes nothing.
  CHECK(clipped(path, source, target, 0, 0).target_tip.y == Approx(5).margin(0.1));
  target.label = {Box::around({0, -12}, {60, 10})};
  CHECK(clipped(path, source, target, 0, 6).target_tip.y == Approx(5).margin(0.1));
}

TEST_CASE("page: no arrowhead of a picture lies under a label") {
  for (const int partners : {3, 8, 14}) {
    SmallNetwork network;
    network.node("hub", "", "Thermal generation of all");
    for (int i = 0; i < partners; ++i) {
      const std::string key = "n" + std::to_string(i);
      network.node(key, "", "International partner " + std::to_string(i));
      if (i % 3 == 0) network.tie("hub", key, "funding.grant");
      else network.tie(key, "hub", "funding.grant");
      if (i > 1) network.tie(key, "n" + std::to_string(i / 2), "funding.grant");
    }
    const Selection selection = network.selection();
    for (const std::string layout : {"neato", "dot"}) {
      DiagramSpec spec;
      spec.layout = layout;
      const auto drawing = diagram(selection, spec);
      REQUIRE(drawing);
      const auto picture = render(*drawing, PictureFormat::svg);
      REQUIRE(picture);
      const SvgMarks marks = marks_of(picture->bytes);
      CHECK(marks.labels.size() > static_cast<std::size_t>(partners));
      CHECK(marks.heads.size() >= 3 * (2 * static_cast<std::size_t>(partners) - 2));
      for (const Point& head : marks.heads) {
        CHECK(std::ranges::none_of(marks.labels, [&](const Box& label) { return label.contains(head); }));
      }
    }
  }
}

#include "viz/graphviz.hpp"

#include <sys/wait.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <cerrno>
#include <cmath>
#include <cstdio>
#include <expat.h>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "viz/diagram.hpp"
#include "viz/graphviz_text.hpp"
#include "viz/networks.hpp"

using namespace entente;
using entente::testing::partners;
using entente::testing::SmallNetwork;

namespace {

/// What a reader of XML finds in a picture; `error` where it is not well-formed.
struct ReadSvg {
  std::string error;
  std::map<std::string, int> groups;  // by class
  std::vector<std::string> texts;     // of <text>, in order
  std::vector<std::string> titles;
  std::vector<std::string> links;
  std::string role, all;
  std::vector<std::string> open;
};

void XMLCALL on_start(void* data, const char* name, const char** attributes) {
  auto& svg = *static_cast<ReadSvg*>(data);
  svg.open.emplace_back(name);
  if (svg.open.back() == "text") svg.texts.emplace_back();
  if (svg.open.back() == "title") svg.titles.emplace_back();
  for (; *attributes; attributes += 2) {
    const std::string key = attributes[0], value = attributes[1];
    if (svg.open.back() == "g" && key == "class") ++svg.groups[value];
    if (key == "xlink:href") svg.links.push_back(value);
    if (key == "role") svg.role = value;
  }
}

void XMLCALL on_end(void* data, const char*) { static_cast<ReadSvg*>(data)->open.pop_back(); }

void XMLCALL on_text(void* data, const char* text, int length) {
  auto& svg = *static_cast<ReadSvg*>(data);
  const std::string piece(text, static_cast<std::size_t>(length));
  svg.all += piece;
  if (svg.open.empty()) return;
  if (svg.open.back() == "text") svg.texts.back() += piece;
  if (svg.open.back() == "title") svg.titles.back() += piece;
}

ReadSvg read_svg(const std::string& bytes) {
  ReadSvg svg;
  XML_Parser parser = XML_ParserCreate(nullptr);
  XML_SetUserData(parser, &svg);
  XML_SetElementHandler(parser, on_start, on_end);
  XML_SetCharacterDataHandler(parser, on_text);
  if (XML_Parse(parser, bytes.data(), static_cast<int>(bytes.size()), 1) == XML_STATUS_ERROR) {
    svg.error = XML_ErrorString(XML_GetErrorCode(parser));
  }
  XML_ParserFree(parser);
  return svg;
}

Picture drawn(const Drawing& drawing, PictureFormat format = PictureFormat::svg) {
  auto picture = render(drawing, format);
  if (!picture) FAIL(picture.error().sentence());
  return *picture;
}

bool holds(const std::vector<std::string>& texts, const std::string& wanted) {
  return std::find(texts.begin(), texts.end(), wanted) != texts.end();
}

/// A drawing by hand: marks in a row, each tied to the next.
Drawing row_of(const std::vector<std::string>& names) {
  Drawing drawing;
  drawing.title = "Row";
  drawing.fonts = std::string(default_fonts());
  for (const std::string& name : names) {
    NodeMark mark;
    mark.key = mark.name = mark.tooltip = name;
    mark.label = {name};
    mark.fill = category_palette(1)[0];
    drawing.nodes.push_back(mark);
    if (drawing.nodes.size() > 1) {
      EdgeMark line;
      line.source = drawing.nodes.size() - 2;
      line.target = drawing.nodes.size() - 1;
      line.tooltip = name;
      drawing.edges.push_back(line);
    }
  }
  return drawing;
}

}  // namespace

TEST_CASE("render: an SVG has a group for each node and line, a title, a description and a role, in every layout") {
  DiagramData data;
  data.clusters = NodeClusters{"clusters", NodeColumn<int>({0, 0, 1, 1, 0, 1})};
  for (const LayoutStyle& style : layout_styles()) {
    CAPTURE(style.name);
    DiagramSpec spec;
    spec.layout = style.name;
    spec.boxes = true;
    const auto drawing = diagram(partners(), spec, data);
    REQUIRE(drawing);
    const ReadSvg svg = read_svg(drawn(*drawing).bytes);
    CHECK(svg.error.empty());
    CHECK(svg.groups.at("node") == 6);
    CHECK(svg.groups.contains("edge") == style.ties);
    if (style.ties) CHECK(svg.groups.at("edge") == 8);
    CHECK(svg.groups.contains("cluster") == (style.boxes && style.ties));
    CHECK(svg.role == "img");
    CHECK(svg.titles.at(0) == "A small network");
    CHECK(svg.all.find("Diagram of 6 nodes and 8 ties.") != std::string::npos);
    CHECK(holds(svg.texts, "경기바이오센터"));
    CHECK(holds(svg.texts, "Наманган"));
    CHECK(holds(svg.texts, "South Korea (3)") == false);  // colours are those of clusters here
    CHECK(svg.all.find("Source: partners") != std::string::npos);
  }
}

TEST_CASE("render: hostile names are read back letter by letter and nothing of them becomes markup") {
  const std::vector<std::string> names{"<b>bold</b>",  "<B>",          "\\N \\G \\E",   "&lt;&amp;&#0;",
                                       "\"];evil[a=\"", "a{b|c}<p> d", "javascript:1",  "]]><script>",
                                       "C:\\lnew\\r",  "'quote'",      "%n--><!--",     "--"};
  for (const Layout layout : {Layout::neato, Layout::dot, Layout::patchwork}) {
    Drawing drawing = row_of(names);
    drawing.layout = layout;
    drawing.title = names[3];
    drawing.source = names[7];
    LegendEntry entry;
    entry.text = names[3];
    drawing.legend.push_back({names[2], {entry}});
    const ReadSvg svg = read_svg(drawn(drawing).bytes);
    CHECK(svg.error.empty());
    CHECK(svg.groups.at("node") == static_cast<int>(names.size()));
    CHECK(svg.titles.at(0) == names[3]);
    for (const std::string& name : names) {
      CAPTURE(name);
      // Graphviz may write blanks as no-break spaces.
      const bool found = std::any_of(svg.texts.begin(), svg.texts.end(), [&](std::string text) {
        for (std::size_t at; (at = text.find("\xC2\xA0")) != std::string::npos;) text.replace(at, 2, " ");
        return text == name;
      });
      CHECK(found);
      CHECK(holds(svg.titles, name));
    }
  }
}

TEST_CASE("render: control characters and broken UTF-8 leave a well-formed picture") {
  const Drawing drawing = row_of({std::string("a\0b\x01\x1F", 5), "tab\there", "\xFF\xFE", "cut \xE3\x83", "\xEF\xBF\xBF!"});
  const ReadSvg svg = read_svg(drawn(drawing).bytes);
  CHECK(svg.error.empty());
  CHECK(holds(svg.texts, "ab"));
  CHECK(holds(svg.texts, "cut \xEF\xBF\xBD"));
  CHECK(holds(svg.texts, "!"));
}

TEST_CASE("render: only http, https and mailto become links") {
  Drawing drawing = row_of({"a", "b", "c", "d", "e"});
  drawing.nodes[0].link = "javascript:alert(1)";
  drawing.nodes[1].link = "https://example.org/?a=1&b=\"2\" \\N";
  drawing.nodes[2].link = "data:text/html,x";
  drawing.nodes[3].link = "mailto:a@example.org";
  drawing.edges[0].link = "file:///etc/passwd";
  drawing.edges[1].link = "HTTP://example.org/";
  const ReadSvg svg = read_svg(drawn(drawing).bytes);
  CHECK(svg.error.empty());
  const std::set<std::string> links(svg.links.begin(), svg.links.end());
  CHECK(links == std::set<std::string>{"https://example.org/?a=1&b=%222%22%20%5CN", "mailto:a@example.org", "HTTP://example.org/"});
}

TEST_CASE("render: tooltips list the ties with their sources") {
  const auto drawing = diagram(partners());
  REQUIRE(drawing);
  const ReadSvg svg = read_svg(drawn(*drawing).bytes);
  CHECK(holds(svg.titles,
              "Korea Institute of Science and Technology → Наманган: funding.grant, completed, USD 1,500,000 [Report <1> & \"2\"]"));
}

TEST_CASE("render: no arrowhead is seen longer than 12 points, however wide its line") {
  for (const double pen : {0.9, 2.0, 3.0, 4.5, 6.0}) {
    CAPTURE(pen);
    Drawing drawing = row_of({"a name as wide as two marks", "another name as wide"});
    drawing.layout = Layout::dot;
    drawing.edges[0].width = pen;
    drawing.edges[0].arrow_at_target = true;
    const std::string svg = drawn(drawing).bytes;
    const std::size_t line = svg.find("<g id=\"e0\"");
    REQUIRE(line != std::string::npos);
    const std::size_t head = svg.find("<polygon", line), points = svg.find("points=\"", head);
    REQUIRE(points != std::string::npos);
    REQUIRE(svg.find("</g>", line) > head);
    double x[3], y[3];
    REQUIRE(std::sscanf(svg.c_str() + points, "points=\"%lf,%lf %lf,%lf %lf,%lf", x, y, x + 1, y + 1, x + 2, y + 2) == 6);
    // The tip lies between the two corners of the base; the pen adds its mitre at the tip and half its width behind.
    const double half = std::hypot(x[2] - x[0], y[2] - y[0]) / 2;
    const double length = std::hypot(x[1] - (x[0] + x[2]) / 2, y[1] - (y[0] + y[2]) / 2);
    const double seen = length + pen / 2 * std::hypot(length, half) / half + pen / 2;
    CHECK(seen < 12.5);
    CHECK(seen > 6);
  }
}

TEST_CASE("render: the same drawing gives the same bytes in every format") {
  const auto drawing = diagram(partners());
  REQUIRE(drawing);
  for (const PictureFormat format : {PictureFormat::svg, PictureFormat::png, PictureFormat::pdf, PictureFormat::dot}) {
    const std::string first = drawn(*drawing, format).bytes;
    CHECK(first == drawn(*drawing, format).bytes);
    CHECK(first.size() > 500);
  }
  CHECK(drawn(*drawing, PictureFormat::png).bytes.starts_with("\x89PNG"));
  CHECK(drawn(*drawing, PictureFormat::pdf).bytes.starts_with("%PDF"));
  const std::string dot = drawn(*drawing, PictureFormat::dot).bytes;
  CHECK(dot.starts_with("digraph"));
  CHECK(drawn(*drawing, PictureFormat::pdf).bytes.find("(D:19700101000000") != std::string::npos);
}

TEST_CASE("render: odd shapes are drawn too") {
  Drawing nothing = row_of({});
  CHECK(read_svg(drawn(nothing).bytes).error.empty());
  CHECK(read_svg(drawn(row_of({"alone"})).bytes).groups.at("node") == 1);
  for (const LayoutStyle& style : layout_styles()) {
    CAPTURE(style.name);
    Drawing drawing = row_of({"a", "b"});
    drawing.layout = style.layout;
    drawing.edges[0].target = 0;  // a loop
    EdgeMark both = drawing.edges[0];
    both.target = 1;
    both.arrow_at_source = both.arrow_at_target = true;
    drawing.edges.push_back(both);
    drawing.edges.push_back(both);
    CHECK(read_svg(drawn(drawing).bytes).groups["edge"] == (style.ties ? 3 : 0));
    drawing.nodes.clear();
    drawing.edges.clear();
    CHECK(read_svg(drawn(drawing).bytes).error.empty());
  }
}

TEST_CASE("render: a line to a node that does not exist is refused") {
  Drawing drawing = row_of({"a", "b"});
  drawing.edges[0].target = 7;
  const auto picture = render(drawing, PictureFormat::svg);
  REQUIRE_FALSE(picture);
  CHECK(picture.error().code == ErrorCode::bad_argument);
}

TEST_CASE("render: out of time is one sentence with a way out, and leaves no process behind") {
  std::vector<std::string> names;
  for (int i = 0; i < 400; ++i) names.push_back("node " + std::to_string(i));
  Drawing drawing = row_of(names);
  drawing.layout = Layout::fdp;
  const auto picture = render(drawing, PictureFormat::svg, {.seconds = 0.05});
  REQUIRE_FALSE(picture);
  CHECK(picture.error().code == ErrorCode::resource);
  CHECK(picture.error().what ==
        "The layout engine fdp did not finish within 0.05 s on 400 nodes. Try --layout sfdp, or select a part of the network.");
  CHECK((::waitpid(-1, nullptr, WNOHANG) == -1 && errno == ECHILD));
}

TEST_CASE("safe_link: other schemes, and none, are no links") {
  CHECK(safe_link("vbscript:x").empty());
  CHECK(safe_link(" https://example.org").empty());
  CHECK(safe_link("//example.org").empty());
  CHECK(safe_link("https://") .empty());
  CHECK(safe_link("https://пример.рф/") == "https://%D0%BF%D1%80%D0%B8%D0%BC%D0%B5%D1%80.%D1%80%D1%84/");
}

TEST_CASE("parse_picture_format: knows four, in any case") {
  CHECK(*parse_picture_format(".SVG") == PictureFormat::svg);
  CHECK(*parse_picture_format("gv") == PictureFormat::dot);
  CHECK_FALSE(parse_picture_format("jpeg"));
}

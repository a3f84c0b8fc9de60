// What the widths of lines mean, whatever they are asked to show.

#include <catch2/catch.hpp>

#include <cmath>
#include <limits>
#include <random>
#include <string>
#include <vector>

#include "viz/diagram.hpp"
#include "viz/diagram_widths.hpp"
#include "viz/networks.hpp"

using namespace entente;
using entente::testing::SmallNetwork;

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();

const LegendGroup* widths_legend(const Drawing& drawing) {
  for (const LegendGroup& group : drawing.legend) {
    if (group.heading.starts_with("Line width")) return &group;
  }
  return nullptr;
}

std::string all_texts(const Drawing& drawing) {
  std::string texts;
  for (const LegendGroup& group : drawing.legend) {
    for (const LegendEntry& entry : group.entries) texts += entry.text + "\n";
  }
  return texts;
}

/// a-b twice, b-c with money, c-d and d-a once.
Selection five_ties() {
  return SmallNetwork()
      .node("a", "", "A").node("b", "", "B").node("c", "", "C").node("d", "", "D")
      .tie("a", "b").tie("b", "a").tie("b", "c", "", "", "5000", "USD").tie("c", "d").tie("d", "a")
      .selection();
}

TieMeasure hours(std::vector<double> values) { return {"hours", "plain numbers", EdgeColumn<double>(std::move(values))}; }

}  // namespace

TEST_CASE("widths: count is wider for more ties and thin for one, and the legend says so") {
  DiagramSpec spec;
  spec.width = "count";
  const auto drawing = diagram(five_ties(), spec);
  REQUIRE(drawing);
  REQUIRE(drawing->edges.size() == 4);
  CHECK(drawing->edges[0].width == Approx(2.7));  // two ties
  for (std::size_t i = 1; i < 4; ++i) CHECK(drawing->edges[i].width == Approx(1.2));  // the money plays no part
  const LegendGroup* legend = widths_legend(*drawing);
  REQUIRE(legend);
  CHECK(legend->heading == "Line width: number of ties");
  REQUIRE(legend->entries.size() == 2);
  CHECK(legend->entries[0].text == "2");
  CHECK(legend->entries[0].width == drawing->edges[0].width);
  CHECK(legend->entries[1].text == "1");
  CHECK(legend->entries[1].width == drawing->edges[1].width);
}

TEST_CASE("widths: none draws all lines alike and promises nothing in the legend") {
  DiagramSpec spec;
  spec.width = "none";
  const auto drawing = diagram(five_ties(), spec);
  REQUIRE(drawing);
  for (const EdgeMark& line : drawing->edges) CHECK(line.width == Approx(1.2));
  CHECK_FALSE(widths_legend(*drawing));
  CHECK(drawing->notes.empty());
}

TEST_CASE("widths: a column adds up the ties of a line; what states none is thinner than a stated 0, and counted") {
  DiagramData data;
  data.width = hours({4, 6, 0, not_known, 2});
  const auto drawing = diagram(five_ties(), {}, data);
  REQUIRE(drawing);
  CHECK(drawing->edges[0].width == Approx(6));  // 4 + 6
  CHECK(drawing->edges[1].width == Approx(1.5));
  CHECK(drawing->edges[2].width == thinnest_line);
  CHECK(drawing->edges[3].width == Approx(1.5 + 4.5 * 0.2));
  CHECK(thinnest_line < drawing->edges[1].width);
  CHECK(drawing->edges[0].tooltip.find("hours 4\n") != std::string::npos);
  CHECK(drawing->edges[2].tooltip.find("hours not stated") != std::string::npos);
  const LegendGroup* legend = widths_legend(*drawing);
  REQUIRE(legend);
  CHECK(legend->heading == "Line width: hours, plain numbers");
  CHECK(legend->entries.back().text == "no hours stated");
  CHECK(legend->entries.back().width == thinnest_line);
  CHECK(legend->entries[legend->entries.size() - 2].text == "0");
  CHECK(all_texts(*drawing).find("as wide as all its ties together") != std::string::npos);
  CHECK(drawing->notes == std::vector<std::string>{"1 of 5 ties states no hours: thin, or nothing added to their line"});
}

TEST_CASE("widths: where no tie states a number the legend says so and no line is wide") {
  DiagramData data;
  data.width = hours(std::vector<double>(5, not_known));
  const auto drawing = diagram(five_ties(), {}, data);
  REQUIRE(drawing);
  for (const EdgeMark& line : drawing->edges) CHECK(line.width == Approx(1.2));
  REQUIRE(widths_legend(*drawing));
  CHECK(widths_legend(*drawing)->entries.size() == 1);
  CHECK(widths_legend(*drawing)->entries[0].text == "no hours stated");
  CHECK(drawing->notes.front().starts_with("5 of 5 ties state no hours"));
}

TEST_CASE("widths: numbers without a width are refused with the tie's name") {
  DiagramData data;
  for (const double odd : {-1.0, std::numeric_limits<double>::infinity()}) {
    data.width = hours({1, 1, odd, 1, 1});
    const auto drawing = diagram(five_ties(), {}, data);
    REQUIRE_FALSE(drawing);
    CHECK(drawing.error().what.find("\"t3\"") != std::string::npos);
  }
  data.width = hours({1, 1});
  CHECK(diagram(five_ties(), {}, data).error().what.find("2 values for 5 ties") != std::string::npos);
  DiagramSpec spec;
  spec.width = "mass";
  CHECK(diagram(five_ties(), spec).error().what.find("amount, count, none") != std::string::npos);
  // Sums beyond the largest number stay numbers.
  data.width = hours({1e308, 1e308, 1e-300, 1, 5e-324});
  const auto drawing = diagram(five_ties(), {}, data);
  REQUIRE(drawing);
  for (const EdgeMark& line : drawing->edges) CHECK((line.width >= 1.5 && line.width <= 6.0));
  CHECK(drawing->edges[0].width == Approx(6));
}

TEST_CASE("widths: every scale grows with the value, stays between its ends, and its legend is drawn to it") {
  for (unsigned seed = 0; seed < 300; ++seed) {
    std::mt19937 random(seed);
    const auto of = static_cast<WidthScale::Of>(seed % 3);
    std::vector<double> values(1 + random() % 12);
    for (double& value : values) {
      if (of == WidthScale::Of::counts) value = static_cast<double>(1 + random() % (seed % 2 ? 4 : 5000));
      else value = random() % 7 == 0 ? not_known : random() % 9 == 0 ? 0 : std::pow(10.0, static_cast<double>(random() % 600) / 100 - 2);
    }
    const WidthScale scale = scale_of(of, values);
    INFO("seed " << seed);
    for (const double a : values) {
      if (std::isnan(a)) continue;
      CHECK(scale.width(a) > thinnest_line);
      CHECK(scale.width(a) <= 6.0 + 1e-9);
      for (const double b : values) {
        if (a <= b) CHECK(scale.width(a) <= scale.width(b) + 1e-12);
      }
    }
    const LegendGroup legend = width_legend(scale, "hours", {}, 0.6);
    CHECK(legend.entries.empty() == (scale.most == 0 && !(scale.zero && of == WidthScale::Of::numbers)));
    for (std::size_t i = 0; i < legend.entries.size(); ++i) {
      CHECK(legend.entries[i].width <= 0.6 * 6.0 + 1e-9);
      if (i > 0) CHECK(legend.entries[i].width <= legend.entries[i - 1].width);
    }
  }
}

TEST_CASE("widths: in a picture of many lines the legend shows the widths that are drawn") {
  SmallNetwork network;
  for (int i = 0; i <= 502; ++i) network.node("n" + std::to_string(i), "", "N");
  for (int i = 0; i < 502; ++i) network.tie("n" + std::to_string(i), "n" + std::to_string(i + 1), "", "", i == 0 ? "100" : i == 1 ? "" : "20", i == 1 ? "" : "USD");
  const auto drawing = diagram(network.selection());
  REQUIRE(drawing);
  REQUIRE(widths_legend(*drawing));
  CHECK(widths_legend(*drawing)->entries.front().text == "100");
  CHECK(widths_legend(*drawing)->entries.front().width == Approx(drawing->edges[0].width));
  CHECK(widths_legend(*drawing)->entries.back().text == "no amount stated");
  CHECK(widths_legend(*drawing)->entries.back().width == Approx(drawing->edges[1].width));
}

#include "viz/diagram.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "viz/networks.hpp"

using namespace entente;
using entente::testing::partners;
using entente::testing::SmallNetwork;

namespace {

const EdgeMark* line_between(const Drawing& drawing, const std::string& a, const std::string& b, std::size_t ties) {
  for (const EdgeMark& line : drawing.edges) {
    const std::set<std::string> ends{drawing.nodes[line.source].key, drawing.nodes[line.target].key};
    if (ends == std::set<std::string>{a, b} && line.keys.size() == ties) return &line;
  }
  return nullptr;
}

const LegendGroup* group_of(const Drawing& drawing, const std::string& heading) {
  for (const LegendGroup& group : drawing.legend) {
    if (group.heading.starts_with(heading)) return &group;
  }
  return nullptr;
}

bool legend_says(const Drawing& drawing, const std::string& text) {
  for (const LegendGroup& group : drawing.legend) {
    for (const LegendEntry& entry : group.entries) {
      if (entry.text.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

NodeMeasure measure(std::vector<double> values) { return {"reach", "nodes", NodeColumn<double>(std::move(values))}; }

}  // namespace

TEST_CASE("diagram: parallel ties of one kind and status are one line with their number") {
  const auto drawing = diagram(SmallNetwork()
                                   .node("a", "", "A")
                                   .node("b", "", "B")
                                   .tie("a", "b", "agreement.mou", "signed")
                                   .tie("b", "a", "agreement.visit", "completed")
                                   .tie("a", "b", "agreement.letter", "stated")
                                   .selection());
  REQUIRE(drawing);
  REQUIRE(drawing->edges.size() == 1);
  const EdgeMark& line = drawing->edges[0];
  CHECK(line.label == "×3");
  CHECK(line.style == LineStyle::solid);
  CHECK(std::count(line.tooltip.begin(), line.tooltip.end(), '\n') == 2);
  CHECK(line.tooltip.find("agreement.visit, completed") != std::string::npos);
  CHECK(legend_says(*drawing, "three ties in one line"));
  CHECK(drawing->notes.empty());  // nothing is missing: the sign is explained where it stands
}

TEST_CASE("diagram: ties that are done, planned and discussed are never one line") {
  const auto drawing = diagram(partners());
  REQUIRE(drawing);
  CHECK(drawing->edges.size() == 8);
  std::set<LineStyle> styles;
  for (const EdgeMark& line : drawing->edges) {
    CHECK(line.keys.size() == 1);
    const std::set<std::string> ends{drawing->nodes[line.source].key, drawing->nodes[line.target].key};
    if (ends == std::set<std::string>{"kist", "haiphong"}) styles.insert(line.style);
  }
  CHECK(styles.size() == 3);
}

TEST_CASE("diagram: the amount of a line is that of all its ties, or says that some state none") {
  const auto drawing = diagram(SmallNetwork()
                                   .node("a", "", "A")
                                   .node("b", "", "B")
                                   .node("c", "", "C")
                                   .tie("a", "b", "funding", "completed", "1100000", "USD")
                                   .tie("a", "b", "funding", "planned")
                                   .tie("a", "c", "funding", "completed", "2000000", "USD")
                                   .tie("a", "c", "funding", "paid")
                                   .selection());
  REQUIRE(drawing);
  REQUIRE(drawing->edges.size() == 3);
  CHECK(drawing->edges[0].label == "USD 1.1 M");
  CHECK(drawing->edges[1].label.empty());
  CHECK(drawing->edges[1].style == LineStyle::dashed);
  CHECK(drawing->edges[2].label == "×2 USD 2 M + ?");
  CHECK(legend_says(*drawing, "ties without a stated amount"));
}

TEST_CASE("diagram: where more than ten nodes and a quarter of all have no tie, they are left out and counted") {
  const auto with_loose = [](int loose, int pairs) {
    SmallNetwork network;
    for (int i = 0; i < loose; ++i) network.node("loose" + std::to_string(i), "", "loose");
    for (int i = 0; i < pairs; ++i) {
      const std::string number = std::to_string(i);
      network.node("a" + number, "", "A").node("b" + number, "", "B").tie("a" + number, "b" + number);
    }
    return network.selection();
  };
  auto drawing = diagram(with_loose(11, 1));
  REQUIRE(drawing);
  CHECK(drawing->nodes.size() == 2);
  REQUIRE(drawing->edges.size() == 1);
  CHECK(drawing->nodes[drawing->edges[0].source].key == "a0");
  CHECK(legend_says(*drawing, "11 nodes without ties left out"));
  CHECK(drawing->notes == std::vector<std::string>{"11 nodes without ties left out"});
  CHECK(diagram(with_loose(10, 1))->nodes.size() == 12);
  CHECK(diagram(with_loose(12, 18))->nodes.size() == 48);  // a quarter exactly
  CHECK(diagram(with_loose(13, 18))->nodes.size() == 36);
  CHECK(diagram(with_loose(30, 0))->nodes.size() == 30);   // there is nothing else to see
  DiagramSpec spec;
  spec.layout = "patchwork";
  CHECK(diagram(with_loose(11, 1), spec)->nodes.size() == 13);
  spec.layout = "auto";
  spec.isolates = "show";
  CHECK(diagram(with_loose(11, 1), spec)->nodes.size() == 13);
  spec.isolates = "hide";
  drawing = diagram(with_loose(1, 1), spec);
  CHECK(drawing->nodes.size() == 2);
  CHECK(legend_says(*drawing, "1 node without ties left out"));
  spec.isolates = "some";
  CHECK_FALSE(diagram(with_loose(1, 1), spec));
}

TEST_CASE("diagram: clusters keep the numbers they were handed in with") {
  DiagramData data;
  data.clusters = NodeClusters{"clusters", NodeColumn<int>({0, 0, 10, 10, 10, -1})};
  DiagramSpec spec;
  spec.boxes = true;
  const auto drawing = diagram(partners(), spec, data);
  REQUIRE(drawing);
  CHECK(legend_says(*drawing, "cluster 0 (2)"));
  CHECK(legend_says(*drawing, "cluster 10 (3)"));
  REQUIRE(drawing->clusters.size() == 2);
  CHECK(drawing->clusters[0].label == "cluster 10");
  CHECK(drawing->clusters[1].label == "cluster 0");
  CHECK(drawing->nodes[0].tooltip.find("clusters: cluster 0") != std::string::npos);
}

TEST_CASE("diagram: without bundling every tie is a line") {
  DiagramSpec spec;
  spec.bundle = false;
  const auto drawing = diagram(partners(), spec);
  REQUIRE(drawing);
  CHECK(drawing->edges.size() == 8);
  for (const EdgeMark& line : drawing->edges) CHECK(line.keys.size() == 1);
}

TEST_CASE("diagram: arrowheads only where a tie has a direction, and none in an undirected selection") {
  Selection selection = partners();
  auto drawing = diagram(selection);
  REQUIRE(drawing);
  const EdgeMark* grant = line_between(*drawing, "kist", "namangan", 1);
  REQUIRE(grant);
  CHECK(grant->arrow_at_target);
  CHECK_FALSE(grant->arrow_at_source);
  const EdgeMark* agreement = line_between(*drawing, "kist", "haiphong", 1);
  CHECK_FALSE((agreement->arrow_at_source || agreement->arrow_at_target));
  selection.undirected = true;
  drawing = diagram(selection);
  for (const EdgeMark& line : drawing->edges) CHECK_FALSE((line.arrow_at_source || line.arrow_at_target));
}

TEST_CASE("diagram: money both ways between two nodes is one line with two arrowheads") {
  const auto drawing =
      diagram(SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b", "funding").tie("b", "a", "funding").selection());
  REQUIRE(drawing);
  REQUIRE(drawing->edges.size() == 1);
  CHECK(drawing->edges[0].arrow_at_source);
  CHECK(drawing->edges[0].arrow_at_target);
}

TEST_CASE("diagram: a greater amount is a wider line, and an amount nobody stated is the thinnest, never nothing") {
  const auto drawing = diagram(partners());
  REQUIRE(drawing);
  const double large = line_between(*drawing, "kist", "namangan", 1)->width;
  const double small = line_between(*drawing, "kist", "jeonbuk", 1)->width;
  const double unknown = line_between(*drawing, "bio", "jeonbuk", 1)->width;
  CHECK(large > small);
  CHECK(small > unknown);
  CHECK(unknown > 0);
  CHECK(legend_says(*drawing, "no amount stated"));
  CHECK(line_between(*drawing, "kist", "jeonbuk", 1)->tooltip.find("USD 250,000.50") != std::string::npos);
}

TEST_CASE("diagram: amounts in another currency are not put on the scale of the first") {
  const auto drawing = diagram(SmallNetwork()
                                   .node("a", "", "A")
                                   .node("b", "", "B")
                                   .node("c", "", "C")
                                   .tie("a", "b", "funding", "", "5", "USD")
                                   .tie("a", "c", "funding", "", "7", "USD")
                                   .tie("b", "c", "funding", "", "9000000", "KRW")
                                   .selection());
  REQUIRE(drawing);
  CHECK(line_between(*drawing, "b", "c", 1)->width < line_between(*drawing, "a", "b", 1)->width);
  CHECK(legend_says(*drawing, "1 amount in other currencies"));
}

TEST_CASE("diagram: line styles follow the status, and all lines are solid where no status is stated at all") {
  const auto drawing = diagram(partners());
  REQUIRE(drawing);
  CHECK(line_between(*drawing, "kist", "jeonbuk", 1)->style == LineStyle::dashed);
  CHECK(line_between(*drawing, "odd", "bio", 1)->style == LineStyle::dotted);
  const auto plain = diagram(SmallNetwork().node("a", "", "A").node("b", "", "B").tie("a", "b").selection());
  CHECK(plain->edges[0].style == LineStyle::solid);
  CHECK_FALSE(group_of(*plain, "Line style"));
}

TEST_CASE("diagram: areas are in proportion to the measure") {
  DiagramData data;
  data.size = measure({100, 25, 4, 0, std::numeric_limits<double>::quiet_NaN(), 1});
  const auto drawing = diagram(partners(), {}, data);
  REQUIRE(drawing);
  const auto area = [&](std::size_t i) { return drawing->nodes[i].diameter * drawing->nodes[i].diameter; };
  CHECK(area(0) / area(1) == Approx(4.0));
  CHECK(area(1) / area(2) == Approx(6.25));
  CHECK(drawing->nodes[3].diameter > 0);
  CHECK(legend_says(*drawing, "1 node without reach drawn smallest"));
  CHECK(group_of(*drawing, "Area: reach, nodes"));
}

TEST_CASE("diagram: a negative measure is refused as an area, and a column of another length at all") {
  DiagramData data;
  data.size = measure({1, -1, 1, 1, 1, 1});
  auto drawing = diagram(partners(), {}, data);
  REQUIRE_FALSE(drawing);
  CHECK(drawing.error().code == ErrorCode::bad_argument);
  data.size = measure({1, 2});
  CHECK_FALSE(diagram(partners(), {}, data));
}

TEST_CASE("diagram: one colour for each country, and nodes without one are said to be so") {
  DiagramSpec spec;
  spec.color = "country";
  const auto drawing = diagram(partners(), spec);
  REQUIRE(drawing);
  CHECK(drawing->nodes[0].fill == drawing->nodes[1].fill);
  CHECK_FALSE(drawing->nodes[0].fill == drawing->nodes[2].fill);
  CHECK(legend_says(*drawing, "South Korea (3)"));
  CHECK(legend_says(*drawing, "not stated (1)"));
}

TEST_CASE("diagram: with more categories than colours the rest is 'others' and the counts add up") {
  SmallNetwork network;
  for (int i = 0; i < 15; ++i) {
    const std::string key = "n" + std::to_string(i);
    network.node(key, "kind" + std::to_string(i), key);
    network.node(key + "b", "kind" + std::to_string(std::min(i, 9)), key);
  }
  DiagramSpec spec;
  spec.color = "kind";
  const auto drawing = diagram(network.selection(), spec);
  REQUIRE(drawing);
  const LegendGroup* group = group_of(*drawing, "Colour: kind");
  REQUIRE(group);
  CHECK(group->entries.size() == 10);
  CHECK(group->entries.back().text == "6 others (7)");
}

TEST_CASE("diagram: labels take the language asked for, break into lines, and the hidden ones are counted") {
  DiagramSpec spec;
  spec.labels = "2";
  const auto drawing = diagram(partners(), spec);
  REQUIRE(drawing);
  CHECK(std::count_if(drawing->nodes.begin(), drawing->nodes.end(), [](const NodeMark& n) { return !n.label.empty(); }) == 2);
  CHECK(drawing->nodes[0].label == std::vector<std::string>{"Korea Institute", "of Science and", "Technology"});
  CHECK(legend_says(*drawing, "4 labels hidden"));
  spec.labels = "some";
  CHECK_FALSE(diagram(partners(), spec));
}

TEST_CASE("diagram: what does not exist is refused with what does") {
  DiagramSpec spec;
  spec.layout = "spiral";
  auto drawing = diagram(partners(), spec);
  REQUIRE_FALSE(drawing);
  CHECK(drawing.error().what.find("sfdp") != std::string::npos);
  spec = {};
  spec.color = "mood";
  drawing = diagram(partners(), spec);
  REQUIRE_FALSE(drawing);
  CHECK(drawing.error().what.find("country") != std::string::npos);
  spec.color = "cluster";
  CHECK_FALSE(diagram(partners(), spec));
  spec = {};
  spec.size = "betweenness";
  CHECK_FALSE(diagram(partners(), spec));
}

TEST_CASE("diagram: a layout that would not finish is refused with one that does") {
  SmallNetwork network;
  for (int i = 0; i < 600; ++i) network.node("n" + std::to_string(i), "", "");
  DiagramSpec spec;
  spec.layout = "fdp";
  const auto drawing = diagram(network.selection(), spec);
  REQUIRE_FALSE(drawing);
  CHECK(drawing.error().what ==
        "The layout fdp does not finish on 600 nodes. Try --layout sfdp, or select a part of the network.");
}

TEST_CASE("diagram: the source line names network, checksum, selection and version") {
  const auto drawing = diagram(partners());
  REQUIRE(drawing);
  CHECK(drawing->source.starts_with("Source: partners (SHA-256 aaaaaaaaaaaa) · whole network · layout neato · Entente "));
}

TEST_CASE("diagram: clusters become boxes from two nodes on") {
  DiagramSpec spec;
  spec.boxes = true;
  CHECK_FALSE(diagram(partners(), spec));
  DiagramData data;
  data.clusters = NodeClusters{"clusters", NodeColumn<int>({0, 0, 1, 1, 2, -1})};
  const auto drawing = diagram(partners(), spec, data);
  REQUIRE(drawing);
  CHECK(drawing->layout == Layout::osage);
  CHECK(drawing->clusters.size() == 2);
  CHECK(drawing->nodes[4].cluster == -1);
  CHECK(drawing->nodes[5].cluster == -1);
}

TEST_CASE("diagram: an empty selection is a drawing without marks") {
  const auto drawing = diagram(SmallNetwork().selection());
  REQUIRE(drawing);
  CHECK(drawing->nodes.empty());
  CHECK(drawing->edges.empty());
}

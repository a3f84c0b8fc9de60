#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "viz/styles.hpp"

namespace entente {

/// A diagram as plain data, before anything is laid out: what a reader sees, without Graphviz.
/// All texts are as people write them; whoever paints them prepares them for the format.
/// Lengths are in points (1/72 inch).

/// One node.
struct NodeMark {
  std::string key;                 // its id in the data
  std::string name;                // whole, for tooltips and readers of the screen
  std::vector<std::string> label;  // the lines written beside or inside it; empty: none
  NodeShape shape = NodeShape::circle;
  double diameter = 14;  // of the circle with the same area
  Rgb fill, border;
  std::string tooltip;
  std::string link;
  int cluster = -1;  // index into Drawing::clusters, or -1
};

/// One line: a tie, or several ties between the same two nodes.
struct EdgeMark {
  std::size_t source = 0, target = 0;  // indices into Drawing::nodes
  bool arrow_at_source = false, arrow_at_target = false;
  LineStyle style = LineStyle::solid;
  Rgb color;
  double width = 1;
  std::uint8_t opacity = 255;
  std::string label;  // "×3", "USD 3.5 M"; left out where there is no room
  std::string tooltip;
  std::string link;
  std::vector<std::string> keys;  // ids of its ties in the data
};

/// A box around the nodes of one cluster.
struct ClusterBox {
  std::string label;
  Rgb fill, border;
};

/// One line of the legend: a sample and what it means.
struct LegendEntry {
  enum class Sample { none, node, line, box } sample = Sample::none;
  NodeShape shape = NodeShape::circle;
  double diameter = 10;
  Rgb fill, border;
  LineStyle style = LineStyle::solid;
  double width = 1.5;
  bool arrow = false;
  std::string text;
};

struct LegendGroup {
  std::string heading;  // "Colour: country"
  std::vector<LegendEntry> entries;
};

struct Drawing {
  std::string title;
  std::string description;  // one or two sentences for those who cannot see it
  std::string source;       // the line at the foot: network, checksum, selection, version
  Layout layout = Layout::neato;
  std::uint32_t seed = 7;  // of the layouts that start from random positions
  std::string fonts;
  double font_size = 10;
  bool draw_boxes = false;  // draw `clusters`; where the layout can
  std::vector<NodeMark> nodes;
  std::vector<EdgeMark> edges;
  std::vector<ClusterBox> clusters;
  std::vector<LegendGroup> legend;
  std::vector<std::string> notes;  // what is not shown, for whoever asked for the drawing
};

}  // namespace entente

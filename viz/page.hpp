#pragma once

#include <optional>
#include <string>
#include <vector>

#include "viz/drawing.hpp"
#include "viz/geometry.hpp"
#include "viz/graphviz_layout.hpp"

namespace entente {

/// A drawing with a place for everything on the page, ready to be painted.
struct PlacedNode {
  Point centre;            // of the mark
  Size size;               // of the box around the mark
  Point label;             // centre of its label
  std::vector<double> label_lines;  // width of each of its lines
  double line_height = 0;
  double font_size = 10;   // 0: no label
  bool label_inside = false;
};

struct PlacedEdge {
  ClippedPath line;
  double arrow = 0;              // length of its arrowheads; 0: no room for any
  std::optional<Point> label;    // empty where there is no room
};

/// A line of text of the title, legend or foot. `at` is the left end of its base line.
struct TextRun {
  Point at;
  double font_size = 9;
  bool bold = false;
  Rgb color;
  std::string text;
};

/// A sample of the legend.
struct Sample {
  Point centre;
  const LegendEntry* entry = nullptr;
};

struct Page {
  Box bounds;
  std::vector<PlacedNode> nodes;
  std::vector<PlacedEdge> edges;
  std::vector<Box> clusters;
  std::vector<TextRun> texts;
  std::vector<Sample> samples;
};

inline constexpr double edge_font_size = 8;
inline constexpr double legend_font_size = 9;

/// The box that a layout has to keep free for each node: its mark and its label.
std::vector<Size> node_boxes(const Drawing& drawing, const TextSizes& texts);

/// Asks for the size of every text on the page.
void want_texts(const Drawing& drawing, TextSizes& texts);

/// Puts marks and labels into their boxes, clips lines at the marks, finds room for the labels of lines,
/// and sets title, legend and source line around the drawing. `drawing` must outlive the page.
Page compose(const Drawing& drawing, const Placement& placement, const TextSizes& texts);

}  // namespace entente

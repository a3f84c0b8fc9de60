#pragma once

#include <cstddef>
#include <vector>

#include "viz/styles.hpp"

namespace entente {

/// Points (1/72 inch), y upwards as in Graphviz.
struct Point {
  double x = 0, y = 0;
  friend Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
  friend Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
  friend Point operator*(Point a, double s) { return {a.x * s, a.y * s}; }
};

double distance(Point a, Point b);

struct Size {
  double width = 0, height = 0;
};

struct Box {
  double left = 0, bottom = 0, right = 0, top = 0;

  static Box around(Point centre, Size size) {
    return {centre.x - size.width / 2, centre.y - size.height / 2, centre.x + size.width / 2, centre.y + size.height / 2};
  }
  double width() const { return right - left; }
  double height() const { return top - bottom; }
  Point centre() const { return {(left + right) / 2, (bottom + top) / 2}; }
  bool contains(Point p) const { return p.x >= left && p.x <= right && p.y >= bottom && p.y <= top; }
  bool overlaps(const Box& b) const { return left < b.right && b.left < right && bottom < b.top && b.bottom < top; }
  Box grown(double by) const { return {left - by, bottom - by, right + by, top + by}; }
  /// Widens this box until it holds the other.
  void include(const Box& b);
};

/// Cubic Bézier curves joined end to end: 3k + 1 points.
using Path = std::vector<Point>;

Path straight_path(Point from, Point to);

/// The point where the share `t` (0 to 1) of the curves has passed.
Point point_at(const Path& path, double t);

/// The part of a path between two shares.
Path part_of(const Path& path, double from, double to);

/// True where a point lies within a node's outline of this width and height around the centre.
bool inside(NodeShape shape, Point centre, double width, Point p);

/// The least share at which the path leaves the outline at its start; 1 where it never does.
double share_of_exit(const Path& path, NodeShape shape, Point centre, double width);

/// The path walked backwards.
Path reversed(Path path);

/// The path drawn between nodes: starts and ends at the outlines, `gap` away, shortened further
/// where arrows stand. Tips are where arrows point to.
struct ClippedPath {
  Path path;
  Point source_tip, target_tip;
  bool visible = true;  // false where the nodes touch and nothing is left to draw
};

struct NodeOutline {
  NodeShape shape = NodeShape::circle;
  Point centre;
  double width = 0;
  std::vector<Box> label = {};  // of its lines: no arrowhead stands in them, it points to the label instead
};

ClippedPath clipped(const Path& path, const NodeOutline& source, const NodeOutline& target, double source_arrow,
                    double target_arrow);

}  // namespace entente

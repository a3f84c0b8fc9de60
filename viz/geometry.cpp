#include "viz/geometry.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace entente {

namespace {

using Cubic = std::array<Point, 4>;

Point mix(Point a, Point b, double t) { return a * (1 - t) + b * t; }

/// De Casteljau: both halves of a cubic at t.
std::array<Cubic, 2> halves(const Cubic& c, double t) {
  const Point ab = mix(c[0], c[1], t), bc = mix(c[1], c[2], t), cd = mix(c[2], c[3], t);
  const Point abc = mix(ab, bc, t), bcd = mix(bc, cd, t), middle = mix(abc, bcd, t);
  return {Cubic{c[0], ab, abc, middle}, Cubic{middle, bcd, cd, c[3]}};
}

std::size_t curves(const Path& path) { return path.size() < 4 ? 0 : (path.size() - 1) / 3; }

Cubic curve(const Path& path, std::size_t i) {
  return {path[3 * i], path[3 * i + 1], path[3 * i + 2], path[3 * i + 3]};
}

/// Which curve a share falls into, and where in it.
std::pair<std::size_t, double> place_of(const Path& path, double t) {
  const auto count = static_cast<double>(curves(path));
  const double at = std::clamp(t, 0.0, 1.0) * count;
  const auto i = std::min(static_cast<std::size_t>(at), curves(path) - 1);
  return {i, at - static_cast<double>(i)};
}

/// The first share after `from` where the distance to `p` reaches `length`.
double share_at_distance(const Path& path, double from, Point p, double length) {
  constexpr int steps = 400;
  for (int i = 1; i <= steps; ++i) {
    const double t = from + (1 - from) * i / steps;
    if (distance(point_at(path, t), p) >= length) return t;
  }
  return 1;
}

}  // namespace

double distance(Point a, Point b) { return std::hypot(a.x - b.x, a.y - b.y); }

void Box::include(const Box& b) {
  left = std::min(left, b.left);
  bottom = std::min(bottom, b.bottom);
  right = std::max(right, b.right);
  top = std::max(top, b.top);
}

Path straight_path(Point from, Point to) { return {from, mix(from, to, 1.0 / 3), mix(from, to, 2.0 / 3), to}; }

Point point_at(const Path& path, double t) {
  if (curves(path) == 0) return path.empty() ? Point{} : path.front();
  const auto [i, share] = place_of(path, t);
  return halves(curve(path, i), share)[0][3];
}

Path part_of(const Path& path, double from, double to) {
  if (curves(path) == 0) return path;
  const auto [first, begin] = place_of(path, from);
  const auto [last, end] = place_of(path, to);
  Path part;
  for (std::size_t i = first; i <= last; ++i) {
    Cubic c = curve(path, i);
    double rest = end;
    if (i == first && begin > 0) {
      c = halves(c, begin)[1];
      rest = begin < 1 ? (end - begin) / (1 - begin) : 0;
    }
    if (i == last) c = halves(c, std::clamp(i == first ? rest : end, 0.0, 1.0))[0];
    if (part.empty()) part.push_back(c[0]);
    part.insert(part.end(), c.begin() + 1, c.end());
  }
  return part;
}

bool inside(NodeShape shape, Point centre, double width, Point p) {
  const double half = width / 2, x = std::abs(p.x - centre.x), y = std::abs(p.y - centre.y);
  const double up = p.y - centre.y;
  switch (shape) {
    case NodeShape::circle: return std::hypot(x, y) <= half;
    case NodeShape::square: return x <= half && y <= half;
    case NodeShape::diamond: return x + y <= half;
    case NodeShape::hexagon: return y <= half && x + y / 2 <= half;
    // Graphviz fills three quarters of the box with a triangle.
    case NodeShape::triangle: return up >= -half / 2 && x <= (half - up) * 2 / 3;
    case NodeShape::inverted_triangle: return -up >= -half / 2 && x <= (half + up) * 2 / 3;
    case NodeShape::pentagon: return up >= -0.809 * half && x <= half && up <= half - 0.691 * x;
  }
  return false;
}

double share_of_exit(const Path& path, NodeShape shape, Point centre, double width) {
  constexpr int steps = 200;
  double in = 0, out = 1;
  if (!inside(shape, centre, width, point_at(path, 0))) return 0;
  int i = 1;
  for (; i <= steps; ++i) {
    out = static_cast<double>(i) / steps;
    if (!inside(shape, centre, width, point_at(path, out))) break;
    in = out;
  }
  if (i > steps) return 1;
  for (int round = 0; round < 20; ++round) {
    const double middle = (in + out) / 2;
    (inside(shape, centre, width, point_at(path, middle)) ? in : out) = middle;
  }
  return out;
}

Path reversed(Path path) {
  std::reverse(path.begin(), path.end());
  return path;
}

namespace {

/// Where an arrowhead that begins to point at the share `begin` is clear of the label: there, or where the path has
/// left the label for the length of the head.
double share_beyond_label(const Path& path, double begin, const std::vector<Box>& label, double head) {
  if (label.empty()) return begin;
  constexpr int steps = 400;
  double clear = begin;
  Point last = point_at(path, begin);
  double since = 0;  // how far the path has gone since it was in the label
  for (int i = 1; i <= steps && since <= head; ++i) {
    const double share = begin + (1 - begin) * i / steps;
    const Point p = point_at(path, share);
    since += distance(last, p);
    last = p;
    if (std::ranges::none_of(label, [&](const Box& box) { return box.contains(p); })) continue;
    clear = share + (1 - begin) / steps;
    since = 0;
  }
  return std::min(clear, 1.0);
}

}  // namespace

ClippedPath clipped(const Path& path, const NodeOutline& source, const NodeOutline& target, double source_arrow,
                    double target_arrow) {
  ClippedPath result;
  const Path back = reversed(path);
  double begin = share_of_exit(path, source.shape, source.centre, source.width);
  double end = share_of_exit(back, target.shape, target.centre, target.width);
  if (source_arrow > 0) begin = share_beyond_label(path, begin, source.label, source_arrow);
  if (target_arrow > 0) end = share_beyond_label(back, end, target.label, target_arrow);
  result.source_tip = point_at(path, begin);
  result.target_tip = point_at(back, end);
  if (source_arrow > 0) begin = share_at_distance(path, begin, result.source_tip, source_arrow);
  if (target_arrow > 0) end = share_at_distance(back, end, result.target_tip, target_arrow);
  result.visible = begin < 1 - end - 1e-6;
  if (result.visible) result.path = part_of(path, begin, 1 - end);
  return result;
}

}  // namespace entente

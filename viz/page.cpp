#include "viz/page.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "viz/page_frame.hpp"

namespace entente {

namespace {

constexpr double label_gap = 1.5;  // between a mark and its label
constexpr double box_margin = 2;
constexpr double smallest_font = 4.5;
constexpr double amount_margin = 5;  // between an amount and what is not its line
constexpr double most_arrow = 12, least_arrow = 2;  // the visible length of an arrowhead, that between its points

/// Graphviz draws the outline of an arrowhead with the pen of its line, and the corners of a wide pen reach far
/// beyond the points handed in.
struct ArrowShape {
  double length = 0;    // between the points
  double overhang = 0;  // of the visible tip beyond its point
};

ArrowShape arrow_shape(double pen) {
  const double half_width = 0.35 * std::max(1.0, pen / 4);  // of a head of length 1
  const double overhang = pen / 2 * std::hypot(1, half_width) / half_width;
  const double room = most_arrow - overhang - pen / 2;
  return {std::min(5 + 0.7 * pen, std::max(least_arrow, room)), overhang};
}

double mark_width(const NodeMark& mark) { return width_for_area(mark.shape, mark.diameter); }

bool labels_inside(const Drawing& drawing) { return drawing.layout == Layout::patchwork; }

/// Puts the mark into the upper or lower part of its box, so that fewer of its lines cross its label.
PlacedNode placed_node(const NodeMark& mark, Point centre, const TextSizes& texts, double font_size,
                       const std::vector<Point>& leaving) {
  PlacedNode placed;
  const double width = mark_width(mark);
  placed.size = {width, width};
  placed.centre = centre;
  if (mark.label.empty()) {
    placed.font_size = 0;
    return placed;
  }
  placed.font_size = font_size;
  const Size label = texts.of(mark.label, font_size);
  placed.line_height = label.height / static_cast<double>(mark.label.size());
  for (const std::string& line : mark.label) placed.label_lines.push_back(texts.of(line, font_size).width);
  double up = 0, down = 0;
  for (const Point& exit : leaving) {
    const double rise = exit.y - centre.y, run = std::abs(exit.x - centre.x);
    const double steepness = std::abs(rise) / (std::abs(rise) + run + 1e-9);
    (rise > 0 ? up : down) += steepness;
  }
  // Below is where readers look for a label, so above must be clearly better.
  const double side = down > up + 0.75 ? -1 : 1;
  placed.centre.y = centre.y + side * (label.height + label_gap) / 2;
  placed.label = {centre.x, centre.y - side * (width + label_gap) / 2};
  return placed;
}

/// The box of each line of a label, a little larger.
std::vector<Box> label_boxes(const PlacedNode& node, double margin) {
  std::vector<Box> boxes;
  const double middle = (static_cast<double>(node.label_lines.size()) - 1) / 2;
  for (std::size_t i = 0; i < node.label_lines.size(); ++i) {
    const Point centre{node.label.x, node.label.y + (middle - static_cast<double>(i)) * node.line_height};
    // The lines' boxes leave a gap of leading below the letters.
    boxes.push_back(Box::around(centre, {node.label_lines[i], node.line_height * 0.9}).grown(margin));
  }
  return boxes;
}

/// Moves the ends of a path from the centres of the boxes to the centres of the marks.
Path moved_ends(Path path, Point from, Point to) {
  if (path.size() == 4) {
    const Point a = path.front(), b = path.back();
    const double length = distance(a, b);
    const auto off_line = [&](Point p) {
      return length < 1e-9 ? 0 : std::abs((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x)) / length;
    };
    if (off_line(path[1]) < 1 && off_line(path[2]) < 1) return straight_path(from, to);
  }
  path[1] = path[1] + (from - path.front()) * 0.6;
  path[path.size() - 2] = path[path.size() - 2] + (to - path.back()) * 0.6;
  path.front() = from;
  path.back() = to;
  return path;
}

Path loop_at(const PlacedNode& node) {
  const double r = node.size.width / 2, reach = r + 16;
  const Point c = node.centre;
  return {c, {c.x + reach * 1.2, c.y + r * 0.1}, {c.x + reach * 0.5, c.y + reach * 1.1}, c};
}

std::vector<Point> sampled(const Path& path) {
  std::vector<Point> points;
  const int steps = static_cast<int>(std::clamp<std::size_t>(path.size() * 4, 12, 60));
  for (int i = 0; i <= steps; ++i) points.push_back(point_at(path, static_cast<double>(i) / steps));
  return points;
}

bool meets_box(const std::vector<Point>& points, const Box& box) {
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Box span{std::min(points[i].x, points[i + 1].x), std::min(points[i].y, points[i + 1].y),
                   std::max(points[i].x, points[i + 1].x), std::max(points[i].y, points[i + 1].y)};
    if (!span.overlaps(box.grown(0.01))) continue;
    for (int k = 0; k <= 8; ++k) {
      if (box.contains(points[i] * (1 - k / 8.0) + points[i + 1] * (k / 8.0))) return true;
    }
  }
  return false;
}

/// Looks beside each labelled line for a place that covers no mark, no other label and, if it can
/// be had, no other line. An amount stays away from other lines and texts, so that it is clear whose it is; a line
/// without room for it has it in its tooltip. Lines with the shortest labels come first: they are bundles.
void place_edge_labels(const Drawing& drawing, const TextSizes& texts, Page& page) {
  std::vector<Box> taken;
  for (std::size_t i = 0; i < page.nodes.size(); ++i) {
    const PlacedNode& node = page.nodes[i];
    taken.push_back(Box::around(node.centre, node.size));
    if (node.font_size > 0) taken.push_back(Box::around(node.label, texts.of(drawing.nodes[i].label, drawing.font_size)));
  }
  std::vector<std::vector<Point>> lines;
  std::vector<std::size_t> wanting;
  for (std::size_t i = 0; i < page.edges.size(); ++i) {
    lines.push_back(page.edges[i].line.visible ? sampled(page.edges[i].line.path) : std::vector<Point>{});
    if (!drawing.edges[i].label.empty() && page.edges[i].line.visible) wanting.push_back(i);
  }
  std::stable_sort(wanting.begin(), wanting.end(), [&](std::size_t a, std::size_t b) {
    return drawing.edges[a].label.size() < drawing.edges[b].label.size();
  });
  for (const std::size_t i : wanting) {
    const Size size = texts.of(drawing.edges[i].label, edge_font_size);
    const Path& path = page.edges[i].line.path;
    const bool amount = !drawing.edges[i].label.starts_with("×") || drawing.edges[i].label.find(' ') != std::string::npos;
    const double apart = amount ? amount_margin : 0;
    std::size_t fewest = amount ? 1 : 2;
    for (const double t : {0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74}) {
      const Point at = point_at(path, t), ahead = point_at(path, t + 0.02), behind = point_at(path, t - 0.02);
      const double length = std::max(distance(ahead, behind), 1e-9);
      const Point across{-(ahead.y - behind.y) / length, (ahead.x - behind.x) / length};
      const double away = std::abs(across.x) * size.width / 2 + std::abs(across.y) * size.height / 2 +
                          drawing.edges[i].width / 2 + 0.5;
      for (const double side : {1.0, -1.0}) {
        const Point centre = at + across * (side * away);
        const Box box = Box::around(centre, {size.width, size.height * 0.8});
        if (std::any_of(taken.begin(), taken.end(), [&](const Box& other) { return other.overlaps(box.grown(apart)); })) continue;
        std::size_t crossed = 0;
        for (std::size_t k = 0; k < lines.size() && crossed < fewest; ++k) {
          if (k != i && meets_box(lines[k], box.grown(apart))) ++crossed;
        }
        if (crossed < fewest) {
          fewest = crossed;
          page.edges[i].label = centre;
        }
      }
      if (fewest == 0) break;
    }
    if (page.edges[i].label) taken.push_back(Box::around(*page.edges[i].label, size));
  }
}

void place_nodes(const Drawing& drawing, const Placement& placement, const TextSizes& texts, Page& page) {
  if (labels_inside(drawing)) {
    for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
      PlacedNode placed;
      placed.centre = placed.label = placement.centre[i];
      placed.size = placement.size[i];
      placed.label_inside = true;
      const Size label = texts.of(drawing.nodes[i].label, drawing.font_size);
      const double fit = drawing.nodes[i].label.empty()
                             ? 0
                             : std::min(placed.size.width / (label.width + 4), placed.size.height / (label.height + 4));
      placed.font_size = std::min(12.0, std::floor(drawing.font_size * fit * 2) / 2);
      if (placed.font_size < smallest_font) placed.font_size = 0;
      page.nodes.push_back(placed);
    }
    return;
  }
  std::vector<std::vector<Point>> leaving(drawing.nodes.size());
  for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
    const auto [source, target] = std::pair(drawing.edges[i].source, drawing.edges[i].target);
    if (placement.path[i].empty() || source == target) continue;
    // Where the line is once it is a label's height away from the centre of the box.
    for (const auto& [node, path] : {std::pair(source, placement.path[i]), std::pair(target, reversed(placement.path[i]))}) {
      const double reach = placement.size[node].height / 2;
      const double share = share_of_exit(path, NodeShape::circle, placement.centre[node], 2 * reach);
      leaving[node].push_back(point_at(path, share));
    }
  }
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    page.nodes.push_back(placed_node(drawing.nodes[i], placement.centre[i], texts, drawing.font_size, leaving[i]));
  }
}

void place_edges(const Drawing& drawing, const Placement& placement, Page& page) {
  for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
    const EdgeMark& line = drawing.edges[i];
    PlacedEdge placed;
    const ArrowShape head = arrow_shape(line.width);
    placed.arrow = head.length;
    const PlacedNode &source = page.nodes[line.source], &target = page.nodes[line.target];
    Path path = placement.path[i];
    if (path.empty()) {
      placed.line.visible = false;
      page.edges.push_back(std::move(placed));
      continue;
    }
    const bool loop = line.source == line.target;
    path = loop ? loop_at(source) : moved_ends(std::move(path), source.centre, target.centre);
    const auto outline = [&](const PlacedNode& node, std::size_t mark, bool arrow, bool clear_of_label = false) {
      // Arrowheads keep a hair's breadth away from the mark.
      NodeOutline made{drawing.nodes[mark].shape, node.centre, node.size.width + (arrow ? 1 + 2 * head.overhang : 0)};
      if (clear_of_label) made.label = label_boxes(node, head.overhang + 1);
      return made;
    };
    // Arrowheads stand outside the labels of their nodes, which would hide them; where there is no room, at the mark.
    for (const bool clear : {true, false}) {
      if (!clear && placed.line.visible) break;
      placed.line = clipped(path, outline(source, line.source, line.arrow_at_source, clear && !loop),
                            outline(target, line.target, line.arrow_at_target, clear && !loop),
                            line.arrow_at_source ? placed.arrow : 0, line.arrow_at_target ? placed.arrow : 0);
    }
    if (!placed.line.visible) {
      // Marks too close for arrowheads, or even overlapping: a plain line, so that no tie is lost.
      placed.arrow = 0;
      placed.line = clipped(path, outline(source, line.source, false), outline(target, line.target, false), 0, 0);
      if (!placed.line.visible) placed.line = {path, {}, {}, true};
    }
    page.edges.push_back(std::move(placed));
  }
}

}  // namespace

std::vector<Size> node_boxes(const Drawing& drawing, const TextSizes& texts) {
  std::vector<Size> boxes;
  for (const NodeMark& mark : drawing.nodes) {
    const double width = mark_width(mark);
    const Size label = texts.of(mark.label, drawing.font_size);
    const double gap = mark.label.empty() ? 0 : label_gap;
    boxes.push_back({std::max(width, label.width) + box_margin, width + gap + label.height + box_margin});
  }
  return boxes;
}

void want_texts(const Drawing& drawing, TextSizes& texts) {
  for (const NodeMark& mark : drawing.nodes) {
    if (mark.label.empty()) continue;
    texts.want(mark.label, drawing.font_size);
    for (const std::string& line : mark.label) texts.want(line, drawing.font_size);
  }
  for (const EdgeMark& line : drawing.edges) {
    if (!line.label.empty()) texts.want(line.label, edge_font_size);
  }
  want_frame_texts(drawing, texts);
}

Page compose(const Drawing& drawing, const Placement& placement, const TextSizes& texts) {
  Page page;
  place_nodes(drawing, placement, texts, page);
  place_edges(drawing, placement, page);
  place_edge_labels(drawing, texts, page);
  // The tiles of a treemap cover their boxes.
  if (!labels_inside(drawing)) page.clusters = placement.cluster;

  bool first = true;
  const auto include = [&](const Box& box) {
    if (first) page.bounds = box;
    else page.bounds.include(box);
    first = false;
  };
  for (std::size_t i = 0; i < page.nodes.size(); ++i) {
    include(Box::around(page.nodes[i].centre, page.nodes[i].size));
    if (page.nodes[i].font_size > 0 && !page.nodes[i].label_inside) {
      include(Box::around(page.nodes[i].label, texts.of(drawing.nodes[i].label, drawing.font_size)));
    }
  }
  for (std::size_t i = 0; i < page.edges.size(); ++i) {
    const PlacedEdge& edge = page.edges[i];
    if (!edge.line.visible) continue;
    for (const Point& p : sampled(edge.line.path)) include(Box::around(p, {drawing.edges[i].width, drawing.edges[i].width}));
    if (edge.label) include(Box::around(*edge.label, texts.of(drawing.edges[i].label, edge_font_size)));
  }
  for (const Box& cluster : page.clusters) {
    if (cluster.width() > 0) include(cluster);
  }
  add_frame(drawing, texts, page);
  return page;
}

}  // namespace entente

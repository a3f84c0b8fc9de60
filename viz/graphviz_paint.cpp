#include "viz/graphviz_paint.hpp"

#include <algorithm>
#include <array>
#include <vector>

#include "viz/graphviz_graph.hpp"
#include "viz/graphviz_text.hpp"

namespace entente {

namespace {

constexpr double inch_points = 72;
constexpr double page_margin = 10;
constexpr double most_pixels = 12000;  // of one side of a PNG

std::string pair_text(Point p) { return gv_number(p.x) + "," + gv_number(p.y); }

std::string color_text(Rgb color, std::uint8_t opacity) {
  std::string text = hex_text(color);
  if (opacity == 255) return text;
  constexpr std::string_view digits = "0123456789ABCDEF";
  text += digits[opacity >> 4];
  text += digits[opacity & 15];
  return text;
}

const char* style_text(LineStyle style) {
  switch (style) {
    case LineStyle::solid: return "solid";
    case LineStyle::dashed: return "dashed";
    case LineStyle::dotted: return "dotted";
  }
  return "solid";
}

std::vector<Point> corners(NodeShape shape, Point c, double width) {
  const double h = width / 2;
  std::vector<Point> unit;
  switch (shape) {
    case NodeShape::circle: break;
    case NodeShape::square: unit = {{1, 1}, {-1, 1}, {-1, -1}, {1, -1}}; break;
    case NodeShape::diamond: unit = {{0, 1}, {-1, 0}, {0, -1}, {1, 0}}; break;
    case NodeShape::hexagon: unit = {{1, 0}, {0.5, 1}, {-0.5, 1}, {-1, 0}, {-0.5, -1}, {0.5, -1}}; break;
    case NodeShape::triangle: unit = {{0, 1}, {-1, -0.5}, {1, -0.5}}; break;
    case NodeShape::inverted_triangle: unit = {{0, -1}, {1, 0.5}, {-1, 0.5}}; break;
    case NodeShape::pentagon: unit = {{1, 0.309}, {0, 1}, {-1, 0.309}, {-1, -0.809}, {1, -0.809}}; break;
  }
  for (Point& p : unit) p = c + p * h;
  return unit;
}

/// The drawing language of Graphviz's _background: everything on a page that is neither node nor edge, so
/// that it takes no part in the graph. Its texts are read by length, never as escapes or entities.
class Backdrop {
 public:
  void pen(Rgb color) { named("c", hex_text(color)); }
  void fill(Rgb color) { named("C", hex_text(color)); }
  void style(const std::string& style) { named("S", style); }
  void polygon(const std::vector<Point>& points) { shape("P", points); }
  void line(Point from, Point to) { shape("L", {from, to}); }
  void circle(Point centre, double radius) {
    ops_ += "E " + point(centre) + gv_number(radius) + " " + gv_number(radius) + " ";
  }
  void text(const TextRun& run, const std::string& fonts) {
    ops_ += "F " + gv_number(run.font_size) + " ";
    counted_text(fonts + (run.bold ? " Bold" : ""));
    pen(run.color);
    ops_ += "T " + point(run.at) + "-1 0 ";
    counted_text(clean_text(run.text));
  }
  const std::string& ops() const { return ops_; }

 private:
  static std::string point(Point p) { return gv_number(p.x) + " " + gv_number(p.y) + " "; }
  void counted_text(const std::string& text) { ops_ += std::to_string(text.size()) + " -" + text + " "; }
  void named(const char* op, const std::string& value) {
    ops_ += std::string(op) + " ";
    counted_text(value);
  }
  void shape(const char* op, const std::vector<Point>& points) {
    ops_ += std::string(op) + " " + std::to_string(points.size()) + " ";
    for (const Point& p : points) ops_ += point(p);
  }
  std::string ops_;
};

void draw_sample(Backdrop& backdrop, const Sample& sample) {
  const LegendEntry& entry = *sample.entry;
  if (entry.sample == LegendEntry::Sample::line) {
    Point from = sample.centre - Point{13, 0}, to = sample.centre + Point{13, 0};
    backdrop.pen(entry.border);
    backdrop.fill(entry.border);
    const double head = std::min(5 + entry.width, 12.0);
    backdrop.style("setlinewidth(" + gv_number(entry.width) + ")");
    backdrop.style(style_text(entry.style));
    backdrop.line(from, entry.arrow ? to - Point{head, 0} : to);
    if (entry.arrow) {
      backdrop.style("setlinewidth(0.5)");
      backdrop.style("solid");
      backdrop.polygon({to, to + Point{-head, head * 0.4}, to + Point{-head, -head * 0.4}});
    }
    return;
  }
  backdrop.style("setlinewidth(0.8)");
  backdrop.style("solid");
  backdrop.pen(entry.border);
  backdrop.fill(entry.fill);
  const double width = width_for_area(entry.shape, entry.diameter);
  const auto outline = corners(entry.shape, sample.centre, width);
  if (outline.empty()) backdrop.circle(sample.centre, width / 2);
  else backdrop.polygon(outline);
}

std::string backdrop_of(const Drawing& drawing, const Page& page) {
  Backdrop backdrop;
  const Box paper = page.bounds.grown(page_margin);
  backdrop.pen({255, 255, 255});
  backdrop.fill({255, 255, 255});
  backdrop.polygon({{paper.left, paper.bottom}, {paper.right, paper.bottom}, {paper.right, paper.top}, {paper.left, paper.top}});
  for (const Sample& sample : page.samples) draw_sample(backdrop, sample);
  for (const TextRun& run : page.texts) backdrop.text(run, drawing.fonts);
  return backdrop.ops();
}

/// "s,x,y e,x,y p0 p1 p2 p3 ..."
std::string spline_text(const EdgeMark& line, const PlacedEdge& placed) {
  std::string text;
  const ClippedPath& clip = placed.line;
  if (line.arrow_at_source && placed.arrow > 0) text += "s," + pair_text(clip.source_tip) + " ";
  if (line.arrow_at_target && placed.arrow > 0) text += "e," + pair_text(clip.target_tip) + " ";
  for (std::size_t i = 0; i < clip.path.size(); ++i) text += (i == 0 ? "" : " ") + pair_text(clip.path[i]);
  return text;
}

std::vector<std::string> tooltip_lines(const std::string& tooltip) {
  std::vector<std::string> lines{""};
  for (const char c : clean_text(tooltip, true)) {
    if (c == '\n') lines.emplace_back();
    else lines.back() += c;
  }
  return lines;
}

/// Tooltips go into DOT here; into SVG they come later, since Graphviz expands escapes in them twice.
void set_link_and_tooltip(void* object, const std::string& link, const std::string& tooltip, PictureFormat format) {
  if (const std::string url = safe_link(link); !url.empty()) {
    std::string text;
    for (const char c : url) text += c == '&' ? std::string("&amp;") : std::string(1, c);
    gv_set(object, "URL", text);
    gv_set(object, "target", "_blank");
  }
  if (format == PictureFormat::dot) gv_set(object, "tooltip", graphviz_label(tooltip_lines(tooltip)));
}

void add_nodes(GvGraph& graph, const Drawing& drawing, const Page& page, const std::vector<Agraph_t*>& clusters,
               PictureFormat format, std::vector<Agnode_t*>& nodes) {
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    const NodeMark& mark = drawing.nodes[i];
    const PlacedNode& placed = page.nodes[i];
    const std::string name = "n" + std::to_string(i);
    Agraph_t* within = mark.cluster >= 0 && static_cast<std::size_t>(mark.cluster) < clusters.size() ? clusters[static_cast<std::size_t>(mark.cluster)]
                           : nullptr;
    Agnode_t* node = graph.add_node(name, within);
    gv_set(node, "id", name);
    gv_set(node, "pos", pair_text(placed.centre));
    gv_set(node, "width", gv_number(placed.size.width / inch_points));
    gv_set(node, "height", gv_number(placed.size.height / inch_points));
    gv_set(node, "shape", placed.label_inside ? "box" : std::string(graphviz_name(mark.shape)));
    gv_set(node, "fillcolor", hex_text(mark.fill));
    gv_set(node, "color", hex_text(mark.border));
    if (placed.font_size > 0) {
      gv_set(node, "fontsize", gv_number(placed.font_size));
      if (placed.label_inside) {
        gv_set(node, "label", graphviz_label(mark.label));
        gv_set(node, "fontcolor", hex_text(text_on(mark.fill)));
      } else {
        gv_set(node, "xlabel", graphviz_label(mark.label));
        gv_set(node, "xlp", pair_text(placed.label));
      }
    }
    set_link_and_tooltip(node, mark.link, mark.tooltip, format);
    if (format == PictureFormat::dot) gv_set(node, "comment", graphviz_label(std::vector<std::string>{mark.key}));
    nodes.push_back(node);
  }
}

void add_edges(GvGraph& graph, const Drawing& drawing, const Page& page, const std::vector<Agnode_t*>& nodes,
               PictureFormat format) {
  for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
    const EdgeMark& line = drawing.edges[i];
    const PlacedEdge& placed = page.edges[i];
    if (!placed.line.visible) continue;
    const std::string name = "e" + std::to_string(i);
    Agedge_t* edge = graph.add_edge(nodes[line.source], nodes[line.target], name);
    gv_set(edge, "id", name);
    gv_set(edge, "pos", spline_text(line, placed));
    gv_set(edge, "color", color_text(line.color, line.opacity));
    gv_set(edge, "penwidth", gv_number(line.width));
    gv_set(edge, "style", style_text(line.style));
    gv_set(edge, "arrowsize", gv_number(placed.arrow / 10));
    const bool back = line.arrow_at_source && placed.arrow > 0, forward = line.arrow_at_target && placed.arrow > 0;
    gv_set(edge, "dir", back && forward ? "both" : back ? "back" : forward ? "forward" : "none");
    if (placed.label) {
      gv_set(edge, "label", graphviz_label(std::vector<std::string>{line.label}));
      gv_set(edge, "lp", pair_text(*placed.label));
      gv_set(edge, "fontcolor", hex_text(line.color));
    }
    set_link_and_tooltip(edge, line.link, line.tooltip, format);
  }
}

/// White plates under the labels, so that lines do not cross letters. They are lines of an unseen node
/// that comes last, so that they lie above all lines; SVG has a halo instead, see finished_svg().
void add_plates(GvGraph& graph, const Page& page) {
  Agnode_t* owner = nullptr;
  for (const PlacedNode& node : page.nodes) {
    for (std::size_t i = 0; i < node.label_lines.size(); ++i) {
      if (!owner) {
        owner = graph.add_node("plates");
        gv_set(owner, "style", "invis");
        gv_set(owner, "pos", pair_text(page.bounds.centre()));
        gv_set(owner, "width", "0.01");
        gv_set(owner, "height", "0.01");
      }
      const double middle = (static_cast<double>(node.label_lines.size()) - 1) / 2;
      const double y = node.label.y + (middle - static_cast<double>(i)) * node.line_height;
      const double half = node.label_lines[i] / 2;
      const Path path = straight_path({node.label.x - half, y}, {node.label.x + half, y});
      std::string pos;
      for (const Point& p : path) pos += (pos.empty() ? "" : " ") + pair_text(p);
      Agedge_t* plate = graph.add_edge(owner, owner, "");
      gv_set(plate, "pos", pos);
      gv_set(plate, "dir", "none");
      gv_set(plate, "color", "#FFFFFFC8");
      gv_set(plate, "penwidth", gv_number(node.line_height * 0.85));
    }
  }
}

std::vector<Agraph_t*> add_clusters(GvGraph& graph, const Drawing& drawing, const Page& page) {
  std::vector<Agraph_t*> clusters;
  for (std::size_t i = 0; i < page.clusters.size(); ++i) {
    const Box& box = page.clusters[i];
    const ClusterBox& style = drawing.clusters[i];
    Agraph_t* cluster = graph.add_cluster("cluster_" + std::to_string(i));
    clusters.push_back(cluster);
    gv_set(cluster, "bb", pair_text({box.left, box.bottom}) + "," + pair_text({box.right, box.top}));
    gv_set(cluster, "style", "filled,rounded");
    gv_set(cluster, "fillcolor", hex_text(style.fill));
    gv_set(cluster, "color", hex_text(style.border));
    gv_set(cluster, "fontname", drawing.fonts);
    gv_set(cluster, "fontsize", "11");
    gv_set(cluster, "fontcolor", "#595959");
    gv_set(cluster, "label", graphviz_label(std::vector<std::string>{style.label}));
    gv_set(cluster, "lp", pair_text({box.centre().x, box.top - 9}));
  }
  return clusters;
}

}  // namespace

Result<std::string> paint(GVC_s* context, const Drawing& drawing, const Page& page, PictureFormat format) {
  const auto has_arrow = [](const EdgeMark& line) { return line.arrow_at_source || line.arrow_at_target; };
  GvGraph graph(context, std::any_of(drawing.edges.begin(), drawing.edges.end(), has_arrow));
  Agraph_t* g = graph.get();
  gv_set(g, "bgcolor", "transparent");
  gv_set(g, "pad", "0");
  gv_set(g, "outputorder", "edgesfirst");
  gv_set(g, "charset", "UTF-8");
  gv_set(g, "fontname", drawing.fonts);
  gv_set(g, "_background", backdrop_of(drawing, page));
  if (format == PictureFormat::png) {
    const double longest = std::max(page.bounds.width(), page.bounds.height()) + 2 * page_margin;
    gv_set(g, "dpi", gv_number(std::min(150.0, most_pixels / longest * inch_points)));
  }
  graph.node_default("fontname", drawing.fonts);
  graph.node_default("label", "");
  graph.node_default("fixedsize", "true");
  graph.node_default("style", "filled");
  graph.node_default("penwidth", "0.8");
  graph.edge_default("fontname", drawing.fonts);
  graph.edge_default("fontsize", gv_number(edge_font_size));
  const std::vector<Agraph_t*> clusters = add_clusters(graph, drawing, page);
  std::vector<Agnode_t*> nodes;
  add_nodes(graph, drawing, page, clusters, format, nodes);
  add_edges(graph, drawing, page, nodes, format);
  if (format == PictureFormat::png || format == PictureFormat::pdf) add_plates(graph, page);

  const char* writer = format == PictureFormat::svg   ? "svg"
                       : format == PictureFormat::png ? "png:cairo"
                       : format == PictureFormat::pdf ? "pdf:cairo"
                                                      : "dot";
  char* bytes = nullptr;
  unsigned int length = 0;
  if (!graph.lay_out("nop2") || gvRenderData(context, g, writer, &bytes, &length) != 0 || !bytes) {
    return fail(ErrorCode::resource, std::string("Graphviz could not write ") + writer +
                                         "; where its plugins are not registered, \"dot -c\" run by root registers them.");
  }
  std::string result(bytes, length);
  gvFreeRenderData(bytes);
  return result;
}

}  // namespace entente

#include "viz/graphviz_layout.hpp"

#include <algorithm>
#include <cmath>

#include "viz/graphviz_graph.hpp"
#include "viz/graphviz_text.hpp"

namespace entente {

namespace {

constexpr double inch = 72;
constexpr std::size_t routed_edges = 500;  // beyond it lines are straight

/// What each engine needs to leave room for labels and to start alike on every run.
void set_engine_options(GvGraph& graph, const Drawing& drawing) {
  Agraph_t* g = graph.get();
  // Rays are straight; and bent lines round the marks of twopi came out in two ways from run to run.
  const bool routed = drawing.layout != Layout::twopi && drawing.edges.size() <= routed_edges &&
                      drawing.nodes.size() <= 2 * routed_edges;
  gv_set(g, "splines", routed ? "true" : "line");
  gv_set(g, "start", std::to_string(drawing.seed));
  gv_set(g, "outputorder", "edgesfirst");
  const bool large = drawing.nodes.size() > 1000;
  switch (drawing.layout) {
    case Layout::dot:
      gv_set(g, "rankdir", "LR");
      gv_set(g, "nodesep", "0.12");
      gv_set(g, "ranksep", "0.7");
      gv_set(g, "remincross", "true");
      break;
    case Layout::neato:
      gv_set(g, "overlap", "prism");
      gv_set(g, "overlap_scaling", "-3");
      gv_set(g, "sep", "+5");
      gv_set(g, "esep", "+2");
      gv_set(g, "pack", "14");
      break;
    case Layout::fdp:
      gv_set(g, "overlap", "prism");
      gv_set(g, "sep", "+6");
      gv_set(g, "esep", "+2");
      gv_set(g, "pack", "14");
      gv_set(g, "K", "0.3");
      break;
    case Layout::sfdp:
      gv_set(g, "overlap", large ? "prism100" : "prism");
      gv_set(g, "overlap_scaling", "-3");
      gv_set(g, "sep", "+5");
      gv_set(g, "esep", "+2");
      gv_set(g, "pack", "14");
      gv_set(g, "repulsiveforce", "1.2");
      break;
    case Layout::circo:
    case Layout::twopi:
      gv_set(g, "overlap", "prism");
      gv_set(g, "overlap_scaling", "-3");
      gv_set(g, "sep", "+5");
      gv_set(g, "esep", "+2");
      gv_set(g, "mindist", "0.2");
      gv_set(g, "ranksep", "0.9");
      gv_set(g, "pack", "14");
      break;
    case Layout::osage:
      gv_set(g, "pack", "8");
      break;
    case Layout::patchwork: break;
  }
}

Path path_of(Agedge_t* edge) {
  Path path;
  const splines* lines = ED_spl(edge);
  if (!lines) return path;
  for (int i = 0; i < lines->size; ++i) {
    const bezier& curve = lines->list[i];
    for (int k = i == 0 ? 0 : 1; k < curve.size; ++k) path.push_back({curve.list[k].x, curve.list[k].y});
  }
  return path;
}

/// One layout; `start` are the positions of the nodes for the engines that only spread them.
Placement run_engine(GVC_s* context, const Drawing& drawing, const std::vector<Size>& boxes, const std::string& engine,
                     const std::vector<Point>* start) {
  GvGraph graph(context, true);
  set_engine_options(graph, drawing);
  graph.node_default("shape", "box");
  graph.node_default("label", "");
  const bool sized = drawing.layout != Layout::patchwork;  // which chooses the sizes itself
  if (sized) graph.node_default("fixedsize", "true");
  graph.edge_default("headclip", "false");
  graph.edge_default("tailclip", "false");
  graph.edge_default("arrowhead", "none");

  std::vector<Agraph_t*> clusters;
  if (drawing.draw_boxes) {
    for (std::size_t i = 0; i < drawing.clusters.size(); ++i) {
      Agraph_t* cluster = graph.add_cluster("cluster_" + std::to_string(i));
      gv_set(cluster, "label", graphviz_label(std::vector<std::string>{drawing.clusters[i].label}));
      gv_set(cluster, "fontsize", "11");
      gv_set(cluster, "fontname", drawing.fonts);
      gv_set(cluster, "margin", "14");
      clusters.push_back(cluster);
    }
  }
  std::vector<Agnode_t*> nodes;
  for (std::size_t i = 0; i < drawing.nodes.size(); ++i) {
    const int cluster = drawing.nodes[i].cluster;
    Agnode_t* node = graph.add_node("n" + std::to_string(i),
                                    drawing.draw_boxes && cluster >= 0 ? clusters[static_cast<std::size_t>(cluster)] : nullptr);
    if (sized) {
      gv_set(node, "width", gv_number(boxes[i].width / inch));
      gv_set(node, "height", gv_number(boxes[i].height / inch));
    } else {
      gv_set(node, "area", gv_number(std::max(0.2, 2.5 * std::pow(drawing.nodes[i].diameter / 15, 2))));
    }
    if (start) gv_set(node, "pos", gv_number((*start)[i].x) + "," + gv_number((*start)[i].y));
    nodes.push_back(node);
  }
  std::vector<Agedge_t*> edges;
  for (std::size_t i = 0; i < drawing.edges.size(); ++i) {
    const EdgeMark& line = drawing.edges[i];
    edges.push_back(graph.add_edge(nodes[line.source], nodes[line.target], "e" + std::to_string(i)));
    if (drawing.layout == Layout::neato) {
      // Far enough that two labelled nodes fit side by side.
      const double between = (boxes[line.source].width + boxes[line.target].width) / 2 + 30;
      gv_set(edges.back(), "len", gv_number(std::clamp(0.8 * between / inch, 0.5, 1.5)));
    }
  }

  Placement placement;
  if (!drawing.nodes.empty() && !graph.lay_out(engine)) {
    placement.error = "the layout failed";
    return placement;
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    placement.centre.push_back({ND_coord(nodes[i]).x, ND_coord(nodes[i]).y});
    // patchwork keeps the sizes it chose here only.
    placement.size.push_back(sized ? Size{ND_width(nodes[i]) * inch, ND_height(nodes[i]) * inch}
                                   : Size{ND_lw(nodes[i]) + ND_rw(nodes[i]), ND_ht(nodes[i])});
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    const EdgeMark& line = drawing.edges[i];
    Path path = style_of(drawing.layout).ties ? path_of(edges[i]) : Path{};
    if (style_of(drawing.layout).ties && path.size() < 4) {
      path = straight_path(placement.centre[line.source], placement.centre[line.target]);
    }
    // Engines may hand a path back from its far end.
    if (!path.empty() && distance(path.front(), placement.centre[line.source]) + distance(path.back(), placement.centre[line.target]) >
                             distance(path.back(), placement.centre[line.source]) + distance(path.front(), placement.centre[line.target])) {
      path = reversed(std::move(path));
    }
    placement.path.push_back(std::move(path));
  }
  for (Agraph_t* cluster : clusters) {
    const boxf& bounds = GD_bb(cluster);
    placement.cluster.push_back({bounds.LL.x, bounds.LL.y, bounds.UR.x, bounds.UR.y});
  }
  return placement;
}

}  // namespace

void TextSizes::measure(GVC_s* context, const std::string& fonts) {
  GvGraph graph(context, false);
  graph.node_default("shape", "plain");
  graph.node_default("fontname", fonts);
  graph.node_default("pos", "0,0");
  std::vector<std::pair<Agnode_t*, Size*>> made;
  for (auto& [text, size] : sizes_) {
    Agnode_t* node = graph.add_node("t" + std::to_string(made.size()));
    gv_set(node, "label", graphviz_label(text.first));
    gv_set(node, "fontsize", gv_number(text.second));
    made.emplace_back(node, &size);
  }
  if (made.empty() || !graph.lay_out("nop2")) return;
  for (const auto& [node, size] : made) *size = {ND_width(node) * inch, ND_height(node) * inch};
}

Size TextSizes::of(const std::vector<std::string>& lines, double font_size) const {
  const auto found = sizes_.find({lines, font_size});
  return found == sizes_.end() || lines.empty() ? Size{} : found->second;
}

Placement lay_out(GVC_s* context, const Drawing& drawing, const std::vector<Size>& boxes) {
  // Rings and circles grow with their widest label. So they are laid out for small marks first, and that
  // picture is then spread until no boxes overlap.
  const bool rings = drawing.layout == Layout::circo || drawing.layout == Layout::twopi;
  if (!rings) return run_engine(context, drawing, boxes, std::string(style_of(drawing.layout).name), nullptr);
  const std::vector<Size> small(boxes.size(), Size{26, 26});
  const Placement first = run_engine(context, drawing, small, std::string(style_of(drawing.layout).name), nullptr);
  if (!first.error.empty()) return first;
  return run_engine(context, drawing, boxes, "nop1", &first.centre);
}

}  // namespace entente

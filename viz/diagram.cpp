#include "viz/diagram.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <string>
#include <utility>

#include "engine/kind.hpp"
#include "engine/text.hpp"
#include "engine/version.hpp"
#include "viz/diagram_checks.hpp"
#include "viz/diagram_colors.hpp"
#include "viz/diagram_ties.hpp"
#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr double plain_diameter = 15;
constexpr double least_diameter = 6;
constexpr std::size_t line_columns = 18;
constexpr std::size_t labels_all = 120, labels_some = 40;  // of the labels option "auto"
constexpr std::size_t most_boxes = 40;
constexpr std::size_t isolates_all = 10;  // of the isolates option "auto"

/// The part of the selection that is drawn: with or without the nodes that have no tie.
Result<Selection> drawn_part(const Selection& selection, const DiagramSpec& spec) {
  const bool automatic = spec.isolates.empty() || spec.isolates == "auto";
  if (!automatic && spec.isolates != "show" && spec.isolates != "hide") {
    return fail(ErrorCode::bad_argument, "\"" + shortened(spec.isolates, 40) + "\" is neither show, hide nor auto.",
                "option isolates");
  }
  if (spec.isolates == "show") return selection;
  NodeColumn<char> tied(selection.network->node_count(), 0);
  for (const EdgeId edge : selection.edges) {
    const auto [from, to] = selection.network->ends(edge);
    tied[from] = tied[to] = 1;
  }
  Selection part = selection;
  std::erase_if(part.nodes, [&](NodeId node) { return tied[node] == 0; });
  if (!automatic) return part;
  const std::size_t isolated = selection.nodes.size() - part.nodes.size();
  // A layout without lines has no loose nodes, and neither has a selection without ties.
  const auto layout = find_layout(spec.layout);
  const bool lines = !selection.edges.empty() && (!layout || style_of(*layout).ties);
  return lines && isolated > isolates_all && 4 * isolated > selection.nodes.size() ? part : selection;
}

/// Shapes for the first words of kinds, most frequent first; none where there is one kind or none.
struct KindShapes {
  std::map<std::string, NodeShape, std::less<>> shape;
  LegendGroup legend;

  NodeShape of(const std::string& kind) const {
    const auto found = shape.find(top_kind(kind));
    return found == shape.end() ? NodeShape::circle : found->second;
  }
};

KindShapes kind_shapes(const Selection& selection, const DiagramData& data) {
  const CategoryCounts count(selection, data, [&](NodeId node) { return std::string(top_kind(selection.network->kind(node))); });
  std::vector<std::pair<std::string, std::size_t>> kinds(count.all().begin(), count.all().end());
  std::stable_sort(kinds.begin(), kinds.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  KindShapes shapes;
  if (kinds.size() < 2) return shapes;
  shapes.legend.heading = "Shape: kind";
  const auto known = node_shapes();
  std::size_t others = 0, others_drawn = 0;
  // The last shape stands for all kinds that find none of their own.
  const std::size_t own = kinds.size() <= known.size() ? kinds.size() : known.size() - 1;
  for (std::size_t i = 0; i < kinds.size(); ++i) {
    const NodeShape shape = known[std::min(i, own == kinds.size() ? i : known.size() - 1)];
    shapes.shape[kinds[i].first] = shape;
    if (i >= own) {
      others += kinds[i].second;
      others_drawn += count.drawn(kinds[i].first);
      continue;
    }
    LegendEntry entry;
    entry.sample = LegendEntry::Sample::node;
    entry.shape = shape;
    entry.fill = unknown_color();
    entry.border = tinted({}, 0.25);
    entry.text = (kinds[i].first.empty() ? "kind not stated" : kinds[i].first) + count.words(kinds[i].second, count.drawn(kinds[i].first));
    shapes.legend.entries.push_back(std::move(entry));
  }
  if (others > 0) {
    LegendEntry entry = shapes.legend.entries.back();
    entry.shape = known.back();
    entry.text = grouped(kinds.size() - own) + " other kinds" + count.words(others, others_drawn);
    shapes.legend.entries.push_back(std::move(entry));
  }
  return shapes;
}

/// Diameters in proportion to the square root of the measure, so that areas follow the measure.
struct SizeScale {
  double most_value = 0;
  double most_diameter = 44;
  bool whole = true;  // all values are whole numbers, and so are the examples

  double diameter(double value) const {
    if (!std::isfinite(value) || value <= 0 || most_value <= 0) return least_diameter;
    return std::max(least_diameter, most_diameter * std::sqrt(value / most_value));
  }
};

double rounded_down(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value)));
  return std::floor(value / power * (1 + 1e-12)) * power;
}

LegendGroup size_legend(const NodeMeasure& measure, const SizeScale& scale) {
  LegendGroup group{"Area: " + measure.name + (measure.unit.empty() ? "" : ", " + measure.unit), {}};
  double last = 0;
  for (const double part : {1.0, 4.0, 16.0}) {
    const double example = rounded_down(scale.most_value / part);
    const double value = scale.whole ? std::max(1.0, std::floor(example)) : example;
    if (value == last) continue;
    last = value;
    LegendEntry entry;
    entry.sample = LegendEntry::Sample::node;
    entry.diameter = scale.diameter(value);
    entry.fill = unknown_color();
    entry.border = tinted({}, 0.25);
    entry.text = short_number(value);
    group.entries.push_back(std::move(entry));
  }
  return group;
}

/// Which marks bear a label: all, or those of the greatest rank.
Result<std::size_t> label_count(const std::string& labels, std::size_t nodes) {
  if (labels == "all") return nodes;
  if (labels == "none") return std::size_t{0};
  if (labels.empty() || labels == "auto") return nodes <= labels_all ? nodes : labels_some;
  std::size_t number = 0;
  const auto end = labels.data() + labels.size();
  const auto read = std::from_chars(labels.data(), end, number);
  if (read.ec == std::errc() && read.ptr == end) return std::min(number, nodes);
  return fail(ErrorCode::bad_argument, "\"" + shortened(labels, 40) + "\" is neither all, none, auto nor a number of labels.",
              "option labels");
}

std::string link_of_node(const Network& network, NodeId node) {
  for (const char* name : {"url", "website", "homepage", "link"}) {
    if (const Attribute* column = network.node_attribute(name)) {
      if (const auto text = column->text(node.index); !text.empty()) return std::string(text);
    }
  }
  return {};
}

std::string tooltip_of_node(const Network& network, NodeId node, std::string_view name, std::size_t ties,
                            const DiagramData& data) {
  std::string text(name);
  std::string about = network.kind(node);
  if (!network.country(node).empty()) about += (about.empty() ? "" : ", ") + country_name(network.country(node));
  if (!about.empty()) text += "\n" + about;
  text += "\n" + counted(ties, "tie", "ties");
  for (const auto* measure : {&data.size, &data.color}) {
    if (!*measure) continue;
    const double value = (*measure)->value[node];
    const std::string number = std::isfinite(value) ? short_number(value) : "not known";
    text += "\n" + (*measure)->name + ": " + number + ((*measure)->unit.empty() ? "" : " " + (*measure)->unit);
  }
  if (data.clusters && data.clusters->cluster[node] >= 0) {
    text += "\n" + data.clusters->name + ": cluster " + std::to_string(data.clusters->cluster[node]);
  }
  return text;
}

std::string source_line(const Selection& selection, Layout layout) {
  const NetworkInfo& info = selection.network->info();
  std::string line = "Source: " + (info.name.empty() ? std::string("unnamed network") : info.name);
  if (!info.checksum.empty()) line += " (SHA-256 " + info.checksum.substr(0, 12) + ")";
  if (!selection.description.empty()) line += " · " + shortened(selection.description, 120);
  return line + " · layout " + std::string(style_of(layout).name) + " · Entente " + version;
}

std::string description_of(const Drawing& drawing, std::size_t ties, const std::vector<std::size_t>& by_rank) {
  std::string text = "Diagram of " + counted(drawing.nodes.size(), "node", "nodes") + " and " +
                     counted(ties, "tie", "ties") + ".";
  if (by_rank.empty() || ties == 0) return text;
  text += " Most connected or largest: ";
  for (std::size_t i = 0; i < by_rank.size() && i < 5; ++i) {
    text += (i == 0 ? "" : "; ") + drawing.nodes[by_rank[i]].name;
  }
  return text + ".";
}

/// Boxes for the clusters of at least two nodes, the largest first.
void put_into_boxes(Drawing& drawing, const Selection& selection, const NodeClusters& clusters) {
  std::map<int, std::size_t> count;
  for (const NodeId node : selection.nodes) ++count[clusters.cluster[node]];
  std::vector<std::pair<int, std::size_t>> order;
  for (const auto& [cluster, nodes] : count) {
    if (cluster >= 0 && nodes >= 2) order.emplace_back(cluster, nodes);
  }
  std::stable_sort(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  if (order.size() > most_boxes) {
    drawing.notes.push_back(counted(order.size() - most_boxes, "small cluster has", "small clusters have") + " no box.");
    order.resize(most_boxes);
  }
  std::map<int, int> box;
  for (const auto& [cluster, nodes] : order) {
    box[cluster] = static_cast<int>(drawing.clusters.size());
    drawing.clusters.push_back({"cluster " + std::to_string(cluster), Rgb{0xF6, 0xF7, 0xF8}, Rgb{0xC0, 0xC6, 0xCC}});
  }
  for (std::size_t i = 0; i < selection.nodes.size(); ++i) {
    const auto found = box.find(clusters.cluster[selection.nodes[i]]);
    if (found != box.end()) drawing.nodes[i].cluster = found->second;
  }
  drawing.draw_boxes = true;
}

}  // namespace

Result<Drawing> diagram(const Selection& whole, const DiagramSpec& spec, const DiagramData& data) {
  const Network& network = *whole.network;
  const auto part = drawn_part(whole, spec);
  if (!part) return tl::unexpected(part.error());
  const Selection& selection = *part;
  const auto layout = chosen_layout(selection, spec);
  if (!layout) return tl::unexpected(layout.error());
  if (auto error = check_size(selection, *layout)) return tl::unexpected(*error);
  for (const auto* measure : {&data.size, &data.color}) {
    if (!*measure) continue;
    if (auto error = check_column(network, (*measure)->value, (*measure)->name)) return tl::unexpected(*error);
  }
  if (data.clusters) {
    if (auto error = check_column(network, data.clusters->cluster, data.clusters->name)) return tl::unexpected(*error);
  }
  if (auto error = check_widths(selection, spec, data)) return tl::unexpected(*error);
  if (spec.boxes && !data.clusters) {
    return fail(ErrorCode::bad_argument, "There are no clusters to draw boxes around; find them first.", "option boxes");
  }
  const bool sized = data.size && spec.size != "none" && !spec.size.empty();
  if (spec.size != "none" && spec.size != "auto" && !spec.size.empty() && !(data.size && data.size->name == spec.size)) {
    return fail(ErrorCode::bad_argument, "There is no measure \"" + shortened(spec.size, 60) + "\" to size nodes by.",
                "option size");
  }
  const auto labelled = label_count(spec.labels, selection.nodes.size());
  if (!labelled) return tl::unexpected(labelled.error());
  const auto colors = node_colors(selection, spec, data);
  if (!colors) return tl::unexpected(colors.error());

  Drawing drawing;
  drawing.layout = *layout;
  drawing.seed = spec.seed;
  drawing.title = !spec.title.empty() ? spec.title
                  : !network.info().title.empty() ? network.info().title : network.info().name;
  drawing.fonts = (spec.font.empty() ? "" : spec.font + ",") + std::string(default_fonts());
  drawing.source = source_line(selection, *layout);
  drawing.notes = selection.notes;

  NodeColumn<std::size_t> mark(network.node_count(), 0);
  std::vector<std::size_t> ties(selection.nodes.size(), 0);
  for (std::size_t i = 0; i < selection.nodes.size(); ++i) mark[selection.nodes[i]] = i;
  for (const EdgeId edge : selection.edges) {
    const auto [from, to] = network.ends(edge);
    ++ties[mark[from]];
    if (from != to) ++ties[mark[to]];
  }

  SizeScale scale;
  if (selection.nodes.size() > 150) scale.most_diameter = selection.nodes.size() > 1000 ? 24 : 34;
  std::size_t unmeasured = 0;
  if (sized) {
    for (const NodeId node : selection.nodes) {
      const double value = data.size->value[node];
      if (value < 0) {
        return fail(ErrorCode::bad_argument,
                    "An area cannot show \"" + data.size->name + "\", which is negative for " +
                        std::string(network.label(node)) + "; use it as a colour.", "option size");
      }
      if (!std::isfinite(value)) {
        ++unmeasured;
        continue;
      }
      scale.most_value = std::max(scale.most_value, value);
      scale.whole = scale.whole && value == std::floor(value);
    }
  }

  const KindShapes shapes = kind_shapes(selection, data);
  for (std::size_t i = 0; i < selection.nodes.size(); ++i) {
    const NodeId node = selection.nodes[i];
    NodeMark& made = drawing.nodes.emplace_back();
    made.key = network.key(node);
    made.name = network.label(node, spec.languages);
    made.shape = shapes.of(network.kind(node));
    made.diameter = sized ? scale.diameter(data.size->value[node])
                          : selection.nodes.size() > 300 ? plain_diameter * 0.6 : plain_diameter;
    made.fill = colors->fill[i];
    made.border = tinted({}, 0.25);
    made.tooltip = tooltip_of_node(network, node, made.name, ties[i], data);
    made.link = link_of_node(network, node);
  }
  if (spec.boxes) put_into_boxes(drawing, selection, *data.clusters);

  // The nodes that matter most come first: by measure, then by ties, then in the order of the data.
  std::vector<std::size_t> by_rank(selection.nodes.size());
  std::iota(by_rank.begin(), by_rank.end(), std::size_t{0});
  const auto rank = [&](std::size_t i) {
    const double value = sized ? data.size->value[selection.nodes[i]] : 0;
    return std::pair(std::isfinite(value) ? value : -1.0, ties[i]);
  };
  std::stable_sort(by_rank.begin(), by_rank.end(), [&](std::size_t a, std::size_t b) { return rank(a) > rank(b); });
  const auto letters = static_cast<std::size_t>(std::max(spec.label_letters, 1));
  for (std::size_t i = 0; i < *labelled; ++i) {
    NodeMark& made = drawing.nodes[by_rank[i]];
    made.label = wrapped(shortened_at_word(made.name, letters), line_columns);
  }

  TieMarks lines = tie_marks(selection, spec, data, mark, colors->categories);
  drawing.edges = std::move(lines.edges);
  drawing.description = description_of(drawing, selection.edges.size(), by_rank);
  if (style_of(*layout).ties) drawing.notes.insert(drawing.notes.end(), lines.notes.begin(), lines.notes.end());

  if (!colors->legend.entries.empty()) drawing.legend.push_back(colors->legend);
  const bool ties_drawn = style_of(*layout).ties;
  if (!shapes.legend.entries.empty() && ties_drawn) drawing.legend.push_back(shapes.legend);
  if (sized && scale.most_value > 0) {
    drawing.legend.push_back(size_legend(*data.size, scale));
    if (!ties_drawn) {
      // A treemap fills its page, so its tiles are to scale only among themselves.
      LegendEntry entry;
      entry.text = "to scale; largest " + short_number(scale.most_value);
      drawing.legend.back().entries = {entry};
    }
  }
  if (ties_drawn) drawing.legend.insert(drawing.legend.end(), lines.legend.begin(), lines.legend.end());
  LegendGroup remarks;
  const auto remark = [&](std::string text) {
    LegendEntry entry;
    entry.text = text;
    remarks.entries.push_back(std::move(entry));
    drawing.notes.push_back(std::move(text));
  };
  if (selection.nodes.size() < whole.nodes.size()) {
    remark(counted(whole.nodes.size() - selection.nodes.size(), "node", "nodes") + " without ties left out");
  }
  if (*labelled < selection.nodes.size()) {
    remark(counted(selection.nodes.size() - *labelled, "label", "labels") + " hidden");
  }
  if (unmeasured > 0) {
    remark(counted(unmeasured, "node", "nodes") + " without " + data.size->name + " drawn smallest");
  }
  if (!ties_drawn && !selection.edges.empty()) {
    remark(counted(selection.edges.size(), "tie", "ties") + " not drawn");
  }
  if (spec.boxes && !style_of(*layout).boxes) {
    drawing.draw_boxes = false;
    remark("no boxes in layout " + std::string(style_of(*layout).name));
  }
  if (!remarks.entries.empty()) {
    if (!drawing.legend.empty() && drawing.legend.back().heading.empty()) {
      auto& last = drawing.legend.back().entries;
      last.insert(last.end(), remarks.entries.begin(), remarks.entries.end());
    } else {
      drawing.legend.push_back(std::move(remarks));
    }
  }
  if (!spec.legend) drawing.legend.clear();
  return drawing;
}

}  // namespace entente

#include "viz/diagram_colors.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <functional>
#include <limits>
#include <map>
#include <string>
#include <utility>

#include "engine/text.hpp"
#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr Rgb neutral_fill{0xD0, 0xD7, 0xDE};

LegendEntry swatch(Rgb fill, std::string text) {
  LegendEntry entry;
  entry.sample = LegendEntry::Sample::node;
  entry.fill = fill;
  entry.border = tinted({}, 0.25);
  entry.text = std::move(text);
  return entry;
}

/// Colours for categories, the most frequent first; the empty text is "not stated".
NodeColors by_category(const Selection& selection, const DiagramData& data, std::string heading,
                       const std::function<std::string(NodeId)>& category_of,
                       const std::function<std::string(const std::string&)>& name_of) {
  const CategoryCounts count(selection, data, category_of);
  std::vector<std::pair<std::string, std::size_t>> categories;
  for (const auto& [category, nodes] : count.all()) {
    if (!category.empty()) categories.emplace_back(category, nodes);
  }
  std::stable_sort(categories.begin(), categories.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  const auto palette = category_palette(categories.size());
  // With more categories than colours the last colour is given up for "other".
  const std::size_t painted = categories.size() <= palette.size() ? categories.size() : palette.size() - 1;

  NodeColors colors;
  colors.categories = categories.size();
  colors.legend.heading = std::move(heading);
  std::map<std::string, Rgb> fill;
  for (std::size_t i = 0; i < painted; ++i) {
    fill[categories[i].first] = palette[i];
    colors.legend.entries.push_back(swatch(palette[i], name_of(categories[i].first) + count.words(categories[i].second, count.drawn(categories[i].first))));
  }
  if (painted < categories.size()) {
    std::size_t others = 0, drawn = 0;
    for (std::size_t i = painted; i < categories.size(); ++i) {
      others += categories[i].second;
      drawn += count.drawn(categories[i].first);
    }
    colors.legend.entries.push_back(
        swatch(other_color(), grouped(categories.size() - painted) + " others" + count.words(others, drawn)));
  }
  if (const auto nothing = count.all().find(""); nothing != count.all().end()) {
    fill[""] = unknown_color();
    colors.legend.entries.push_back(swatch(unknown_color(), "not stated" + count.words(nothing->second, count.drawn(""))));
  }
  if (categories.empty()) colors.legend.entries.clear();
  for (const NodeId node : selection.nodes) {
    const auto found = fill.find(category_of(node));
    colors.fill.push_back(categories.empty() ? neutral_fill : found == fill.end() ? other_color() : found->second);
  }
  return colors;
}

/// Colours for numbers, NaN being unknown.
NodeColors by_number(const Selection& selection, std::string heading, const std::function<double(NodeId)>& value_of) {
  double least = std::numeric_limits<double>::infinity(), most = -least;
  bool gaps = false;
  for (const NodeId node : selection.nodes) {
    const double value = value_of(node);
    if (!std::isfinite(value)) {
      gaps = true;
      continue;
    }
    least = std::min(least, value);
    most = std::max(most, value);
  }
  NodeColors colors;
  colors.legend.heading = std::move(heading);
  const auto share_of = [&](double value) { return most > least ? (value - least) / (most - least) : 0.5; };
  for (const NodeId node : selection.nodes) {
    const double value = value_of(node);
    colors.fill.push_back(std::isfinite(value) ? sequential_color(share_of(value)) : unknown_color());
  }
  if (most >= least) {
    const int steps = most > least ? 4 : 0;
    for (int i = steps; i >= 0; --i) {
      const double value = steps == 0 ? most : least + (most - least) * i / steps;
      colors.legend.entries.push_back(swatch(sequential_color(share_of(value)), short_number(value)));
    }
  }
  if (gaps) colors.legend.entries.push_back(swatch(unknown_color(), "not known"));
  return colors;
}

double number_of(std::string_view text) {
  double value = std::numeric_limits<double>::quiet_NaN();
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, value);
  return read.ec == std::errc() && read.ptr == end ? value : std::numeric_limits<double>::quiet_NaN();
}

std::string measure_heading(const NodeMeasure& measure) {
  return "Colour: " + measure.name + (measure.unit.empty() ? "" : ", " + measure.unit);
}

}  // namespace

CategoryCounts::CategoryCounts(const Selection& selection, const DiagramData& data,
                               const std::function<std::string(NodeId)>& category_of)
    : part_(!data.whole.empty()) {
  for (const NodeId node : selection.nodes) ++drawn_[category_of(node)];
  for (const NodeId node : data.whole) ++all_[category_of(node)];
  if (!part_) all_ = drawn_;
}

std::size_t CategoryCounts::drawn(const std::string& category) const {
  const auto found = drawn_.find(category);
  return found == drawn_.end() ? 0 : found->second;
}

std::string CategoryCounts::words(std::size_t all, std::size_t drawn) const {
  return " (" + grouped(all) + (part_ ? ", " + (drawn == 0 ? "none" : grouped(drawn)) + " drawn)" : ")");
}

Result<NodeColors> node_colors(const Selection& selection, const DiagramSpec& spec, const DiagramData& data) {
  const Network& network = *selection.network;
  const auto itself = [](const std::string& category) { return category; };
  std::string color = spec.color;
  if (color == "auto") {
    const auto has_country = [&](NodeId node) { return !network.country(node).empty(); };
    color = data.clusters ? "cluster"
            : data.color  ? data.color->name
            : std::any_of(selection.nodes.begin(), selection.nodes.end(), has_country) ? "country"
                                                                                       : "kind";
  }
  if (color == "none" || color == "status") {
    NodeColors colors;
    colors.fill.assign(selection.nodes.size(), neutral_fill);
    return colors;
  }
  if (color == "kind") {
    return by_category(selection, data, "Colour: kind", [&](NodeId node) { return network.kind(node); }, itself);
  }
  if (color == "country") {
    return by_category(selection, data, "Colour: country", [&](NodeId node) { return network.country(node); }, country_name);
  }
  if (color == "cluster") {
    if (!data.clusters) {
      return fail(ErrorCode::bad_argument, "There are no clusters to colour by; find them first.", "option color");
    }
    // Digits of one length keep clusters of one size in the order of their numbers.
    return by_category(
        selection, data, "Colour: " + data.clusters->name,
        [&](NodeId node) {
          const int cluster = data.clusters->cluster[node];
          if (cluster < 0) return std::string();
          const std::string number = std::to_string(cluster);
          return std::string(10 - std::min<std::size_t>(number.size(), 10), '0') + number;
        },
        [](const std::string& category) { return "cluster " + std::to_string(std::stoi(category)); });
  }
  if (data.color && color == data.color->name) {
    return by_number(selection, measure_heading(*data.color), [&](NodeId node) { return data.color->value[node]; });
  }
  if (data.size && color == data.size->name) {
    return by_number(selection, measure_heading(*data.size), [&](NodeId node) { return data.size->value[node]; });
  }
  if (const Attribute* column = network.node_attribute(color)) {
    const std::string heading = "Colour: " + color;
    if (column->type == CellType::number || column->type == CellType::integer) {
      return by_number(selection, heading, [&](NodeId node) { return number_of(column->text(node.index)); });
    }
    return by_category(selection, data, heading, [&](NodeId node) { return std::string(column->text(node.index)); }, itself);
  }
  std::string known = "kind, country, cluster, status, none";
  for (const Attribute& column : network.node_attributes()) known += ", " + column.name;
  return fail(ErrorCode::bad_argument, "Nothing is called \"" + shortened(color, 60) + "\" to colour by. Known: " + known + ".",
              "option color");
}

}  // namespace entente

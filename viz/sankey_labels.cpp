#include "viz/sankey_labels.hpp"

#include <algorithm>
#include <cmath>

#include "engine/text.hpp"
#include "viz/graphviz_text.hpp"
#include "viz/labels.hpp"
#include "viz/sankey_layout.hpp"

namespace entente {

namespace {

constexpr std::size_t most_lines = 3;

bool fits(const std::vector<std::string>& lines, std::size_t columns) {
  const double room = static_cast<double>(columns + 4) * sankey_name_size * 0.64;
  return std::ranges::all_of(lines, [&](const std::string& line) { return sankey_text_width(line, sankey_name_size, true) <= room; });
}

/// "1.25 M", without the currency: the subtitle names it.
std::string bare_money(const SankeyData& data, std::int64_t units) {
  return short_number(static_cast<double>(units) / std::pow(10.0, data.decimals));
}

constexpr std::size_t most_parts = 4;

/// "1.1 M + 15.5 M intended": parts that are no one sum side by side.
std::string parts_words(const SankeyData& data, const std::vector<SankeyPart>& parts) {
  std::string text;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i == most_parts) return text + " + …";
    text += (i ? " + " : "") + bare_money(data, parts[i].units);
    const bool last_of_class = i + 1 == parts.size() || parts[i + 1].status != parts[i].status;
    if (last_of_class && parts[i].status == StatusClass::intended) text += " intended";
    if (last_of_class && parts[i].status == StatusClass::open && data.statuses) text += " open";
  }
  return text;
}

std::vector<std::string> figures_of(const SankeyData& data, const SankeyNode& node) {
  std::vector<std::string> lines;
  const bool money_in = node.in > 0, money_out = node.out > 0;
  const std::vector<SankeyPart> in = sankey_parts(data, &node, true), out = sankey_parts(data, &node, false);
  if (money_in && money_out) {
    if (in.size() > 1 || out.size() > 1) {
      lines.push_back("in " + parts_words(data, in));
      lines.push_back("out " + parts_words(data, out));
    } else {
      lines.push_back("in " + parts_words(data, in) + " · out " + parts_words(data, out));
      if (node.kept() > 0) lines.push_back("keeps " + bare_money(data, node.kept()));
      if (node.own() > 0) lines.push_back("adds " + bare_money(data, node.own()) + " of its own");
    }
  } else if (money_out) {
    lines.push_back("gives " + parts_words(data, out));
  } else if (money_in) {
    lines.push_back("gets " + parts_words(data, in));
  }
  if (node.self > 0) lines.push_back("↻ within " + bare_money(data, node.self));
  const std::size_t unknown = node.unknown_in + node.unknown_out + node.unknown_self;
  if (unknown > 0) lines.push_back((lines.empty() ? "" : "+ ") + grouped(unknown) + " of unknown amount");
  if (lines.empty()) lines.push_back("0");
  return lines;
}

struct LabelRows {
  double top, bottom;

  bool meets(const LabelRows& other) const { return top < other.bottom && other.top < bottom; }
};

/// The rows that the label of a bar takes.
LabelRows rows_of(const SankeyLayout& layout, std::size_t node) {
  const SankeyBar& bar = layout.bars[node];
  const double height = layout.labels[node].height();
  if (layout.inner(bar.level)) return {bar.y - height - 16, bar.y};
  return {bar.y + (bar.height() - height) / 2 - 2, bar.y + (bar.height() + height) / 2 + 2};
}

}  // namespace

double SankeyLabel::height() const {
  return static_cast<double>(name.size()) * sankey_name_size * 1.15 + static_cast<double>(figures.size()) * sankey_figure_size * 1.15;
}

double SankeyLabel::width() const {
  double most = 0;
  for (const std::string& line : name) most = std::max(most, sankey_text_width(line, sankey_name_size, true));
  for (const std::string& line : figures) most = std::max(most, sankey_text_width(line, sankey_figure_size));
  return most;
}

double sankey_text_width(std::string_view text, double font_size, bool bold) {
  return ems_of(text) * font_size * (bold ? 1.08 : 1);
}

SankeyBox sankey_text_box(double x, double y, double font_size, std::string_view text, std::string_view anchor, bool bold) {
  const double width = sankey_text_width(text, font_size, bold);
  const double left = anchor == "end" ? x - width : anchor == "middle" ? x - width / 2 : x;
  return {left, y - 0.8 * font_size, left + width, y + 0.25 * font_size};
}

SankeyLabelPlace sankey_label_place(const SankeyData& data, const SankeyLayout& layout, std::size_t node) {
  const SankeyBar& bar = layout.bars[node];
  const SankeyLabel& label = layout.labels[node];
  const bool inner = layout.inner(bar.level), first = bar.level == 0 && layout.columns.size() > 1;
  const bool ear = data.nodes[node].self > 0 || data.nodes[node].unknown_self > 0;
  const double right = bar.x + sankey_bar_width, height = label.height(), width = label.width();
  SankeyLabelPlace place;
  place.x = inner ? (bar.label_left ? right : bar.x) : first ? bar.x - bar.aside - 7 : right + bar.aside + 7;
  const double top = inner ? bar.y - height - (ear ? 14 : 2) : bar.y + bar.height() / 2 - height / 2;
  const bool end = first || bar.label_left;
  place.anchor = end ? "end" : "start";
  place.box = {end ? place.x - width : place.x, top, end ? place.x : place.x + width, top + height};
  return place;
}

void clear_labels(const SankeyData& data, SankeyLayout& layout) {
  for (std::size_t i = 0; i < layout.bars.size(); ++i) {
    SankeyBar& bar = layout.bars[i];
    const LabelRows rows = rows_of(layout, i);
    const bool ear = data.nodes[i].self > 0 || data.nodes[i].unknown_self > 0;
    if (ear && !layout.inner(bar.level)) bar.aside = sankey_ear_aside;
    double on_right = 0, on_left = 0;  // how far trunks reach out, and how wide they are together
    double wide_right = 0, wide_left = 0;
    for (const SankeyBand& band : layout.bands) {
      if (!band.back) continue;
      const double half = band.width / 2;
      const auto passes = [&](std::size_t node, double end) {
        const LabelRows trunk = band.above ? LabelRows{band.lane - half, end + band.width} : LabelRows{end, band.lane + half};
        return layout.bars[node].level == bar.level && trunk.meets(rows);
      };
      if (passes(data.links[band.link].source, band.from)) {
        on_right = std::max(on_right, band.right + half - bar.x - sankey_bar_width + 2);
        wide_right += band.width;
      }
      if (passes(data.links[band.link].target, band.to)) {
        on_left = std::max(on_left, bar.x - band.left + half + 2);
        wide_left += band.width;
      }
    }
    if (!layout.inner(bar.level)) {
      bar.aside = std::max(bar.aside, bar.level == 0 && layout.columns.size() > 1 ? on_left : on_right);
      continue;
    }
    const auto in_the_way = [&](std::size_t other) {
      return layout.bars[other].level + 1 == bar.level && layout.inner(layout.bars[other].level) && rows_of(layout, other).meets(rows);
    };
    bool free = wide_right > wide_left + 4;
    for (std::size_t other = 0; free && other < layout.bars.size(); ++other) free = !in_the_way(other);
    bar.label_left = free;
  }
}

SankeyLabel sankey_label(const SankeyData& data, const SankeyNode& node, std::size_t columns) {
  SankeyLabel label;
  const std::string name = clean_text(node.name);
  // Lines are ragged and letters differ in width, so the name is cut until it fits.
  for (std::size_t letters = most_lines * columns; letters > 4; letters = letters * 9 / 10) {
    const std::string part = shortened_at_word(name, letters);
    label.cut = part != name;
    label.name = wrapped(part, columns);
    if (label.name.size() <= most_lines && fits(label.name, columns)) break;
  }
  if (label.name.size() > most_lines) label.name.resize(most_lines);
  if (label.name.empty()) label.name.push_back("unnamed");
  label.figures = figures_of(data, node);
  return label;
}

}  // namespace entente

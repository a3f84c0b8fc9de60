#include "viz/sankey_marks.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/text.hpp"
#include "viz/graphviz_text.hpp"
#include "viz/labels.hpp"
#include "viz/sankey_labels.hpp"
#include "viz/sankey_loops.hpp"
#include "viz/sankey_words.hpp"

namespace entente {

namespace {

constexpr double figure_in_band = 11;  // a band of this width holds its amount
constexpr std::size_t many_bands = 80;

std::string num(double value) { return sankey_number(value); }

std::string attribute(std::string_view name, std::string_view value) {
  return " " + std::string(name) + "=\"" + std::string(value) + "\"";
}

std::string rectangle(double x, double y, double width, double height, std::string_view more) {
  return "<rect x=\"" + num(x) + "\" y=\"" + num(y) + "\" width=\"" + num(width) + "\" height=\"" + num(height) + "\"" +
         std::string(more) + "/>\n";
}

std::string triangle(double x, double y, double size, double towards, std::string_view color) {
  return "<path d=\"M" + num(x) + "," + num(y) + "L" + num(x - towards * size) + "," + num(y - size * 0.55) + "L" +
         num(x - towards * size) + "," + num(y + size * 0.55) + "Z\" fill=\"" + std::string(color) + "\"/>\n";
}

/// Paints flows, bars and labels one after the other.
class SankeyPainter {
 public:
  SankeyPainter(const SankeyData& data, const SankeyLayout& layout, const SankeySpec& spec)
      : data_(data), layout_(layout), spec_(spec) {}

  std::string paint() {
    out_ += "<g role=\"graphics-object\" aria-label=\"Flows\">\n";
    // Loops lie below all others, and narrow bands above wide ones.
    std::vector<std::size_t> order(layout_.bands.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::stable_sort(order, {}, [&](std::size_t i) {
      const SankeyBand& band = layout_.bands[i];
      return std::pair(band.back ? 0 : band.unknown ? 2 : 1, -band.width);
    });
    for (const std::size_t i : order) flow(layout_.bands[i]);
    out_ += "</g>\n<g role=\"graphics-object\" aria-label=\"Nodes\">\n";
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) bar(i);
    out_ += "</g>\n";
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) taken_.push_back(sankey_label_place(data_, layout_, i).box);
    for (const std::size_t i : order) band_label(layout_.bands[i]);
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) node_label(i);
    return std::move(out_);
  }

 private:
  const SankeyLink& link_of(const SankeyBand& band) const { return data_.links[band.link]; }
  const SankeyBar& source_of(const SankeyBand& band) const { return layout_.bars[link_of(band).source]; }
  const SankeyBar& target_of(const SankeyBand& band) const { return layout_.bars[link_of(band).target]; }

  /// One edge of a forward band, or its middle, `down` below its top.
  std::string edge(const SankeyBand& band, double down, bool backwards) const {
    std::vector<SankeyPoint> points{{source_of(band).x + sankey_bar_width, band.from + down}};
    for (std::size_t i = 0; i < band.waypoints.size(); ++i) {
      const double x = layout_.columns[source_of(band).level + 1 + i];
      points.push_back({x, band.waypoints[i] + down});
      points.push_back({x + sankey_bar_width, band.waypoints[i] + down});
    }
    points.push_back({target_of(band).x, band.to + down});
    if (backwards) std::ranges::reverse(points);
    std::string path = (backwards ? "L" : "M") + num(points[0].x) + "," + num(points[0].y);
    for (std::size_t i = 1; i < points.size(); ++i) {
      const SankeyPoint a = points[i - 1], b = points[i];
      if (i % 2 == 0) {
        path += "L" + num(b.x) + "," + num(b.y);
        continue;
      }
      const double middle = (a.x + b.x) / 2;
      path += "C" + num(middle) + "," + num(a.y) + " " + num(middle) + "," + num(b.y) + " " + num(b.x) + "," + num(b.y);
    }
    return path;
  }

  std::string outline(const SankeyBand& band) const {
    if (band.back) return loop_outline(layout_, data_, band);
    return edge(band, 0, false) + edge(band, band.width, true) + "Z";
  }
  std::string middle(const SankeyBand& band) const {
    return band.back ? loop_middle(layout_, data_, band) : edge(band, band.width / 2, false);
  }

  void flow(const SankeyBand& band) {
    const SankeyLink& link = link_of(band);
    const SankeyPaint paint = sankey_paint(data_, link.kind, link.status);
    const std::string color = hex_text(paint.color), address = sankey_link_address(data_, link);
    std::string keys;
    for (std::size_t i = 0; i < link.ties.size() && i < 40; ++i) {
      keys += (i ? " " : "") + std::string(data_.network->key(link.ties[i]));
    }
    const std::string words = sankey_link_words(data_, link, spec_);
    if (!address.empty()) out_ += "<a xlink:href=\"" + xml_attribute(address) + "\" target=\"_blank\">\n";
    const bool faint = band.back && !band.named;
    out_ += std::string("<g role=\"graphics-symbol\"") + (faint ? " opacity=\"0.45\"" : "") + " aria-label=\"" +
            xml_attribute(data_.nodes[link.source].name + " → " + data_.nodes[link.target].name + ": " +
                          sankey_sum_words(data_, link.units, link.stated, link.unknown)) +
            "\" data-id=\"" + xml_attribute(keys) + "\">\n<title>" + xml_text(words) + "</title>\n";
    if (band.unknown) {
      out_ += "<path d=\"" + middle(band) + "\" fill=\"none\"" + attribute("stroke", color) +
              " stroke-width=\"0.9\" stroke-opacity=\"0.75\" stroke-dasharray=\"0.9 2.6\" stroke-linecap=\"round\"/>\n";
    } else if (band.width < sankey_hairline) {
      out_ += "<path d=\"" + middle(band) + "\" fill=\"none\"" + attribute("stroke", color) + " stroke-width=\"0.7\"" +
              (paint.dashes.empty() ? "" : attribute("stroke-dasharray", paint.dashes)) + "/>\n";
    } else {
      out_ += "<path d=\"" + outline(band) + "\"" + attribute("fill", color) + attribute("fill-opacity", num(paint.fill)) +
              attribute("stroke", color) + " stroke-width=\"0.6\"" +
              (paint.dashes.empty() ? " stroke-opacity=\"0.7\"" : attribute("stroke-dasharray", paint.dashes)) + "/>\n";
    }
    if (band.back) {
      const double size = std::clamp(band.unknown ? 5 : band.width, 5.0, 10.0);
      const double reach = band.unknown ? sankey_stub_length : 0;
      out_ += triangle(target_of(band).x - reach - 0.5, band.to + band.width / 2, size * 0.8, 1, color);
      if (band.named) out_ += triangle(band.left + (band.right - band.left) * 0.2 - size / 2, band.lane, size, -1, color);
    }
    if (band.unknown) {
      for (const auto& [x, y] : {std::pair(source_of(band).x + sankey_bar_width, band.from),
                                 std::pair(target_of(band).x - sankey_stub_length, band.to)}) {
        out_ += rectangle(x, y + 1, sankey_stub_length, band.width - 2, " fill=\"#FFFFFF\"");
        out_ += rectangle(x, y + 1, sankey_stub_length, band.width - 2,
                          " fill=\"url(#sankey-hatch)\"" + attribute("stroke", color) + " stroke-width=\"0.6\"");
      }
    }
    out_ += "</g>\n";
    if (!address.empty()) out_ += "</a>\n";
  }

  void bar(std::size_t i) {
    const SankeyNode& node = data_.nodes[i];
    const SankeyBar& b = layout_.bars[i];
    const std::string dark = hex_text(node.bundle ? sankey_grey : sankey_dark);
    const std::string border = attribute("stroke", dark) + " stroke-width=\"0.7\"";
    const double half = sankey_bar_width / 2;
    out_ += "<g role=\"graphics-symbol\" aria-label=\"" + xml_attribute(node.name) + "\" data-id=\"" + xml_attribute(node.key) +
            "\">\n<title>" + xml_text(sankey_node_words(data_, node, spec_)) + "</title>\n";
    if (b.self > 0) out_ += rectangle(b.x, b.y, sankey_bar_width, b.self, attribute("fill", hex_text(tinted(sankey_dark, 0.55))) + border);
    if (b.through > 0) {
      out_ += rectangle(b.x, b.money_top(), sankey_bar_width, b.through, " fill=\"#FFFFFF\"" + border);
      if (b.in > 0) out_ += rectangle(b.x, b.money_top(), half, b.in, attribute("fill", dark));
      if (b.out > 0) out_ += rectangle(b.x + half, b.money_top(), half, b.out, attribute("fill", dark));
    }
    if (b.foot > 0) {
      out_ += rectangle(b.x, b.foot_top(), sankey_bar_width, b.foot, " fill=\"#FFFFFF\"");
      out_ += rectangle(b.x, b.foot_top(), sankey_bar_width, b.foot, " fill=\"url(#sankey-hatch)\"" + border);
    }
    if (b.height() <= 0) out_ += rectangle(b.x, b.y - 0.5, sankey_bar_width, 1, attribute("fill", dark));
    if (node.self > 0 || node.unknown_self > 0) ear(b, node.self == 0);
    out_ += "</g>\n";
  }

  /// A self-flow: a sign of constant size; its money is to scale in the bar.
  void ear(const SankeyBar& b, bool unknown) {
    const double left = b.x, right = b.x + sankey_bar_width, y = b.y + std::min(4.0, b.height() / 2), top = b.y - 10;
    const std::string dark = hex_text(sankey_dark);
    out_ += "<path d=\"M" + num(right) + "," + num(y) + "C" + num(right + 11) + "," + num(y) + " " + num(right + 7) + "," +
            num(top) + " " + num((left + right) / 2) + "," + num(top) + "C" + num(left - 7) + "," + num(top) + " " +
            num(left - 12) + "," + num(y) + " " + num(left - 4) + "," + num(y) + "\" fill=\"none\"" + attribute("stroke", dark) +
            " stroke-width=\"1.3\"" + (unknown ? " stroke-dasharray=\"0.9 2.6\" stroke-linecap=\"round\"" : "") + "/>\n";
    out_ += triangle(left - 0.3, y, 5, 1, dark);
  }

  /// Writes an amount where no other text stands.
  bool amount(double x, double y, const std::string& text, std::string_view anchor) {
    constexpr double size = 8.5;
    const SankeyBox box = sankey_text_box(x, y, size, text, anchor);
    if (std::ranges::any_of(taken_, [&](const SankeyBox& other) { return other.meets(box); })) return false;
    taken_.push_back(box);
    out_ += sankey_text(x, y, size, text, {0x22, 0x26, 0x2A}, anchor, false, true);
    return true;
  }

  /// The amount on a band wide enough, where it arrives or else where it leaves, or along the lane of a loop. None
  /// where there is no room: the tooltip has it.
  void band_label(const SankeyBand& band) {
    const SankeyLink& link = link_of(band);
    if (band.back && !band.named) return;
    if (band.back) {
      const double room = band.right - band.left - 12, middle = (band.left + band.right) / 2;
      const bool within = source_of(band).level == target_of(band).level;
      const std::string what = within ? "" : data_.levels.empty() ? "returns " : "back: ";
      std::string sum = what + (band.unknown ? grouped(link.unknown) + " of unknown amount" : sankey_short_money(data_, link.units));
      const std::string whole = sum + " to " + shortened_at_word(clean_text(data_.nodes[link.target].name), 34);
      for (const std::string& text : {whole, sum}) {
        if (sankey_text_width(text, 8.5) > room) continue;
        const double y = !band.unknown && band.width >= figure_in_band ? band.lane + 3
                         : band.above ? band.lane - band.width / 2 - 3 : band.lane + band.width / 2 + 9;
        if (amount(middle, y, text, "middle")) return;
      }
      return;
    }
    const bool all = band.unknown || link.units == data_.nodes[link.target].in;
    if (all || band.width < figure_in_band || layout_.bands.size() > many_bands) return;
    const std::string text = sankey_short_money(data_, link.units);
    const double down = band.width / 2 + 3;
    if (amount(target_of(band).x - 5, band.to + down, text, "end")) return;
    amount(source_of(band).x + sankey_bar_width + 5, band.from + down, text, "start");
  }

  /// Beside the bars of the outer levels, above those between.
  void node_label(std::size_t i) {
    const SankeyLabel& label = layout_.labels[i];
    const bool inner = layout_.inner(layout_.bars[i].level);
    const SankeyLabelPlace place = sankey_label_place(data_, layout_, i);
    const double x = place.x;
    double y = place.box.top;
    out_ += label.cut ? "<g>\n<title>" + xml_text(data_.nodes[i].name) + "</title>\n" : "<g pointer-events=\"none\">\n";
    const auto plate = [&](const std::string& line, double size, bool bold) {
      if (!inner) return;
      const double width = sankey_text_width(line, size, bold) + 3;
      out_ += rectangle(place.anchor == "end" ? x + 1.5 - width : x - 1.5, y + 0.5, width, size * 1.15,
                        " fill=\"#FFFFFF\" fill-opacity=\"0.6\"");
    };
    for (const std::string& line : label.name) {
      plate(line, sankey_name_size, true);
      y += sankey_name_size * 1.15;
      out_ += sankey_text(x, y - 2.5, sankey_name_size, line, {}, place.anchor, true, true);
    }
    for (const std::string& line : label.figures) {
      plate(line, sankey_figure_size, false);
      y += sankey_figure_size * 1.15;
      out_ += sankey_text(x, y - 2.5, sankey_figure_size, line, sankey_figures, place.anchor, false, true);
    }
    out_ += "</g>\n";
  }

  const SankeyData& data_;
  const SankeyLayout& layout_;
  const SankeySpec& spec_;
  std::string out_;
  std::vector<SankeyBox> taken_;  // by texts
};

}  // namespace

SankeyPaint sankey_paint(const SankeyData& data, std::size_t kind, StatusClass status) {
  const auto palette = line_palette(0);
  SankeyPaint paint;
  paint.color = data.kinds.size() == 1 ? palette[5] : palette[kind % palette.size()];
  if (data.other_kinds && kind + 1 == data.kinds.size()) paint.color = {0x80, 0x80, 0x80};
  if (!data.statuses) return paint;
  if (status == StatusClass::intended) {
    paint.fill = 0.22;
    paint.dashes = "4 2";
  } else if (status == StatusClass::open) {
    paint.fill = 0.22;
    paint.dashes = "1 1.8";
  }
  return paint;
}

std::string sankey_text(double x, double y, double size, std::string_view text, Rgb color, std::string_view anchor, bool bold,
                        bool halo) {
  std::string element = "<text x=\"" + num(x) + "\" y=\"" + num(y) + "\" font-size=\"" + num(size) + "\"" +
                        attribute("fill", hex_text(color));
  if (anchor != "start") element += attribute("text-anchor", anchor);
  if (bold) element += " font-weight=\"600\"";
  if (halo) element += " paint-order=\"stroke\" stroke=\"#FFFFFF\" stroke-width=\"2.8\" stroke-opacity=\"0.9\" stroke-linejoin=\"round\"";
  return element + ">" + xml_text(text) + "</text>\n";
}

std::string sankey_marks(const SankeyData& data, const SankeyLayout& layout, const SankeySpec& spec) {
  return SankeyPainter(data, layout, spec).paint();
}

}  // namespace entente

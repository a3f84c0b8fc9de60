#include "viz/sankey_svg.hpp"

#include <algorithm>
#include <bit>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include "engine/text.hpp"
#include "engine/version.hpp"
#include "viz/graphviz_text.hpp"
#include "viz/labels.hpp"
#include "viz/sankey_labels.hpp"
#include "viz/sankey_loops.hpp"
#include "viz/sankey_marks.hpp"
#include "viz/sankey_words.hpp"

namespace entente {

namespace {

constexpr double margin = 16, small_text = 9, line = 13;
constexpr std::size_t most_notes = 8;

std::string n(double value) { return sankey_number(value); }

/// The largest of 1, 2, 5 × 10^k units that is at most so many pixels high.
std::int64_t round_units(double scale, double pixels) {
  std::int64_t best = 0;
  for (std::int64_t power = 1;; power *= 10) {
    for (const std::int64_t step : {1, 2, 5}) {
      if (power > INT64_MAX / 10 || static_cast<double>(power * step) * scale > pixels) return best;
      best = power * step;
    }
  }
}

/// Lines of text and samples below the picture, flowing from left to right.
class SankeyFrame {
 public:
  SankeyFrame(const SankeyData& data, const SankeyLayout& layout, const SankeySpec& spec)
      : data_(data), layout_(layout), spec_(spec) {}

  std::string svg() {
    const std::string body = sankey_marks(data_, layout_, spec_);
    header();
    const double shift = y_ - layout_.top;
    out_ += "<g transform=\"translate(0," + n(shift) + ")\">\n" + body + "</g>\n";
    y_ += layout_.bottom - layout_.top + 14;
    legend();
    footer();
    const double height = y_ + 6;
    std::string fonts = (spec_.font.empty() ? "" : spec_.font + ",") + std::string(default_fonts());
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
           "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" "
           "role=\"graphics-document document\" width=\"" + n(layout_.width) + "\" height=\"" + n(height) + "\" viewBox=\"0 0 " +
           n(layout_.width) + " " + n(height) + "\" font-family=\"" + xml_attribute(fonts) + "\">\n<title>" + xml_text(title()) +
           "</title>\n<desc>" + xml_text(sankey_description(data_) + " " + source_line()) + "</desc>\n"
           "<defs><pattern id=\"sankey-hatch\" width=\"3.2\" height=\"3.2\" patternUnits=\"userSpaceOnUse\" "
           "patternTransform=\"rotate(45)\"><line x1=\"0\" y1=\"0\" x2=\"0\" y2=\"3.2\" stroke=\"#5C6670\" "
           "stroke-width=\"1.5\"/></pattern></defs>\n"
           "<rect width=\"100%\" height=\"100%\" fill=\"#FFFFFF\"/>\n" + out_ + "</svg>\n";
  }

 private:
  std::string title() const {
    const NetworkInfo& info = data_.network->info();
    const std::string& own = !spec_.title.empty() ? spec_.title : !info.title.empty() ? info.title : info.name;
    return own.empty() ? "Money" : own;
  }
  std::string source_line() const {
    const NetworkInfo& info = data_.network->info();
    std::string text = "Source: " + (info.name.empty() ? std::string("unnamed network") : info.name);
    if (!info.checksum.empty()) text += " (SHA-256 " + info.checksum.substr(0, 12) + ")";
    if (!data_.selection.empty()) text += " · " + shortened(data_.selection, 120);
    text += " · levels " + (spec_.levels.empty() ? std::string("hop") : spec_.levels);
    if (!spec_.group.empty()) text += " · grouped by " + spec_.group;
    return text + " · Entente " + version;
  }

  void paragraph(const std::string& text, double size, Rgb color, bool bold = false) {
    const double room = layout_.width - 2 * margin;
    auto columns = static_cast<std::size_t>(std::max(20.0, room / (size * 0.56)));
    std::vector<std::string> parts = wrapped(clean_text(text), columns);
    const auto too_wide = [&](const std::string& part) { return sankey_text_width(part, size, bold) > room; };
    while (columns > 10 && std::ranges::any_of(parts, too_wide)) parts = wrapped(clean_text(text), columns = columns * 9 / 10);
    for (const std::string& part : parts) {
      out_ += sankey_text(margin, y_ + size, size, part, color, "start", bold);
      y_ += size * 1.4;
    }
  }

  void header() {
    y_ = 12;
    paragraph(shortened(title(), 240), 15, {}, true);
    paragraph(sankey_total_words(data_), 10.5, sankey_faint);
    y_ += 8;
    if (data_.levels.empty()) return;
    const std::size_t count = layout_.columns.size();
    for (std::size_t level = 0; level < count; ++level) {
      const bool last = level + 1 == count, first = level == 0 && !last;
      const double before = level == 0 ? 0 : layout_.columns[level - 1], after = last ? layout_.width : layout_.columns[level + 1];
      const auto room = static_cast<std::size_t>(std::max(8.0, (after - before) / 2 / 6.4));
      out_ += sankey_text(layout_.columns[level] + (first ? sankey_bar_width : last ? 0 : sankey_bar_width / 2), y_ + 10, 10,
                          shortened(clean_text(data_.levels[level]), room), sankey_faint, first ? "end" : last ? "start" : "middle",
                          true, true);
    }
    y_ += 20;
  }

  /// One sample with its words; starts a new line where it does not fit.
  void entry(const std::string& sample, double sample_room, const std::string& words) {
    const double width = sample_room + 6 + sankey_text_width(words, small_text) + 14;
    if (x_ > indent_ && x_ + width > layout_.width - margin) new_line();
    out_ += "<g transform=\"translate(" + n(x_) + "," + n(y_) + ")\">" + sample +
            sankey_text(sample_room + 6, 8, small_text, words, {}) + "</g>\n";
    x_ += width;
  }
  void new_line() {
    if (x_ <= indent_) return;
    x_ = indent_;
    y_ += line + 3;
  }

  static std::string swatch(const SankeyPaint& paint) {
    const std::string color = hex_text(paint.color);
    return "<rect y=\"0.5\" width=\"20\" height=\"8.5\" fill=\"" + color + "\" fill-opacity=\"" + n(paint.fill) + "\" stroke=\"" +
           color + "\" stroke-width=\"0.6\"" +
           (paint.dashes.empty() ? "" : " stroke-dasharray=\"" + std::string(paint.dashes) + "\"") + "/>";
  }

  void legend() {
    out_ += "<line x1=\"" + n(margin) + "\" y1=\"" + n(y_) + "\" x2=\"" + n(layout_.width - margin) + "\" y2=\"" + n(y_) +
            "\" stroke=\"#C8CED4\" stroke-width=\"0.6\"/>\n";
    y_ += 9;
    scale_entry();
    x_ = indent_;
    std::vector<std::int64_t> units(data_.kinds.size(), 0);
    std::vector<std::size_t> stated(data_.kinds.size(), 0);
    std::vector<unsigned> classes(data_.kinds.size(), 0);  // of the statuses that state money, as bits
    std::set<StatusClass> statuses;
    bool hairline = false, ears = false, loops = false, within = false;
    for (const auto* links : {&data_.links, &data_.self_flows}) {
      for (const SankeyLink& link : *links) {
        units[link.kind] += link.units;
        stated[link.kind] += link.stated;
        statuses.insert(link.status);
        if (link.stated > 0) classes[link.kind] |= 1U << static_cast<unsigned>(link.status);
        ears = ears || link.source == link.target;
      }
    }
    for (const SankeyBand& band : layout_.bands) {
      hairline = hairline || (!band.unknown && band.width < sankey_hairline);
      loops = loops || band.back;
      const SankeyLink& link = data_.links[band.link];
      within = within || layout_.bars[link.source].level == layout_.bars[link.target].level;
    }
    for (std::size_t kind = 0; kind < data_.kinds.size(); ++kind) {
      const std::string name = data_.kinds[kind].empty() ? "kind not stated" : shortened(clean_text(data_.kinds[kind]), 40);
      const bool several = std::popcount(classes[kind]) > 1;  // what is done and what is wanted are no one sum
      entry(swatch(sankey_paint(data_, kind, StatusClass::in_force)), 20,
            stated[kind] == 0 ? name + " (amount not stated)" : several ? name : name + " (" + sankey_short_money(data_, units[kind]) + ")");
    }
    new_line();
    for (const StatusClass status : statuses) {
      if (!data_.statuses) break;
      SankeyPaint paint = sankey_paint(data_, 0, status);
      paint.color = sankey_faint;
      entry(swatch(paint), 20, std::string(to_string(status)));
    }
    if (data_.unknown > 0) {
      entry("<rect y=\"1\" width=\"15\" height=\"7\" fill=\"url(#sankey-hatch)\" stroke=\"#5C6670\" stroke-width=\"0.6\"/>", 15,
            "amount not stated: its size says nothing");
    }
    if (hairline) {
      const auto least = static_cast<std::int64_t>(std::min(9e18, std::ceil(sankey_hairline / layout_.scale)));
      entry("<line x1=\"0\" y1=\"4.5\" x2=\"20\" y2=\"4.5\" stroke=\"#5C6670\" stroke-width=\"0.7\"/>", 20,
            "thin line: less than " + sankey_short_money(data_, least) + ", not to scale");
    }
    new_line();
    if (layout_.scale > 0) {
      entry("<rect y=\"0\" width=\"14\" height=\"10\" fill=\"#FFFFFF\" stroke=\"#363F48\" stroke-width=\"0.7\"/>"
            "<rect width=\"7\" height=\"5\" fill=\"#363F48\"/><rect x=\"7\" width=\"7\" height=\"10\" fill=\"#363F48\"/>", 14,
            "left half: money that came in, white: its own");
      entry("<rect y=\"0\" width=\"14\" height=\"10\" fill=\"#FFFFFF\" stroke=\"#363F48\" stroke-width=\"0.7\"/>"
            "<rect width=\"7\" height=\"10\" fill=\"#363F48\"/><rect x=\"7\" width=\"7\" height=\"5\" fill=\"#363F48\"/>", 14,
            "right half: money that goes on, white: kept");
    }
    if (ears) {
      entry("<rect x=\"0\" width=\"14\" height=\"9\" fill=\"" + hex_text(tinted(sankey_dark, 0.55)) + "\"/>", 14,
            "with ↻: money that stays within, to scale in the bar");
    }
    if (loops) {
      entry("<path d=\"M20,8H17A4,4 0 0 0 17,1H6\" fill=\"none\" stroke=\"#5C6670\" stroke-width=\"1.4\"/>"
            "<path d=\"M1,1L7,-2V4Z\" fill=\"#5C6670\"/>", 20,
            within ? "loop: back to an earlier level, or within one" : "loop: back to an earlier level");
    }
    new_line();
  }

  void scale_entry() {
    if (layout_.scale <= 0) return;
    const std::int64_t units = round_units(layout_.scale, 40);
    if (units == 0) return;
    const double height = static_cast<double>(units) * layout_.scale;
    const std::string words = sankey_short_money(data_, units);
    out_ += "<path d=\"M" + n(margin) + "," + n(y_) + "h8m-4,0v" + n(height) + "m-4,0h8\" fill=\"none\" stroke=\"#363F48\"/>\n" +
            sankey_text(margin + 12, y_ + height / 2 + 3, small_text, words, {});
    indent_ = margin + 12 + sankey_text_width(words, small_text) + 22;
    below_scale_ = y_ + height + 4;
  }

  void footer() {
    y_ = std::max(y_ + 2, below_scale_);
    std::size_t shown = 0;
    for (const std::string& note : data_.notes) {
      if (shown == most_notes) {
        paragraph("and " + counted(data_.notes.size() - shown, "more note", "more notes"), small_text, sankey_faint);
        break;
      }
      ++shown;
      paragraph(note, small_text, sankey_faint);
    }
    paragraph(source_line(), small_text, sankey_faint);
  }

  const SankeyData& data_;
  const SankeyLayout& layout_;
  const SankeySpec& spec_;
  std::string out_;
  double x_ = margin, y_ = 0, below_scale_ = 0, indent_ = margin;
};

}  // namespace

std::string sankey_svg(const SankeyData& data, const SankeyLayout& layout, const SankeySpec& spec) {
  return SankeyFrame(data, layout, spec).svg();
}

}  // namespace entente

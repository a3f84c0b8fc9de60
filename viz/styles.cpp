#include "viz/styles.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <utility>

namespace entente {

namespace {

constexpr Rgb rgb(std::uint32_t code) {
  return {static_cast<std::uint8_t>(code >> 16), static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code)};
}

// Okabe and Ito, without black, which the outlines and texts use; a light grey closes the eight.
constexpr std::array okabe_ito{rgb(0xE69F00), rgb(0x56B4E9), rgb(0x009E73), rgb(0xF0E442),
                               rgb(0x0072B2), rgb(0xD55E00), rgb(0xCC79A7), rgb(0x999999)};

// Tol's muted scheme, its pale grey last.
constexpr std::array tol_muted{rgb(0x88CCEE), rgb(0xCC6677), rgb(0xDDCC77), rgb(0x117733), rgb(0x332288),
                               rgb(0xAA4499), rgb(0x44AA99), rgb(0x999933), rgb(0x882255), rgb(0xDDDDDD)};

constexpr std::array lines_beside_okabe_ito{rgb(0x332288), rgb(0x117733), rgb(0xCC3311), rgb(0xAA4499),
                                            rgb(0x80631A), rgb(0x00798C), rgb(0x882255)};
constexpr std::array lines_beside_tol{rgb(0x0072B2), rgb(0xC24E00), rgb(0x00805C), rgb(0xA8467F),
                                      rgb(0x7A5C00), rgb(0x4D4D4D)};

constexpr std::array cividis{rgb(0x00204D), rgb(0x414D6B), rgb(0x7C7B78), rgb(0xBCAF6F), rgb(0xFFEA46)};

constexpr std::array shapes{NodeShape::circle,  NodeShape::square,   NodeShape::diamond,          NodeShape::hexagon,
                            NodeShape::triangle, NodeShape::pentagon, NodeShape::inverted_triangle};

// The words for how far a tie has come, in the spelling of the data; '-', '_' and spaces are one.
constexpr std::array<std::pair<std::string_view, StatusClass>, 49> status_words{{
    {"signed", StatusClass::in_force},       {"completed", StatusClass::in_force},
    {"ongoing", StatusClass::in_force},      {"active", StatusClass::in_force},
    {"done", StatusClass::in_force},         {"in force", StatusClass::in_force},
    {"implemented", StatusClass::in_force},  {"implementing", StatusClass::in_force},
    {"implementation", StatusClass::in_force}, {"established", StatusClass::in_force},
    {"existing", StatusClass::in_force},     {"started", StatusClass::in_force},
    {"launched", StatusClass::in_force},     {"opened", StatusClass::in_force},
    {"held", StatusClass::in_force},         {"paid", StatusClass::in_force},
    {"disbursed", StatusClass::in_force},    {"delivered", StatusClass::in_force},
    {"finished", StatusClass::in_force},     {"closed", StatusClass::in_force},
    {"ended", StatusClass::in_force},        {"expired", StatusClass::in_force},
    {"operating", StatusClass::in_force},    {"finalisation", StatusClass::in_force},
    {"post completion", StatusClass::in_force}, {"member", StatusClass::in_force},
    {"agreed", StatusClass::intended},       {"planned", StatusClass::intended},
    {"proposed", StatusClass::intended},     {"sought", StatusClass::intended},
    {"committed", StatusClass::intended},    {"pledged", StatusClass::intended},
    {"announced", StatusClass::intended},    {"intended", StatusClass::intended},
    {"approved", StatusClass::intended},     {"pipeline", StatusClass::intended},
    {"preparing", StatusClass::intended},    {"in preparation", StatusClass::intended},
    {"being attracted", StatusClass::intended}, {"requested", StatusClass::intended},
    {"offered", StatusClass::intended},      {"expected", StatusClass::intended},
    {"pipeline/identification", StatusClass::intended}, {"discussed", StatusClass::open},
    {"stated", StatusClass::in_force},           {"unknown", StatusClass::open},
    {"suspended", StatusClass::open},        {"cancelled", StatusClass::open},
    {"considered", StatusClass::open},
}};

// most_nodes: for dot, neato, fdp and sfdp drawn from timings of Graphviz 2.42 and meant to keep a layout within
// about a minute; for circo, twopi, osage and patchwork a cautious guess that nobody has timed.
constexpr std::array<LayoutStyle, 8> layouts{{
    {Layout::dot, "dot", "hierarchies and flows of money", 1500, true, true},
    {Layout::neato, "neato", "networks up to a few hundred nodes", 2000, false, true},
    {Layout::fdp, "fdp", "networks with boxes around clusters", 500, true, true},
    {Layout::sfdp, "sfdp", "large networks", 20000, false, true},
    {Layout::circo, "circo", "rings", 1000, false, true},
    {Layout::twopi, "twopi", "one node and those around it", 2000, false, true},
    {Layout::osage, "osage", "clusters packed side by side", 5000, true, true},
    {Layout::patchwork, "patchwork", "areas as a treemap, without ties", 5000, true, false},
}};

double luminance(Rgb color) {
  const auto linear = [](std::uint8_t channel) {
    const double c = channel / 255.0;
    return c <= 0.04045 ? c / 12.92 : std::pow((c + 0.055) / 1.055, 2.4);
  };
  return 0.2126 * linear(color.red) + 0.7152 * linear(color.green) + 0.0722 * linear(color.blue);
}

Rgb between(Rgb a, Rgb b, double share) {
  const auto mix = [share](std::uint8_t x, std::uint8_t y) {
    return static_cast<std::uint8_t>(std::lround(x + (y - x) * share));
  };
  return {mix(a.red, b.red), mix(a.green, b.green), mix(a.blue, b.blue)};
}

}  // namespace

std::string hex_text(Rgb color) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "#";
  for (const std::uint8_t channel : {color.red, color.green, color.blue}) {
    text += digits[channel >> 4];
    text += digits[channel & 15];
  }
  return text;
}

double contrast(Rgb a, Rgb b) {
  const double x = luminance(a), y = luminance(b);
  return (std::max(x, y) + 0.05) / (std::min(x, y) + 0.05);
}

Rgb text_on(Rgb fill) {
  const Rgb black{}, white{255, 255, 255};
  return contrast(fill, black) >= contrast(fill, white) ? black : white;
}

Rgb tinted(Rgb color, double white) { return between(color, {255, 255, 255}, std::clamp(white, 0.0, 1.0)); }

std::span<const Rgb> category_palette(std::size_t categories) {
  if (categories <= okabe_ito.size()) return okabe_ito;
  return tol_muted;
}

std::span<const Rgb> line_palette(std::size_t node_categories) {
  if (node_categories <= okabe_ito.size()) return lines_beside_okabe_ito;
  return lines_beside_tol;
}

Rgb other_color() { return {0xBB, 0xBB, 0xBB}; }
Rgb unknown_color() { return {0xFF, 0xFF, 0xFF}; }

Rgb sequential_color(double share) {
  const double place = std::clamp(share, 0.0, 1.0) * (cividis.size() - 1);
  const auto step = std::min(static_cast<std::size_t>(place), cividis.size() - 2);
  return between(cividis[step], cividis[step + 1], place - static_cast<double>(step));
}

std::span<const NodeShape> node_shapes() { return shapes; }

std::string_view graphviz_name(NodeShape shape) {
  switch (shape) {
    case NodeShape::circle: return "circle";
    case NodeShape::square: return "square";
    case NodeShape::diamond: return "diamond";
    case NodeShape::hexagon: return "hexagon";
    case NodeShape::triangle: return "triangle";
    case NodeShape::inverted_triangle: return "invtriangle";
    case NodeShape::pentagon: return "house";
  }
  return "circle";
}

double width_for_area(NodeShape shape, double diameter) {
  // The share of its bounding box that Graphviz fills with each shape.
  double share = 1;
  switch (shape) {
    case NodeShape::circle: return diameter;
    case NodeShape::square: share = 1; break;
    case NodeShape::diamond: share = 0.5; break;
    case NodeShape::hexagon: share = 0.75; break;
    case NodeShape::triangle:
    case NodeShape::inverted_triangle: share = 0.375; break;
    case NodeShape::pentagon: share = 0.7317; break;
  }
  return diameter * std::sqrt(std::numbers::pi / 4 / share);
}

StatusClass status_class(std::string_view status) {
  std::string word;
  for (const char c : status) {
    if (c >= 'A' && c <= 'Z') {
      word += static_cast<char>(c - 'A' + 'a');
    } else {
      word += c == '_' || c == '-' ? ' ' : c;
    }
  }
  const auto* found = std::find_if(status_words.begin(), status_words.end(),
                                   [&](const auto& entry) { return entry.first == word; });
  return found == status_words.end() ? StatusClass::open : found->second;
}

LineStyle line_style(StatusClass status) {
  switch (status) {
    case StatusClass::in_force: return LineStyle::solid;
    case StatusClass::intended: return LineStyle::dashed;
    case StatusClass::open: return LineStyle::dotted;
  }
  return LineStyle::dotted;
}

std::string_view to_string(StatusClass status) {
  switch (status) {
    case StatusClass::in_force: return "done, in force or stated as fact";
    case StatusClass::intended: return "agreed, planned or proposed";
    case StatusClass::open: return "discussed, or not said";
  }
  return "";
}

std::span<const LayoutStyle> layout_styles() { return layouts; }

const LayoutStyle& style_of(Layout layout) {
  return *std::find_if(layouts.begin(), layouts.end(), [&](const LayoutStyle& style) { return style.layout == layout; });
}

std::optional<Layout> find_layout(std::string_view name) {
  for (const LayoutStyle& style : layouts) {
    if (style.name == name) return style.layout;
  }
  return std::nullopt;
}

std::string_view default_fonts() {
  return "Noto Sans,Noto Sans CJK JP,Noto Sans CJK KR,DejaVu Sans,Droid Sans Fallback,Arial,Helvetica,sans-serif";
}

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace entente {

/// A colour of the sRGB space.
struct Rgb {
  std::uint8_t red = 0, green = 0, blue = 0;
  friend bool operator==(const Rgb&, const Rgb&) = default;
};

/// "#E69F00".
std::string hex_text(Rgb color);

/// Contrast of two colours between 1 and 21, as WCAG 2.1 defines it; text needs 4.5. [wcag2018]
double contrast(Rgb a, Rgb b);

/// Black or white, whichever is read better on `fill`: the contrast is always at least 4.5.
Rgb text_on(Rgb fill);

/// `color` mixed with white; `white` is the share of white between 0 and 1.
Rgb tinted(Rgb color, double white);

/// Colours that stay apart for colour-blind eyes, for as many categories: Okabe and Ito's for up to
/// 8 [okabe2008color], Tol's muted for 9 and 10 [tol2021schemes]. Never more than 10: what comes
/// after that is painted in other_color() and the legend says so.
std::span<const Rgb> category_palette(std::size_t categories);

/// Dark colours for lines, each with a contrast of at least 3 on white: a subset of Tol's muted, or of
/// Okabe and Ito's where the nodes wear Tol's.
std::span<const Rgb> line_palette(std::size_t node_categories);

/// For the categories that find no colour of their own, and for values nobody stated.
Rgb other_color();
Rgb unknown_color();

/// The colour of a number between 0 and 1: cividis, from dark blue to yellow. [nunez2018cividis]
Rgb sequential_color(double share);

/// The outlines of nodes. Every one has an area in proportion to its measure, see width_for_area().
enum class NodeShape { circle, square, diamond, hexagon, triangle, inverted_triangle, pentagon };

/// All shapes in the order in which kinds take them.
std::span<const NodeShape> node_shapes();

/// Graphviz's name of the shape.
std::string_view graphviz_name(NodeShape shape);

/// The width of the box around a shape that has the same area as a circle of this diameter.
double width_for_area(NodeShape shape, double diameter);

/// How far a tie has come. What the words mean is data, see status_class().
enum class StatusClass {
  in_force,  // signed, completed, ongoing, stated ...: it exists, was carried out or is a plain fact
  intended,  // agreed, planned, proposed, sought ...: somebody wants it
  open,      // discussed, called off, or nothing is said
};

/// The class of a status word, lower or upper case: the one table of them all is in styles.cpp.
/// A word that is not in the table is `open`, since nothing firmer is known.
StatusClass status_class(std::string_view status);

enum class LineStyle { solid, dashed, dotted };

/// in_force is solid, intended dashed, open dotted.
LineStyle line_style(StatusClass status);

/// "done, in force or stated as fact", as the legend calls it.
std::string_view to_string(StatusClass status);

/// The layouts of Graphviz.
enum class Layout { dot, neato, fdp, sfdp, circo, twopi, osage, patchwork };

/// What a layout is good for and where it ends.
struct LayoutStyle {
  Layout layout;
  std::string_view name;
  std::string_view suits;
  std::size_t most_nodes;  // beyond it a drawing is refused as too slow, see styles.cpp
  bool boxes;              // keeps clusters together and draws boxes around them
  bool ties;               // draws ties at all
};

std::span<const LayoutStyle> layout_styles();
const LayoutStyle& style_of(Layout layout);
std::optional<Layout> find_layout(std::string_view name);

/// Fonts that together carry Latin, Cyrillic, Greek, Hangul, Kanji and Kana, in order of preference.
std::string_view default_fonts();

}  // namespace entente

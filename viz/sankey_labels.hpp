#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "viz/sankey_data.hpp"

namespace entente {

inline constexpr double sankey_name_size = 10.5, sankey_figure_size = 9;

/// What is written beside a bar: its name on up to three lines, then its balance.
struct SankeyLabel {
  std::vector<std::string> name;
  std::vector<std::string> figures;

  double height() const;
  bool cut = false;  // the name goes on

  double width() const;  // estimated
};

/// About how wide a text is set. Fonts differ, so this errs on the wide side.
double sankey_text_width(std::string_view text, double font_size, bool bold = false);

/// A rectangle that a text takes, estimated; y downwards.
struct SankeyBox {
  double left = 0, top = 0, right = 0, bottom = 0;

  bool meets(const SankeyBox& other) const {
    return left < other.right && other.left < right && top < other.bottom && other.top < bottom;
  }
};

/// The box of one line at (x, y), as SVG places it: `anchor` start, middle or end.
SankeyBox sankey_text_box(double x, double y, double font_size, std::string_view text, std::string_view anchor, bool bold = false);

struct SankeyLayout;

/// Where the label of a node stands: its anchor's x, and the box it takes.
struct SankeyLabelPlace {
  double x = 0;
  std::string_view anchor = "start";
  SankeyBox box;
};
SankeyLabelPlace sankey_label_place(const SankeyData& data, const SankeyLayout& layout, std::size_t node);

/// Moves labels out of the way of the trunks of loops: those of the outer levels further out, those between to the
/// other side of their bar, where that side is free.
void clear_labels(const SankeyData& data, SankeyLayout& layout);

/// The label of a node; a longer name ends in "…" after three lines of `columns` letters, fewer where they are wide.
SankeyLabel sankey_label(const SankeyData& data, const SankeyNode& node, std::size_t columns);

}  // namespace entente

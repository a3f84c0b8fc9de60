#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "viz/sankey_data.hpp"

namespace entente {

inline constexpr double sankey_name_size = 10.5, sankey_figure_size = 9;

/// What is written beside a bar: its name on up to three lines, then its balance.
struct SankeyLabel {
  std::vector<std::string> name;
  std::vector<std::string> figures;

  double height() const;
  double width() const;  // estimated
};

/// About how wide a text is set. Fonts differ, so this errs on the wide side.
double sankey_text_width(std::string_view text, double font_size, bool bold = false);

struct SankeyLayout;

/// Moves labels out of the way of the trunks of loops: those of the outer levels further out, those between to the
/// other side of their bar, where that side is free.
void clear_labels(const SankeyData& data, SankeyLayout& layout);

/// The label of a node; a longer name ends in "…" after three lines of `columns` letters.
SankeyLabel sankey_label(const SankeyData& data, const SankeyNode& node, std::size_t columns);

}  // namespace entente

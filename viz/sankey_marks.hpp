#pragma once

#include <string>
#include <string_view>

#include "viz/sankey_layout.hpp"
#include "viz/styles.hpp"

namespace entente {

/// How a flow is painted: colour by kind, fill and outline by class of status.
struct SankeyPaint {
  Rgb color;
  double fill = 0.62;          // opacity
  std::string_view dashes;     // of the outline
};

SankeyPaint sankey_paint(const SankeyData& data, std::size_t kind, StatusClass status);

inline constexpr Rgb sankey_dark{0x36, 0x3F, 0x48};   // bars
inline constexpr Rgb sankey_grey{0x8A, 0x94, 0x9E};   // bars of bundles
inline constexpr Rgb sankey_figures{0x3C, 0x45, 0x4E};
inline constexpr Rgb sankey_faint{0x5C, 0x66, 0x70};  // notes

/// An element of text. `anchor` is start, middle or end; a halo keeps it readable over bands.
std::string sankey_text(double x, double y, double size, std::string_view text, Rgb color, std::string_view anchor = "start",
                        bool bold = false, bool halo = false);

/// All flows, bars and labels, as SVG in the coordinates of the layout.
std::string sankey_marks(const SankeyData& data, const SankeyLayout& layout, const SankeySpec& spec);

}  // namespace entente

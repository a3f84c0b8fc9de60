#pragma once

#include <string>

#include "viz/drawing.hpp"

namespace entente {

/// Graphviz's SVG made ready for readers: role="img", a title and a description for those who cannot see it,
/// a tooltip and data-id on every node and line instead of the names n0, n1 …, a white halo around
/// labels, and none of its comments. O(size).
std::string finished_svg(const std::string& svg, const Drawing& drawing);

/// A PDF without the moment of its making, so that the same drawing gives the same bytes.
std::string finished_pdf(std::string pdf);

}  // namespace entente

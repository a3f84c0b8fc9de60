#pragma once

#include <string>

#include "viz/sankey_layout.hpp"

namespace entente {

/// The diagram as SVG 1.1: title, levels, flows and bars with tooltips, legend with a scale of money, notes on what is
/// left out, and a source line. Complete in itself, fit for print and for a page; same data, same bytes.
std::string sankey_svg(const SankeyData& data, const SankeyLayout& layout, const SankeySpec& spec = {});

}  // namespace entente

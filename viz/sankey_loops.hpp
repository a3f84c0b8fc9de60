#pragma once

#include "viz/sankey_layout.hpp"

namespace entente {

/// Sends every loop above or below: to the nearer side by the places of its ends, but not so that one side carries
/// much more than the other. `place` is 0 at the top and 1 at the bottom of a node's level. Returns the loops from the
/// innermost to the outermost.
std::vector<std::size_t> choose_sides(const SankeyData& data, SankeyLayout& layout, const std::vector<double>& place);

/// Keeps room beside the columns for the trunks of the loops.
void reserve_trunks(const SankeyData& data, SankeyLayout& layout, const std::vector<std::size_t>& nested);

/// Gives every loop its lane and trunks; sets top and bottom. Loops whose columns do not meet share a lane.
void place_loops(const SankeyData& data, SankeyLayout& layout, const std::vector<std::size_t>& nested);

/// The outline of a loop as SVG path data, or of its middle line only.
std::string loop_outline(const SankeyLayout& layout, const SankeyData& data, const SankeyBand& band);
std::string loop_middle(const SankeyLayout& layout, const SankeyData& data, const SankeyBand& band);

/// "12.34": two decimals without superfluous zeros, the same on every machine; 0 for what is no number.
std::string sankey_number(double value);

}  // namespace entente

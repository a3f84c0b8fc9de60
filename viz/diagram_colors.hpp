#pragma once

#include <cstddef>
#include <vector>

#include "engine/error.hpp"
#include "engine/selection.hpp"
#include "viz/diagram.hpp"

namespace entente {

/// The fill of each selected node, in the order of Selection::nodes, and what the fills mean.
struct NodeColors {
  std::vector<Rgb> fill;
  LegendGroup legend;          // without entries where the colour means nothing
  std::size_t categories = 0;  // colours in use
};

/// What DiagramSpec::color asks for; "status" paints ties, and all nodes alike.
/// Errors: bad_argument for a name that is neither a word of the contract nor a column.
Result<NodeColors> node_colors(const Selection& selection, const DiagramSpec& spec, const DiagramData& data);

}  // namespace entente

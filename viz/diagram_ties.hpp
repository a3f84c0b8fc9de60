#pragma once

#include <cstddef>
#include <vector>

#include "engine/column.hpp"
#include "engine/selection.hpp"
#include "viz/diagram.hpp"

namespace entente {

/// The lines of a diagram and what they mean.
struct TieMarks {
  std::vector<EdgeMark> edges;
  std::vector<LegendGroup> legend;
  std::vector<std::string> notes;  // what is not to scale; what only explains a sign is in the legend alone
};

/// Bundles ties to lines and gives them colour, line style, width, arrowheads, labels and tooltips.
/// `mark` tells the place of each node of the network among the marks.
TieMarks tie_marks(const Selection& selection, const DiagramSpec& spec, const DiagramData& data,
                   const NodeColumn<std::size_t>& mark, std::size_t node_categories);

}  // namespace entente

#include "viz/diagram_checks.hpp"

#include <algorithm>
#include <cmath>

namespace entente {

namespace {

std::string layout_names() {
  std::string names;
  for (const LayoutStyle& style : layout_styles()) names += std::string(style.name) + ", ";
  return names + "auto";
}

}  // namespace

Result<Layout> chosen_layout(const Selection& selection, const DiagramSpec& spec) {
  const std::size_t nodes = selection.nodes.size();
  if (spec.layout.empty() || spec.layout == "auto") {
    if (spec.boxes) return Layout::osage;
    return nodes <= 600 ? Layout::neato : Layout::sfdp;
  }
  const auto layout = find_layout(spec.layout);
  if (!layout) {
    return fail(ErrorCode::bad_argument,
                "There is no layout \"" + shortened(spec.layout, 40) + "\". Known: " + layout_names() + ".", "option layout");
  }
  return *layout;
}

std::optional<Error> check_size(const Selection& selection, Layout layout) {
  const LayoutStyle& style = style_of(layout);
  const std::size_t nodes = selection.nodes.size();
  if (nodes <= style.most_nodes) return std::nullopt;
  const std::size_t most = style_of(Layout::sfdp).most_nodes;
  const std::string way_out = nodes <= most ? "Try --layout sfdp, or select a part of the network."
                                            : "Select a part of the network; sfdp draws up to " + grouped(most) + " nodes.";
  return Error{ErrorCode::bad_argument,
               "The layout " + std::string(style.name) + " does not finish on " + grouped(nodes) + " nodes. " + way_out,
               "option layout"};
}

std::optional<Error> check_widths(const Selection& selection, const DiagramSpec& spec, const DiagramData& data) {
  if (!data.width) {
    if (spec.width == "amount" || spec.width == "count" || spec.width == "none") return std::nullopt;
    return Error{ErrorCode::bad_argument, "\"" + shortened(spec.width, 40) + "\" is no width of lines. Known: amount, count, none.", "option weight"};
  }
  const TieMeasure& width = *data.width;
  if (width.value.size() != selection.network->edge_count()) {
    return Error{ErrorCode::bad_argument,
                 "The column \"" + width.name + "\" has " + grouped(width.value.size()) + " values for " +
                     counted(selection.network->edge_count(), "tie", "ties") + ".",
                 "drawing"};
  }
  const auto no_width = [&](EdgeId tie) { return width.value[tie] < 0 || std::isinf(width.value[tie]); };
  const auto found = std::ranges::find_if(selection.edges, no_width);
  if (found == selection.edges.end()) return std::nullopt;
  return Error{ErrorCode::bad_argument,
               "A width cannot show \"" + width.name + "\", which is negative or infinite for the tie \"" +
                   shortened(selection.network->key(*found), 40) + "\".",
               "option weight"};
}

}  // namespace entente

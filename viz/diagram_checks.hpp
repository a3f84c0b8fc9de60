#pragma once

#include <optional>
#include <string>

#include "engine/error.hpp"
#include "engine/selection.hpp"
#include "engine/text.hpp"
#include "viz/diagram.hpp"

namespace entente {

/// The layout that is asked for, or the one that suits. Errors: bad_argument, naming the known ones.
Result<Layout> chosen_layout(const Selection& selection, const DiagramSpec& spec);

/// Refuses a layout that does not finish on so many nodes, with one that does.
std::optional<Error> check_size(const Selection& selection, Layout layout);

/// Refuses widths of unknown meaning, of another number of ties, below 0 or infinite.
std::optional<Error> check_widths(const Selection& selection, const DiagramSpec& spec, const DiagramData& data);

/// Refuses a column of another length than the network.
template <class Value>
std::optional<Error> check_column(const Network& network, const NodeColumn<Value>& column, const std::string& name) {
  if (column.size() == network.node_count()) return std::nullopt;
  return Error{ErrorCode::bad_argument,
               "The column \"" + name + "\" has " + grouped(column.size()) + " values for " +
                   counted(network.node_count(), "node", "nodes") + ".",
               "drawing"};
}

}  // namespace entente

#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "engine/error.hpp"
#include "io/raw_graph.hpp"

namespace entente {

/// What a node-link file says of the ids of its nodes and the ends of its ties, seen while reading.
struct NodeLinkEnds {
  std::size_t nodes_with_id = 0;
  std::optional<RawPlace> node_without_id;  // the first
  std::size_t whole_ends = 0;               // ends of ties that are whole numbers, not texts
};

/// Gives nodes their ids, and ties the ids of their ends, where the file leaves that to a convention:
///  - no node has an id and all ends are whole numbers: these are positions in the list of nodes, counted from 0, as
///    D3 has them; the positions become the ids.
///  - no node has an id and all ends are texts: the nodes are known by their names (or labels), which have to differ.
///  - all nodes have ids, but all ends are whole numbers and none of them is an id: positions again.
/// What was taken for granted is one of the graph's guesses. A position beyond the list refuses its tie.
/// Errors: bad_input where some nodes have ids and others do not, or neither convention fits.
Result<void> settle_ends(RawGraph& graph, const NodeLinkEnds& ends, const std::string& file);

}  // namespace entente

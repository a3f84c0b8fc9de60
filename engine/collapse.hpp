#pragma once

#include <string>

#include "engine/selection.hpp"

namespace entente {

/// Merges the nodes that share a value: "country", "city", "kind", or a further column of nodes.
///
/// The city of a node is its column `city` where it states one, or else the nearest node of kind
/// city that ties of kind located_in or part_of lead to (a city is its own); ties of the whole
/// network count for that, also those left out of the selection. A column `city` that holds the key
/// or the label of a city node means that node.
///
/// A merged node has the column's name as its kind and the value as its key (with "_2" where an
/// unmerged node has that key), the country and further columns that all its members share, their
/// evidence, and a new column `members` that counts them. Its label, and its names, are those of the
/// node of kind country or city that the value stands for, where the data has one. Nodes without a
/// value stay as they are. Every tie stays, with its columns, amount and evidence: a tie inside a
/// merged node becomes a self-loop. The notes count all three.
///
/// Cost     O(n + m).
/// Errors   bad_argument: no such column, or no city in the data.
Result<Selection> collapse(const Selection& selection, const std::string& column);

}  // namespace entente

#pragma once

#include <optional>

#include "io/edge_list_layout.hpp"
#include "io/format.hpp"

namespace entente {

/// Reads an adjacency matrix as R, UCINET, pandas and NumPy write it, or returns none where the text is no matrix.
///
/// A matrix is a square of cells
///  - with the same names across and down (any order, with or without a cell in the corner);
///  - of numbers with names on one side only, 3 × 3 or larger, all of its diagonal alike;
///  - of bare numbers, 5 × 5 or larger, all of its diagonal alike; its nodes are then called 1, 2, 3, …
/// 0 is no tie; another number is one, and its weight. Symmetric: each pair is one undirected tie. Otherwise the row is
/// the source and the column the target. The diagonal holds loops; where it is empty there are none. Only one triangle
/// filled: it stands for both. Any other empty cell or NA is unknown, not zero, and refused with its place, as is a text.
/// Errors: bad_input for a square of bare numbers that may as well be a list of ties, and for a matrix whose rows and
/// columns name different bodies.
std::optional<Result<NetworkPtr>> read_matrix(const EdgeListLayout& layout, const Input& input, const ReadOptions& options);

}  // namespace entente

#pragma once

#include <cstdint>
#include <optional>

#include "algorithms/statistics/simple_rows.hpp"

namespace entente {

/// Assortativity by degree: do nodes with many partners have partners with many partners? The Pearson
/// correlation of the numbers of partners at both ends of a pair of tied nodes, each pair taken both ways.
///
/// On the underlying simple graph: directions, parallel ties and self-loops are ignored.
///
/// Output   in [-1, 1]; absent where there is no tie or all ends have the same number of partners.
/// Cost     O(n + m)
/// Source   [newman2002assortative]
std::optional<double> degree_assortativity(const SimpleRows& rows);

/// Assortativity by category: do nodes tie themselves to nodes of their own category?
///
///     ( sum over g of e(g, g)  -  sum over g of a(g)^2 ) / ( 1  -  sum over g of a(g)^2 )
///
/// e(g, g) is the share of pairs of tied nodes within category g, a(g) the share of all ends in g. 1: all ties
/// are within categories; 0: as in a random network; negative: ties avoid the own category.
///
/// On the underlying simple graph: directions, parallel ties and self-loops are ignored.
///
/// Input    category: a code per node; codes need not be dense.
/// Output   in [-1, 1]; absent where there is no tie or all ends are of one category.
/// Cost     O(n log n + m)
/// Source   [newman2003mixing]
std::optional<double> category_assortativity(const SimpleRows& rows, const NodeColumn<std::uint32_t>& category);

}  // namespace entente

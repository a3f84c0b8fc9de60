#pragma once

#include <string>
#include <vector>

#include "io/edge_list_layout.hpp"

namespace entente {

/// What the first row of an edge list is, and by what sign.
struct FirstRow {
  enum class Role { names, tie, unclear } role = Role::unclear;
  std::string reason;  // "its cell "Medici" occurs again below"; for unclear: what speaks for neither
};

/// Is the first row the header line or already a tie? The first sign that is there decides:
///  1. names: a cell is called source (from, src, …) and another target; or both ends are words that head columns.
///  2. tie: a cell occurs again in its own column, or an end in the other end's; both ends are numbers; or a cell
///     further right is a number and its column does not hold texts (years in a row, 2001, 2002, … say nothing).
///  3. names: it has a text (or, in the first cell, nothing) above a column of numbers; or half its cells are words that
///     head columns; or both ends are in small letters above ends that all have capitals, or without digits above ends
///     that all have digits.
///  4. otherwise it is unclear, and the caller has to refuse the file: either guess could be wrong.
/// Cost: rule 2 looks for the cells in the whole table, up to the first that occurs again; the others in 1,000 rows.
FirstRow judged_first_row(const EdgeListLayout& layout, const std::vector<std::string>& row, const ReadLimits& limits);

}  // namespace entente

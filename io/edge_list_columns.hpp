#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "io/edge_list_layout.hpp"
#include "io/records.hpp"

namespace entente {

/// Which column of a loose edge list is what.
struct EdgeListColumns {
  Binding<EdgeRow> columns;
  bool gephi_type = false;  // the slot `directed` holds Directed, Undirected or Mutual
};

/// Finds the ends and the other columns of edges.csv under the names that loose files use; what was guessed goes to
/// `guesses`. A column date (day, year, 날짜, …) is the start as well where no column is called start and all its
/// values are dates; it stays a further column. Without known names the first two columns are the ends, but for one
/// without a name that only counts the rows.
/// `sign` says by what the header line was known as one, for that remark.
/// Errors: bad_input where one end is named and the other is not.
Result<EdgeListColumns> bind_edge_list(const Header& header, const TableText& table, const std::string& sign,
                                       std::vector<Remark>& guesses);

/// Gephi's word for a direction, as the builder wants it; empty for other words.
std::string_view direction_of_type(std::string_view type);

}  // namespace entente

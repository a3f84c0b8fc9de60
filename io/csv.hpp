#pragma once

#include <string>
#include <vector>

#include "io/format.hpp"

namespace entente {

/// An edge list, one tie a row under a header line or without one, or an adjacency matrix; docs/edge-lists.md has the rules.
///
/// The columns are those of edges.csv in a data package; source and target may also be called from and to, or as Gephi and
/// others write them; where neither is found the first two columns are the ends. A first row that is itself a tie is taken as
/// data; where neither is clear the file is refused. Gephi's Type (Directed, Undirected, Mutual) sets the direction. Whatever
/// had to be guessed (encoding, delimiter, columns) is written into the ledger. Other columns are kept, with a type that all
/// their values fit.
/// Errors: bad_input, as of the header; unreadable rows are refused one by one.
Result<NetworkPtr> read_csv(const Input& input, const ReadOptions& options);

/// edges.csv alone; what the nodes carry is lost and stated so. Cells are written as they are, for
/// reading back: a name that begins with = is dangerous to open in a spreadsheet, and is stated.
Result<Written> write_csv(const Network& network);

/// The columns of edges.csv, as csv and data packages write them: those of `stated`, in its order, where it names
/// them all; otherwise ours, without those that no tie fills and that are not among `keys`, and then the further ones.
std::vector<std::string> edges_csv_columns(const Network& network, const std::vector<std::string>& stated = {},
                                           const std::vector<std::string>& keys = {});

/// Names in the order in which `stated` has them, where it has them all.
void order_as_stated(std::vector<std::string>& names, const std::vector<std::string>& stated);

/// The table with these columns.
std::string edges_csv(const Network& network, const std::vector<std::string>& columns);

}  // namespace entente

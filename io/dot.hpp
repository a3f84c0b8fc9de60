#pragma once

#include "io/format.hpp"

namespace entente {

/// Graphviz DOT, by a parser of our own: Graphviz's keeps its state between files and tells no
/// column, and everything it forgives is a risk here.
///
/// Understood: strict, graph and digraph, chains of edges, subgraphs as ends (every node of one with
/// every node of the other), defaults by scope, strings joined by +, HTML strings (kept as text, never
/// as a name), comments, `#` lines, charset=latin1. Repeated edges of a strict graph are merged, ports left out,
/// and only the first graph of a file is read; the ledger says so. label becomes the name.
/// Errors: bad_input with file:line:column.
Result<NetworkPtr> read_dot(const Input& input, const ReadOptions& options);

/// A digraph as soon as one tie has a direction; mutual ties then get dir=none. Every id is quoted,
/// never HTML; further columns are called data_NAME, so that none of them can mean something to
/// Graphviz (a column called image would make it open files). Backslashes are doubled, which is stated.
Result<Written> write_dot(const Network& network);

}  // namespace entente

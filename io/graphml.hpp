#pragma once

#include "io/format.hpp"

namespace entente {

/// GraphML, as a stream and without entities: a document type with declarations of its own is
/// refused, an external one is never fetched.
///
/// Keys keep their types and defaults; a direction of the whole graph or of one edge counts; yEd's
/// labels (y:NodeLabel, y:EdgeLabel) become the column label. Nested graphs are flattened and ports
/// dropped, which the ledger says; a hyperedge is refused.
/// Errors: bad_input with file:line:column.
Result<NetworkPtr> read_graphml(const Input& input, const ReadOptions& options);

/// Typed keys, the direction on every edge; names, evidence and sources as JSON in string keys.
Result<Written> write_graphml(const Network& network);

}  // namespace entente

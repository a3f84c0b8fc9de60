#pragma once

#include "io/format.hpp"

namespace entente {

/// JSON as node-link libraries write it: {"directed", "multigraph", "graph": {}, "nodes": [{"id", …}],
/// "edges" or "links": [{"source", "target", …}]}. Ids are strings or numbers. Numbers keep their
/// digits; a nested value is kept as JSON text. A file with neither edges nor links is refused,
/// since an empty network would hide the mistake.
/// Errors: bad_input: not JSON, too deep, another shape.
Result<NetworkPtr> read_node_link(const Input& input, const ReadOptions& options);

/// Amounts are written digit by digit, each tie with its own direction, names and evidence as lists,
/// sources under "graph".
Result<Written> write_node_link(const Network& network);

}  // namespace entente

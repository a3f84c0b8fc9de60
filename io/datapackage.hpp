#pragma once

#include "io/format.hpp"

namespace entente {

/// A Frictionless Data Package: nodes, names, edges, sources, evidence, node_evidence as CSV beside
/// datapackage.json; only edges with source and target is required, and a bare folder with
/// edges.csv is a package too. A table is found by its name (edges), or by its file (edges.csv).
///
/// Checked: everything NetworkBuilder checks; the schema's types, constraints (required, unique,
/// enum, minimum, maximum, lengths), primary, unique and foreign keys, also of the package's further
/// tables. Dialects, encodings and words for missing values are understood, version 1 and 2.
/// Kept for writing back: further columns, further resources (byte for byte), the whole descriptor.
/// `"entente": {"hidden_kinds": ["person"]}` names node kinds to be left out unless asked for.
/// Errors: bad_input, unreadable.
Result<NetworkPtr> read_datapackage(const Input& input, const ReadOptions& options);

/// Nothing is lost. Tables are written in RFC 4180 with line feeds, cells as they are.
Result<Written> write_datapackage(const Network& network);

}  // namespace entente

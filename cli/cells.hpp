#pragma once

#include "algorithms/card.hpp"
#include "engine/table.hpp"
#include "io/json_text.hpp"
#include "query/findings_tables.hpp"

namespace entente {

/// A cell as a JSON value: money as an exact decimal, ids as keys, what is not known as null.
void write_cell(JsonWriter& json, const TableCell& cell, const NetworkPtr& network);

/// Each row of a table as a JSON object, in an array.
void write_rows(JsonWriter& json, const Table& table);

/// The figures of findings as the members of a JSON object, money as exact decimals.
void write_figures(JsonWriter& json, const FindingsTables& tables);
void write_figures(JsonWriter& json, const Findings& findings);

}  // namespace entente

#include "cli/cells.hpp"

namespace entente {

void write_cell(JsonWriter& json, const TableCell& cell, const NetworkPtr& network) {
  std::visit([&](const auto& value) {
    using Value = std::decay_t<decltype(value)>;
    if constexpr (std::is_same_v<Value, std::monostate>) json.null();
    else if constexpr (std::is_same_v<Value, NodeId> || std::is_same_v<Value, EdgeId>) json.value(network->key(value));
    else json.value(value);
  }, cell);
}

void write_rows(JsonWriter& json, const Table& table) {
  json.begin_array();
  for (const auto& row : table.rows) {
    json.begin_object();
    for (std::size_t i = 0; i < row.size(); ++i) {
      json.key(table.columns[i].name);
      write_cell(json, row[i], table.network);
    }
    json.end_object();
  }
  json.end_array();
}

void write_figures(JsonWriter& json, const FindingsTables& tables) {
  json.begin_object();
  for (const auto& row : tables.figures().rows) {
    json.key(std::get<std::string>(row[0]));
    write_cell(json, row[1], nullptr);
  }
  json.end_object();
}

void write_figures(JsonWriter& json, const Findings& findings) {
  json.begin_object();
  for (const auto& [name, value] : findings.figures) {
    json.key(name);
    write_cell(json, cell_of(value), nullptr);
  }
  json.end_object();
}

}  // namespace entente

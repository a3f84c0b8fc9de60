#include "cli/cells.hpp"

namespace entente {

TableCell cell_of(const NodeValues& values, NodeId node) {
  return std::visit([&](const auto& column) -> TableCell {
    using Value = typename std::decay_t<decltype(column)>::value_type;
    if constexpr (std::is_same_v<Value, std::uint8_t>) return column[node] != 0;
    else return column[node];
  }, values);
}

TableCell cell_of(const FigureValue& value) {
  return std::visit([](const auto& v) -> TableCell { return v; }, value);
}

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

void write_figures(JsonWriter& json, const Findings& findings) {
  json.begin_object();
  for (const auto& [name, value] : findings.figures) {
    json.key(name);
    write_cell(json, cell_of(value), nullptr);
  }
  json.end_object();
}

}  // namespace entente

#include <functional>
#include <string>
#include <vector>

#include "engine/text.hpp"
#include "io/csv.hpp"
#include "io/losses.hpp"
#include "io/table_writer.hpp"

namespace entente {

namespace {

struct EdgeColumnWriter {
  std::string name;
  std::function<void(EdgeId, std::string&)> append;  // the cell, as text
};

std::vector<EdgeColumnWriter> edge_columns(const Network& network) {
  const auto date = [](const Edtf* edtf, std::string& cell) {
    if (edtf) cell += edtf->text();
  };
  std::vector<EdgeColumnWriter> all{
      {"id", [&](EdgeId e, std::string& cell) { cell += network.key(e); }},
      {"source", [&](EdgeId e, std::string& cell) { cell += network.key(network.source(e)); }},
      {"target", [&](EdgeId e, std::string& cell) { cell += network.key(network.target(e)); }},
      {"kind", [&](EdgeId e, std::string& cell) { cell += network.kind(e); }},
      {"directed", [&](EdgeId e, std::string& cell) { cell += network.is_directed(e) ? "true" : "false"; }},
      {"status", [&](EdgeId e, std::string& cell) { cell += network.status(e); }},
      {"start", [&, date](EdgeId e, std::string& cell) { date(network.start(e), cell); }},
      {"end", [&, date](EdgeId e, std::string& cell) { date(network.end(e), cell); }},
      {"amount", [&](EdgeId e, std::string& cell) { if (const auto money = network.amount(e)) cell += decimal_text(*money); }},
      {"currency", [&](EdgeId e, std::string& cell) { if (const auto money = network.amount(e)) cell += money->currency.text(); }},
      {"agreement", [&](EdgeId e, std::string& cell) { cell += network.agreement(e); }},
  };
  // A column that no tie fills is left out, but for the ends, the id and the direction.
  std::vector<EdgeColumnWriter> columns;
  std::string cell;
  for (EdgeColumnWriter& column : all) {
    bool filled = column.name == "id" || column.name == "source" || column.name == "target" || column.name == "directed";
    for (const EdgeId edge : network.edges()) {
      if (filled) break;
      cell.clear();
      column.append(edge, cell);
      filled = !cell.empty();
    }
    if (filled) columns.push_back(std::move(column));
  }
  for (const Attribute& attribute : network.edge_attributes()) {
    columns.push_back({attribute.name, [&attribute](EdgeId e, std::string& text) { text += attribute.text(e.index); }});
  }
  return columns;
}

}  // namespace

std::vector<std::string> edges_csv_columns(const Network& network) {
  std::vector<std::string> names;
  for (const EdgeColumnWriter& column : edge_columns(network)) names.push_back(column.name);
  return names;
}

std::string edges_csv(const Network& network) {
  const auto columns = edge_columns(network);
  std::string text, cell;
  for (std::size_t i = 0; i < columns.size(); ++i) text += (i > 0 ? "," : "") + csv_field(columns[i].name);
  text += '\n';
  for (const EdgeId edge : network.edges()) {
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (i > 0) text += ',';
      cell.clear();
      columns[i].append(edge, cell);
      append_csv_field(text, cell);
    }
    text += '\n';
  }
  return text;
}

Result<Written> write_csv(const Network& network) {
  Written written;
  written.files.push_back({{}, edges_csv(network)});
  auto& losses = written.report.losses;
  losses = losses_of(network, {.node_columns = true, .isolates = true, .names = true, .edge_evidence = true, .node_evidence = true, .sources = true, .package = true, .package_files = true, .types = true});
  std::size_t formulas = 0;
  for (const NodeId node : network.nodes()) {
    const auto key = network.key(node);
    formulas += spreadsheet_text(key) != key;
  }
  if (formulas > 0) {
    losses.push_back(counted(formulas, "node id begins", "node ids begin") +
                     " with = + - or @ and was written as it is; a spreadsheet may take it for a formula.");
  }
  return written;
}

}  // namespace entente

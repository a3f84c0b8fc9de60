#include <algorithm>
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
  for (const Attribute& attribute : network.edge_attributes()) {
    all.push_back({attribute.name, [&attribute](EdgeId e, std::string& text) { text += attribute.text(e.index); }});
  }
  return all;
}

bool is_filled(const Network& network, const EdgeColumnWriter& column) {
  std::string cell;
  for (const EdgeId edge : network.edges()) {
    column.append(edge, cell);
    if (!cell.empty()) return true;
  }
  return false;
}

}  // namespace

std::vector<std::string> edges_csv_columns(const Network& network, const std::vector<std::string>& stated,
                                           const std::vector<std::string>& keys) {
  std::vector<std::string> names;
  for (const EdgeColumnWriter& column : edge_columns(network)) {
    const bool always = column.name == "id" || column.name == "source" || column.name == "target" || column.name == "directed";
    const bool wanted = std::ranges::find(stated, column.name) != stated.end() ||
                        std::ranges::find(keys, column.name) != keys.end();
    if (always || wanted || network.edge_attribute(column.name) || is_filled(network, column)) names.push_back(column.name);
  }
  order_as_stated(names, stated);
  return names;
}

std::string edges_csv(const Network& network, const std::vector<std::string>& wanted) {
  const auto all = edge_columns(network);
  std::vector<EdgeColumnWriter> columns;
  for (const std::string& name : wanted) {
    const auto found = std::ranges::find(all, name, &EdgeColumnWriter::name);
    if (found != all.end()) columns.push_back(*found);
  }
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

void order_as_stated(std::vector<std::string>& names, const std::vector<std::string>& stated) {
  const auto place = [&](const std::string& name) { return std::ranges::find(stated, name) - stated.begin(); };
  const bool all_stated = std::ranges::all_of(names, [&](const std::string& name) { return std::ranges::find(stated, name) != stated.end(); });
  if (all_stated) std::ranges::stable_sort(names, {}, place);
}

Result<Written> write_csv(const Network& network) {
  Written written;
  written.files.push_back({{}, edges_csv(network, edges_csv_columns(network))});
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

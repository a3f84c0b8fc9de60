#include <algorithm>
#include <functional>

#include "io/csv.hpp"
#include "io/datapackage.hpp"
#include "io/descriptor.hpp"
#include "io/table_writer.hpp"

namespace entente {

namespace {

using CellText = std::string_view;

/// Hands out the rows of a table, cells in our own order of columns. Called twice.
using RowGiver = std::function<void(const std::function<void(const std::vector<CellText>&)>& take)>;

/// A table in the order of columns of the schema that was read. Columns that are neither required,
/// nor stated there, nor part of a key, nor filled by any row are left out.
struct PackageTable {
  WrittenTable table;
  std::size_t rows = 0;
};

PackageTable package_table(const NetworkInfo& info, const std::string& name, const std::vector<Field>& fields, const RowGiver& rows) {
  const auto stated = stated_columns(info, name), keys = key_columns(info, name);
  std::vector<bool> wanted(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i) {
    wanted[i] = fields[i].required || std::ranges::find(stated, fields[i].name) != stated.end() ||
                std::ranges::find(keys, fields[i].name) != keys.end();
  }
  PackageTable made{{name, {}, {}, {}}, 0};
  rows([&](const std::vector<CellText>& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i) wanted[i] = wanted[i] || !cells[i].empty();
    ++made.rows;
  });

  std::vector<std::string> names;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (wanted[i]) names.push_back(fields[i].name);
  }
  order_as_stated(names, stated);
  std::vector<std::size_t> order;  // column of the file -> column of ours
  std::string& text = made.table.bytes;
  for (const std::string& column : names) {
    const auto found = std::ranges::find(fields, column, &Field::name);
    order.push_back(static_cast<std::size_t>(found - fields.begin()));
    made.table.fields.push_back(*found);
    text += (order.size() > 1 ? "," : "") + csv_field(column);
  }
  text += '\n';
  rows([&](const std::vector<CellText>& cells) {
    for (std::size_t i = 0; i < order.size(); ++i) {
      if (i > 0) text += ',';
      if (order[i] < cells.size()) append_csv_field(text, cells[order[i]]);
    }
    text += '\n';
  });
  return made;
}

void put_cells(std::vector<CellText>& row, const std::vector<std::string>& cells) {
  row.insert(row.end(), cells.begin(), cells.end());
}

Field text_field(std::string name, bool required = false) {
  return Field{.name = std::move(name), .type = "string", .required = required};
}

Field field_of_attribute(const Attribute& attribute) {
  return Field{.name = attribute.name, .type = std::string(to_string(attribute.type)), .description = attribute.description};
}

/// The fixed columns, the first `required` of them required, and then the further ones.
std::vector<Field> text_fields(const std::vector<std::string>& names, std::size_t required, const std::vector<std::string>& further) {
  std::vector<Field> fields;
  for (const std::string& name : names) fields.push_back(text_field(name, fields.size() < required));
  for (const std::string& name : further) fields.push_back(text_field(name));
  return fields;
}

PackageTable nodes_table(const Network& network) {
  auto fields = text_fields({"id", "kind", "name", "country"}, 1, {});
  for (const Attribute& attribute : network.node_attributes()) fields.push_back(field_of_attribute(attribute));
  return package_table(network.info(), "nodes", fields, [&](const auto& take) {
    for (const NodeId node : network.nodes()) {
      std::vector<CellText> row{network.key(node), network.kind(node), network.states_name(node) ? network.label(node) : CellText(),
                                network.country(node)};
      for (const Attribute& attribute : network.node_attributes()) row.push_back(attribute.text(node.index));
      take(row);
    }
  });
}

PackageTable names_table(const Network& network) {
  return package_table(network.info(), "names", text_fields({"node", "name", "lang", "type", "source"}, 2, network.info().name_columns), [&](const auto& take) {
    for (const NodeId node : network.nodes()) {
      for (const Name& name : network.names(node)) {
        std::vector<CellText> row{network.key(node), name.text, name.lang, name.type, name.source};
        put_cells(row, name.further);
        take(row);
      }
    }
  });
}

PackageTable sources_table(const Network& network) {
  return package_table(network.info(), "sources", text_fields({"id", "title", "publisher", "date", "url", "lang", "file"}, 1, network.info().source_columns), [&](const auto& take) {
    for (const Source& source : network.sources()) {
      std::vector<CellText> row{source.key, source.title, source.publisher, source.date, source.url, source.lang, source.file};
      put_cells(row, source.further);
      take(row);
    }
  });
}

PackageTable evidence_table(const Network& network) {
  return package_table(network.info(), "evidence", text_fields({"edge", "source", "quote", "locator"}, 2, network.info().evidence_columns), [&](const auto& take) {
    for (const EdgeId edge : network.edges()) {
      for (const Evidence& evidence : network.evidence(edge)) {
        std::vector<CellText> row{network.key(edge), network.source_document(evidence.source).key, evidence.quote, evidence.locator};
        put_cells(row, evidence.further);
        take(row);
      }
    }
  });
}

PackageTable node_evidence_table(const Network& network) {
  return package_table(network.info(), "node_evidence", text_fields({"node", "source", "quote", "locator", "field"}, 2, network.info().node_evidence_columns), [&](const auto& take) {
    for (const NodeId node : network.nodes()) {
      for (const Evidence& evidence : network.evidence(node)) {
        std::vector<CellText> row{network.key(node), network.source_document(evidence.source).key, evidence.quote, evidence.locator,
                                  evidence.field};
        put_cells(row, evidence.further);
        take(row);
      }
    }
  });
}

WrittenTable edges_table(const Network& network) {
  const auto columns = edges_csv_columns(network, stated_columns(network.info(), "edges"), key_columns(network.info(), "edges"));
  WrittenTable table{"edges", {}, edges_csv(network, columns), {}};
  for (const std::string& name : columns) {
    if (const Attribute* attribute = network.edge_attribute(name)) {
      table.fields.push_back(field_of_attribute(*attribute));
      continue;
    }
    Field field = text_field(name, name == "id" || name == "source" || name == "target");
    if (name == "directed") field.type = "boolean";
    if (name == "amount") field.type = "number";
    table.fields.push_back(std::move(field));
  }
  return table;
}

}  // namespace

Result<Written> write_datapackage(const Network& network) {
  std::vector<WrittenTable> tables;
  tables.push_back(nodes_table(network).table);
  tables.push_back(edges_table(network));
  for (auto* make : {names_table, sources_table, evidence_table, node_evidence_table}) {
    PackageTable made = make(network);
    if (made.rows > 0 || describes_table(network.info(), made.table.name)) tables.push_back(std::move(made.table));
  }
  for (WrittenTable& table : tables) table.path = table_path(network.info(), table.name);

  Written written;
  written.files.push_back({"datapackage.json", descriptor_text(network.info(), tables)});
  for (WrittenTable& table : tables) written.files.push_back({std::move(table.path), std::move(table.bytes)});
  for (const KeptFile& file : network.info().files) written.files.push_back({file.path, file.bytes});
  return written;
}

}  // namespace entente

#include <algorithm>
#include <functional>

#include "io/csv.hpp"
#include "io/datapackage.hpp"
#include "io/descriptor.hpp"
#include "io/table_writer.hpp"

namespace entente {

namespace {

/// Builds the text of a table cell by cell.
class CsvText {
 public:
  CsvText& operator<<(std::string_view cell) {
    if (!first_) text_ += ',';
    first_ = false;
    append_csv_field(text_, cell);
    return *this;
  }
  void end_row() {
    text_ += '\n';
    first_ = true;
  }
  std::string take() { return std::move(text_); }

 private:
  std::string text_;
  bool first_ = true;
};

void put_cells(CsvText& csv, const std::vector<std::string>& cells, std::size_t count) {
  for (std::size_t i = 0; i < count; ++i) csv << (i < cells.size() ? std::string_view(cells[i]) : std::string_view());
}

Field text_field(std::string name, bool required = false) {
  return Field{.name = std::move(name), .type = "string", .required = required};
}

Field field_of_attribute(const Attribute& attribute) {
  return Field{.name = attribute.name, .type = std::string(to_string(attribute.type)), .description = attribute.description};
}

/// A header line from the fields themselves, so that schema and table cannot differ.
void put_header(CsvText& csv, const std::vector<Field>& fields) {
  for (const Field& field : fields) csv << field.name;
  csv.end_row();
}

std::vector<Field> with_further(std::vector<Field> fields, const std::vector<std::string>& further) {
  for (const std::string& name : further) fields.push_back(text_field(name));
  return fields;
}

WrittenTable nodes_table(const Network& network) {
  WrittenTable table{"nodes", {}, {}, {text_field("id", true), text_field("kind"), text_field("name"), text_field("country")}};
  for (const Attribute& attribute : network.node_attributes()) table.fields.push_back(field_of_attribute(attribute));
  CsvText csv;
  put_header(csv, table.fields);
  for (const NodeId node : network.nodes()) {
    csv << network.key(node) << network.kind(node) << (network.has_name(node) ? network.label(node) : std::string_view())
        << network.country(node);
    for (const Attribute& attribute : network.node_attributes()) csv << attribute.text(node.index);
    csv.end_row();
  }
  table.bytes = csv.take();
  return table;
}

WrittenTable names_table(const Network& network) {
  const auto& further = network.info().name_columns;
  WrittenTable table{"names", {}, {}, with_further({text_field("node", true), text_field("name", true), text_field("lang"),
                                                    text_field("type"), text_field("source")}, further)};
  CsvText csv;
  put_header(csv, table.fields);
  for (const NodeId node : network.nodes()) {
    for (const Name& name : network.names(node)) {
      csv << network.key(node) << name.text << name.lang << name.type << name.source;
      put_cells(csv, name.further, further.size());
      csv.end_row();
    }
  }
  table.bytes = csv.take();
  return table;
}

WrittenTable edges_table(const Network& network) {
  WrittenTable table{"edges", {}, edges_csv(network), {}};
  for (const std::string& name : edges_csv_columns(network)) {
    if (const Attribute* attribute = network.edge_attribute(name)) {
      table.fields.push_back(field_of_attribute(*attribute));
    } else {
      Field field = text_field(name, name == "id" || name == "source" || name == "target");
      if (name == "directed") field.type = "boolean";
      if (name == "amount") field.type = "number";
      table.fields.push_back(std::move(field));
    }
  }
  return table;
}

WrittenTable sources_table(const Network& network) {
  const auto& further = network.info().source_columns;
  WrittenTable table{"sources", {}, {}, with_further({text_field("id", true), text_field("title"), text_field("publisher"), text_field("date"),
                                                      text_field("url"), text_field("lang"), text_field("file")}, further)};
  CsvText csv;
  put_header(csv, table.fields);
  for (const Source& source : network.sources()) {
    csv << source.key << source.title << source.publisher << source.date << source.url << source.lang << source.file;
    put_cells(csv, source.further, further.size());
    csv.end_row();
  }
  table.bytes = csv.take();
  return table;
}

WrittenTable evidence_table(const Network& network) {
  const auto& further = network.info().evidence_columns;
  WrittenTable table{"evidence", {}, {}, with_further({text_field("edge", true), text_field("source", true), text_field("quote"),
                                                       text_field("locator")}, further)};
  CsvText csv;
  put_header(csv, table.fields);
  for (const EdgeId edge : network.edges()) {
    for (const Evidence& evidence : network.evidence(edge)) {
      csv << network.key(edge) << network.source_document(evidence.source).key << evidence.quote << evidence.locator;
      put_cells(csv, evidence.further, further.size());
      csv.end_row();
    }
  }
  table.bytes = csv.take();
  return table;
}

WrittenTable node_evidence_table(const Network& network) {
  const auto& further = network.info().node_evidence_columns;
  WrittenTable table{"node_evidence", {}, {}, with_further({text_field("node", true), text_field("source", true), text_field("quote"),
                                                            text_field("locator"), text_field("field")}, further)};
  CsvText csv;
  put_header(csv, table.fields);
  for (const NodeId node : network.nodes()) {
    for (const Evidence& evidence : network.evidence(node)) {
      csv << network.key(node) << network.source_document(evidence.source).key << evidence.quote << evidence.locator
          << evidence.field;
      put_cells(csv, evidence.further, further.size());
      csv.end_row();
    }
  }
  table.bytes = csv.take();
  return table;
}

/// True where nothing stands below the header line.
bool has_no_rows(const WrittenTable& table) { return table.bytes.find('\n') + 1 == table.bytes.size(); }

}  // namespace

Result<Written> write_datapackage(const Network& network) {
  std::vector<WrittenTable> tables;
  tables.push_back(nodes_table(network));
  tables.push_back(edges_table(network));
  for (auto* make : {names_table, sources_table, evidence_table, node_evidence_table}) {
    WrittenTable table = make(network);
    if (!has_no_rows(table) || describes_table(network.info(), table.name)) tables.push_back(std::move(table));
  }
  for (WrittenTable& table : tables) table.path = table_path(network.info(), table.name);

  Written written;
  written.files.push_back({"datapackage.json", descriptor_text(network.info(), tables)});
  for (WrittenTable& table : tables) written.files.push_back({std::move(table.path), std::move(table.bytes)});
  for (const KeptFile& file : network.info().files) written.files.push_back({file.path, file.bytes});
  return written;
}

}  // namespace entente

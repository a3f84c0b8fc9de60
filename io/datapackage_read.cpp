#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <unordered_set>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/datapackage.hpp"
#include "io/descriptor.hpp"
#include "io/records.hpp"

namespace entente {

namespace {

constexpr const char* descriptor_file = "datapackage.json";
constexpr std::string_view our_tables[] = {"nodes", "names", "sources", "edges", "evidence", "node_evidence"};

std::string_view file_stem(std::string_view path) {
  path = path.substr(path.find_last_of('/') + 1);
  return path.substr(0, path.find_last_of('.'));
}

/// Ends of ties, and what names and evidence belong to: the builder checks them, with better sentences.
bool checked_by_builder(std::string_view table, const ForeignKey& key) {
  if (key.fields.size() != 1 || key.reference_fields[0] != "id") return false;
  const std::string& field = key.fields[0];
  if (table == "edges") return key.resource == "nodes" && (field == "source" || field == "target");
  if (table == "names") return key.resource == "nodes" && field == "node";
  if (table == "evidence") return (key.resource == "edges" && field == "edge") || (key.resource == "sources" && field == "source");
  if (table == "node_evidence") return (key.resource == "nodes" && field == "node") || (key.resource == "sources" && field == "source");
  return false;
}

/// Reads one package. Holds what several tables need: their texts, their keys, and the hashes.
class PackageReader {
 public:
  PackageReader(const Input& input, const ReadOptions& options)
      : files_(*input.files), options_(options), name_(input.info.name) {}

  Result<NetworkPtr> read();

 private:
  Result<void> read_descriptor();
  Result<std::string_view> bytes_of(const std::string& path);
  /// The table in UTF-8, and how it is laid out.
  Result<TableText> table_of(const Resource& resource, std::string_view table);
  const Resource* resource_of_table(std::string_view table) const;
  Result<void> declare_keys(const Resource& resource, const Header& header, TableReader& reader);
  Result<const std::unordered_set<std::string>*> keys_of_resource(const ForeignKey& key, const Resource& from);

  /// One of our tables; `bound` is told the header and the binding before the rows come.
  template <class Row, class Bound, class Add>
  Result<void> read_table(std::string_view table, const std::vector<Slot<Row>>& slots, Bound bound, Add add);
  Result<void> read_nodes(), read_names(), read_sources(), read_edges(), read_evidence();
  Result<void> read_further(const Resource& resource);
  std::vector<std::string> further_names(const Header& header, const std::vector<std::size_t>& columns) const;
  void settle_types(std::vector<Attribute>& attributes, const TableSchema& schema);
  std::string checksum() const;

  const Files& files_;
  const ReadOptions& options_;
  std::string name_;  // of the folder
  Descriptor descriptor_;
  std::map<std::string, std::string> hashes_;  // path -> SHA-256
  std::vector<std::unique_ptr<Utf8Text>> texts_;
  std::map<std::string, std::unordered_set<std::string>> key_sets_;
  std::unordered_set<std::string> kept_paths_;  // of our tables, and of the further files so far
  std::size_t further_bytes_ = 0;
  std::optional<NetworkBuilder> builder_;
};

Result<std::string_view> PackageReader::bytes_of(const std::string& path) {
  auto bytes = files_.read(path);
  if (bytes && !hashes_.contains(path)) hashes_[path] = sha256(*bytes);
  return bytes;
}

Result<void> PackageReader::read_descriptor() {
  if (files_.exists(descriptor_file)) {
    const auto text = bytes_of(descriptor_file);
    if (!text) return tl::unexpected(text.error());
    const auto decoded = Utf8Text::decode(*text, {}, descriptor_file);
    if (!decoded) return tl::unexpected(decoded.error());
    if (const auto valid = check_utf8(descriptor_file, decoded->view()); !valid) return valid;
    auto descriptor = parse_descriptor(decoded->view(), descriptor_file, files_, options_.limits);
    if (!descriptor) return tl::unexpected(descriptor.error());
    descriptor_ = std::move(*descriptor);
  } else {
    for (const std::string_view table : {"nodes", "names", "sources", "edges", "evidence", "node_evidence", "rates", "deflators", "notes"}) {
      const std::string path = std::string(table) + ".csv";
      if (!files_.exists(path)) continue;
      Resource resource;
      resource.name = table;
      resource.path = path;
      resource.tabular = true;
      descriptor_.resources.push_back(std::move(resource));
    }
  }
  if (!resource_of_table("edges")) {
    return fail(ErrorCode::bad_input,
                files_.exists(descriptor_file) && descriptor_.resources.empty()
                    ? "the package holds no network: its list of resources is empty. Add edges.csv to it as a resource "
                      "called edges, or take datapackage.json away."
                : descriptor_.resources.empty()
                    ? "the folder holds no network: it has neither datapackage.json nor edges.csv."
                    : "the package holds no network: none of its resources is called edges.",
                files_.exists(descriptor_file) ? descriptor_file : "");
  }
  return {};
}

const Resource* PackageReader::resource_of_table(std::string_view table) const {
  const auto& resources = descriptor_.resources;
  auto found = std::ranges::find(resources, table, &Resource::name);
  if (found == resources.end()) {
    found = std::ranges::find_if(resources, [&](const Resource& resource) {
      return resource.tabular && file_stem(resource.path) == table &&
             std::ranges::find(our_tables, resource.name) == std::end(our_tables);
    });
  }
  return found == resources.end() ? nullptr : &*found;
}

Result<TableText> PackageReader::table_of(const Resource& resource, std::string_view table) {
  if (!resource.trouble.empty()) {
    return fail(ErrorCode::bad_input, "resource " + shortened(resource.name, 40) + " cannot be read as a table: " +
                                          resource.trouble + ".", descriptor_file);
  }
  const auto bytes = bytes_of(resource.path);
  if (!bytes) return tl::unexpected(bytes.error());
  auto text = Utf8Text::decode(*bytes, resource.encoding.empty() ? options_.encoding : resource.encoding, resource.path);
  if (!text) return tl::unexpected(text.error());
  texts_.push_back(std::make_unique<Utf8Text>(std::move(*text)));
  return TableText{std::string(table), resource.path,   texts_.back()->view(),
                   resource.dialect,   resource.schema, options_.limits};
}

/// The set of keys that a foreign key points to, read once.
Result<const std::unordered_set<std::string>*> PackageReader::keys_of_resource(const ForeignKey& key, const Resource& from) {
  const std::string& name = key.resource.empty() ? from.name : key.resource;
  std::string identity = name;
  for (const std::string& field : key.reference_fields) identity += '\x1f' + field;
  if (const auto known = key_sets_.find(identity); known != key_sets_.end()) return &known->second;

  const auto resource = std::ranges::find(descriptor_.resources, name, &Resource::name);
  if (resource == descriptor_.resources.end()) {
    return fail(ErrorCode::bad_input, "a foreign key of " + shortened(from.name, 40) + " points to resource " +
                                          shortened(name, 40) + ", which the package does not have.", descriptor_file);
  }
  auto table = table_of(*resource, name);
  if (!table) return tl::unexpected(table.error());
  table->schema = {};  // only the keys are wanted here; the rows are judged in their own turn
  table->schema.fields = resource->schema.fields;
  for (Field& field : table->schema.fields) field = {.name = field.name};
  TableReader reader(*table);
  const auto header = reader.header();
  if (!header) return tl::unexpected(header.error());
  std::vector<std::size_t> columns;
  for (const std::string& field : key.reference_fields) {
    columns.push_back(header->find(field));
    if (columns.back() == header->names.size()) {
      return fail(ErrorCode::bad_input, "a foreign key of " + shortened(from.name, 40) + " points to column " +
                                            shortened(field, 40) + ", which is missing here.",
                  Place{table->file, header->line, 0}.text());
    }
  }
  auto& set = key_sets_[identity];
  NetworkBuilder unheard({});  // refusals are told when the table itself is read
  reader.for_each_row(unheard, [&](std::uint64_t, std::vector<Cell>& cells) { set.insert(key_of(cells, columns)); });
  return &set;
}

Result<void> PackageReader::declare_keys(const Resource& resource, const Header& header, TableReader& reader) {
  const auto columns_of = [&](const std::vector<std::string>& fields) -> Result<std::vector<std::size_t>> {
    std::vector<std::size_t> columns;
    for (const std::string& field : fields) {
      columns.push_back(header.find(field));
      if (columns.back() == header.names.size()) {
        return fail(ErrorCode::bad_input, "column " + shortened(field, 40) + " is part of a key, but it is missing.",
                    Place{resource.path, header.line, 0}.text());
      }
    }
    return columns;
  };
  const bool ours = resource_of_table("nodes") == &resource || resource_of_table("edges") == &resource ||
                    resource_of_table("sources") == &resource;
  const auto add_unique = [&](const std::vector<std::string>& fields, const char* what) -> Result<void> {
    if (fields.empty() || (ours && fields == std::vector<std::string>{"id"})) return {};
    auto columns = columns_of(fields);
    if (!columns) return tl::unexpected(columns.error());
    std::string names;
    for (const std::string& field : fields) names += (names.empty() ? "" : ", ") + field;
    reader.keys().unique.push_back({std::move(*columns), std::string(what) + " " + names});
    return {};
  };
  if (auto done = add_unique(resource.schema.primary_key, "primary key"); !done) return done;
  for (const auto& fields : resource.schema.unique_keys) {
    if (auto done = add_unique(fields, "unique key"); !done) return done;
  }
  for (const ForeignKey& key : resource.schema.foreign_keys) {
    if (checked_by_builder(resource.name, key)) continue;
    auto columns = columns_of(key.fields);
    if (!columns) return tl::unexpected(columns.error());
    auto known = keys_of_resource(key, resource);
    if (!known) return tl::unexpected(known.error());
    std::string fields;
    for (const std::string& field : key.reference_fields) fields += (fields.empty() ? "" : ", ") + field;
    reader.keys().references.push_back(
        {std::move(*columns), *known, "column " + fields + " of " + (key.resource.empty() ? resource.name : key.resource)});
  }
  return {};
}

template <class Row, class Bound, class Add>
Result<void> PackageReader::read_table(std::string_view table, const std::vector<Slot<Row>>& slots, Bound bound, Add add) {
  const Resource* resource = resource_of_table(table);
  if (!resource) return {};
  const auto text = table_of(*resource, table);
  if (!text) return tl::unexpected(text.error());
  TableReader reader(*text);
  const auto header = reader.header();
  if (!header) return tl::unexpected(header.error());
  if (auto keys = declare_keys(*resource, *header, reader); !keys) return keys;
  const auto binding = bind_columns(*header, slots, text->file);
  if (!binding) return tl::unexpected(binding.error());
  bound(further_names(*header, binding->further), resource->schema);
  add_rows(reader, *binding, text->file, *builder_, add);
  return {};
}

std::vector<std::string> PackageReader::further_names(const Header& header, const std::vector<std::size_t>& columns) const {
  std::vector<std::string> names;
  for (const std::size_t column : columns) names.push_back(header.names[column]);
  return names;
}

/// The schema's types, or, for columns that it leaves out, what all values fit.
void PackageReader::settle_types(std::vector<Attribute>& attributes, const TableSchema& schema) {
  for (Attribute& attribute : attributes) {
    if (const Field* field = schema.field(attribute.name)) {
      attribute.type = cell_type(*field);
      attribute.description = field->description;
      if (field->type == "any") attribute.type = inferred_type(attribute.values);
    } else {
      attribute.type = inferred_type(attribute.values);
    }
  }
}

Result<void> PackageReader::read_nodes() {
  TableSchema schema;
  auto done = read_table(
      "nodes", node_slots,
      [&](const std::vector<std::string>& further, const TableSchema& stated) {
        schema = stated;
        for (const std::string& name : further) builder_->declare_node_attribute(name, CellType::text);
      },
      [&](const NodeRow& row) { builder_->add(row); });
  if (done) settle_types(builder_->node_attributes(), schema);
  return done;
}

Result<void> PackageReader::read_edges() {
  TableSchema schema;
  auto done = read_table(
      "edges", edge_slots,
      [&](const std::vector<std::string>& further, const TableSchema& stated) {
        schema = stated;
        for (const std::string& name : further) builder_->declare_edge_attribute(name, CellType::text);
      },
      [&](const EdgeRow& row) { builder_->add(row); });
  if (done) settle_types(builder_->edge_attributes(), schema);
  return done;
}

Result<void> PackageReader::read_names() {
  return read_table(
      "names", name_slots, [&](std::vector<std::string> further, const TableSchema&) { builder_->info().name_columns = std::move(further); },
      [&](const NameRow& row) { builder_->add(row); });
}

Result<void> PackageReader::read_sources() {
  return read_table(
      "sources", source_slots, [&](std::vector<std::string> further, const TableSchema&) { builder_->info().source_columns = std::move(further); },
      [&](const SourceRow& row) { builder_->add(row); });
}

Result<void> PackageReader::read_evidence() {
  auto done = read_table(
      "evidence", edge_evidence_slots,
      [&](std::vector<std::string> further, const TableSchema&) { builder_->info().evidence_columns = std::move(further); },
      [&](const EvidenceRow& row) { builder_->add_edge_evidence(row); });
  if (!done) return done;
  return read_table(
      "node_evidence", node_evidence_slots,
      [&](std::vector<std::string> further, const TableSchema&) { builder_->info().node_evidence_columns = std::move(further); },
      [&](const EvidenceRow& row) { builder_->add_node_evidence(row); });
}

/// A resource that is not ours: kept as it is, once for each file, and checked against its schema where it has one.
Result<void> PackageReader::read_further(const Resource& resource) {
  if (resource.path.empty()) return {};  // several parts, or data inside the descriptor
  const auto bytes = bytes_of(resource.path);
  if (!bytes) return tl::unexpected(bytes.error());
  further_bytes_ += bytes->size();
  if (further_bytes_ > options_.limits.kept_bytes) {
    return fail(ErrorCode::bad_input, "the further files of the package have more than " + grouped(options_.limits.kept_bytes) +
                                          " bytes together. Take large ones out of datapackage.json.", resource.path);
  }
  if (kept_paths_.insert(resource.path).second) builder_->info().files.push_back({resource.path, std::string(*bytes)});
  if (!resource.tabular || !resource.schema.stated || !resource.trouble.empty()) return {};

  const auto text = table_of(resource, resource.name);
  if (!text) return tl::unexpected(text.error());
  TableReader reader(*text);
  const auto header = reader.header();
  if (!header) return tl::unexpected(header.error());
  if (auto keys = declare_keys(resource, *header, reader); !keys) return keys;
  reader.for_each_row(*builder_, [&](std::uint64_t, std::vector<Cell>&) { builder_->count_kept(resource.name); });
  return {};
}

std::string PackageReader::checksum() const {
  std::string lines;
  for (const auto& [path, hash] : hashes_) lines += hash + "  " + path + "\n";
  return sha256(lines);
}

Result<NetworkPtr> PackageReader::read() {
  if (auto done = read_descriptor(); !done) return tl::unexpected(done.error());
  if (descriptor_.info.name.empty()) descriptor_.info.name = name_;
  const bool has_nodes = resource_of_table("nodes") != nullptr;
  builder_.emplace(std::move(descriptor_.info),
                   BuilderOptions{.implicit_nodes = !has_nodes, .without_direction = options_.direction});
  if (!has_nodes) {
    builder_->guess(Place{resource_of_table("edges")->path, 0, 0}, "the package has no nodes; the ends of ties were taken as nodes.");
  }
  for (const auto step : {&PackageReader::read_nodes, &PackageReader::read_names, &PackageReader::read_sources,
                          &PackageReader::read_edges, &PackageReader::read_evidence}) {
    if (auto done = (this->*step)(); !done) return tl::unexpected(done.error());
  }
  std::vector<const Resource*> ours;
  for (const std::string_view table : our_tables) {
    ours.push_back(resource_of_table(table));
    if (ours.back()) kept_paths_.insert(ours.back()->path);
  }
  for (const Resource& resource : descriptor_.resources) {
    if (std::ranges::find(ours, &resource) != ours.end()) continue;
    if (auto done = read_further(resource); !done) return tl::unexpected(done.error());
  }
  builder_->info().checksum = checksum();
  return builder_->build();
}

}  // namespace

Result<NetworkPtr> read_datapackage(const Input& input, const ReadOptions& options) {
  return PackageReader(input, options).read();
}

}  // namespace entente

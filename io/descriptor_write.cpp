#include <algorithm>

#include "io/bytes.hpp"
#include "io/descriptor.hpp"
#include "io/json_input.hpp"

namespace entente {

namespace {

bool is_written_table(std::string_view name) {
  return name == "nodes" || name == "names" || name == "edges" || name == "sources" || name == "evidence" ||
         name == "node_evidence";
}

/// The table that a resource is, by its name or, failing that, by its file; empty if none.
std::string table_of_resource(const Json& resource) {
  const auto text = [&](const char* key) {
    const auto found = resource.find(key);
    return found != resource.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  if (is_written_table(text("name"))) return text("name");
  std::string stem = text("path");
  if (!stem.ends_with(".csv") && !stem.ends_with(".tsv")) return {};
  stem = stem.substr(stem.find_last_of('/') + 1);
  stem.resize(stem.size() - 4);
  return is_written_table(stem) ? stem : std::string();
}

/// Adds a text, or the texts of a list.
void add_texts(std::vector<std::string>& texts, const Json& json) {
  if (json.is_string()) texts.push_back(json.get<std::string>());
  if (!json.is_array()) return;
  for (const Json& item : json) {
    if (item.is_string()) texts.push_back(item.get<std::string>());
  }
}

Json metadata_json(const NetworkInfo& info) {
  Json json = Json::parse(info.metadata, nullptr, false);
  return json.is_object() ? json : Json();
}

Json new_field(const Field& field) {
  Json json{{"name", field.name}, {"type", field.type}};
  if (!field.description.empty()) json["description"] = field.description;
  if (field.required) json["constraints"] = {{"required", true}};
  return json;
}

/// The schema of a written table: what was stated about each column, in the order of the columns.
Json schema_json(const Json& stated, const WrittenTable& table) {
  Json schema = stated.is_object() ? stated : Json::object();
  Json fields = Json::array();
  for (const Field& field : table.fields) {
    Json described = new_field(field);
    if (schema.contains("fields") && schema["fields"].is_array()) {
      for (const Json& known : schema["fields"]) {
        if (known.is_object() && known.contains("name") && known["name"] == field.name) described = known;
      }
    }
    if (field.name == "directed") {  // written as true and false, whatever the words were
      described.erase("trueValues");
      described.erase("falseValues");
    }
    fields.push_back(std::move(described));
  }
  schema["fields"] = std::move(fields);
  schema.erase("missingValues");  // what is missing is written as an empty cell
  return schema;
}

Json keys_json(const std::string& table) {
  const auto foreign = [](const char* field, const char* resource) {
    return Json{{"fields", Json::array({field})}, {"reference", {{"resource", resource}, {"fields", Json::array({"id"})}}}};
  };
  Json keys = Json::object();
  if (table == "nodes" || table == "edges" || table == "sources") keys["primaryKey"] = Json::array({"id"});
  if (table == "edges") keys["foreignKeys"] = Json::array({foreign("source", "nodes"), foreign("target", "nodes")});
  if (table == "names") keys["foreignKeys"] = Json::array({foreign("node", "nodes")});
  if (table == "evidence") keys["foreignKeys"] = Json::array({foreign("edge", "edges"), foreign("source", "sources")});
  if (table == "node_evidence") keys["foreignKeys"] = Json::array({foreign("node", "nodes"), foreign("source", "sources")});
  return keys;
}

Json resource_json(Json resource, const WrittenTable& table) {
  const bool known = resource.is_object();
  if (!known) resource = {{"name", table.name}, {"type", "table"}};
  resource["path"] = table.path;
  if (!known) {
    resource["format"] = "csv";
    resource["mediatype"] = "text/csv";
    resource["encoding"] = "utf-8";
  } else if (resource.contains("encoding")) {
    resource["encoding"] = "utf-8";
  }
  resource.erase("dialect");
  if (resource.contains("format")) resource["format"] = "csv";
  if (resource.contains("bytes")) resource["bytes"] = table.bytes.size();
  if (resource.contains("hash")) resource["hash"] = "sha256:" + sha256(table.bytes);
  Json schema = schema_json(resource.contains("schema") ? resource["schema"] : Json(), table);
  if (!known) schema.update(keys_json(table.name));
  resource["schema"] = std::move(schema);
  return resource;
}

/// Sets a property where the network says something else than the descriptor it came from.
void put_text(Json& json, const char* key, const std::string& text) {
  if (!text.empty() && (!json.contains(key) || json[key] != text)) json[key] = text;
}

}  // namespace

bool describes_table(const NetworkInfo& info, const std::string& table) {
  const Json json = metadata_json(info);
  return json.contains("resources") && json["resources"].is_array() &&
         std::ranges::any_of(json["resources"], [&](const Json& resource) {
           return resource.is_object() && table_of_resource(resource) == table;
         });
}

std::vector<std::string> stated_columns(const NetworkInfo& info, const std::string& table) {
  const Json json = metadata_json(info);
  std::vector<std::string> names;
  if (!json.contains("resources") || !json["resources"].is_array()) return names;
  for (const Json& resource : json["resources"]) {
    if (!resource.is_object() || table_of_resource(resource) != table) continue;
    const auto schema = resource.find("schema");
    if (schema == resource.end() || !schema->is_object() || !schema->contains("fields") || !(*schema)["fields"].is_array()) continue;
    for (const Json& field : (*schema)["fields"]) {
      if (field.is_object() && field.contains("name") && field["name"].is_string()) names.push_back(field["name"].get<std::string>());
    }
  }
  return names;
}

std::vector<std::string> key_columns(const NetworkInfo& info, const std::string& table) {
  const Json json = metadata_json(info);
  std::vector<std::string> names;
  if (!json.contains("resources") || !json["resources"].is_array()) return names;
  const auto part = [](const Json& of, const char* key) { return of.is_object() && of.contains(key) ? of[key] : Json(); };
  std::vector<std::string> called;  // the names of the table's resources
  for (const Json& resource : json["resources"]) {
    if (resource.is_object() && table_of_resource(resource) == table) add_texts(called, part(resource, "name"));
  }
  for (const Json& resource : json["resources"]) {
    const Json schema = part(resource, "schema");
    const bool own = resource.is_object() && table_of_resource(resource) == table;
    if (own) {
      add_texts(names, part(schema, "primaryKey"));
      for (const Json& key : part(schema, "uniqueKeys")) add_texts(names, key);
    }
    for (const Json& key : part(schema, "foreignKeys")) {
      if (own) add_texts(names, part(key, "fields"));
      const Json reference = part(key, "reference"), target = part(reference, "resource");
      const bool here = target.is_string() && !target.get<std::string>().empty()
                            ? std::ranges::find(called, target.get<std::string>()) != called.end()
                            : own;
      if (here) add_texts(names, part(reference, "fields"));
    }
  }
  return names;
}

std::string table_path(const NetworkInfo& info, const std::string& table) {
  const Json json = metadata_json(info);
  if (json.contains("resources") && json["resources"].is_array()) {
    for (const Json& resource : json["resources"]) {
      if (!resource.is_object() || table_of_resource(resource) != table) continue;
      const auto path = resource.find("path");
      if (path != resource.end() && path->is_string() && is_inside(path->get<std::string>())) return path->get<std::string>();
    }
  }
  return table + ".csv";
}

std::string descriptor_text(const NetworkInfo& info, const std::vector<WrittenTable>& tables) {
  Json json = metadata_json(info);
  const bool fresh = json.is_null();
  if (fresh) json = {{"$schema", "https://datapackage.org/profiles/2.0/datapackage.json"}};
  put_text(json, "name", info.name);
  put_text(json, "title", info.title);
  put_text(json, "description", info.description);
  if (!info.licence.empty() && !json.contains("licenses") && !json.contains("license")) {
    json["licenses"] = Json::array({{{"name", info.licence}}});
  }
  if (!info.hidden_kinds.empty()) json["entente"]["hidden_kinds"] = info.hidden_kinds;

  Json resources = Json::array();
  std::vector<bool> done(tables.size(), false);
  if (json.contains("resources") && json["resources"].is_array()) {
    for (const Json& resource : json["resources"]) {
      const std::string name = resource.is_object() ? table_of_resource(resource) : std::string();
      if (name.empty()) {
        resources.push_back(resource);
        continue;
      }
      for (std::size_t i = 0; i < tables.size(); ++i) {
        if (tables[i].name != name || done[i]) continue;
        resources.push_back(resource_json(resource, tables[i]));
        done[i] = true;
      }
    }
  }
  for (std::size_t i = 0; i < tables.size(); ++i) {
    if (!done[i]) resources.push_back(resource_json(Json(), tables[i]));
  }
  if (fresh) {
    for (const KeptFile& file : info.files) {
      resources.push_back({{"name", file.path.substr(0, file.path.find_last_of('.'))}, {"path", file.path}});
    }
  }
  json["resources"] = std::move(resources);
  return json.dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace entente

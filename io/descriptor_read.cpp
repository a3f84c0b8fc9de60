#include <algorithm>

#include "engine/text.hpp"
#include "io/bytes.hpp"
#include "io/descriptor.hpp"
#include "io/json_input.hpp"

namespace entente {

namespace {

std::string text_at(const Json& json, const char* key, std::string otherwise = {}) {
  if (!json.is_object()) return otherwise;
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? found->get<std::string>() : otherwise;
}

bool flag_at(const Json& json, const char* key, bool otherwise) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() ? found->get<bool>() : otherwise;
}

/// A list of texts, or one text for a list of one, as version 1 allows.
std::vector<std::string> texts_at(const Json& json, const char* key) {
  std::vector<std::string> texts;
  const auto found = json.find(key);
  if (found == json.end()) return texts;
  if (found->is_string()) texts.push_back(found->get<std::string>());
  if (found->is_array()) {
    for (const Json& item : *found) {
      if (item.is_string()) {
        texts.push_back(item.get<std::string>());
      } else if (item.is_object()) {  // version 2: {"value": "", "label": "missing"}
        texts.push_back(text_at(item, "value"));
      } else {
        texts.push_back(item.dump(-1, ' ', false, Json::error_handler_t::replace));
      }
    }
  }
  return texts;
}

std::optional<std::size_t> size_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned()) return std::nullopt;
  return found->get<std::size_t>();
}

std::optional<double> number_at(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_number() ? std::optional(found->get<double>()) : std::nullopt;
}

Field field_of(const Json& json) {
  Field field;
  field.name = text_at(json, "name");
  field.type = text_at(json, "type", "any");
  field.format = text_at(json, "format", "default");
  field.description = text_at(json, "description", text_at(json, "title"));
  field.decimal_mark = text_at(json, "decimalChar", ".");
  field.group_mark = text_at(json, "groupChar");
  field.bare_number = flag_at(json, "bareNumber", true);
  if (json.contains("trueValues")) field.true_values = texts_at(json, "trueValues");
  if (json.contains("falseValues")) field.false_values = texts_at(json, "falseValues");
  if (const auto found = json.find("constraints"); found != json.end() && found->is_object()) {
    field.required = flag_at(*found, "required", false);
    field.unique = flag_at(*found, "unique", false);
    field.allowed = texts_at(*found, "enum");
    field.minimum = number_at(*found, "minimum");
    field.maximum = number_at(*found, "maximum");
    field.min_length = size_at(*found, "minLength");
    field.max_length = size_at(*found, "maxLength");
  }
  return field;
}

TableSchema schema_of(const Json& json) {
  TableSchema schema;
  schema.stated = true;
  if (const auto fields = json.find("fields"); fields != json.end() && fields->is_array()) {
    for (const Json& field : *fields) {
      if (field.is_object()) schema.fields.push_back(field_of(field));
    }
  }
  if (json.contains("missingValues")) schema.missing_values = texts_at(json, "missingValues");
  schema.primary_key = texts_at(json, "primaryKey");
  if (const auto keys = json.find("uniqueKeys"); keys != json.end() && keys->is_array()) {
    for (const Json& key : *keys) schema.unique_keys.push_back(texts_at(Json{{"key", key}}, "key"));
  }
  if (const auto keys = json.find("foreignKeys"); keys != json.end() && keys->is_array()) {
    for (const Json& key : *keys) {
      if (!key.is_object()) continue;
      ForeignKey foreign{texts_at(key, "fields"), {}, {}};
      if (const auto reference = key.find("reference"); reference != key.end() && reference->is_object()) {
        foreign.resource = text_at(*reference, "resource");
        foreign.reference_fields = texts_at(*reference, "fields");
      }
      if (!foreign.fields.empty() && foreign.fields.size() == foreign.reference_fields.size()) {
        schema.foreign_keys.push_back(std::move(foreign));
      }
    }
  }
  return schema;
}

/// A one-letter property of a dialect; `trouble` where it is not one letter.
char letter_at(const Json& json, const char* key, char otherwise, std::string& trouble) {
  const auto found = json.find(key);
  if (found == json.end() || found->is_null()) return found == json.end() ? otherwise : '\0';
  const std::string text = found->is_string() ? found->get<std::string>() : std::string();
  if (text.size() == 1 && text[0] != '\n' && text[0] != '\r') return text[0];
  if (text.empty() && std::string_view(key) != "delimiter") return '\0';
  trouble = std::string("its ") + key + " is not a single ASCII character";
  return otherwise;
}

Dialect dialect_of(const Json& json, std::string& trouble) {
  Dialect dialect;
  if (!json.is_object()) return dialect;
  const Json& csv = json.contains("csv") && json["csv"].is_object() ? json["csv"] : json;
  dialect.delimiter = letter_at(csv, "delimiter", dialect.delimiter, trouble);
  dialect.quote = letter_at(csv, "quoteChar", dialect.quote, trouble);
  dialect.escape = letter_at(csv, "escapeChar", dialect.escape, trouble);
  dialect.comment = letter_at(csv, "commentChar", dialect.comment, trouble);
  dialect.double_quote = flag_at(csv, "doubleQuote", dialect.double_quote) && dialect.escape == 0;
  dialect.skip_initial_space = flag_at(csv, "skipInitialSpace", dialect.skip_initial_space);
  dialect.header = flag_at(csv, "header", dialect.header);
  if (dialect.delimiter == dialect.quote) trouble = "its delimiter is also its quote";
  if (const auto rows = csv.find("headerRows"); rows != csv.end() && *rows != Json::array({1})) {
    trouble = "its header is not its first row alone";
  }
  if (csv.contains("commentRows")) trouble = "it has rows of comment";
  return dialect;
}

/// A schema or dialect may stand in a file beside the descriptor.
Result<Json> dereferenced(const Json& json, const std::string& file, const Files& files, const ReadLimits& limits) {
  if (!json.is_string()) return json;
  const std::string path = json.get<std::string>();
  if (!is_inside(path)) {
    return fail(ErrorCode::bad_input, "\"" + shortened(path, 80) + "\" leads out of the package. Put the file into its folder.", file);
  }
  const auto bytes = files.read(path);
  if (!bytes) return tl::unexpected(bytes.error());
  return parse_json(*bytes, path, limits);
}

bool ends_with_any(std::string_view text, std::initializer_list<std::string_view> ends) {
  return std::ranges::any_of(ends, [&](std::string_view end) { return text.ends_with(end); });
}

/// `inlined` is set where a schema or dialect in a file of its own was put into the descriptor.
Result<Resource> resource_of(Json& json, bool& inlined, const std::string& file, const Files& files, const ReadLimits& limits) {
  Resource resource;
  resource.name = text_at(json, "name");
  resource.encoding = text_at(json, "encoding");
  if (const auto path = json.find("path"); path != json.end()) {
    const auto parts = texts_at(json, "path");
    for (const std::string& part : parts) {
      if (!is_inside(part)) {
        return fail(ErrorCode::bad_input, "resource " + shortened(resource.name, 40) + " lies at \"" + shortened(part, 80) +
                                              "\", which is outside the package. Copy the file into its folder.", file);
      }
    }
    if (parts.size() == 1) resource.path = parts[0];
    if (parts.size() > 1) resource.trouble = "it comes in " + std::to_string(parts.size()) + " parts. Join them into one file";
  }
  if (resource.path.empty() && resource.trouble.empty()) {
    resource.trouble = "its data does not stand in a file of its own";
  }
  const std::string format = text_at(json, "format");
  resource.tabular = !resource.path.empty() && (format == "csv" || format == "tsv" ||
                                                (format.empty() && ends_with_any(resource.path, {".csv", ".tsv"})));
  if (const auto schema = json.find("schema"); schema != json.end()) {
    auto read = dereferenced(*schema, file, files, limits);
    if (!read) return tl::unexpected(read.error());
    if (read->is_object()) resource.schema = schema_of(*read);
    inlined = inlined || schema->is_string();
    *schema = std::move(*read);
  }
  if (resource.tabular && (format == "tsv" || ends_with_any(resource.path, {".tsv"}))) resource.dialect.delimiter = '\t';
  if (const auto dialect = json.find("dialect"); dialect != json.end()) {
    auto read = dereferenced(*dialect, file, files, limits);
    if (!read) return tl::unexpected(read.error());
    resource.dialect = dialect_of(*read, resource.trouble);
    inlined = inlined || dialect->is_string();
    *dialect = std::move(*read);
  }
  return resource;
}

}  // namespace

bool is_inside(const std::string& path) {
  if (path.empty() || path[0] == '/' || path[0] == '~' || path.find('\\') != std::string::npos ||
      path.find(':') != std::string::npos || path.find('\0') != std::string::npos) {
    return false;
  }
  std::size_t begin = 0;
  while (begin <= path.size()) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const auto part = std::string_view(path).substr(begin, end - begin);
    if (part.empty() || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

Result<Descriptor> parse_descriptor(std::string_view text, const std::string& file, const Files& files,
                                    const ReadLimits& limits) {
  auto json = parse_json(text, file, limits);
  if (!json) return tl::unexpected(json.error());
  const auto resources = json->is_object() ? json->find("resources") : json->end();
  if (!json->is_object() || resources == json->end() || !resources->is_array()) {
    return fail(ErrorCode::bad_input, "this is not a data package: it has no list of resources.", file);
  }
  Descriptor descriptor;
  NetworkInfo& info = descriptor.info;
  info.name = text_at(*json, "name");
  info.title = text_at(*json, "title");
  info.description = text_at(*json, "description");
  info.licence = text_at(*json, "license");
  if (const auto licences = json->find("licenses"); licences != json->end() && licences->is_array() && !licences->empty()) {
    info.licence = text_at((*licences)[0], "name", text_at((*licences)[0], "title"));
  }
  if (const auto ours = json->find("entente"); ours != json->end() && ours->is_object()) {
    info.hidden_kinds = texts_at(*ours, "hidden_kinds");
  }
  bool inlined = false;
  for (Json& item : *resources) {
    if (!item.is_object()) return fail(ErrorCode::bad_input, "an entry of resources is not an object.", file);
    auto resource = resource_of(item, inlined, file, files, limits);
    if (!resource) return tl::unexpected(resource.error());
    descriptor.resources.push_back(std::move(*resource));
  }
  info.metadata = inlined ? json->dump(2) : std::string(text);
  return descriptor;
}

}  // namespace entente

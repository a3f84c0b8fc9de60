#include "io/evidence_json.hpp"

namespace entente {

namespace {

void put_stated(JsonWriter& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.key(key).value(text);
}

}  // namespace

void put_names(JsonWriter& json, std::span<const Name> names) {
  json.begin_array();
  for (const Name& name : names) {
    json.begin_object();
    json.key("name").value(name.text);
    put_stated(json, "lang", name.lang);
    put_stated(json, "type", name.type);
    put_stated(json, "source", name.source);
    json.end_object();
  }
  json.end_array();
}

void put_evidence(JsonWriter& json, const Network& network, std::span<const Evidence> evidence) {
  json.begin_array();
  for (const Evidence& item : evidence) {
    json.begin_object();
    json.key("source").value(network.source_document(item.source).key);
    put_stated(json, "quote", item.quote);
    put_stated(json, "locator", item.locator);
    put_stated(json, "field", item.field);
    json.end_object();
  }
  json.end_array();
}

void put_sources(JsonWriter& json, const Network& network) {
  const auto& columns = network.info().source_columns;
  json.begin_array();
  for (const Source& source : network.sources()) {
    json.begin_object();
    json.key("id").value(source.key);
    put_stated(json, "title", source.title);
    put_stated(json, "publisher", source.publisher);
    put_stated(json, "date", source.date);
    put_stated(json, "url", source.url);
    put_stated(json, "lang", source.lang);
    put_stated(json, "file", source.file);
    for (std::size_t i = 0; i < columns.size() && i < source.further.size(); ++i) put_stated(json, columns[i], source.further[i]);
    json.end_object();
  }
  json.end_array();
}

}  // namespace entente

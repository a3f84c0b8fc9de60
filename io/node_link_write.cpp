#include <algorithm>

#include "engine/text.hpp"
#include "io/evidence_json.hpp"
#include "io/json_text.hpp"
#include "io/losses.hpp"
#include "io/node_link.hpp"

namespace entente {

namespace {

bool is_json_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto digits = [&] {
    std::size_t count = 0;
    while (!text.empty() && text[0] >= '0' && text[0] <= '9') text.remove_prefix(1), ++count;
    return count;
  };
  const bool zero = text.starts_with('0');
  const std::size_t whole = digits();
  if (whole == 0 || (zero && whole > 1)) return false;
  if (text.starts_with('.')) {
    text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  if (text.starts_with('e') || text.starts_with('E')) {
    text.remove_prefix(1);
    if (text.starts_with('-') || text.starts_with('+')) text.remove_prefix(1);
    if (digits() == 0) return false;
  }
  return text.empty();
}

void put_text(JsonWriter& json, std::string_view key, std::string_view text) {
  if (!text.empty()) json.key(key).value(text);
}

void put_attribute(JsonWriter& json, const std::string& name, const Attribute& attribute, std::uint32_t row) {
  const std::string_view text = attribute.text(row);
  if (text.empty()) return;
  json.key(name);
  const bool number = attribute.type == CellType::integer || attribute.type == CellType::number;
  if (number && is_json_number(text)) {
    json.raw(text);
  } else if (attribute.type == CellType::boolean && (text == "true" || text == "false")) {
    json.raw(text);
  } else {
    json.value(text);
  }
}

void put_attributes(JsonWriter& json, const std::vector<std::string>& names, std::span<const Attribute> attributes,
                    std::uint32_t row) {
  for (std::size_t i = 0; i < names.size(); ++i) put_attribute(json, names[i], attributes[i], row);
}

void put_node(JsonWriter& json, const Network& network, NodeId node, const std::vector<std::string>& names) {
  json.begin_object();
  json.key("id").value(network.key(node));
  put_text(json, "kind", network.kind(node));
  if (network.has_name(node)) json.key("name").value(network.label(node));
  put_text(json, "country", network.country(node));
  put_attributes(json, names, network.node_attributes(), node.index);
  if (!network.names(node).empty()) put_names(json.key("names"), network.names(node));
  if (!network.evidence(node).empty()) put_evidence(json.key("evidence"), network, network.evidence(node));
  json.end_object();
}

void put_edge(JsonWriter& json, const Network& network, EdgeId edge, const std::vector<std::string>& names) {
  json.begin_object();
  json.key("source").value(network.key(network.source(edge)));
  json.key("target").value(network.key(network.target(edge)));
  json.key("key").value(network.key(edge));
  put_text(json, "kind", network.kind(edge));
  json.key("directed").value(network.is_directed(edge));
  put_text(json, "status", network.status(edge));
  if (const Edtf* start = network.start(edge)) json.key("start").value(start->text());
  if (const Edtf* end = network.end(edge)) json.key("end").value(end->text());
  if (const auto amount = network.amount(edge)) {
    json.key("amount").value(*amount);
    json.key("currency").value(amount->currency.text());
  }
  put_text(json, "agreement", network.agreement(edge));
  put_attributes(json, names, network.edge_attributes(), edge.index);
  if (!network.evidence(edge).empty()) put_evidence(json.key("evidence"), network, network.evidence(edge));
  json.end_object();
}

}  // namespace

Result<Written> write_node_link(const Network& network) {
  const NetworkInfo& info = network.info();
  Written written;
  auto& losses = written.report.losses;
  losses = losses_of(network, {.package_files = true, .further_of_names = true, .types = true});
  constexpr std::string_view used_of_nodes[] = {"names", "evidence"}, used_of_ties[] = {"key", "evidence"};
  const auto node_names = written_names(network.node_attributes(), used_of_nodes, losses);
  const auto edge_names = written_names(network.edge_attributes(), used_of_ties, losses);
  JsonWriter json;
  json.begin_object();
  json.key("directed").value(network.has_directed());
  json.key("multigraph").value(true);
  json.key("graph").begin_object();
  put_text(json, "name", info.name);
  put_text(json, "title", info.title);
  put_text(json, "description", info.description);
  put_text(json, "licence", info.licence);
  if (!info.hidden_kinds.empty()) {
    json.key("hidden_kinds").begin_array();
    for (const std::string& kind : info.hidden_kinds) json.value(kind);
    json.end_array();
  }
  if (!network.sources().empty()) put_sources(json.key("sources"), network);
  json.end_object();
  json.key("nodes").begin_array();
  for (const NodeId node : network.nodes()) put_node(json, network, node, node_names);
  json.end_array();
  json.key("edges").begin_array();
  for (const EdgeId edge : network.edges()) put_edge(json, network, edge, edge_names);
  json.end_array();
  json.end_object();

  written.files.push_back({{}, std::move(json).take()});
  return written;
}

}  // namespace entente

#include <algorithm>
#include <functional>

#include "io/evidence_json.hpp"
#include "io/graphml.hpp"
#include "io/json_text.hpp"
#include "io/losses.hpp"

namespace entente {

namespace {

void append_xml(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\t': out += "&#9;"; break;   // white space in attributes would be read as blanks
      case '\n': out += "&#10;"; break;
      case '\r': out += "&#13;"; break;
      default: out += c;
    }
  }
}

std::string_view xml_type(CellType type) {
  switch (type) {
    case CellType::boolean: return "boolean";
    case CellType::integer: return "long";
    case CellType::number: return "double";
    case CellType::text:
    case CellType::date: return "string";
  }
  return "string";
}

/// A key and the text that each node or edge holds under it; keys that nothing holds are not written.
template <class IdType>
struct XmlColumn {
  std::string name;
  CellType type = CellType::text;
  std::function<std::string(IdType)> text;
};

template <class IdType, class Ids>
std::vector<XmlColumn<IdType>> filled_columns(std::vector<XmlColumn<IdType>> columns, const Ids& ids) {
  std::erase_if(columns, [&](const XmlColumn<IdType>& column) {
    return std::ranges::none_of(ids, [&](IdType id) { return !column.text(id).empty(); });
  });
  return columns;
}

template <class IdType>
void add_attributes(std::vector<XmlColumn<IdType>>& columns, std::span<const Attribute> attributes,
                    const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    const Attribute& attribute = attributes[i];
    columns.push_back({names[i], attribute.type, [&attribute](IdType id) { return std::string(attribute.text(id.index)); }});
  }
}

std::vector<XmlColumn<NodeId>> node_columns_for_xml(const Network& network, std::vector<std::string>& losses) {
  constexpr std::string_view used[] = {"names", "evidence"};
  std::vector<XmlColumn<NodeId>> columns{
      {"kind", CellType::text, [&](NodeId n) { return network.kind(n); }},
      {"name", CellType::text, [&](NodeId n) { return network.has_name(n) ? std::string(network.label(n)) : std::string(); }},
      {"country", CellType::text, [&](NodeId n) { return network.country(n); }},
  };
  add_attributes(columns, network.node_attributes(), written_names(network.node_attributes(), used, losses));
  columns.push_back({"names", CellType::text, [&](NodeId n) {
                       if (network.names(n).empty()) return std::string();
                       JsonWriter json;
                       put_names(json, network.names(n));
                       return std::move(json).take();
                     }});
  columns.push_back({"evidence", CellType::text, [&](NodeId n) {
                       if (network.evidence(n).empty()) return std::string();
                       JsonWriter json;
                       put_evidence(json, network, network.evidence(n));
                       return std::move(json).take();
                     }});
  return filled_columns(std::move(columns), network.nodes());
}

std::vector<XmlColumn<EdgeId>> edge_columns_for_xml(const Network& network, std::vector<std::string>& losses) {
  constexpr std::string_view used[] = {"key", "evidence"};
  const auto date = [](const Edtf* edtf) { return edtf ? edtf->text() : std::string(); };
  std::vector<XmlColumn<EdgeId>> columns{
      {"kind", CellType::text, [&](EdgeId e) { return network.kind(e); }},
      {"status", CellType::text, [&](EdgeId e) { return network.status(e); }},
      {"start", CellType::text, [&, date](EdgeId e) { return date(network.start(e)); }},
      {"end", CellType::text, [&, date](EdgeId e) { return date(network.end(e)); }},
      {"amount", CellType::number, [&](EdgeId e) {
         const auto amount = network.amount(e);
         return amount ? decimal_text(*amount) : std::string();
       }},
      {"currency", CellType::text, [&](EdgeId e) {
         const auto amount = network.amount(e);
         return amount ? std::string(amount->currency.text()) : std::string();
       }},
      {"agreement", CellType::text, [&](EdgeId e) { return network.agreement(e); }},
  };
  add_attributes(columns, network.edge_attributes(), written_names(network.edge_attributes(), used, losses));
  columns.push_back({"evidence", CellType::text, [&](EdgeId e) {
                       if (network.evidence(e).empty()) return std::string();
                       JsonWriter json;
                       put_evidence(json, network, network.evidence(e));
                       return std::move(json).take();
                     }});
  return filled_columns(std::move(columns), network.edges());
}

template <class IdType>
void put_keys(std::string& xml, std::string_view domain, std::string_view prefix, const std::vector<XmlColumn<IdType>>& columns) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    xml += "  <key id=\"" + std::string(prefix) + std::to_string(i) + "\" for=\"" + std::string(domain) + "\" attr.name=\"";
    append_xml(xml, columns[i].name);
    xml += "\" attr.type=\"" + std::string(xml_type(columns[i].type)) + "\"/>\n";
  }
}

template <class IdType>
void put_data(std::string& xml, std::string_view prefix, const std::vector<XmlColumn<IdType>>& columns, IdType id) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const std::string text = columns[i].text(id);
    if (text.empty()) continue;
    xml += "      <data key=\"" + std::string(prefix) + std::to_string(i) + "\">";
    append_xml(xml, text);
    xml += "</data>\n";
  }
}

/// What is said of the network as a whole.
std::vector<std::pair<std::string, std::string>> graph_properties(const Network& network) {
  const NetworkInfo& info = network.info();
  std::vector<std::pair<std::string, std::string>> properties{
      {"name", info.name}, {"title", info.title}, {"description", info.description}, {"licence", info.licence}};
  if (!info.hidden_kinds.empty()) {
    JsonWriter json;
    json.begin_array();
    for (const std::string& kind : info.hidden_kinds) json.value(kind);
    json.end_array();
    properties.emplace_back("hidden_kinds", std::move(json).take());
  }
  if (!network.sources().empty()) {
    JsonWriter json;
    put_sources(json, network);
    properties.emplace_back("sources", std::move(json).take());
  }
  std::erase_if(properties, [](const auto& property) { return property.second.empty(); });
  return properties;
}

}  // namespace

Result<Written> write_graphml(const Network& network) {
  Written written;
  auto& losses = written.report.losses;
  losses = losses_of(network, {.package_files = true, .further_of_names = true, .types = true});
  const auto node_columns = node_columns_for_xml(network, losses);
  const auto edge_columns = edge_columns_for_xml(network, losses);
  const auto properties = graph_properties(network);

  std::string xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n";
  for (const auto& [name, text] : properties) {
    xml += "  <key id=\"g_" + name + "\" for=\"graph\" attr.name=\"" + name + "\" attr.type=\"string\"/>\n";
  }
  put_keys(xml, "node", "n", node_columns);
  put_keys(xml, "edge", "e", edge_columns);
  xml += std::string("  <graph id=\"G\" edgedefault=\"") + (network.has_directed() ? "directed" : "undirected") + "\">\n";
  for (const auto& [name, text] : properties) {
    xml += "    <data key=\"g_" + name + "\">";
    append_xml(xml, text);
    xml += "</data>\n";
  }
  for (const NodeId node : network.nodes()) {
    xml += "    <node id=\"";
    append_xml(xml, network.key(node));
    xml += "\">\n";
    put_data(xml, "n", node_columns, node);
    xml += "    </node>\n";
  }
  for (const EdgeId edge : network.edges()) {
    xml += "    <edge id=\"";
    append_xml(xml, network.key(edge));
    xml += "\" source=\"";
    append_xml(xml, network.key(network.source(edge)));
    xml += "\" target=\"";
    append_xml(xml, network.key(network.target(edge)));
    xml += std::string("\" directed=\"") + (network.is_directed(edge) ? "true" : "false") + "\">\n";
    put_data(xml, "e", edge_columns, edge);
    xml += "    </edge>\n";
  }
  xml += "  </graph>\n</graphml>\n";

  written.files.push_back({{}, std::move(xml)});
  return written;
}

}  // namespace entente

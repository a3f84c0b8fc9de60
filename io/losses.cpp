#include "io/losses.hpp"

#include <algorithm>

#include "engine/text.hpp"
#include "io/schema.hpp"

namespace entente {

namespace {

/// "weight, sign and 4 more": the first ten names.
std::string listed_names(std::span<const std::string_view> names) {
  constexpr std::size_t most = 10;
  std::string list;
  for (std::size_t i = 0; i < std::min(names.size(), most); ++i) list += (i > 0 ? ", " : "") + shortened(names[i], 40);
  if (names.size() > most) list += " and " + std::to_string(names.size() - most) + " more";
  return list;
}

}  // namespace

std::vector<std::string> losses_of(const Network& network, const LeftBehind& left) {
  std::vector<std::string> losses;
  const auto say = [&](std::size_t count, const char* one, const char* many) {
    if (count > 0) losses.push_back(counted(count, one, many) + " not carried.");
  };
  if (left.node_columns) {
    std::size_t described = 0;
    std::vector<std::string_view> columns;
    for (const Attribute& attribute : network.node_attributes()) columns.push_back(attribute.name);
    for (const NodeId node : network.nodes()) {
      const auto has_further = std::ranges::any_of(network.node_attributes(),
                                                   [&](const Attribute& a) { return !a.text(node.index).empty(); });
      described += network.has_name(node) || !network.kind(node).empty() || !network.country(node).empty() || has_further;
    }
    const std::string further = columns.empty() ? " or country" : ", country or further columns (" + listed_names(columns) + ")";
    say(described, ("node has a kind, name" + further + ", which is").c_str(), ("nodes have a kind, name" + further + ", which are").c_str());
  }
  if (left.isolates) {
    NodeColumn<std::uint8_t> tied(network.node_count(), 0);
    for (const EdgeId edge : network.edges()) tied[network.source(edge)] = tied[network.target(edge)] = 1;
    say(static_cast<std::size_t>(std::ranges::count(tied.values(), 0)), "node without ties is", "nodes without ties are");
  }
  std::size_t names = 0, node_evidence = 0, edge_evidence = 0;
  for (const NodeId node : network.nodes()) {
    names += network.names(node).size();
    node_evidence += network.evidence(node).size();
  }
  for (const EdgeId edge : network.edges()) edge_evidence += network.evidence(edge).size();
  if (left.names) say(names, "name in a language is", "names in several languages are");
  if (left.edge_evidence) say(edge_evidence, "quote for a tie is", "quotes for ties are");
  if (left.node_evidence) say(node_evidence, "quote for a node is", "quotes for nodes are");
  if (left.sources) say(network.sources().size(), "source is", "sources are");
  if (left.package) {
    const NetworkInfo& info = network.info();
    const bool described = !info.title.empty() || !info.description.empty() || !info.licence.empty() ||
                           !info.hidden_kinds.empty();
    if (described) losses.push_back("title, description, licence and hidden kinds are not carried.");
  }
  if (left.package_files) {
    if (!network.info().metadata.empty()) losses.push_back("schemas and other properties of the package are not carried.");
    say(network.info().files.size(), "further file of the package is", "further files of the package are");
  }
  if (left.further_of_names) {
    const NetworkInfo& info = network.info();
    say(info.name_columns.size() + info.evidence_columns.size() + info.node_evidence_columns.size(),
        "further column of names or evidence is", "further columns of names and evidence are");
  }
  if (left.types) {
    std::vector<std::string_view> typed;
    for (const auto attributes : {network.node_attributes(), network.edge_attributes()}) {
      for (const Attribute& a : attributes) {
        if (inferred_type(a.values) != a.type || !a.description.empty()) typed.push_back(a.name);
      }
    }
    if (!typed.empty()) {
      losses.push_back(counted(typed.size(), "further column has a type or description that is", "further columns have types or descriptions that are") +
                       " not carried: " + listed_names(typed) + ".");
    }
  }
  return losses;
}

std::vector<std::string> written_names(std::span<const Attribute> attributes, std::span<const std::string_view> used,
                                       std::vector<std::string>& losses) {
  std::vector<std::string> names;
  for (const Attribute& attribute : attributes) {
    const bool is_used = std::ranges::find(used, attribute.name) != used.end();
    names.push_back(!is_used ? attribute.name : free_column_name(attribute.name, [&](const std::string& name) {
      return name == attribute.name || std::ranges::find(attributes, name, &Attribute::name) != attributes.end();
    }));
    if (is_used) {
      losses.push_back("further column " + attribute.name + " is written as " + names.back() +
                       ", since the format uses its name.");
    }
  }
  return names;
}

}  // namespace entente

#include "engine/network.hpp"

#include <algorithm>

namespace entente {

std::string_view to_string(CellType type) {
  switch (type) {
    case CellType::text: return "string";
    case CellType::integer: return "integer";
    case CellType::number: return "number";
    case CellType::boolean: return "boolean";
    case CellType::date: return "date";
  }
  return "string";
}

std::string_view Network::label(NodeId node, std::span<const std::string> languages) const {
  constexpr std::string_view by_preference[] = {"official", "", "transliteration", "alias", "acronym", "former"};
  for (const std::string& language : languages) {
    for (const std::string_view type : by_preference) {
      const auto of_node = names(node);
      const auto found = std::ranges::find_if(
          of_node, [&](const Name& name) { return name.lang == language && name.type == type; });
      if (found != of_node.end()) return found->text;
    }
  }
  return label(node);
}

std::span<const Name> Network::names(NodeId node) const {
  return std::span(names_).subspan(names_begin_[node.index],
                                   names_begin_[node.index + 1] - names_begin_[node.index]);
}

std::span<const Evidence> Network::evidence(NodeId node) const {
  return std::span(node_evidence_)
      .subspan(node_evidence_begin_[node.index],
               node_evidence_begin_[node.index + 1] - node_evidence_begin_[node.index]);
}

std::span<const Evidence> Network::evidence(EdgeId edge) const {
  return std::span(evidence_).subspan(evidence_begin_[edge.index],
                                      evidence_begin_[edge.index + 1] - evidence_begin_[edge.index]);
}

std::optional<NodeId> Network::find_node(std::string_view key) const {
  const auto number = node_keys_.find(key);
  return number ? std::optional(NodeId{*number}) : std::nullopt;
}

std::optional<EdgeId> Network::find_edge(std::string_view key) const {
  const auto number = edge_keys_.find(key);
  return number ? std::optional(EdgeId{*number}) : std::nullopt;
}

std::optional<Money> Network::amount(EdgeId edge) const {
  if (amount_decimals_[edge] == no_amount) return std::nullopt;
  return Money{amount_units_[edge], amount_decimals_[edge], currencies_[amount_currency_[edge]]};
}

namespace {

const Attribute* attribute_named(std::span<const Attribute> attributes, std::string_view name) {
  const auto found = std::ranges::find(attributes, name, &Attribute::name);
  return found == attributes.end() ? nullptr : &*found;
}

}  // namespace

const Attribute* Network::node_attribute(std::string_view name) const {
  return attribute_named(node_attributes_, name);
}

const Attribute* Network::edge_attribute(std::string_view name) const {
  return attribute_named(edge_attributes_, name);
}

}  // namespace entente

#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "engine/network_builder.hpp"
#include "engine/random.hpp"
#include "engine/selection.hpp"

namespace entente::test {

/// Named cells of a tie; what is left out is not stated.
struct TieCells {
  std::string_view kind = {}, directed = {}, status = {}, start = {}, end = {}, amount = {}, currency = {},
                   agreement = {};
  std::vector<std::string_view> further = {};
  std::string_view key = {};
};

/// A network written down in a few lines. Every row must pass the builder.
class Made {
 public:
  explicit Made(NetworkInfo info = {}) : builder_(std::move(info)) {
    builder_.add(SourceRow{{}, {"doc"}, {"A document"}, {}, {}, {}, {}, {}, {}});
  }
  Made& node_column(std::string name, CellType type = CellType::text) {
    builder_.declare_node_attribute(std::move(name), type);
    return *this;
  }
  Made& tie_column(std::string name, CellType type = CellType::text) {
    builder_.declare_edge_attribute(std::move(name), type);
    return *this;
  }
  Made& node(std::string_view key, std::string_view kind = {}, std::string_view country = {},
             std::string_view name = {}, std::initializer_list<std::string_view> further = {}) {
    NodeRow row{{}, {key}, {kind}, {name}, {country}, {}};
    for (const std::string_view text : further) row.further.push_back({text});
    CHECK(builder_.add(row));
    return *this;
  }
  Made& name(std::string_view node, std::string_view text, std::string_view lang = {}) {
    CHECK(builder_.add(NameRow{{}, {node}, {text}, {lang}, {}, {}}));
    return *this;
  }
  Made& tie(std::string_view source, std::string_view target, const TieCells& cells = {}) {
    EdgeRow row{{},           {cells.key},   {source},    {target},       {cells.kind},     {cells.directed},
                {cells.status}, {cells.start}, {cells.end}, {cells.amount}, {cells.currency}, {cells.agreement}, {}};
    for (const std::string_view text : cells.further) row.further.push_back({text});
    CHECK(builder_.add(row));
    return *this;
  }
  Made& quote(std::string_view tie, std::string_view text) {
    CHECK(builder_.add_edge_evidence({{}, {tie}, {"doc"}, {text}, {}, {}}));
    return *this;
  }
  Made& node_quote(std::string_view node, std::string_view text) {
    CHECK(builder_.add_node_evidence({{}, {node}, {"doc"}, {text}, {}, {}}));
    return *this;
  }
  NetworkPtr build() { return builder_.build(); }

 private:
  NetworkBuilder builder_;
};

inline NodeId node_of(const Network& network, std::string_view key) {
  const auto node = network.find_node(key);
  INFO("node " << key);
  REQUIRE(node);
  return *node;
}

inline std::vector<std::string> node_keys(const Selection& selection) {
  std::vector<std::string> keys;
  for (const NodeId node : selection.nodes) keys.emplace_back(selection.network->key(node));
  return keys;
}

inline std::vector<std::string> tie_keys(const Selection& selection) {
  std::vector<std::string> keys;
  for (const EdgeId edge : selection.edges) keys.emplace_back(selection.network->key(edge));
  return keys;
}

/// "a-b" for a mutual tie, "a>b" for a directed one.
inline std::vector<std::string> tie_ends(const Selection& selection) {
  const Network& network = *selection.network;
  std::vector<std::string> ends;
  for (const EdgeId edge : selection.edges) {
    ends.push_back(std::string(network.key(network.source(edge))) + (network.is_directed(edge) ? ">" : "-") +
                   std::string(network.key(network.target(edge))));
  }
  return ends;
}

inline std::vector<std::string> quotes(const Network& network, EdgeId edge) {
  std::vector<std::string> texts;
  for (const Evidence& evidence : network.evidence(edge)) texts.push_back(evidence.quote);
  return texts;
}

/// The exact sum of the amounts in one currency.
inline Money sum_in(const Selection& selection, std::string_view currency) {
  Money sum{0, 0, parse_currency(currency).value()};
  for (const EdgeId edge : selection.edges) {
    const auto amount = selection.network->amount(edge);
    if (amount && amount->currency == sum.currency) sum = add(sum, *amount).value();
  }
  return sum;
}

/// Everything a network says, as text: two networks that say the same print the same.
inline std::string printed(const Network& network) {
  std::string text;
  const auto put = [&](std::string_view cell) { (text += cell) += '|'; };
  for (const NodeId node : network.nodes()) {
    put(network.key(node));
    put(network.kind(node));
    put(network.label(node));
    put(network.country(node));
    for (const Attribute& column : network.node_attributes()) put(column.text(node.index));
    for (const Name& name : network.names(node)) put(name.text + "/" + name.lang + "/" + name.type);
    for (const Evidence& evidence : network.evidence(node)) put(evidence.quote + "/" + evidence.field);
    text += '\n';
  }
  for (const EdgeId edge : network.edges()) {
    put(network.key(edge));
    put(network.key(network.source(edge)));
    put(network.is_directed(edge) ? ">" : "-");
    put(network.key(network.target(edge)));
    put(network.kind(edge));
    put(network.status(edge));
    put(network.start(edge) ? network.start(edge)->text() : "");
    put(network.end(edge) ? network.end(edge)->text() : "");
    put(network.amount(edge) ? to_string(*network.amount(edge)) : "");
    put(network.agreement(edge));
    for (const Attribute& column : network.edge_attributes()) put(column.text(edge.index));
    for (const std::string& quote : quotes(network, edge)) put(quote);
    text += '\n';
  }
  return text;
}

/// A random network with every sort of column: kinds, countries, dates, amounts in two currencies,
/// agreements, further columns, evidence, loops and parallel ties.
inline NetworkPtr random_network(Seed seed, std::size_t nodes = 20, std::size_t ties = 40) {
  Random random(seed, 0x6D616465);
  NetworkInfo info;
  info.name = "random";
  info.hidden_kinds = {"person"};
  Made made(info);
  made.node_column("city").node_column("unique").tie_column("strength", CellType::number);
  const auto one_of = [&](std::initializer_list<const char*> texts) {
    return std::string(*(texts.begin() + static_cast<std::ptrdiff_t>(random.below(texts.size()))));
  };
  for (std::size_t i = 0; i < nodes; ++i) {
    const std::string key = "n" + std::to_string(i), unique = "u" + std::to_string(i);
    const std::string kind = one_of({"institution.university", "institution.firm", "person.minister", "event", ""});
    made.node(key, kind, one_of({"KR", "UZ", "VN", ""}), i % 3 == 0 ? "Name of " + key : "",
              {one_of({"Seoul", "Tashkent", ""}), unique});
    if (i % 4 == 0) made.node_quote(key, "about " + key);
  }
  for (std::size_t i = 0; nodes > 0 && i < ties; ++i) {
    const std::string key = "t" + std::to_string(i);
    const std::string source = "n" + std::to_string(random.below(nodes)),
                      target = "n" + std::to_string(random.below(nodes));
    const std::string kind = one_of({"funding.grant", "funding", "agreement.mou", "visit", ""}),
                      status = one_of({"signed", "planned", ""});
    const std::string start = one_of({"2019", "2020-05", "2021-12-16", ""}), currency = one_of({"USD", "KRW"});
    const bool has_amount = random.below(2) == 0;
    const std::string amount = std::to_string(random.below(1000)) + (currency == "USD" ? ".25" : "");
    const std::string agreement = one_of({"A", "B", "", ""}), strength = one_of({"1", "2.5", ""});
    made.tie(source, target,
             {.kind = kind,
              .status = status,
              .start = start,
              .amount = has_amount ? amount : "",
              .currency = has_amount ? std::string_view(currency) : "",
              .agreement = agreement,
              .further = {strength},
              .key = key});
    if (i % 2 == 0) made.quote(key, "about " + key);
  }
  return made.build();
}

}  // namespace entente::test

#include "cli/generated_network.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "engine/date.hpp"
#include "engine/network_builder.hpp"

namespace entente {

namespace {

constexpr std::array<std::string_view, 20> stems{"North", "Alba",  "Nova",  "Meridian", "Helio", "Terra", "Lumen",  "Quanta", "Civic", "Delta",
                                                 "Orion", "Silva", "Aqua",  "Ferro",    "Vera",  "Pons",  "Arbor",  "Castor", "Iris",  "Mare"};
constexpr std::array<std::string_view, 10> nouns{"University", "Company", "Hospital",   "Foundation", "Agency",
                                                 "Alliance",   "Bank",    "Laboratory", "Ministry",   "Association"};

/// Now and then a comma, quotation marks or letters beyond ASCII, as real names have them.
std::string name_of_body(std::uint32_t node, std::size_t kind, std::string_view country) {
  const std::string stem(stems[node % stems.size()]), noun(nouns[kind]), number = std::to_string(node);
  if (node % 37 == 0) return stem + ", " + noun + " of \"" + std::string(country) + "\" " + number;
  if (node % 41 == 0) return stem + "é " + noun + " Zürich " + number;
  return stem + "-" + std::string(stems[node / stems.size() % stems.size()]) + " " + noun + " " + number;
}

std::string key_of_body(NodeId node) {
  const std::string number = std::to_string(node.index);
  return "I" + std::string(number.size() < 7 ? 7 - number.size() : 0, '0') + number;
}

std::string amount_text(std::int64_t hundredths, bool has_coins) {
  std::string text = std::to_string(hundredths / 100);
  if (has_coins) {
    text += hundredths % 100 < 10 ? ".0" : ".";
    text += std::to_string(hundredths % 100);
  }
  return text;
}

/// What the builder refuses of a made network is a mistake of ours; the user is still told in a sentence.
Result<NetworkPtr> finished(NetworkBuilder& builder) {
  if (builder.ledger().refused() > 0) return fail(ErrorCode::bad_input, "The network that was made breaks a rule of networks.");
  return builder.build();
}

}  // namespace

Result<NetworkPtr> network_of(const GeneratedGraph& graph, const std::string& model) {
  NetworkInfo info;
  info.name = model;
  info.title = "A generated graph (" + model + ")";
  NetworkBuilder builder(std::move(info), {.implicit_nodes = false, .without_direction = BuilderOptions::Direction::mutual});
  builder.reserve(graph.node_count, graph.edges.size());
  for (std::size_t i = 0; i < graph.node_count; ++i) {
    const std::string key = std::to_string(i);
    NodeRow row;
    row.key.text = key;
    builder.add(row);
  }
  for (const Ends& ends : graph.edges) {
    const std::string source = std::to_string(ends.source.index), target = std::to_string(ends.target.index);
    EdgeRow row;
    row.source.text = source;
    row.target.text = target;
    builder.add(row);
  }
  return finished(builder);
}

Result<NetworkPtr> network_of(const PartnershipNetwork& made) {
  NetworkInfo info;
  info.name = "partnership";
  info.title = "A generated partnership network";
  NetworkBuilder builder(std::move(info));
  builder.reserve(made.graph.node_count, made.graph.edges.size());
  builder.declare_node_attribute("planted_community", CellType::integer, "The community that the generator put the body into.");
  NodeColumn<std::string> key(made.graph.node_count);
  for (const NodeId node : ids_below<NodeId>(made.graph.node_count)) {
    key[node] = key_of_body(node);
    const std::string name = name_of_body(node.index, made.kind[node], partnership_countries[made.country[node]]);
    const std::string community = std::to_string(made.community[node]);
    NodeRow row;
    row.key.text = key[node];
    row.kind.text = partnership_kinds[made.kind[node]];
    row.name.text = name;
    row.country.text = partnership_countries[made.country[node]];
    row.further = {Cell{community}};
    builder.add(row);
  }
  std::vector<std::string> days;
  for (const std::uint16_t day : made.day.values()) {
    while (days.size() <= day) days.push_back(iso_text(day_of(2010, 1, 1) + static_cast<Day>(days.size())));
  }
  for (const EdgeId edge : ids_below<EdgeId>(made.graph.edges.size())) {
    const PartnershipCurrency& currency = partnership_currencies[made.currency[edge]];
    const std::string amount = amount_text(made.hundredths[edge], currency.has_coins);
    EdgeRow row;
    row.source.text = key[made.graph.edges[edge.index].source];
    row.target.text = key[made.graph.edges[edge.index].target];
    row.kind.text = partnership_tie_kinds[made.tie_kind[edge]];
    row.start.text = days[made.day[edge]];
    row.amount.text = amount;
    row.currency.text = currency.code;
    builder.add(row);
  }
  return finished(builder);
}

}  // namespace entente

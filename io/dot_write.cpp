#include <algorithm>

#include "engine/text.hpp"
#include "io/dot.hpp"
#include "io/losses.hpp"

namespace entente {

namespace {

/// A quoted id. Backslashes are doubled: one before a quote or at the end could not be written otherwise.
std::string dot_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '\\' || c == '"') quoted += '\\';
    quoted += c;
  }
  return quoted + "\"";
}

/// A label that shows this text: a backslash or an & of its own would mean something.
std::string dot_label(std::string_view text) {
  std::string label;
  for (const char c : text) {
    switch (c) {
      case '\\': label += "\\\\"; break;
      case '"': label += "\\\""; break;
      case '&': label += "&amp;"; break;
      case '\n': label += "\\n"; break;
      case '\r': break;
      default: label += c;
    }
  }
  return "\"" + label + "\"";
}

class DotAttributeText {
 public:
  void put(std::string_view name, std::string_view value) {
    if (!value.empty()) put_written(name, dot_quoted(value));
  }
  void put_written(std::string_view name, const std::string& value) {
    text_ += (text_.empty() ? " [" : ", ") + std::string(name) + "=" + value;
  }
  std::string take() { return text_.empty() ? text_ : text_ + "]"; }

 private:
  std::string text_;
};

}  // namespace

Result<Written> write_dot(const Network& network) {
  const bool directed = network.has_directed();
  Written written;
  auto& losses = written.report.losses;
  losses = losses_of(network, {.names = true, .edge_evidence = true, .node_evidence = true, .sources = true, .package = true,
                               .package_files = true, .types = true});
  constexpr std::string_view used_of_nodes[] = {"names"}, used_of_ties[] = {"key"};
  const auto node_names = written_names(network.node_attributes(), used_of_nodes, losses);
  const auto edge_names = written_names(network.edge_attributes(), used_of_ties, losses);
  std::string dot = (directed ? "digraph " : "graph ") + dot_quoted(network.info().name) + " {\n  generator=entente;\n";
  std::size_t backslashes = 0, carriage_returns = 0;
  for (const NodeId node : network.nodes()) {
    backslashes += network.key(node).find('\\') != std::string_view::npos;
    carriage_returns += network.label(node).find('\r') != std::string_view::npos;
    DotAttributeText attributes;
    if (network.has_name(node)) attributes.put_written("label", dot_label(network.label(node)));
    attributes.put("kind", network.kind(node));
    attributes.put("country", network.country(node));
    for (std::size_t i = 0; i < node_names.size(); ++i) {
      attributes.put(dot_quoted("data_" + node_names[i]), network.node_attributes()[i].text(node.index));
    }
    dot += "  " + dot_quoted(network.key(node)) + attributes.take() + ";\n";
  }
  for (const EdgeId edge : network.edges()) {
    DotAttributeText attributes;
    attributes.put("key", network.key(edge));
    if (directed && !network.is_directed(edge)) attributes.put_written("dir", "none");
    attributes.put("kind", network.kind(edge));
    attributes.put("status", network.status(edge));
    if (const Edtf* start = network.start(edge)) attributes.put("start", start->text());
    if (const Edtf* end = network.end(edge)) attributes.put("end", end->text());
    if (const auto amount = network.amount(edge)) {
      attributes.put("amount", decimal_text(*amount));
      attributes.put("currency", amount->currency.text());
    }
    attributes.put("agreement", network.agreement(edge));
    for (std::size_t i = 0; i < edge_names.size(); ++i) {
      attributes.put(dot_quoted("data_" + edge_names[i]), network.edge_attributes()[i].text(edge.index));
    }
    dot += "  " + dot_quoted(network.key(network.source(edge))) + (directed ? " -> " : " -- ") +
           dot_quoted(network.key(network.target(edge))) + attributes.take() + ";\n";
  }
  dot += "}\n";

  written.files.push_back({{}, std::move(dot)});
  if (backslashes > 0) losses.push_back(counted(backslashes, "node id holds a backslash, which DOT", "node ids hold backslashes, which DOT") + " readers other than Entente see doubled.");
  if (carriage_returns > 0) losses.push_back(counted(carriage_returns, "name loses", "names lose") + " a carriage return.");
  return written;
}

}  // namespace entente

#include <algorithm>

#include "engine/selection.hpp"
#include "reader.hpp"
#include "support/sample.hpp"

// The selection of a command line, a line for each flag: "since=2021-04", "collapse=country". What is selected is a part
// of its network whose ties have both ends in it, and a graph.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace entente;
  static const NetworkPtr network = sample_network();
  SelectionSpec spec;
  std::string weight = "none";
  const std::map<std::string_view, std::vector<std::string>*> lists{
      {"node-kind", &spec.node_kinds}, {"edge-kind", &spec.edge_kinds},  {"status", &spec.statuses},
      {"country", &spec.countries},    {"project", &spec.projections}};
  const std::map<std::string_view, std::string*> words{
      {"since", &spec.since}, {"until", &spec.until},       {"component", &spec.component},   {"where", &spec.where},
      {"weight", &weight},    {"collapse", &spec.collapse}, {"agreements", &spec.agreements}};
  for (std::string_view rest = fuzz::text_of(data, size); !rest.empty();) {
    const std::string_view line = fuzz::take_line(rest);
    const std::size_t sign = std::min(line.find('='), line.size());
    const std::string_view name = line.substr(0, sign), value = line.substr(std::min(sign + 1, line.size()));
    if (const auto list = lists.find(name); list != lists.end()) list->second->emplace_back(value);
    if (const auto word = words.find(name); word != words.end()) *word->second = value;
    if (name == "undirected") spec.undirected = true;
    if (name == "keep-hidden") spec.keep_hidden = true;
  }
  const auto selected = select(network, spec);
  if (!selected) {
    fuzz::require(!selected.error().what.empty());
    return 0;
  }
  fuzz::require(std::ranges::is_sorted(selected->nodes) && std::ranges::is_sorted(selected->edges));
  for (const EdgeId tie : selected->edges) {
    const Ends ends = selected->network->ends(tie);
    fuzz::require(std::ranges::binary_search(selected->nodes, ends.source) && std::ranges::binary_search(selected->nodes, ends.target));
  }
  const auto graph = topology(*selected);
  fuzz::require(graph && graph->node.size() == selected->nodes.size() && graph->edge.size() == selected->edges.size());
  const auto weights = tie_weights(*graph, weight);
  if (!weights) return 0;
  for (const double value : weights->value.values()) fuzz::require(value >= 0 && value <= 1e308);
  return 0;
}

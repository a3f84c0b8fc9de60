#include "report/picture.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "algorithms/analysis.hpp"
#include "algorithms/registry.hpp"
#include "query/tie_columns.hpp"

namespace entente {

namespace {

/// A card that gives each node a number under its own name, or null.
const Card* measure_card(const std::string& name) {
  const Card* card = find_card(name);
  return card && !card->needs_ends && !card->results.empty() && card->results.front().per == ResultSpec::Per::node &&
                 card->results.front().name == name
             ? card
             : nullptr;
}

}  // namespace

Result<NodeMeasure> measured(const Selection& selection, const std::string& name, const std::string& weight, const Job& job) {
  const Card* card = measure_card(name);
  if (!card) return fail(ErrorCode::bad_argument, "There is no measure \"" + name + "\"; entente algorithms lists them.");
  const auto analysis = Analysis::prepare(selection, {.weight = weight, .currency = {}, .money = false, .group = {}});
  if (!analysis) return tl::unexpected(analysis.error());
  const auto findings = card->run(analysis->problem(), {}, job);
  if (!findings) return tl::unexpected(findings.error());
  NodeMeasure measure{name, card->results.front().unit,
                      NodeColumn<double>(selection.network->node_count(), std::numeric_limits<double>::quiet_NaN())};
  const Topology& topology = analysis->topology();
  std::visit([&](const auto& column) {
    for (const NodeId node : topology.graph.nodes()) measure.value[topology.node[node]] = static_cast<double>(column[node]);
  }, findings->per_node.front().second);
  return measure;
}

Result<NodeClusters> clustered(const Selection& selection, const std::string& method, const std::string& weight,
                               std::uint64_t seed, const Job& job) {
  const Card* card = find_card(method);
  if (!card || card->family != "community") {
    return fail(ErrorCode::bad_argument, "There is no method \"" + method + "\" for clusters; entente algorithms lists them.", "option method");
  }
  const auto analysis = Analysis::prepare(selection, {.weight = weight, .currency = {}, .money = false, .group = {}});
  if (!analysis) return tl::unexpected(analysis.error());
  const auto findings = card->run(analysis->problem(), {{"seed", static_cast<std::int64_t>(seed)}}, job);
  if (!findings) return tl::unexpected(findings.error());
  NodeClusters clusters{card->name + " clusters", NodeColumn<int>(selection.network->node_count(), -1)};
  clusters.name[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(clusters.name[0])));
  const auto& column = std::get<NodeColumn<std::int64_t>>(findings->per_node.front().second);
  const Topology& topology = analysis->topology();
  for (const NodeId node : topology.graph.nodes()) clusters.cluster[topology.node[node]] = static_cast<int>(column[node]);
  return clusters;
}

Result<void> set_widths(const Selection& selection, const std::string& weight, DiagramSpec& spec, DiagramData& data) {
  if (weight.empty()) return {};
  const Network& network = *selection.network;
  // The word amount means a column of plain numbers where no tie states money, as it does for tie_weights().
  const Attribute* column = is_weight_word(weight) ? nullptr : tie_column(network, weight);
  if (weight == "amount" && std::ranges::none_of(selection.edges, [&](EdgeId tie) { return network.amount(tie).has_value(); })) {
    column = tie_column(network, weight);
  }
  if (!column && is_weight_word(weight)) {
    spec.width = weight;
    return {};
  }
  const auto graph = topology(selection);
  if (!graph) return tl::unexpected(graph.error());
  const auto weights = tie_weights(*graph, column ? column->name : weight);
  if (!weights) return tl::unexpected(weights.error());
  std::string name = weight.starts_with("column:") ? weight.substr(std::string_view("column:").size()) : weight;
  if (name.starts_with("amount (")) name = "amount";
  TieMeasure measure{std::move(name), "plain numbers", EdgeColumn<double>(network.edge_count(), std::numeric_limits<double>::quiet_NaN())};
  for (const EdgeId edge : graph->graph.edges()) {
    const EdgeId tie = graph->edge[edge];
    if (!column->text(tie.index).empty()) measure.value[tie] = weights->value[edge];
  }
  data.width = std::move(measure);
  return {};
}

Result<Picture> draw(const Selection& selection, const PictureSpec& spec, PictureFormat format, const ChildLimits& limits,
                     const Job& job) {
  DiagramData data;
  const DiagramSpec& wanted = spec.diagram;
  if (wanted.color == "cluster" || wanted.boxes) {
    auto clusters = clustered(selection, spec.cluster_method, spec.weight, spec.seed, job);
    if (!clusters) return tl::unexpected(clusters.error());
    data.clusters = std::move(*clusters);
  }
  if (wanted.size != "none" && wanted.size != "auto") {
    auto size = measured(selection, wanted.size, spec.weight, job);
    if (!size) return tl::unexpected(size.error());
    data.size = std::move(*size);
  }
  if (measure_card(wanted.color)) {
    auto color = measured(selection, wanted.color, spec.weight, job);
    if (!color) return tl::unexpected(color.error());
    data.color = std::move(*color);
  }
  DiagramSpec looks = wanted;
  if (auto set = set_widths(selection, spec.weight, looks, data); !set) return tl::unexpected(set.error());
  const auto drawing = diagram(selection, looks, data);
  if (!drawing) return tl::unexpected(drawing.error());
  auto picture = render(*drawing, format, limits, job);
  if (!picture) return picture;
  picture->notes.insert(picture->notes.begin(), drawing->notes.begin(), drawing->notes.end());
  return picture;
}

}  // namespace entente

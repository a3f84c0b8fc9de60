#include "algorithms/certificates/dominators.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace entente {

namespace {

tl::unexpected<Error> dominators_are_wrong(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

bool is_among(std::span<const NodeId> group, NodeId v) { return std::ranges::find(group, v) != group.end(); }

/// No arc leads from a stage to a later one but to the dominator that opens it; all targets reached lie in the last one.
Result<void> check_stages(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                          std::span<const NodeId> sources, std::span<const NodeId> targets, const Dominators& found) {
  const auto opens = [&](NodeId v, std::int64_t stage) {
    return stage >= 1 && stage <= static_cast<std::int64_t>(found.nodes.size()) &&
           found.nodes[static_cast<std::size_t>(stage - 1)] == v && found.stage[v] == stage;
  };
  for (const NodeId v : sources) {
    if (found.stage[v] != 0 && !opens(v, 1)) return dominators_are_wrong("A source is not where walks start.");
  }
  std::vector<std::size_t> ways_in(found.nodes.size() + 1, 0);
  std::vector<EdgeId> way_in(found.nodes.size() + 1);
  for (const NodeId u : graph.nodes()) {
    if (found.stage[u] < 0) continue;
    for (const auto [v, edge] : graph.out(u)) {
      if (capacity[edge] == 0 || (found.stage[v] >= 0 && found.stage[v] <= found.stage[u])) continue;
      if (!opens(v, found.stage[u] + 1)) {
        return dominators_are_wrong("Edge " + std::to_string(edge.index) + " is a way around a listed node.");
      }
      ++ways_in[static_cast<std::size_t>(found.stage[u])];
      way_in[static_cast<std::size_t>(found.stage[u])] = edge;
    }
  }
  for (const NodeId v : targets) {
    const bool in_the_last = found.connected && found.stage[v] == static_cast<std::int64_t>(found.nodes.size());
    if (found.stage[v] >= 0 && !in_the_last) {
      return dominators_are_wrong("A target can be reached without all listed nodes.");
    }
  }
  std::vector<EdgeId> only_ways;
  for (std::size_t stage = 0; stage < found.nodes.size(); ++stage) {
    const bool from_outside = stage == 0 && is_among(sources, found.nodes[0]);
    if (ways_in[stage] == 1 && !from_outside) only_ways.push_back(way_in[stage]);
  }
  if (only_ways != found.edges) return dominators_are_wrong("The edges are not the only ones between two stages.");
  return {};
}

Result<void> check_walk(const Graph& graph, const EdgeColumn<std::int64_t>& capacity, std::span<const NodeId> sources,
                        std::span<const NodeId> targets, const Walk& walk) {
  if (walk.nodes.empty() || walk.nodes.size() != walk.edges.size() + 1 || !is_among(sources, walk.nodes.front()) ||
      !is_among(targets, walk.nodes.back())) {
    return dominators_are_wrong("A walk does not lead from a source to a target.");
  }
  for (std::size_t i = 0; i < walk.edges.size(); ++i) {
    const auto out = graph.out(walk.nodes[i]);
    const bool there = walk.edges[i].index < graph.edge_count() && capacity[walk.edges[i]] > 0 &&
                       std::ranges::any_of(out, [&](Arc arc) { return arc == Arc{walk.nodes[i + 1], walk.edges[i]}; });
    if (!there) return dominators_are_wrong("A walk takes a step that carries nothing.");
  }
  return {};
}

}  // namespace

Result<void> check_dominators(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                              std::span<const NodeId> sources, std::span<const NodeId> targets,
                              const Dominators& found) {
  if (found.stage.size() != graph.node_count()) return dominators_are_wrong("Dominators need a stage for each node.");
  for (const auto& nodes : {std::span<const NodeId>(found.nodes), sources, targets}) {
    for (const NodeId v : nodes) {
      if (v.index >= graph.node_count()) return dominators_are_wrong("A node is not one of the graph's.");
    }
  }
  for (std::size_t i = 0; i < found.nodes.size(); ++i) {
    if (found.stage[found.nodes[i]] != static_cast<std::int64_t>(i + 1)) {
      return dominators_are_wrong("The listed nodes do not open one stage after the other.");
    }
  }
  if (auto checked = check_stages(graph, capacity, sources, targets, found); !checked) return checked;
  if (!found.connected) return {};
  if (found.walks.size() != 2) return dominators_are_wrong("It takes two walks to show that no other node is passed.");
  for (const Walk& walk : found.walks) {
    if (auto checked = check_walk(graph, capacity, sources, targets, walk); !checked) return checked;
  }
  NodeColumn<std::uint8_t> passed(graph.node_count());
  for (const NodeId v : found.walks[0].nodes) passed[v] = 1;
  for (const NodeId v : found.nodes) passed[v] = 0;
  for (const NodeId v : found.walks[1].nodes) {
    if (!passed[v]) continue;
    return dominators_are_wrong("Both walks pass node " + std::to_string(v.index) + ", which is not listed.");
  }
  return {};
}

}  // namespace entente

#include "report/funds_reach.hpp"

#include <algorithm>
#include <map>

namespace entente {

Selection small_part(const Selection& selection, std::vector<EdgeId> edges, std::initializer_list<NodeId> named) {
  Selection part;
  part.network = selection.network;
  part.undirected = selection.undirected;
  part.description = selection.description;
  part.notes = selection.notes;
  part.nodes.assign(named);
  for (const EdgeId edge : edges) {
    part.nodes.push_back(selection.network->source(edge));
    part.nodes.push_back(selection.network->target(edge));
  }
  part.edges = std::move(edges);
  std::ranges::sort(part.nodes);
  part.nodes.erase(std::ranges::unique(part.nodes).begin(), part.nodes.end());
  return part;
}

FundsReach::FundsReach(const Network& network, const std::vector<NodeId>& from, const std::vector<NodeId>& to)
    : network_(network), starts_(network.node_count(), 0), ends_(network.node_count(), 0), seen_(network.node_count(), 0) {
  for (const NodeId node : from) starts_[node] = 1;
  for (const NodeId node : to) ends_[node] = 1;
}

bool FundsReach::leads(const Selection& part) {
  std::map<NodeId, std::vector<NodeId>> next;
  for (const EdgeId edge : part.edges) {
    const auto amount = network_.amount(edge);
    if (!amount || amount->units == 0) continue;
    const auto [source, target] = network_.ends(edge);
    next[source].push_back(target);
    if (part.undirected || !network_.is_directed(edge)) next[target].push_back(source);
  }
  std::vector<NodeId> open, reached;
  const auto reach = [&](NodeId node) {
    if (seen_[node]) return;
    seen_[node] = 1;
    open.push_back(node);
    reached.push_back(node);
  };
  for (const auto& [node, others] : next) {
    if (starts_[node]) reach(node);
  }
  bool found = false;
  while (!open.empty() && !found) {
    const NodeId node = open.back();
    open.pop_back();
    found = ends_[node] != 0;
    if (const auto row = next.find(node); row != next.end()) std::ranges::for_each(row->second, reach);
  }
  for (const NodeId node : reached) seen_[node] = 0;
  return found;
}

}  // namespace entente

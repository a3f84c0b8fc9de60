#include "algorithms/cohesion/checks.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "algorithms/cohesion/numbering.hpp"

namespace entente {

namespace {

tl::unexpected<Error> wrong_component(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

/// Components as found, each number with one of its nodes.
struct FoundComponents {
  std::vector<std::uint32_t> of;      // each node
  std::vector<NodeId> first;          // the smallest node of each component
};

Result<FoundComponents> numbered_components(std::size_t n, const Findings& findings) {
  const auto* column = found_column<NodeColumn<std::int64_t>>(findings.per_node, "component", n);
  if (!column) return wrong_component("There is not one component per node.");
  FoundComponents found;
  for (const std::int64_t number : column->values()) {
    if (number < 0 || static_cast<std::uint64_t>(number) >= n) {
      return wrong_component("A component has an impossible number.");
    }
    found.of.push_back(static_cast<std::uint32_t>(number));
  }
  const Numbering numbering = numbered_by_size(found.of);
  if (numbering.group != *column) return wrong_component("The components are not numbered by falling size.");
  if (!states_figure(findings, "count", numbering.count)) return wrong_component("The count is not the one stated.");
  if (!states_figure(findings, "largest", numbering.largest)) {
    return wrong_component("The size of the largest component is not the one stated.");
  }
  found.first.resize(static_cast<std::size_t>(numbering.count), NodeId{static_cast<std::uint32_t>(n)});
  for (std::uint32_t v = 0; v < n; ++v) {
    NodeId& first = found.first[found.of[v]];
    first = std::min(first, NodeId{v});
  }
  return found;
}

/// Whether each component is reached from its first node by steps inside it.
template <class Neighbours>
bool all_reached_inside(const FoundComponents& found, Neighbours&& neighbours) {
  std::vector<std::uint8_t> seen(found.of.size(), 0);
  std::vector<NodeId> queue;
  for (const NodeId first : found.first) {
    seen[first.index] = 1;
    queue.push_back(first);
  }
  for (std::size_t head = 0; head < queue.size(); ++head) {
    for (const NodeId v : neighbours(queue[head])) {
      if (found.of[v.index] == found.of[queue[head].index] && !std::exchange(seen[v.index], 1)) queue.push_back(v);
    }
  }
  return queue.size() == found.of.size();
}

}  // namespace

Result<std::string> verified_components(const Problem& problem, const Findings& findings) {
  const Symmetric& graph = *problem.symmetric;
  const auto found = numbered_components(graph.node_count(), findings);
  if (!found) return tl::unexpected(found.error());
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    if (found->of[source.index] != found->of[target.index]) {
      return wrong_component("Edge " + std::to_string(edge.index) + " joins two components.");
    }
  }
  if (!all_reached_inside(*found, [&](NodeId u) { return graph.neighbours(u); })) {
    return wrong_component("A component does not hold together.");
  }
  return "verified: no tie leaves a component, and each holds together";
}

Result<std::string> verified_strong_components(const Problem& problem, const Findings& findings) {
  const Graph& graph = problem.undirected ? problem.symmetric->both_ways() : *problem.graph;
  const auto found = numbered_components(graph.node_count(), findings);
  if (!found) return tl::unexpected(found.error());
  if (!all_reached_inside(*found, [&](NodeId u) { return graph.out_neighbours(u); }) ||
      !all_reached_inside(*found, [&](NodeId u) { return graph.in_neighbours(u); })) {
    return wrong_component("A component is not strongly connected.");
  }

  // The components can be sorted so that ties between them run forwards only, so no cycle runs through two.
  std::vector<std::uint64_t> entering(found->first.size(), 0), begin(found->first.size() + 1, 0);
  for (const std::uint32_t component : found->of) ++begin[component + 1];
  for (std::size_t c = 0; c + 1 < begin.size(); ++c) begin[c + 1] += begin[c];
  std::vector<NodeId> members(found->of.size());
  auto place = begin;
  for (const NodeId u : graph.nodes()) members[place[found->of[u.index]]++] = u;
  const auto for_each_leaving = [&](std::uint32_t component, auto&& visit) {
    for (std::uint64_t i = begin[component]; i < begin[component + 1]; ++i) {
      for (const NodeId v : graph.out_neighbours(members[i])) {
        if (found->of[v.index] != component) visit(found->of[v.index]);
      }
    }
  };
  const auto count = static_cast<std::uint32_t>(entering.size());
  for (std::uint32_t c = 0; c < count; ++c) for_each_leaving(c, [&](std::uint32_t to) { ++entering[to]; });
  std::vector<std::uint32_t> sorted;
  for (std::uint32_t c = 0; c < count; ++c) {
    if (entering[c] == 0) sorted.push_back(c);
  }
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    for_each_leaving(sorted[i], [&](std::uint32_t to) {
      if (--entering[to] == 0) sorted.push_back(to);
    });
  }
  if (sorted.size() != entering.size()) return wrong_component("A cycle runs through two components.");
  return "verified: each component is reached from one of its nodes and reaches it, and no cycle runs through two";
}

}  // namespace entente

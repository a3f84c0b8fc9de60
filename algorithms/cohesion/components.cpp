#include "algorithms/cohesion/components.hpp"

#include <limits>
#include <vector>

#include "algorithms/cohesion/numbering.hpp"

namespace entente {

namespace {

constexpr std::uint32_t no_component_yet = std::numeric_limits<std::uint32_t>::max();

Components numbered_components(const std::vector<std::uint32_t>& code) {
  Numbering numbering = numbered_by_size(code);
  return {std::move(numbering.group), numbering.count, numbering.largest};
}

}  // namespace

Result<Components> components(const Symmetric& graph, const Job& job) {
  std::vector<std::uint32_t> code(graph.node_count(), no_component_yet);
  std::vector<NodeId> queue;
  std::uint32_t count = 0;
  for (const NodeId start : graph.nodes()) {
    if (code[start.index] != no_component_yet) continue;
    if (job.cancelled()) return interrupted();
    code[start.index] = count;
    queue.assign(1, start);
    for (std::size_t head = 0; head < queue.size(); ++head) {
      for (const NodeId v : graph.neighbours(queue[head])) {
        if (code[v.index] != no_component_yet) continue;
        code[v.index] = count;
        queue.push_back(v);
      }
    }
    ++count;
  }
  return numbered_components(code);
}

// Tarjan's algorithm [tarjan1972depth]. With `entered` the order of discovery,
//   low(u)    earliest entered node still open that u is known to reach
//   open      entered, but its component not yet complete; kept on `open` in order of entry
// u is the first entered node of its component where low(u) = entered(u).
Result<Components> strong_components(const Graph& graph, const Job& job) {
  const std::size_t n = graph.node_count();
  struct Visit {
    NodeId node;
    std::size_t next;  // neighbours already looked at
  };
  std::vector<std::uint32_t> entered(n, no_component_yet), low(n, 0), code(n, no_component_yet);
  std::vector<NodeId> open;
  std::vector<Visit> path;
  std::uint32_t clock = 0, count = 0;

  const auto enter = [&](NodeId u) {
    entered[u.index] = low[u.index] = clock++;
    open.push_back(u);
    path.push_back({u, 0});
  };
  for (const NodeId root : graph.nodes()) {
    if (entered[root.index] != no_component_yet) continue;
    if (job.cancelled()) return interrupted();
    enter(root);
    while (!path.empty()) {
      const NodeId u = path.back().node;
      const auto neighbours = graph.out_neighbours(u);
      if (path.back().next < neighbours.size()) {
        const NodeId v = neighbours[path.back().next++];
        if (entered[v.index] == no_component_yet) {
          enter(v);
        } else if (code[v.index] == no_component_yet) {
          low[u.index] = std::min(low[u.index], entered[v.index]);
        }
        continue;
      }
      path.pop_back();
      if (!path.empty()) {
        const NodeId parent = path.back().node;
        low[parent.index] = std::min(low[parent.index], low[u.index]);
      }
      if (low[u.index] == entered[u.index]) {
        NodeId member;
        do {
          member = open.back();
          open.pop_back();
          code[member.index] = count;
        } while (member != u);
        ++count;
      }
    }
  }
  return numbered_components(code);
}

namespace {

struct NoComponentOptions {};

CardWriter<NoComponentOptions, Components> components_writer(std::string name) {
  return describe<NoComponentOptions, Components>(std::move(name), "cohesion")
      .cost("O(n log n + m)")
      .per_node("component", &Components::component, "", "number of the component; 0 is the largest")
      .figure("count", &Components::count, "components", "how many components there are")
      .figure("largest", &Components::largest, "nodes", "nodes of the largest component");
}

}  // namespace

Card components_card() {
  return components_writer("components")
      .summary("Which nodes reach each other over any ties.")
      .convention("directions and weights ignored; an isolated node is a component of its own; numbered by falling "
                  "size, ties by the smallest node")
      .source("hopcroft1973algorithm")
      .runs([](const Problem& problem, const NoComponentOptions&, const Job& job) {
        return components(*problem.symmetric, job);
      });
}

Card strong_components_card() {
  return components_writer("strong_components")
      .summary("Which nodes reach each other along the directions of the ties.")
      .convention("a mutual tie runs both ways; weights ignored; a node on no directed cycle is a component of its "
                  "own; numbered by falling size, ties by the smallest node")
      .source("tarjan1972depth")
      .runs([](const Problem& problem, const NoComponentOptions&, const Job& job) {
        return strong_components(problem.undirected ? problem.symmetric->both_ways() : *problem.graph, job);
      });
}

}  // namespace entente

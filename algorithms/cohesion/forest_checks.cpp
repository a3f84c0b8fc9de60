#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>
#include <vector>

#include "algorithms/cohesion/checks.hpp"

namespace entente {

namespace {

tl::unexpected<Error> wrong_forest(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

/// Disjoint sets with a time at which each set was hung below another. Smaller sets are hung below larger ones and
/// paths are never shortened, so a path is at most log2(n) long and its times grow upwards.
class TimedSets {
 public:
  static constexpr std::size_t never = static_cast<std::size_t>(-1);

  explicit TimedSets(std::size_t n) : above_(n), size_(n, 1), time_(n, never) {
    std::iota(above_.begin(), above_.end(), std::size_t{0});
  }
  bool unite(std::size_t a, std::size_t b, std::size_t time) {
    while (above_[a] != a) a = above_[a];
    while (above_[b] != b) b = above_[b];
    if (a == b) return false;
    if (size_[a] > size_[b]) std::swap(a, b);
    above_[a] = b;
    size_[b] += size_[a];
    time_[a] = time;
    return true;
  }
  /// The time from which on a and b were in one set.
  std::size_t united_at(std::size_t a, std::size_t b) const {
    std::size_t last = 0;
    while (a != b) {
      std::size_t& lower = time_[a] < time_[b] ? a : b;
      if (time_[lower] == never) return never;
      last = time_[lower];
      lower = above_[lower];
    }
    return last;
  }

 private:
  std::vector<std::size_t> above_, size_, time_;
};

}  // namespace

Result<std::string> verified_bicomponents(const Problem& problem, const Findings& findings) {
  const Symmetric& graph = *problem.symmetric;
  const std::size_t n = graph.node_count(), m = graph.edge_count();
  const auto* number = found_column<EdgeColumn<std::int64_t>>(findings.per_edge, "bicomponent", m);
  const auto* bridge = found_column<EdgeColumn<std::uint8_t>>(findings.per_edge, "bridge", m);
  const auto* articulation = found_column<NodeColumn<std::uint8_t>>(findings.per_node, "articulation", n);
  if (!number || !bridge || !articulation) return wrong_forest("A column is missing or of the wrong length.");

  // Each node once in each bicomponent of its edges.
  using Membership = std::pair<std::int64_t, NodeId>;
  std::vector<Membership> members;
  TimedSets components(n);
  std::size_t joined = 0;  // nodes - components
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    const std::int64_t b = (*number)[edge];
    if ((b == -1) != (source == target) || b < -1 || b >= static_cast<std::int64_t>(m)) {
      return wrong_forest("Edge " + std::to_string(edge.index) + " has an impossible bicomponent.");
    }
    if (b < 0) continue;
    members.insert(members.end(), {{b, source}, {b, target}});
    joined += components.unite(source.index, target.index, 0) ? 1u : 0u;
  }
  std::ranges::sort(members);
  members.erase(std::ranges::unique(members).begin(), members.end());
  const auto index_of = [&](std::int64_t b, NodeId node) {
    return static_cast<std::size_t>(std::ranges::lower_bound(members, Membership{b, node}) - members.begin());
  };
  std::vector<std::int64_t> nodes, edges, first_edge;
  std::vector<std::uint32_t> in(n, 0);
  for (const auto& [b, node] : members) {
    if (static_cast<std::size_t>(b) > nodes.size()) return wrong_forest("A number of a bicomponent is left out.");
    if (static_cast<std::size_t>(b) == nodes.size()) nodes.push_back(0);
    ++nodes.back();
    ++in[node.index];
  }
  edges.resize(nodes.size(), 0);
  first_edge.resize(nodes.size(), -1);
  TimedSets inside(members.size());
  std::size_t joined_inside = 0;
  for (const EdgeId edge : graph.edges()) {
    const std::int64_t b = (*number)[edge];
    if (b < 0) continue;
    const auto at = static_cast<std::size_t>(b);
    if (edges[at]++ == 0) first_edge[at] = edge.index;
    const auto [source, target] = graph.ends(edge);
    joined_inside += inside.unite(index_of(b, source), index_of(b, target), 0) ? 1u : 0u;
  }
  if (joined_inside != members.size() - nodes.size()) return wrong_forest("A bicomponent does not hold together.");
  // Were there a cycle through two bicomponents, these would join more nodes than there are to join.
  if (joined_inside != joined) return wrong_forest("A cycle runs through two bicomponents.");

  for (std::size_t b = 1; b < nodes.size(); ++b) {
    if (std::pair(-nodes[b - 1], first_edge[b - 1]) > std::pair(-nodes[b], first_edge[b])) {
      return wrong_forest("The bicomponents are not numbered by falling size.");
    }
  }
  std::int64_t bridges = 0, points = 0;
  for (const EdgeId edge : graph.edges()) {
    const bool alone = (*number)[edge] >= 0 && edges[static_cast<std::size_t>((*number)[edge])] == 1;
    if (((*bridge)[edge] == 1) != alone) return wrong_forest("A bridge is not alone, or not told.");
    bridges += alone;
  }
  for (const NodeId node : graph.nodes()) {
    if (((*articulation)[node] == 1) != (in[node.index] > 1)) {
      return wrong_forest("An articulation point is not in several bicomponents, or is not told.");
    }
    points += in[node.index] > 1;
  }
  if (!states_figure(findings, "count", static_cast<std::int64_t>(nodes.size())) ||
      !states_figure(findings, "bridges", bridges) || !states_figure(findings, "articulation_points", points) ||
      !states_figure(findings, "largest", nodes.empty() ? std::int64_t{0} : nodes.front())) {
    return wrong_forest("A figure is not the one stated.");
  }
  return "verified: each bicomponent holds together, no cycle runs through two of them, and bridges and articulation "
         "points follow from them; not checked: that none falls apart without one of its nodes";
}

Result<std::string> verified_spanning_forest(const Problem& problem, const SpanningForestOptions& options,
                                             const Findings& findings) {
  const Symmetric& graph = *problem.symmetric;
  const std::size_t m = graph.edge_count();
  const auto* in_forest = found_column<EdgeColumn<std::uint8_t>>(findings.per_edge, "in_forest", m);
  if (!in_forest) return wrong_forest("There is not one flag per edge.");
  const bool maximum = options.objective == "maximum";
  const EdgeColumn<double>* value = maximum ? problem.weight : problem.length;
  const auto value_of = [&](EdgeId edge) { return value ? (*value)[edge] : 1.0; };
  const auto before = [&](EdgeId a, EdgeId b) {
    if (value_of(a) != value_of(b)) return maximum ? value_of(a) > value_of(b) : value_of(a) < value_of(b);
    return a < b;
  };
  std::vector<EdgeId> forest;
  double total = 0;
  for (const EdgeId edge : graph.edges()) {
    if ((*in_forest)[edge]) forest.push_back(edge);
  }
  std::ranges::sort(forest, before);
  TimedSets trees(graph.node_count());
  for (std::size_t i = 0; i < forest.size(); ++i) {
    const auto [source, target] = graph.ends(forest[i]);
    if (!trees.unite(source.index, target.index, i)) return wrong_forest("The forest has a cycle.");
    total += value_of(forest[i]);
  }
  // The worst edge of the path between two nodes is the one that first put both into one set.
  for (const EdgeId edge : graph.edges()) {
    const auto [source, target] = graph.ends(edge);
    if ((*in_forest)[edge] || source == target) continue;
    const std::size_t worst = trees.united_at(source.index, target.index);
    if (worst == TimedSets::never) return wrong_forest("The forest does not join what is joined.");
    if (before(edge, forest[worst])) {
      return wrong_forest("Edge " + std::to_string(edge.index) + " would be better than an edge of the forest.");
    }
  }
  const auto edges = static_cast<std::int64_t>(forest.size());
  if (!states_figure(findings, "edges", edges) ||
      !states_figure(findings, "trees", static_cast<std::int64_t>(graph.node_count()) - edges) ||
      !states_figure(findings, "total", total)) {
    return wrong_forest("A figure is not the one stated.");
  }
  return "verified: the forest has no cycle and joins what is joined, and no other edge is better than the worst "
         "edge of the path that it would close";
}

}  // namespace entente

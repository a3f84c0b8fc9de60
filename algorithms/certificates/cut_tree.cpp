#include "algorithms/certificates/cut_tree.hpp"

#include <string>
#include <utility>
#include <vector>

// An edge between nodes at home at a and b crosses just the branches on the tree's path from a to b. So its capacity is
// added to each of them, and every cut is summed in one pass over the edges.

namespace entente {

namespace {

__extension__ using Int128 = __int128;

tl::unexpected<Error> tree_is_wrong(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

}  // namespace

Result<void> check_cut_tree(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity, const CutTree& tree) {
  constexpr std::uint32_t none = 0xFFFFFFFF;
  const std::size_t n = graph.node_count();
  if (capacity.size() != graph.edge_count()) return tree_is_wrong("A cut needs a capacity for each edge.");
  if (tree.branches.empty()) return {};
  if (tree.home.size() != n) return tree_is_wrong("A cut tree needs a home for each node.");
  NodeColumn<std::uint32_t> branch(n, none), depth(n, none);
  for (std::size_t i = 0; i < tree.branches.size(); ++i) {
    const auto [node, parent, amount] = tree.branches[i];
    if (node.index >= n || parent.index >= n || branch[node] != none) return tree_is_wrong("The branches are no tree.");
    branch[node] = static_cast<std::uint32_t>(i);
  }
  for (const CutTree::Branch& start : tree.branches) {  // depth by walking up to what has one
    std::vector<NodeId> way;
    NodeId v = start.node;
    for (; branch[v] != none && depth[v] == none; v = tree.branches[branch[v]].parent) {
      if (way.size() > tree.branches.size()) return tree_is_wrong("The branches run in a circle.");
      way.push_back(v);
    }
    if (depth[v] == none) depth[v] = 0;
    for (std::uint32_t d = depth[v]; !way.empty(); way.pop_back()) depth[way.back()] = ++d;
  }
  std::size_t roots = 0;
  for (const NodeId v : graph.nodes()) {
    roots += depth[v] == 0;
    if (tree.home[v].index >= n || depth[tree.home[v]] == none) return tree_is_wrong("A node is at home at no terminal.");
    if (depth[v] != none && tree.home[v] != v) return tree_is_wrong("A terminal is not at home at itself.");
  }
  if (roots != 1) return tree_is_wrong("The branches are several trees.");

  std::vector<Int128> crossing(tree.branches.size(), 0);
  for (const EdgeId edge : graph.edges()) {
    NodeId a = tree.home[graph.ends(edge).source], b = tree.home[graph.ends(edge).target];
    while (a != b) {
      NodeId& deeper = depth[a] >= depth[b] ? a : b;
      crossing[branch[deeper]] += capacity[edge];
      deeper = tree.branches[branch[deeper]].parent;
    }
  }
  for (std::size_t i = 0; i < tree.branches.size(); ++i) {
    if (crossing[i] != tree.branches[i].amount) {
      return tree_is_wrong("The sides of the branch of node " + std::to_string(tree.branches[i].node.index) +
                           " are not a cut of its amount.");
    }
  }
  return {};
}

}  // namespace entente

#include "algorithms/flow/gomory_hu.hpp"

#include <string>
#include <utility>

#include "algorithms/flow/max_flow.hpp"

// Gusfield's method: the tree starts as a star around the first terminal. Each other terminal in turn is cut from its
// parent in the whole network, and whatever hangs on the same parent and lies on its side of the cut hangs on it from
// then on. Cuts may cross earlier ones; the tree is a cut tree all the same [gusfield1990very]. Nodes that are no
// terminals hang on the tree as leaves that never get their turn: that tells on which side of each cut they lie.

namespace entente {

namespace {

Result<void> check_terminals(const Symmetric& graph, std::span<const NodeId> terminals) {
  NodeColumn<std::uint8_t> named(graph.node_count());
  for (const NodeId v : terminals) {
    if (v.index >= graph.node_count()) {
      return fail(ErrorCode::bad_argument, "The terminal " + std::to_string(v.index) + " is not one of the " +
                                               std::to_string(graph.node_count()) + " nodes of the graph.");
    }
    if (std::exchange(named[v], std::uint8_t{1})) {
      return fail(ErrorCode::bad_argument, "The terminal " + std::to_string(v.index) + " is named twice.");
    }
  }
  return {};
}

}  // namespace

Result<CutTree> cut_tree(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> terminals, const Job& job) {
  if (auto checked = check_terminals(graph, terminals); !checked) return tl::unexpected(checked.error());
  CutTree tree;
  if (terminals.empty()) return tree;
  const NodeId root = terminals.front();
  NodeColumn<NodeId> parent(graph.node_count(), root);
  NodeColumn<std::int64_t> amount(graph.node_count(), 0);
  for (std::size_t i = 1; i < terminals.size(); ++i) {
    job.report("terminals", i, terminals.size());
    const NodeId s = terminals[i], t = parent[s];
    const auto flow = max_flow(graph.both_ways(), capacity, std::span(&s, 1), std::span(&t, 1), job);
    if (!flow) return tl::unexpected(flow.error());
    for (const NodeId v : graph.nodes()) {
      if (v != s && parent[v] == t && flow->source_side[v]) parent[v] = s;
    }
    amount[s] = flow->value;
    if (t != root && flow->source_side[parent[t]]) {  // the cut has parted the parent from its own parent
      parent[s] = parent[t];
      amount[s] = amount[t];
      parent[t] = s;
      amount[t] = flow->value;
    }
  }
  tree.home = parent;
  for (const NodeId v : terminals) tree.home[v] = v;
  for (const NodeId v : terminals.subspan(1)) tree.branches.push_back({v, parent[v], amount[v]});
  return tree;
}

}  // namespace entente

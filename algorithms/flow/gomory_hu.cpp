#include "algorithms/flow/gomory_hu.hpp"

#include <string>
#include <utility>
#include <vector>

#include "algorithms/flow/flow_network.hpp"

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

/// The edges that can carry something, which are all that a cut counts: in data of several currencies a small part.
struct OpenEdges {
  Symmetric graph;
  EdgeColumn<std::int64_t> capacity;
};

Result<OpenEdges> open_edges(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity) {
  std::vector<Ends> ends;
  OpenEdges open;
  for (const EdgeId edge : graph.edges()) {
    const Ends both = graph.ends(edge);
    if (capacity[edge] == 0 || both.source == both.target) continue;
    ends.push_back(both);
    open.capacity.push_back(capacity[edge]);
  }
  auto made = make_symmetric(graph.node_count(), ends);
  if (!made) return tl::unexpected(made.error());
  open.graph = *std::move(made);
  return open;
}

}  // namespace

Result<CutTree> cut_tree(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> terminals, const Job& job) {
  if (auto checked = check_terminals(graph, terminals); !checked) return tl::unexpected(checked.error());
  CutTree tree;
  if (terminals.empty()) return tree;
  if (capacity.size() != graph.edge_count()) {
    return fail(ErrorCode::bad_argument, "There are " + std::to_string(capacity.size()) + " capacities for " +
                                             std::to_string(graph.edge_count()) + " edges.");
  }
  const auto open = open_edges(graph, capacity);
  if (!open) return tl::unexpected(open.error());
  auto network = FlowNetwork::make(open->graph.both_ways(), open->capacity);
  if (!network) {  // told of the edge by its own number
    const auto whole = FlowNetwork::make(graph.both_ways(), capacity);
    return tl::unexpected(whole ? network.error() : whole.error());
  }
  if (terminals.size() > 2) network->prepare();
  Job one_cut = job;
  one_cut.progress = nullptr;  // the tree tells how far it is
  const NodeId root = terminals.front();
  NodeColumn<NodeId> parent(graph.node_count(), root);
  NodeColumn<std::int64_t> amount(graph.node_count(), 0);
  for (std::size_t i = 1; i < terminals.size(); ++i) {
    job.report("cuts between bodies", i - 1, terminals.size() - 1);
    const NodeId s = terminals[i], t = parent[s];
    const auto value = network->send(std::span(&s, 1), std::span(&t, 1), one_cut);
    if (!value) return tl::unexpected(value.error());
    const NodeColumn<std::uint8_t> side = network->source_side();
    for (const NodeId v : graph.nodes()) {
      if (v != s && parent[v] == t && side[v]) parent[v] = s;
    }
    amount[s] = *value;
    if (t != root && side[parent[t]]) {  // the cut has parted the parent from its own parent
      parent[s] = parent[t];
      amount[s] = amount[t];
      parent[t] = s;
      amount[t] = *value;
    }
  }
  tree.home = parent;
  for (const NodeId v : terminals) tree.home[v] = v;
  for (const NodeId v : terminals.subspan(1)) tree.branches.push_back({v, parent[v], amount[v]});
  return tree;
}

}  // namespace entente

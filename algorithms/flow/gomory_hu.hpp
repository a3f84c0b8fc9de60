#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct CutTree {
  struct Branch {
    NodeId node, parent;
    std::int64_t amount = 0;  // minimum cut between them
  };
  std::vector<Branch> branches;  // one per terminal but the first, in the order of the terminals
  NodeColumn<NodeId> home;       // per node the terminal on whose side of every listed cut it lies; its own of a terminal
};

/// A cut tree of some nodes, the terminals, in the network with directions ignored:
///
///     the most that can pass between two terminals = the smallest amount on the tree's path between them
///
/// and the nodes at home on one side of a branch are a minimum cut between its two ends. So one tree of k - 1 branches
/// holds all k (k - 1) / 2 pairs.
///
/// Input    capacity: one whole number >= 0 per edge; terminals, each once.
/// Output   exact. The amounts between pairs are unique; of several trees one is returned, the same every time.
/// Cost     k - 1 maximum flows [gusfield1990very].
/// Errors   those of max_flow; bad_argument for a terminal that the graph lacks or that is named twice. interrupted.
/// Source   [gomory1961multi; gusfield1990very].
Result<CutTree> cut_tree(const Symmetric& graph, const EdgeColumn<std::int64_t>& capacity,
                         std::span<const NodeId> terminals, const Job& job = {});

Card gomory_hu_card();

}  // namespace entente

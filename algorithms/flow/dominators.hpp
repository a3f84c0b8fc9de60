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

struct Dominators {
  std::vector<NodeId> nodes;  // on every walk from a source to a target, in the order in which all of them pass
  std::vector<EdgeId> edges;  // over which every such walk leads, in that order
  NodeColumn<std::int64_t> stage;  // dominators passed on every walk to the node, itself included; -1: none reaches it
  std::vector<Walk> walks;    // two that share no node but the dominators; the same twice where there is one way only
  bool connected = false;     // whether any walk leads from a source to a target
};

/// What everything that goes from the sources to the targets must pass, along arcs of positive capacity.
///
/// A node dominates where no walk from a source to a target avoids it [lengauer1979fast]; an edge where no walk does
/// without it. The stages prove the one half: from a node of stage k an arc leads to stage k or less, or to the
/// dominator k + 1 itself. The two walks prove that there are no others [georgiadis2016dominator]. An edge is one that all
/// pass just where it is the only one from stage k to k + 1.
///
/// The only source and the only target are among the nodes, first and last. Parallel edges are never dominators, each
/// being a way around the other; self-loops are on no way. A mutual edge leads either way.
///
/// Cost     O(n + m): one walk is found, then swept for the farthest of its nodes that a detour can reach; and a
///          flow of two units.
/// Errors   bad_argument: as max_flow. interrupted.
Result<Dominators> dominators_between(const Graph& graph, const EdgeColumn<std::int64_t>& capacity,
                                      std::span<const NodeId> sources, std::span<const NodeId> targets,
                                      const Job& job = {});

Card dominators_card();

}  // namespace entente

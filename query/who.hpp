#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/ids.hpp"
#include "engine/job.hpp"
#include "engine/selection.hpp"

namespace entente {

/// One partner of a body and all ties with it, in the order of the network.
struct Partner {
  NodeId node;
  std::vector<EdgeId> ties;
};

/// Everybody a body has a tie with.
struct Partners {
  NodeId node;
  std::vector<Partner> partners;  // by falling number of ties, then in node order; the body itself
                                  // only where it has a tie with itself
  std::size_t ties = 0;           // distinct ties in all of them
};

/// The partners of a node within a selection; directions are ignored. Ids are the network's. The node
/// should be in the selection: one that is not has no ties there, which says nothing about it.
/// O(degree log degree) after one pass over the selection's ties.
Partners partners_of(const Selection& selection, NodeId node);

/// How to look for connections between two bodies.
struct ConnectionOptions {
  bool directed = false;        // follow directions; mutual ties run both ways
  bool all_shortest = false;    // every shortest path instead of k paths
  std::size_t k = 3;            // that many loopless paths, shortest first
  std::size_t max_length = 0;   // in ties; 0 = no limit
  std::vector<std::string> via; // kinds that may be stepping stones; empty: all but countries
  std::vector<NodeId> avoid;    // nodes that may not be stepping stones
  std::size_t limit = 1000;     // paths listed at most
  std::string weight = {};      // of ties, as tie_weights() takes it: the length of a step is 1 / weight; empty or none: 1
  std::optional<Currency> currency = {};  // of the weight amount
};

/// One path: nodes from end to end and, for each step, all ties that make it.
struct Connection {
  std::vector<NodeId> nodes;
  std::vector<std::vector<EdgeId>> ties;  // ties.size() == nodes.size() - 1
  double length = 0;                      // sum of the lengths of its steps; of parallel ties the shortest counts
};

struct Connections {
  NodeId from;
  NodeId to;
  bool connected = false;               // within the limits of the question
  std::optional<std::size_t> distance;  // steps of the shortest path, or of the first where ties have lengths
  std::optional<double> length;         // of the shortest path, where ties have lengths
  std::vector<Connection> paths;        // shortest first, then in the order of node ids
  bool complete = true;
  std::string completeness;  // "complete: all 3 shortest paths", "stopped at 5 paths; there may be more"
  std::vector<std::string> notes;  // which ties have no weight and so no length
};

/// How two bodies are connected. Country nodes are never stepping stones unless `via` names their kind:
/// two bodies of one country are not partners for that. A body is connected with itself by an empty
/// path. No connection is an answer, not an error.
/// With a weight, shortest means the least sum of 1 / weight, and ties whose weight is unknown or 0 are no steps.
/// Cost: one breadth-first search, or k of them per path length for k paths.
/// Errors: bad_argument (an end outside the selection; a kind in `via` that the network does not have), those of
/// tie_weights(), interrupted.
Result<Connections> connections(const Selection& selection, NodeId from, NodeId to,
                                const ConnectionOptions& options = {}, const Job& job = {});

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct ClosenessOptions {
  bool normalized = false;  // multiply by the share of the other nodes that is reached
};

struct Closeness {
  NodeColumn<double> closeness;  // 1 / mean distance to the nodes reached
};

/// Closeness: how near the nodes are that v can reach [freeman1978centrality].
///
///     c(v) = (r - 1) / sum of d(v, u) over the r nodes u that v reaches, v itself among them
///
/// Distances run from v, along directions. A node that reaches nobody has 0. Among nodes that reach
/// different numbers of others, c favours those in small closed circles; normalized, it is multiplied
/// by (r - 1)/(n - 1) [wasserman1994social, p. 201]. For a graph without directions give
/// symmetric.both_ways(). Parallel edges and self-loops change nothing (the shortest of parallel edges
/// counts).
///
/// Input    length: one finite value > 0 per edge; null: hops.
/// Output   n values >= 0, in 1/length.
/// Cost     in hops O(n arcs / 512) line operations for each level where distances are short, see sum_hops();
///          some 200 bytes a node and thread. With lengths O(n (n + arcs log arcs)), see LengthSearch; 8 or 16
///          bytes an arc, 24 a node and thread.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: a length that is not positive and finite. interrupted.
Result<Closeness> closeness(const Graph& graph, const EdgeColumn<double>* length = nullptr,
                            const ClosenessOptions& options = {}, const Job& job = {});

Card closeness_card();

}  // namespace entente

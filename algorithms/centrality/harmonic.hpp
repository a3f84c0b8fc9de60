#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct HarmonicOptions {
  bool normalized = false;  // divide by n - 1
};

struct Harmonic {
  NodeColumn<double> harmonic;  // sum of 1/distance
};

/// Harmonic centrality: nearness that needs no special care for nodes out of reach, which add 0
/// [boldi2014axioms].
///
///     h(v) = sum of 1 / d(v, u) over all nodes u != v
///
/// Distances run from v, along directions. For a graph without directions give symmetric.both_ways().
/// Parallel edges and self-loops change nothing (the shortest of parallel edges counts).
///
/// Input    length: one finite value > 0 per edge; null: hops.
/// Output   n values >= 0, in 1/length; normalized: divided by n - 1, so that in hops 1 means tied to
///          everybody.
/// Cost     in hops O(n arcs / 512) line operations for each level where distances are short, see sum_hops();
///          some 200 bytes a node and thread. With lengths O(n (n + arcs log arcs)), see LengthSearch; 8 or 16
///          bytes an arc, 24 a node and thread.
/// Repeats  bit for bit, whatever the number of threads.
/// Errors   bad_argument: a length that is not positive and finite. interrupted.
Result<Harmonic> harmonic(const Graph& graph, const EdgeColumn<double>* length = nullptr,
                          const HarmonicOptions& options = {}, const Job& job = {});

Card harmonic_card();

}  // namespace entente

#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct BetweennessOptions {
  bool normalized = false;  // divide by the number of pairs of other nodes
};

struct Betweenness {
  NodeColumn<double> betweenness;  // pairs of nodes that depend on this one
};

/// Betweenness: over how many shortest paths between others a node presides [freeman1977set].
///
///     b(v) = sum over pairs s, t of other nodes of  sigma(s, t | v) / sigma(s, t)
///
/// sigma(s, t) is the number of shortest paths from s to t, sigma(s, t | v) of those through v. On a
/// Graph pairs are ordered and paths follow directions; on a Symmetric each pair counts once. Ends are
/// not between. A path is its sequence of nodes: parallel edges are one way to go (the shortest of them
/// counts) and self-loops none, so a second agreement between two partners changes no broker.
/// Path lengths that differ by less than 1e-12 of themselves are equal, whatever the rounding of sums.
///
/// Input    length: one finite value > 0 per edge; null: hops.
/// Output   n values >= 0, in pairs. Normalized: divided by (n - 1)(n - 2), on a Symmetric by half of it,
///          so that 1 is the centre of a star (0 where n < 3).
/// Cost     O(n (n + arcs)) in hops, O(n (n + arcs log arcs)) with lengths, where without directions n and arcs
///          are those of each bicomponent: trees cost nothing. Memory 400 bytes a node and 20 an arc, and 250 a
///          node (400 where pairs have more than 2^24 shortest paths) and thread.
/// Repeats  bit for bit, whatever the number of threads and the machine's instructions.
/// Errors   bad_argument: a length that is not positive and finite. overflow: more than 1e300 shortest
///          paths between two nodes of a bicomponent (lattices of 500 x 500 have them). interrupted.
/// Source   [brandes2001faster], pieces after [sariyuce2013shattering].
Result<Betweenness> betweenness(const Graph& graph, const EdgeColumn<double>* length = nullptr,
                                const BetweennessOptions& options = {}, const Job& job = {});
Result<Betweenness> betweenness(const Symmetric& graph, const EdgeColumn<double>* length = nullptr,
                                const BetweennessOptions& options = {}, const Job& job = {});

Card betweenness_card();

}  // namespace entente

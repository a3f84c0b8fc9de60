#pragma once

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct EdgeBetweennessOptions {
  bool normalized = false;  // divide by the number of pairs of nodes
};

struct EdgeBetweenness {
  EdgeColumn<double> edge_betweenness;  // pairs of nodes that depend on this edge
};

/// Edge betweenness: over how many shortest paths between two nodes a tie carries [girvan2002community].
///
///     b(e) = sum over pairs s, t of different nodes of  sigma(s, t | e) / sigma(s, t)
///
/// sigma(s, t) is the number of shortest paths from s to t, sigma(s, t | e) of those over e; ends count, so a
/// bridge between parts of a and b nodes has a b. On a Graph pairs are ordered and paths follow directions;
/// on a Symmetric each pair counts once. A path is its sequence of nodes: parallel edges are one step, and what is
/// due to the step is shared equally among those of them that are shortest (in hops: all of them); the others have 0.
/// A self-loop is on no shortest path and has 0. Path lengths that differ by less than 1e-12 of themselves are equal.
///
/// Input    length: one finite value > 0 per edge; null: hops.
/// Output   m values >= 0, in pairs. Normalized: divided by n (n - 1), on a Symmetric by half of it.
/// Cost     as `betweenness`, about twice its time; 100 bytes an arc more.
/// Repeats  bit for bit, whatever the number of threads and the machine's instructions.
/// Errors   as `betweenness`.
/// Source   [girvan2002community], computed after [brandes2008variants].
Result<EdgeBetweenness> edge_betweenness(const Graph& graph, const EdgeColumn<double>* length = nullptr,
                                         const EdgeBetweennessOptions& options = {}, const Job& job = {});
Result<EdgeBetweenness> edge_betweenness(const Symmetric& graph, const EdgeColumn<double>* length = nullptr,
                                         const EdgeBetweennessOptions& options = {}, const Job& job = {});

Card edge_betweenness_card();

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/centrality/betweenness_batch.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"
#include "engine/rows.hpp"

namespace entente {

/// A graph cut where shortest paths between its parts have no choice [sariyuce2013shattering].
///
/// Without directions the pieces are the bicomponents. A path from one to another passes the articulation points
/// between them, so a search inside a piece is enough if every member stands for all nodes that hang on it outside the
/// piece: that is its weight, itself included. A tree is all pieces of two, which need no search at all.
/// Pairs in different branches of an articulation point all depend on it; they are counted here.
///
/// With directions there is one piece, of all nodes that have an arc, with weights of 1.
///
/// Members are numbered piece by piece, within a piece by falling degree; rows hold numbers within the piece.
/// Memory: 24 bytes a member, 16 a node and 4 an arc; members are at most 2 n.
struct BetweennessPieces {
  std::vector<std::uint32_t> first;    // members of piece p: first[p] … first[p + 1] - 1
  std::vector<std::uint32_t> node;     // of each member
  std::vector<double> weight;          // of each member
  std::vector<std::uint64_t> between;  // of each node: ordered pairs in different branches of it
  std::vector<std::uint64_t> reached;  // of each node: others in its component (0 where directions count)
  Rows out, in;                        // of each member; `in` is empty where every arc has its reverse
  std::vector<std::uint32_t> source;   // within each piece its members that lead anywhere, near ones side by side
  std::vector<std::uint32_t> source_begin;  // sources of piece p: source_begin[p] … source_begin[p + 1] - 1

  /// Of each arc of `out`, where it stands in the user's row of its node: parallel arcs begin there. Filled on demand.
  std::vector<std::uint32_t> place;

  std::size_t count() const { return first.size() - 1; }
  std::uint32_t size(std::size_t piece) const { return first[piece + 1] - first[piece]; }
  BatchGraph graph(std::size_t piece) const;
};

/// Calls `visit(edge)` for the parallel arcs that begin at `place` in the user's row of u.
template <class Visit>
void for_each_parallel(const Graph& graph, NodeId u, std::uint32_t place, Visit&& visit) {
  const ArcRange arcs = graph.out(u);
  const auto begin = arcs.begin() + static_cast<std::ptrdiff_t>(place);
  for (auto arc = begin; arc != arcs.end() && (*arc).node == (*begin).node; ++arc) visit((*arc).edge);
}

/// Of each arc of `pieces.out` the shortest of its parallel edges. The places must be there.
std::vector<double> lengths_of_arcs(const Graph& graph, const BetweennessPieces& pieces,
                                    const EdgeColumn<double>& length);

/// `symmetric` is null where directions count; else `graph` is its both_ways(). O(n + arcs log arcs).
/// Errors: interrupted.
Result<BetweennessPieces> betweenness_pieces(const Graph& graph, const Symmetric* symmetric, bool with_places,
                                             const Job& job);

}  // namespace entente

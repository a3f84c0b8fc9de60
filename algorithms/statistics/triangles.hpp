#pragma once

#include <cstdint>
#include <optional>

#include "algorithms/card.hpp"
#include "engine/graph.hpp"

namespace entente {

struct Triangles {
  NodeColumn<std::int64_t> triangles;  // of which the node is a corner
  std::int64_t total = 0;              // in the network, each counted once
};

/// Triangles: three nodes, each tied to the other two. Directions, parallel ties and self-loops are ignored.
///
/// Input    n nodes, m edges.
/// Output   triangles: n counts, which add up to 3 total.
/// Cost     O(m^1.5), in parallel: each triangle is found at its corner of lowest degree. 4 bytes an edge and 8 bytes
///          a node, and 8 more for each thread.
/// Repeats  exactly, whatever the number of threads and the instruction set.
/// Errors   interrupted.
/// Source   [latapy2008main]
Result<Triangles> triangles(const Symmetric& graph, const Job& job = {});

struct LocalClustering {
  NodeColumn<double> clustering;       // share of a node's pairs of neighbours that are tied, in [0, 1]
  std::optional<double> average;       // over all nodes; absent without nodes
  std::optional<double> transitivity;  // share of the connected triples that are closed; absent without triples
  std::int64_t triangles = 0;          // in the network, each counted once
};

/// Clustering: how often two partners of a node are partners themselves.
///
///     clustering(v) = triangles(v) / (d(v) (d(v) - 1) / 2),  0 where d(v) < 2
///     average       = mean of clustering over all nodes
///     transitivity  = sum of triangles(v) / sum of d(v) (d(v) - 1) / 2
///
/// d(v) is the number of different partners of v. Directions, parallel ties and self-loops are ignored.
///
/// Cost, repeats, errors   as for `triangles`.
/// Source   [watts1998collective]; transitivity as in [newman2001random].
Result<LocalClustering> local_clustering(const Symmetric& graph, const Job& job = {});

Card triangles_card();
Card clustering_card();

}  // namespace entente

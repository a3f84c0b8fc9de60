#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"
#include "engine/random.hpp"

namespace entente {

/// A graph that was made, simple (no self-loop, no pair twice), to be read as undirected. Nodes are 0 … n - 1.
struct GeneratedGraph {
  std::size_t node_count = 0;
  std::vector<Ends> edges;
};

/// All generators: the same options give the same bytes on every machine and at any number of threads.
/// Errors, before memory is asked for: bad_argument for more nodes, edges or pairs than there can be;
/// interrupted.

/// The Kronecker graph of the Graph500 benchmark: 2^scale nodes; each of edge_factor * 2^scale draws walks down
/// `scale` levels of the adjacency matrix, taking the quarters with chances 0.57, 0.19, 0.19 and 0.05 (to
/// within 2^-16); then nodes are renumbered at random, and self-loops and repeated pairs dropped. Few nodes have very many
/// neighbours, many have none. O(edge_factor * scale * 2^scale). [chakrabarti2004rmat] [leskovec2010kronecker]
struct KroneckerOptions {
  std::size_t scale = 16;
  std::size_t edge_factor = 16;
  Seed seed = 1;
};
Result<GeneratedGraph> kronecker_graph(const KroneckerOptions& options, const Job& job = {});

/// The uniform random graph G(n, m): every set of exactly `edges` pairs equally likely. O(nodes + edges). [erdos1959random]
struct UniformOptions {
  std::size_t nodes = 10'000;
  std::size_t edges = 100'000;
  Seed seed = 1;
};
Result<GeneratedGraph> uniform_graph(const UniformOptions& options, const Job& job = {});

/// A lattice of rows * columns nodes, numbered row by row, each tied to the next in its row and in its column:
/// 2 * rows * columns - rows - columns edges and a diameter of rows + columns - 2, as of a road network.
struct LatticeOptions {
  std::size_t rows = 100;
  std::size_t columns = 100;
};
Result<GeneratedGraph> lattice_graph(const LatticeOptions& options, const Job& job = {});

/// A whole number from 1 to `most` for each edge, each equally likely. most >= 1.
EdgeColumn<std::uint32_t> uniform_weights(std::size_t edge_count, std::uint32_t most, Seed seed);

/// Whether a graph of this size can be, for callers that want to know before they make it.
/// Errors: bad_argument where ids of 32 bits or the pairs of `nodes` do not suffice.
Result<void> check_size(std::size_t nodes, std::size_t edges);
Result<void> check_size(const KroneckerOptions& options);
Result<void> check_size(const LatticeOptions& options);

}  // namespace entente

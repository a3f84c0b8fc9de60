#include "algorithms/generate/models.hpp"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string>

#include "algorithms/generate/pair_set.hpp"
#include "engine/parallel.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

constexpr std::size_t most_ids = std::numeric_limits<std::uint32_t>::max() - 1;
constexpr std::size_t draws_of_block = std::size_t{1} << 16;

Ends generated_ends(std::uint64_t a, std::uint64_t b) {
  return {NodeId{static_cast<std::uint32_t>(a)}, NodeId{static_cast<std::uint32_t>(b)}};
}

std::uint64_t pairs_of(std::uint64_t nodes) { return nodes < 2 ? 0 : nodes % 2 == 0 ? nodes / 2 * (nodes - 1) : (nodes - 1) / 2 * nodes; }

/// Chances of the quarters of the matrix, summed up, in parts of 2^16: upper left, upper right, lower left.
constexpr std::uint64_t upper_left = 37356, upper_right = upper_left + 12452, lower_left = upper_right + 12452;

Ends kronecker_draw(std::size_t scale, Random& random) {
  std::uint64_t row = 0, column = 0, bits = 0;
  for (std::size_t level = 0; level < scale; ++level) {
    bits = level % 4 == 0 ? random.next() : bits >> 16;  // a draw of 64 bits serves four levels
    const std::uint64_t at = bits & 0xFFFF;
    row = 2 * row + (at >= upper_right ? 1 : 0);
    column = 2 * column + ((at >= upper_left && at < upper_right) || at >= lower_left ? 1 : 0);
  }
  return generated_ends(row, column);
}

/// More than a quarter of all pairs: each is taken with the chance that just the wanted number come out.
Result<std::vector<Ends>> dense_choice(const UniformOptions& options, const Job& job) {
  Random random(options.seed);
  std::vector<Ends> edges;
  edges.reserve(options.edges);
  std::uint64_t left = pairs_of(options.nodes);
  for (std::size_t a = 0; a + 1 < options.nodes && edges.size() < options.edges; ++a) {
    if (job.cancelled()) return interrupted();
    job.report("edges", edges.size(), options.edges);
    for (std::size_t b = a + 1; b < options.nodes; ++b, --left) {
      if (random.below(left) < options.edges - edges.size()) edges.push_back(generated_ends(a, b));
    }
  }
  shuffle(edges, random);
  return edges;
}

Result<std::vector<Ends>> sparse_choice(const UniformOptions& options, const Job& job) {
  Random random(options.seed);
  std::vector<Ends> edges;
  edges.reserve(options.edges);
  PairSet taken(options.edges);
  for (std::size_t draw = 0; edges.size() < options.edges; ++draw) {
    if (draw % draws_of_block == 0) {
      if (job.cancelled()) return interrupted();
      job.report("edges", edges.size(), options.edges);
    }
    const std::uint64_t a = random.below(options.nodes), b = random.below(options.nodes);
    const Ends pair = generated_ends(a, b);
    if (taken.insert(pair)) edges.push_back(pair);
  }
  return edges;
}

}  // namespace

Result<void> check_size(std::size_t nodes, std::size_t edges) {
  if (nodes > most_ids || edges > most_ids) {
    return fail(ErrorCode::bad_argument, "A graph has at most " + grouped(most_ids) + " nodes and as many edges; asked for were " +
                                             grouped(nodes) + " nodes and " + grouped(edges) + " edges.");
  }
  if (edges > pairs_of(nodes)) {
    return fail(ErrorCode::bad_argument, counted(nodes, "node has", "nodes have") + " only " +
                                             counted(static_cast<std::size_t>(pairs_of(nodes)), "pair", "pairs") + ", fewer than the " +
                                             grouped(edges) + " edges asked for. Ask for more nodes or fewer edges.");
  }
  return {};
}

Result<void> check_size(const KroneckerOptions& options) {
  if (options.scale > 31) {
    return fail(ErrorCode::bad_argument, "A scale of " + std::to_string(options.scale) +
                                             " asks for more nodes than ids of 32 bits can number; the largest is 31.", "option scale");
  }
  if (options.edge_factor > most_ids >> options.scale) {
    return fail(ErrorCode::bad_argument, "An edge factor of " + std::to_string(options.edge_factor) + " at scale " + std::to_string(options.scale) +
                                             " asks for more than " + grouped(most_ids) + " edges.", "option edge_factor");
  }
  return {};
}

Result<void> check_size(const LatticeOptions& options) {
  const auto [rows, columns] = options;
  if (rows == 0 || columns == 0) return {};
  if (rows > most_ids / 2 / columns) {
    return fail(ErrorCode::bad_argument, "A lattice of " + grouped(rows) + " rows and " + grouped(columns) + " columns has more than " +
                                             grouped(most_ids) + " edges. Ask for fewer rows or columns.");
  }
  return {};
}

Result<GeneratedGraph> kronecker_graph(const KroneckerOptions& options, const Job& job) {
  if (auto possible = check_size(options); !possible) return tl::unexpected(possible.error());
  const std::size_t nodes = std::size_t{1} << options.scale;
  const std::size_t draws = nodes * options.edge_factor;
  std::vector<Ends> drawn(draws);
  for_each_block((draws + draws_of_block - 1) / draws_of_block, job, [&](std::size_t block) {
    Random random(options.seed, 1 + block);
    for (std::size_t i = block * draws_of_block; i < std::min(draws, (block + 1) * draws_of_block); ++i) {
      drawn[i] = kronecker_draw(options.scale, random);
    }
  });
  if (job.cancelled()) return interrupted();

  std::vector<std::uint32_t> label(nodes);
  std::iota(label.begin(), label.end(), std::uint32_t{0});
  Random random(options.seed);
  shuffle(label, random);
  PairSet taken(draws);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < draws; ++i) {
    if (i % draws_of_block == 0) {
      if (job.cancelled()) return interrupted();
      job.report("edges", i, draws);
    }
    const Ends pair = generated_ends(label[drawn[i].source.index], label[drawn[i].target.index]);
    if (taken.insert(pair)) drawn[kept++] = pair;
  }
  drawn.resize(kept);
  return GeneratedGraph{nodes, std::move(drawn)};
}

Result<GeneratedGraph> uniform_graph(const UniformOptions& options, const Job& job) {
  if (auto possible = check_size(options.nodes, options.edges); !possible) return tl::unexpected(possible.error());
  auto edges = options.edges > pairs_of(options.nodes) / 4 ? dense_choice(options, job) : sparse_choice(options, job);
  if (!edges) return tl::unexpected(edges.error());
  return GeneratedGraph{options.nodes, std::move(*edges)};
}

Result<GeneratedGraph> lattice_graph(const LatticeOptions& options, const Job& job) {
  const std::size_t rows = options.rows, columns = options.columns;
  if (auto possible = check_size(options); !possible) return tl::unexpected(possible.error());
  if (rows == 0 || columns == 0) return GeneratedGraph{};
  GeneratedGraph graph{rows * columns, {}};
  graph.edges.reserve(2 * rows * columns - rows - columns);
  for (std::size_t i = 0; i < rows; ++i) {
    if (job.cancelled()) return interrupted();
    for (std::size_t j = 0; j < columns; ++j) {
      const std::size_t at = i * columns + j;
      if (j + 1 < columns) graph.edges.push_back(generated_ends(at, at + 1));
      if (i + 1 < rows) graph.edges.push_back(generated_ends(at, at + columns));
    }
  }
  return graph;
}

EdgeColumn<std::uint32_t> uniform_weights(std::size_t edge_count, std::uint32_t most, Seed seed) {
  Random random(seed, ~std::uint64_t{0});
  std::vector<std::uint32_t> weight(edge_count);
  for (std::uint32_t& w : weight) w = 1 + static_cast<std::uint32_t>(random.below(most));
  return EdgeColumn<std::uint32_t>(std::move(weight));
}

}  // namespace entente

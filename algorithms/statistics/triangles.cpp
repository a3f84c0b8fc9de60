#include "algorithms/statistics/triangles.hpp"

#include <atomic>
#include <utility>
#include <vector>

#include "engine/parallel.hpp"

namespace entente {

namespace {

double pairs_of_neighbours(const SimpleRows& rows, NodeId u) {
  const auto d = static_cast<double>(rows.degree(u));
  return d * (d - 1) / 2;
}

/// The rows with each pair kept only at its end of lower degree (ties: lower id): no row is longer than
/// the square root of 2 m.
struct UpwardRows {
  std::vector<std::uint64_t> begin{0};
  std::vector<NodeId> neighbour;

  explicit UpwardRows(const SimpleRows& rows) {
    begin.reserve(rows.node_count() + 1);
    neighbour.reserve(rows.pair_count());
    for (const NodeId u : rows.nodes()) {
      for (const NodeId v : rows.neighbours(u)) {
        if (std::pair(rows.degree(u), u) < std::pair(rows.degree(v), v)) neighbour.push_back(v);
      }
      begin.push_back(neighbour.size());
    }
  }
  std::span<const NodeId> row(NodeId u) const {
    return {neighbour.data() + begin[u.index], static_cast<std::size_t>(begin[u.index + 1] - begin[u.index])};
  }
};

}  // namespace

Result<Triangles> triangles(const SimpleRows& rows, const Job& job) {
  const UpwardRows up(rows);
  Triangles result{NodeColumn<std::int64_t>(rows.node_count(), 0), 0};
  const auto found_at = [&](NodeId u, std::int64_t count) {
    // Whole numbers add up to the same total in any order.
    std::atomic_ref(result.triangles[u]).fetch_add(count, std::memory_order_relaxed);
  };
  result.total = sum_over_indices(rows.node_count(), job, [&](std::size_t i) {
    const NodeId u{static_cast<std::uint32_t>(i)};
    std::int64_t at_u = 0;
    for (const NodeId v : up.row(u)) {
      std::int64_t at_v = 0;
      const auto a = up.row(u), b = up.row(v);
      for (std::size_t x = 0, y = 0; x < a.size() && y < b.size();) {
        if (a[x] < b[y]) {
          ++x;
        } else if (b[y] < a[x]) {
          ++y;
        } else {
          found_at(a[x], 1);
          ++at_v;
          ++x;
          ++y;
        }
      }
      if (at_v > 0) found_at(v, at_v);
      at_u += at_v;
    }
    if (at_u > 0) found_at(u, at_u);
    return at_u;
  }, 256);
  if (job.cancelled()) return interrupted();
  return result;
}

Result<Triangles> triangles(const Symmetric& graph, const Job& job) { return triangles(SimpleRows(graph), job); }

LocalClustering local_clustering(const SimpleRows& rows, const Triangles& triangles) {
  LocalClustering result{NodeColumn<double>(rows.node_count(), 0), {}, {}};
  double sum = 0, triples = 0;
  for (const NodeId u : rows.nodes()) {
    const double pairs = pairs_of_neighbours(rows, u);
    triples += pairs;
    if (pairs > 0) sum += result.clustering[u] = static_cast<double>(triangles.triangles[u]) / pairs;
  }
  if (rows.node_count() > 0) result.average = sum / static_cast<double>(rows.node_count());
  if (triples > 0) result.transitivity = 3 * static_cast<double>(triangles.total) / triples;
  return result;
}

Result<LocalClustering> local_clustering(const Symmetric& graph, const Job& job) {
  const SimpleRows rows(graph);
  const auto found = triangles(rows, job);
  if (!found) return tl::unexpected(found.error());
  return local_clustering(rows, *found);
}

namespace {
struct NoTriangleOptions {};
}  // namespace

Card triangles_card() {
  return describe<NoTriangleOptions, Triangles>("triangles", "statistics")
      .summary("In how many triangles each node is.")
      .cost("O(m^1.5)")
      .convention("directions, weights, parallel edges and self-loops ignored")
      .source("latapy2008main")
      .per_node("triangles", &Triangles::triangles, "triangles", "triangles with the node as a corner")
      .figure("total", &Triangles::total, "triangles", "in the network, each counted once")
      .runs([](const Problem& problem, const NoTriangleOptions&, const Job& job) {
        return triangles(*problem.symmetric, job);
      });
}

Card clustering_card() {
  return describe<NoTriangleOptions, LocalClustering>("clustering", "statistics")
      .summary("How often two partners of a node are partners themselves.")
      .cost("O(m^1.5)")
      .convention("directions, weights, parallel edges and self-loops ignored; 0 for a node with fewer than two "
                  "partners")
      .source("watts1998collective")
      .source("newman2001random")
      .per_node("clustering", &LocalClustering::clustering, "share", "tied pairs among the node's partners")
      .figure("average", &LocalClustering::average, "share", "mean over all nodes; absent without nodes")
      .figure("transitivity", &LocalClustering::transitivity, "share",
              "connected triples that are closed; absent without triples")
      .runs([](const Problem& problem, const NoTriangleOptions&, const Job& job) {
        return local_clustering(*problem.symmetric, job);
      });
}

}  // namespace entente

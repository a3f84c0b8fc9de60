#include "algorithms/statistics/triangles.hpp"

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "algorithms/statistics/lower_rows.hpp"
#include "algorithms/statistics/triangle_checks.hpp"
#include "engine/parallel.hpp"
#include "engine/simd.hpp"

#define ENTENTE_KERNEL "algorithms/statistics/triangles.kernel.hpp"
#include "engine/simd/each_isa.hpp"

namespace entente {

namespace {

/// What one thread counts in: marks of the partners of a node, and triangles by corner.
struct TriangleCounts {
  explicit TriangleCounts(std::size_t n)
      : mark(std::max<std::size_t>(LowerRows::hubs / 32, n / 32 + 1), 0), corner(n, 0) {}
  Buffer<std::uint32_t> mark;
  Buffer<std::uint64_t> corner;
};

/// Lends counts to whoever works on a block, and adds all up in the end: whole numbers, in any order.
class TriangleCountsPool {
 public:
  explicit TriangleCountsPool(std::size_t n) : n_(n) {}

  std::unique_ptr<TriangleCounts> take() {
    const std::lock_guard lock(mutex_);
    if (idle_.empty()) return std::make_unique<TriangleCounts>(n_);
    auto counts = std::move(idle_.back());
    idle_.pop_back();
    return counts;
  }
  void give_back(std::unique_ptr<TriangleCounts> counts, const Job& job, std::size_t blocks) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(counts));
    job.report("triangles", ++done_, blocks);
  }
  Buffer<std::uint64_t> sum() {
    if (idle_.empty()) return Buffer<std::uint64_t>(n_, 0);
    Buffer<std::uint64_t> total = std::move(idle_.front()->corner);
    for (std::size_t i = 1; i < idle_.size(); ++i) {
      for (std::size_t v = 0; v < n_; ++v) total[v] += idle_[i]->corner[v];
    }
    return total;
  }

 private:
  std::size_t n_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<TriangleCounts>> idle_;
  std::size_t done_ = 0;  // blocks
};

/// The triangles of each node, by rank; empty where the job was cancelled.
Buffer<std::uint64_t> triangles_by_rank(const LowerRows& rows, const Job& job) {
  const std::size_t n = rows.node_count();
  const std::size_t block = std::max<std::size_t>(256, n / 2048);
  const std::size_t blocks = (n + block - 1) / block;
  TriangleCountsPool pool(n);
  for_each_block(blocks, job, [&](std::size_t b) {
    auto counts = pool.take();
    const auto first = static_cast<std::uint32_t>(b * block);
    const auto last = static_cast<std::uint32_t>(std::min(n, (b + 1) * block));
    ENTENTE_DISPATCH(count_triangles)(rows, first, last, counts->mark.data(), counts->corner.data());
    pool.give_back(std::move(counts), job, blocks);
  });
  if (job.cancelled()) return {};
  return pool.sum();
}

}  // namespace


// Each triangle is found once, at its corner of greatest rank u: with the partners of u marked, the partners w of
// each partner v of u are looked up [latapy2008main]. Since both v and w are of higher degree than u, no
// row is long. In hub-first order most lookups are for the greatest hubs: 512 of them are one AND of two cache
// lines, and the rest is looked up 16 at a time.
Result<Triangles> triangles(const Symmetric& graph, const Job& job) {
  const HubFirst& order = graph.hub_first(job);
  const LowerRows rows(order);
  const Buffer<std::uint64_t> corner = triangles_by_rank(rows, job);
  if (job.cancelled()) return interrupted();
  Triangles result;
  std::vector<std::int64_t> at(rows.node_count());
  const auto rank = order.rank_of();
  for (std::size_t v = 0; v < at.size(); ++v) result.total += at[v] = static_cast<std::int64_t>(corner[rank[v]]);
  result.total /= 3;
  result.triangles = NodeColumn<std::int64_t>(std::move(at));
  return result;
}

Result<LocalClustering> local_clustering(const Symmetric& graph, const Job& job) {
  const HubFirst& order = graph.hub_first(job);
  const LowerRows rows(order);
  const Buffer<std::uint64_t> corner = triangles_by_rank(rows, job);
  if (job.cancelled()) return interrupted();
  LocalClustering result;
  std::vector<double> clustering(rows.node_count());
  const auto rank = order.rank_of();
  double sum = 0, triples = 0;
  for (std::size_t v = 0; v < clustering.size(); ++v) {
    const auto d = static_cast<double>(rows.partners[rank[v]]);
    const double pairs = d * (d - 1) / 2;
    triples += pairs;
    result.triangles += static_cast<std::int64_t>(corner[rank[v]]);
    if (pairs > 0) sum += clustering[v] = static_cast<double>(corner[rank[v]]) / pairs;
  }
  if (!clustering.empty()) result.average = sum / static_cast<double>(clustering.size());
  result.triangles /= 3;
  if (triples > 0) result.transitivity = 3 * static_cast<double>(result.triangles) / triples;
  result.clustering = NodeColumn<double>(std::move(clustering));
  return result;
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
      .verified_by([](const Problem& problem, const NoTriangleOptions&, const Findings& findings) {
        return verified_triangles(problem, findings);
      })
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
      .verified_by([](const Problem& problem, const NoTriangleOptions&, const Findings& findings) {
        return verified_clustering(problem, findings);
      })
      .runs([](const Problem& problem, const NoTriangleOptions&, const Job& job) {
        return local_clustering(*problem.symmetric, job);
      });
}

}  // namespace entente

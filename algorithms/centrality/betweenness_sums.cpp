#include "algorithms/centrality/betweenness_sums.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/centrality/betweenness_batch.hpp"
#include "algorithms/centrality/betweenness_lengths.hpp"
#include "algorithms/centrality/betweenness_pieces.hpp"
#include "algorithms/centrality/input.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr double equal_parallel_lengths = 1e-12;  // relative
constexpr std::uint32_t alone_from = 256;         // a piece of so many members has all threads for itself
constexpr std::size_t sources_of_a_group = 1024;  // smaller pieces are taken in groups of about so many

/// Blocks of one large piece that run at the same time. Each needs sums of its own, which for arcs are large.
constexpr std::size_t blocks_at_once = 32;
constexpr std::size_t blocks_at_once_with_arcs = 8;

class BetweennessSearch {
 public:
  BetweennessSearch(const Graph& graph, const BetweennessPieces& pieces, const EdgeColumn<double>* length,
                    bool with_arcs, std::string_view what, const Job& job)
      : graph_(graph), pieces_(pieces), length_(length), what_(what), job_(job),
        stop_([&job] { return job.cancelled(); }),
        node_sum_(pieces.node.size(), 0), arc_sum_(with_arcs ? pieces.out.arc_count() : 0, 0),
        batches_([most = largest_piece(pieces)] { return std::make_unique<BatchWorkspace>(most); }),
        lengths_([most = largest_piece(pieces)] { return std::make_unique<BrandesSearch>(most); }) {
    if (length) arc_length_ = lengths_of_arcs(graph, pieces, *length);
  }

  Result<void> run() {
    std::vector<std::pair<std::size_t, std::size_t>> groups;  // of pieces; they stand by falling size
    for (std::size_t p = 0; p < pieces_.count(); ++p) {
      if (pieces_.size(p) < 3) break;  // nobody is between two
      if (pieces_.size(p) >= alone_from) {
        run_large(p);
      } else if (groups.empty() ||
                 pieces_.source_begin[p] - pieces_.source_begin[groups.back().first] > sources_of_a_group) {
        groups.emplace_back(p, p + 1);
      } else {
        groups.back().second = p + 1;
      }
    }
    for_each_long_block(groups.size(), job_, [&](std::size_t g) {
      for (std::size_t p = groups[g].first; p < groups[g].second; ++p) {
        const std::size_t blocks = blocks_of(p);
        for (std::size_t b = 0; b < blocks && !halted(); ++b) {
          add_block(p, b, node_sum_.data() + pieces_.first[p], arcs_of(p, arc_sum_));
        }
      }
    });
    if (job_.cancelled()) return interrupted();
    if (too_many_paths_) {
      return fail(ErrorCode::overflow,
                  "Two nodes are joined by more than 1e300 shortest paths, so betweenness cannot count them; "
                  "take a part of the network or give lengths.");
    }
    job_.report(what_, pieces_.source.size(), pieces_.source.size());
    return {};
  }

  NodeColumn<double> sums_of_nodes() const {
    NodeColumn<double> sum(graph_.node_count());
    for (const NodeId v : graph_.nodes()) sum[v] = static_cast<double>(pieces_.between[v.index]);
    for (std::size_t m = 0; m < node_sum_.size(); ++m) sum[NodeId{pieces_.node[m]}] += node_sum_[m];
    return sum;
  }

  EdgeColumn<double> sums_of_edges() const {
    EdgeColumn<double> sum(graph_.edge_count());
    std::vector<EdgeId> sharing;
    for (std::size_t p = 0; p < pieces_.count(); ++p) {
      const std::uint32_t first = pieces_.first[p];
      for (std::uint32_t m = first; m < pieces_.first[p + 1]; ++m) {
        for (std::uint64_t a = pieces_.out.begin[m]; a < pieces_.out.begin[m + 1]; ++a) {
          // All pairs on either side of a piece of two pass its arcs.
          const double pairs = pieces_.size(p) == 2 ? pieces_.weight[first] * pieces_.weight[first + 1] : arc_sum_[a];
          sharing.clear();
          for_each_parallel(graph_, NodeId{pieces_.node[m]}, pieces_.place[a], [&](EdgeId edge) {
            if (!length_ || (*length_)[edge] <= arc_length_[a] * (1 + equal_parallel_lengths)) sharing.push_back(edge);
          });
          for (const EdgeId edge : sharing) sum[edge] += pairs / static_cast<double>(sharing.size());
        }
      }
    }
    return sum;
  }

 private:
  static std::size_t largest_piece(const BetweennessPieces& pieces) { return pieces.count() > 0 ? pieces.size(0) : 0; }

  std::size_t sources_of(std::size_t piece) const {
    return pieces_.source_begin[piece + 1] - pieces_.source_begin[piece];
  }
  std::size_t blocks_of(std::size_t piece) const { return (sources_of(piece) + batch_lanes - 1) / batch_lanes; }
  bool halted() const { return too_many_paths_.load(std::memory_order_relaxed) || job_.cancelled(); }

  double* arcs_of(std::size_t piece, std::vector<double>& sums) const {
    return sums.empty() ? nullptr : sums.data() + pieces_.out.begin[pieces_.first[piece]];
  }

  /// Each block of a round adds to its own part; parts are put together in order.
  void run_large(std::size_t p) {
    const std::size_t blocks = blocks_of(p), members = pieces_.size(p);
    const std::size_t arcs =
        arc_sum_.empty() ? 0 : pieces_.out.begin[pieces_.first[p + 1]] - pieces_.out.begin[pieces_.first[p]];
    const std::size_t at_once = std::min(blocks, arcs > 0 ? blocks_at_once_with_arcs : blocks_at_once);
    std::vector<std::vector<double>> node_part(at_once), arc_part(at_once);
    for (std::size_t done = 0; done < blocks && !halted(); done += at_once) {
      const std::size_t used = std::min(at_once, blocks - done);
      for_each_long_block(used, job_, [&](std::size_t i) {
        node_part[i].assign(members, 0);
        arc_part[i].assign(arcs, 0);
        if (!halted()) add_block(p, done + i, node_part[i].data(), arcs > 0 ? arc_part[i].data() : nullptr);
      });
      if (halted()) return;
      add_parts(node_part, used, node_sum_.data() + pieces_.first[p], members);
      if (arcs > 0) add_parts(arc_part, used, arcs_of(p, arc_sum_), arcs);
      job_.report(what_, pieces_.source_begin[p] + std::min(sources_of(p), (done + used) * batch_lanes),
                  pieces_.source.size());
    }
  }

  void add_parts(const std::vector<std::vector<double>>& part, std::size_t used, double* sum, std::size_t size) const {
    for_each_index(size, job_, [&](std::size_t i) {
      for (std::size_t k = 0; k < used; ++k) sum[i] += part[k][i];
    }, 65536);
  }

  void add_block(std::size_t piece, std::size_t block, double* node_sum, double* arc_sum) {
    const BatchGraph graph = pieces_.graph(piece);
    const std::size_t first = block * batch_lanes;
    const std::size_t used = std::min(batch_lanes, sources_of(piece) - first);
    const std::span<const std::uint32_t> source{pieces_.source.data() + pieces_.source_begin[piece] + first, used};
    BatchOutcome outcome = BatchOutcome::done;
    if (length_) {
      const double* const length = arc_length_.data() + pieces_.out.begin[pieces_.first[piece]];
      lengths_.with([&](BrandesSearch& search) {
        for (std::size_t i = 0; i < used && outcome == BatchOutcome::done && !halted(); ++i) {
          outcome = search.add_source(graph, length, source[i], graph.weight[source[i]], node_sum, arc_sum, stop_);
        }
      });
    } else {
      std::array<double, batch_lanes> weight{};
      for (std::size_t i = 0; i < used; ++i) weight[i] = graph.weight[source[i]];
      batches_.with([&](BatchWorkspace& work) {
        outcome = add_batch(graph, {source, weight, node_sum, arc_sum, &stop_}, work, wide_);
      });
    }
    if (outcome == BatchOutcome::too_many_paths) too_many_paths_ = true;
  }

  const Graph& graph_;
  const BetweennessPieces& pieces_;
  const EdgeColumn<double>* length_;
  std::string_view what_;
  const Job& job_;
  const std::function<bool()> stop_;
  std::vector<double> arc_length_;
  std::vector<double> node_sum_, arc_sum_;  // of members, of their arcs
  WorkspacePool<BatchWorkspace> batches_;
  WorkspacePool<BrandesSearch> lengths_;
  std::atomic<bool> wide_ = false;            // some path count has left the floats
  std::atomic<bool> too_many_paths_ = false;
};

}  // namespace

Result<BetweennessSums> betweenness_sums(const Graph& graph, const Symmetric* symmetric,
                                         const EdgeColumn<double>* length, BetweennessOf wanted, std::string_view what,
                                         const Job& job) {
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());
  if (job.cancelled()) return interrupted();
  const bool edges = wanted == BetweennessOf::nodes_and_edges;
  const auto pieces = betweenness_pieces(graph, symmetric, edges || length, job);
  if (!pieces) return tl::unexpected(pieces.error());
  BetweennessSearch search(graph, *pieces, length, edges, what, job);
  if (auto done = search.run(); !done) return tl::unexpected(done.error());
  return BetweennessSums{search.sums_of_nodes(), edges ? search.sums_of_edges() : EdgeColumn<double>{}};
}

}  // namespace entente

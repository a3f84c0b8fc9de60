#include "algorithms/centrality/pagerank.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/arc_matrix.hpp"
#include "algorithms/centrality/fixed_point.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/residuals.hpp"
#include "algorithms/centrality/settled_walk.hpp"

namespace entente {

namespace {

constexpr double change_by_rounding = 5e-16;  // L1, of scores that sum to 1

Result<void> check_pagerank_options(const PageRankOptions& options) {
  if (!(options.damping >= 0 && options.damping < 1)) {
    return fail(ErrorCode::bad_argument, "damping must be at least 0 and below 1.", "option damping");
  }
  if (!(options.tolerance > 0)) {
    return fail(ErrorCode::bad_argument, "tolerance must be above 0.", "option tolerance");
  }
  if (options.max_iterations < 1) {
    return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
  }
  return {};
}

/// q by rank, of sum 1.
Result<Buffer<double>> restart_by_rank(const HubFirst& ranks, const NodeColumn<double>* restart) {
  const std::size_t n = ranks.node_count();
  if (!restart) return Buffer<double>(n, 1.0 / static_cast<double>(n));
  if (restart->size() != n) {
    return fail(ErrorCode::bad_argument, "The restart has " + std::to_string(restart->size()) + " values for " +
                                             std::to_string(n) + " nodes.");
  }
  double total = 0;
  for (std::size_t v = 0; v < n; ++v) {
    const double value = restart->values()[v];
    if (!(value >= 0 && std::isfinite(value))) {
      return fail(ErrorCode::bad_argument,
                  "node " + std::to_string(v) + " has a restart that is no number of at least 0.");
    }
    total += value;
  }
  if (!(total > 0 && std::isfinite(total))) {
    return fail(ErrorCode::bad_argument, "The restart needs a place: its values must have a finite sum above 0.");
  }
  Buffer<double> q(n);
  for (std::size_t v = 0; v < n; ++v) q[ranks.rank_of()[v]] = restart->values()[v] / total;
  return q;
}

/// W(u), the weight that leaves u, by rank.
Buffer<double> leaving_weight(const Graph& graph, const ArcMatrix& entering, const EdgeColumn<double>* weight,
                              const Job& job) {
  if (entering.symmetric()) return entering.row_sums(job);
  const HubFirst& ranks = entering.ranks();
  Buffer<double> W(ranks.node_count(), 0.0);
  if (weight) {
    for_each_arc(graph, [&](NodeId u, NodeId, EdgeId edge) { W[ranks.rank_of(u)] += (*weight)[edge]; });
  } else {
    for (std::uint32_t u = 0; u < W.size(); ++u) W[u] = static_cast<double>(ranks.out().degree(u));
  }
  return W;
}

/// The walker's rule in ranks, and the scores as they settle.
class RestartingWalk {
 public:
  RestartingWalk(const ArcMatrix& arcs, Buffer<double> leaving_weight, Buffer<double> restart, double damping,
                 const Job& job)
      : arcs_(arcs), W_(std::move(leaving_weight)), share_(arcs.size()), q_(std::move(restart)), d_(damping), job_(job),
        score_(arcs.size()), next_(arcs.size()), sent_(arcs.size()) {
    arcs_.for_rows(job_, [&](std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v) {
        share_[v] = W_[v] > 0 ? 1 / W_[v] : 0.0;
        score_[v] = q_[v];
      }
    });
  }

  /// Takes the scores near the solution by a Krylov method, aiming at an L1 change of `aim` by the sweep
  /// after it. Returns the products made. Where the method fails the scores are what they were.
  int approach(bool uniform, double aim, int most_products) {
    // From where a walker who never restarts settles, as from nothing, what is left is known without a sweep.
    Buffer<double> x = uniform && arcs_.symmetric() ? settled_walk(arcs_, W_, job_) : Buffer<double>(arcs_.size(), 0.0);
    const double start = arcs_.for_rows(job_, [&](std::size_t first, std::size_t last) {
      Sums<1> left{};
      for (std::size_t v = first; v < last; ++v) {
        next_[v] = (1 - d_) * (q_[v] - x[v]);
        left[0] += std::abs(next_[v]);
      }
      return left;
    })[0];
    const Approach done = approach_fixed_point({&arcs_, &share_, d_, "pagerank"}, x, next_, aim, most_products, job_);
    if (done.residual < start) {
      for (double& value : x) value = std::max(value, 0.0);  // rounding
      if (const double sum = sum_of(x); sum > 0 && std::isfinite(sum)) {
        divide(x, sum);
        std::swap(score_, x);
      }
    }
    return done.products;
  }

  /// One sweep; returns the L1 change.
  double sweep() {
    const double stranded = arcs_.for_rows(job_, [&](std::size_t first, std::size_t last) {
      Sums<1> at_sinks{};
      for (std::size_t v = first; v < last; ++v) {
        sent_[v] = score_[v] * share_[v];
        at_sinks[0] += W_[v] > 0 ? 0.0 : score_[v];
      }
      return at_sinks;
    })[0];
    const double restarting = 1 - d_ + d_ * stranded;
    const double change = arcs_.multiply(sent_, next_, job_, [&](std::size_t first, std::size_t last) {
      Sums<1> sum{};
      for (std::size_t v = first; v < last; ++v) {
        next_[v] = restarting * q_[v] + d_ * next_[v];
        sum[0] += std::abs(next_[v] - score_[v]);
      }
      return sum;
    })[0];
    std::swap(score_, next_);
    return change;
  }

  /// The scores in the user's order. Rounding moves their sum by a few units in the last place; the answer promises 1.
  NodeColumn<double> scores() {
    divide(score_, sum_of(score_));
    return arcs_.ranks().in_user_order(std::as_const(score_).span());
  }

 private:
  double sum_of(const Buffer<double>& x) const {
    return arcs_.for_rows(job_, [&](std::size_t first, std::size_t last) {
      Sums<1> sum{};
      for (std::size_t v = first; v < last; ++v) sum[0] += x[v];
      return sum;
    })[0];
  }
  void divide(Buffer<double>& x, double divisor) const {
    arcs_.for_rows(job_, [&](std::size_t first, std::size_t last) {
      for (std::size_t v = first; v < last; ++v) x[v] /= divisor;
    });
  }

  const ArcMatrix& arcs_;
  Buffer<double> W_, share_;  // what leaves a node, and 1 / W: what it sends along a unit of weight
  Buffer<double> q_;
  double d_;
  const Job& job_;
  Buffer<double> score_, next_, sent_;
};

/// 1 where the walker restarts, each place once; nothing where there is no place: anywhere.
Result<std::optional<NodeColumn<double>>> restart_at(const Problem& problem, std::size_t node_count) {
  if (problem.from.empty()) return std::nullopt;
  NodeColumn<double> restart(node_count);
  for (const NodeId v : problem.from) {
    if (v.index >= node_count) {
      return fail(ErrorCode::bad_argument, "There is no node " + std::to_string(v.index) + " to restart at.");
    }
    restart[v] = 1;
  }
  return restart;
}

}  // namespace

Result<PageRank> pagerank(const Graph& graph, const EdgeColumn<double>* weight, const PageRankOptions& options,
                          const Job& job, const NodeColumn<double>* restart) {
  if (auto checked = check_pagerank_options(options); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());
  if (graph.node_count() == 0) return PageRank{};

  const ArcMatrix arcs(graph, ArcMatrix::Of::entering, weight, 1, job);
  auto q = restart_by_rank(arcs.ranks(), restart);
  if (!q) return tl::unexpected(q.error());
  const double d = options.damping;
  RestartingWalk walk(arcs, leaving_weight(graph, arcs, weight, job), std::move(*q), d, job);

  PageRank answer;
  const double aim = std::max(options.tolerance * (1 - d) / std::max(d, 0.01), change_by_rounding);
  if (d > 0) {
    const int affordable = std::min(options.max_iterations - 1, sweeps_to_gain(aim, d));
    answer.iterations = walk.approach(!restart, 0.9 * aim, affordable);
  }
  do {
    answer.residual = walk.sweep();
    if (job.cancelled()) return interrupted();
    answer.error = d / (1 - d) * answer.residual;
    ++answer.iterations;
    job.report("pagerank", static_cast<std::size_t>(answer.iterations),
               static_cast<std::size_t>(options.max_iterations));
  } while (answer.error > options.tolerance && answer.residual > change_by_rounding &&
           answer.iterations < options.max_iterations);
  answer.converged = answer.error <= options.tolerance;
  answer.score = walk.scores();
  if (job.cancelled()) return interrupted();
  return answer;
}

Card pagerank_card() {
  return describe<PageRankOptions, PageRank>("pagerank", "centrality")
      .summary("The share of time a random walker spends at each node.")
      .takes_ends()
      .cost("O(n + m) per sweep; tens of sweeps")
      .convention(
          "The walker follows directions (both ways along a mutual tie), in proportion to the weight, at least 0; at a "
          "node without an outgoing weight, and with chance 1 - damping, it restarts: anywhere, or, where starting "
          "nodes are given, at any of them alike. Parallel ties count one by one; a self-loop lets it stay. The scores "
          "sum to 1, also where the network is unconnected; isolates have a share of the restarts.")
      .option("damping", &PageRankOptions::damping, {0, 0.999999}, "chance of following a tie instead of restarting")
      .option("tolerance", &PageRankOptions::tolerance, {1e-15, 1}, "distance from the exact scores accepted, in L1")
      .option("max_iterations", &PageRankOptions::max_iterations, {1, 1e6}, "sweeps allowed")
      .per_node("pagerank", &PageRank::score, "share", "sums to 1 over all nodes")
      .figure("iterations", &PageRank::iterations, "sweeps", "sweeps made")
      .figure("residual", &PageRank::residual, "", "L1 change of the last sweep")
      .figure("error", &PageRank::error, "", "proven bound of the L1 distance from the exact scores")
      .figure("converged", &PageRank::converged, "", "whether the error is within the tolerance")
      .also([](PageRank& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back("pagerank did not settle to its tolerance (sweeps: " +
                                   std::to_string(answer.iterations) +
                                   "); raise max_iterations or tolerance, or lower damping.");
        }
      })
      .source("page1999pagerank")
      .source("simoncini2003theory")
      .source("langville2004deeper")
      .source("haveliwala2003topic")
      .source("sutton2018optimizing")
      .source("hestenes1952methods")
      .source("vandervorst1992bicgstab")
      .verified_by(verified_pagerank)
      .runs([](const Problem& problem, const PageRankOptions& options, const Job& job) -> Result<PageRank> {
        const auto graph = walkable_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        const auto restart = restart_at(problem, (*graph)->node_count());
        if (!restart) return tl::unexpected(restart.error());
        return pagerank(**graph, problem.weight, options, job, *restart ? &**restart : nullptr);
      });
}

}  // namespace entente

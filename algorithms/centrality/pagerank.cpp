#include "algorithms/centrality/pagerank.hpp"

#include <cmath>
#include <limits>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

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

/// W(u): the weight that leaves u.
NodeColumn<double> outgoing_total(const Graph& graph, const StrengthOf& w, const Job& job) {
  NodeColumn<double> total(graph.node_count());
  for_each_node(graph, job, [&](NodeId u) {
    for (const auto [v, edge] : graph.out(u)) total[u] += w(edge);
  });
  return total;
}

}  // namespace

Result<PageRank> pagerank(const Graph& graph, const EdgeColumn<double>* weight, const PageRankOptions& options,
                          const Job& job) {
  if (auto checked = check_pagerank_options(options); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());
  if (graph.node_count() == 0) return PageRank{};

  const double n = static_cast<double>(graph.node_count());
  const double d = options.damping;
  const StrengthOf w(weight);
  const NodeColumn<double> W = outgoing_total(graph, w, job);
  NodeColumn<double> r(graph.node_count(), 1.0 / n), next = r, share = r;

  int sweeps = 0;
  double change = std::numeric_limits<double>::infinity();
  while (change > options.tolerance && sweeps < options.max_iterations) {
    const double stranded = sum_over_nodes(graph, job, [&](NodeId u) { return W[u] > 0 ? 0.0 : r[u]; });
    const double restart = (1 - d) / n + d * stranded / n;

    for_each_node(graph, job, [&](NodeId u) { share[u] = W[u] > 0 ? r[u] / W[u] : 0.0; });
    for_each_node(graph, job, [&](NodeId v) {  // pull: only v writes next[v], so no locks
      double arriving = 0;
      for (const auto [u, edge] : graph.in(v)) arriving += share[u] * w(edge);
      next[v] = restart + d * arriving;
    });
    change = sum_over_nodes(graph, job, [&](NodeId v) { return std::abs(next[v] - r[v]); });
    if (job.cancelled()) return interrupted();
    std::swap(r, next);
    ++sweeps;
    job.report("pagerank", static_cast<std::size_t>(sweeps), static_cast<std::size_t>(options.max_iterations));
  }
  // Rounding moves the sum by a few units in the last place; the answer promises 1.
  const double sum = sum_over_nodes(graph, job, [&](NodeId v) { return r[v]; });
  for_each_node(graph, job, [&](NodeId v) { r[v] /= sum; });
  if (job.cancelled()) return interrupted();
  return PageRank{std::move(r), sweeps, change, change <= options.tolerance};
}

Card pagerank_card() {
  return describe<PageRankOptions, PageRank>("pagerank", "centrality")
      .summary("The share of time a random walker spends at each node.")
      .cost("O(n + m) per sweep; about log(tolerance) / log(damping) sweeps")
      .convention(
          "The walker follows directions (both ways along a mutual tie), in proportion to the weight; at a node "
          "without an outgoing weight it restarts anywhere. Parallel ties count one by one; a self-loop lets it stay. "
          "The scores sum to 1.")
      .option("damping", &PageRankOptions::damping, {0, 0.999999}, "chance of following a tie instead of restarting")
      .option("tolerance", &PageRankOptions::tolerance, {1e-15, 1},
              "stop once a sweep changes the scores by at most this, in L1")
      .option("max_iterations", &PageRankOptions::max_iterations, {1, 1e6}, "sweeps allowed")
      .per_node("pagerank", &PageRank::score, "share", "sums to 1 over all nodes")
      .figure("iterations", &PageRank::iterations, "sweeps", "sweeps made")
      .figure("residual", &PageRank::residual, "", "L1 change of the last sweep")
      .figure("converged", &PageRank::converged, "", "whether the residual is within the tolerance")
      .also([](PageRank& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back("pagerank did not settle within " + std::to_string(answer.iterations) +
                                   " sweeps; raise max_iterations or lower damping.");
        }
      })
      .source("page1999pagerank")
      .source("langville2004deeper")
      .runs([](const Problem& problem, const PageRankOptions& options, const Job& job) -> Result<PageRank> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return pagerank(*graph, problem.weight, options, job); });
      });
}

}  // namespace entente

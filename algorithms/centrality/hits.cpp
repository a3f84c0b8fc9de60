#include "algorithms/centrality/hits.hpp"

#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/dominant.hpp"
#include "algorithms/centrality/eigenvector.hpp"
#include "algorithms/centrality/input.hpp"

namespace entente {

Result<Hits> hits(const Graph& graph, const EdgeColumn<double>* weight, const HitsOptions& options, const Job& job) {
  if (!(options.tolerance > 0)) {
    return fail(ErrorCode::bad_argument, "tolerance must be above 0.", "option tolerance");
  }
  if (options.max_iterations < 1) {
    return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
  }
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());

  const double scale = weight_scale(weight);
  const auto hubs_of = [&](const NodeColumn<double>& authority, NodeColumn<double>& hub) {
    sum_over_out_arcs(graph, weight, scale, authority, hub, job);
  };
  const auto authorities_of = [&](const NodeColumn<double>& hub, NodeColumn<double>& authority) {
    sum_over_in_arcs(graph, weight, scale, hub, authority, job);
  };
  NodeColumn<double> hub(graph.node_count(), 1.0), authority(graph.node_count());
  authorities_of(hub, authority);
  auto dominant = dominant_eigenvector(
      [&](const NodeColumn<double>& x, NodeColumn<double>& y) {
        hubs_of(x, hub);
        authorities_of(hub, y);
      },
      std::move(authority), {options.tolerance, options.max_iterations}, "hubs and authorities", job);
  if (!dominant) return tl::unexpected(dominant.error());

  hubs_of(dominant->vector, hub);
  const double norm = euclidean_norm(hub, job);
  for (double& value : hub.values()) value = norm > 0 ? value / norm : 0.0;
  if (job.cancelled()) return interrupted();
  if (options.normalized) {
    scale_to_maximum(hub);
    scale_to_maximum(dominant->vector);
  }
  return Hits{std::move(hub), std::move(dominant->vector), dominant->products, dominant->residual,
              dominant->converged};
}

Result<Hits> hits(const Symmetric& graph, const EdgeColumn<double>* weight, const HitsOptions& options,
                  const Job& job) {
  return eigenvector(graph.both_ways(), weight, {options.normalized, options.tolerance, options.max_iterations}, job)
      .map([](Eigenvector answer) {
        NodeColumn<double> hub = answer.score;
        return Hits{std::move(hub), std::move(answer.score), answer.iterations, answer.residual, answer.converged};
      });
}

namespace {

Card hits_card(std::string name, std::string summary, NodeColumn<double> Hits::*column) {
  return describe<HitsOptions, Hits>(name, "centrality")
      .summary(std::move(summary))
      .cost("O(n + m) per double sweep; tens to hundreds of sweeps")
      .convention(
          "Scores have unit Euclidean norm. Weights are strengths; parallel ties add up; a self-loop counts once; a "
          "mutual tie points both ways. Without directions hub and authority are the eigenvector centrality. "
          "Isolates have 0.")
      .flag("normalized", &HitsOptions::normalized, "scale so that the largest score is 1")
      .option("tolerance", &HitsOptions::tolerance, {1e-15, 1}, "relative residual accepted")
      .option("max_iterations", &HitsOptions::max_iterations, {1, 1e9}, "double sweeps allowed")
      .per_node(name, column, "", "unit Euclidean norm; largest 1 with normalized")
      .figure("iterations", &Hits::iterations, "sweeps", "double sweeps made")
      .figure("residual", &Hits::residual, "", "relative residual of the answer")
      .figure("converged", &Hits::converged, "", "whether the residual is within the tolerance")
      .also([name](Hits& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back(name + " did not settle within " + std::to_string(answer.iterations) +
                                   " sweeps; raise max_iterations.");
        }
      })
      .source("kleinberg1999authoritative")
      .runs([](const Problem& problem, const HitsOptions& options, const Job& job) -> Result<Hits> {
        if (problem.undirected && problem.symmetric) return hits(*problem.symmetric, problem.weight, options, job);
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return hits(*graph, problem.weight, options, job); });
      });
}

}  // namespace

Card hub_card() { return hits_card("hub", "How well a node points to good authorities.", &Hits::hub); }

Card authority_card() {
  return hits_card("authority", "How well a node is pointed to by good hubs.", &Hits::authority);
}

}  // namespace entente

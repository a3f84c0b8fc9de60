#include "algorithms/centrality/hits.hpp"

#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/arc_matrix.hpp"
#include "algorithms/centrality/dominant.hpp"
#include "algorithms/centrality/eigenvector.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/lanczos.hpp"
#include "algorithms/centrality/residuals.hpp"
#include "engine/text.hpp"

namespace entente {

Result<Hits> hits(const Graph& graph, const EdgeColumn<double>* weight, const HitsOptions& options, const Job& job) {
  if (!(options.tolerance > 0)) {
    return fail(ErrorCode::bad_argument, "tolerance must be above 0.", "option tolerance");
  }
  if (options.max_iterations < 1) {
    return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
  }
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());

  // authority -> hub -> authority is a symmetric matrix; 1 as hubs gives the first authorities.
  const double scale = weight_scale(weight);
  const ArcMatrix entering(graph, ArcMatrix::Of::entering, weight, scale, job);
  const ArcMatrix leaving(graph, ArcMatrix::Of::leaving, weight, scale, job);
  const auto dominant = dominant_of_symmetric(SymmetricMatrix(entering, leaving), entering.row_sums(job),
                                              {options.tolerance, options.max_iterations}, "hubs and authorities", job);
  if (!dominant) return tl::unexpected(dominant.error());

  Buffer<double> hub(leaving.size());
  leaving.multiply(dominant->vector, hub, job);
  make_non_negative(leaving, hub, job);
  if (job.cancelled()) return interrupted();
  Hits answer{leaving.ranks().in_user_order(std::as_const(hub).span()),
              entering.ranks().in_user_order(dominant->vector.span()), dominant->products, dominant->residual,
              dominant->converged};
  if (options.normalized) {
    scale_to_maximum(answer.hub);
    scale_to_maximum(answer.authority);
  }
  return answer;
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
          "Scores have unit Euclidean norm. Weights are strengths, at least 0; parallel ties add up; a self-loop "
          "counts once; a mutual tie points both ways. Without directions hub and authority are the eigenvector "
          "centrality. Isolates have 0, and so have parts of the network that matter less than another part.")
      .flag("normalized", &HitsOptions::normalized, "scale so that the largest score is 1")
      .option("tolerance", &HitsOptions::tolerance, {1e-15, 1}, "relative residual accepted")
      .option("max_iterations", &HitsOptions::max_iterations, {1, 1e9}, "double sweeps allowed")
      .per_node(name, column, "", "unit Euclidean norm; largest 1 with normalized")
      .figure("iterations", &Hits::iterations, "sweeps", "double sweeps made")
      .figure("residual", &Hits::residual, "", "relative residual of the answer")
      .figure("converged", &Hits::converged, "", "whether the residual is within the tolerance")
      .also([name](Hits& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back(name + " did not settle within " +
                                   counted(static_cast<std::size_t>(answer.iterations), "sweep", "sweeps") + "; raise max_iterations.");
        }
      })
      .source("kleinberg1999authoritative")
      .source("lanczos1950iteration")
      .verified_by([name](const Problem& problem, const HitsOptions& options, const Findings& findings) {
        return verified_hits(name, problem, options, findings);
      })
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

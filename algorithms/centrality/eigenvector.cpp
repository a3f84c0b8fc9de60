#include "algorithms/centrality/eigenvector.hpp"

#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/arc_matrix.hpp"
#include "algorithms/centrality/dominant.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/residuals.hpp"

namespace entente {

Result<Eigenvector> eigenvector(const Graph& graph, const EdgeColumn<double>* weight, const EigenvectorOptions& options,
                                const Job& job) {
  if (!(options.tolerance > 0)) {
    return fail(ErrorCode::bad_argument, "tolerance must be above 0.", "option tolerance");
  }
  if (options.max_iterations < 1) {
    return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
  }
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());

  const double scale = weight_scale(weight);
  const ArcMatrix entering(graph, ArcMatrix::Of::entering, weight, scale, job);
  const auto dominant = dominant_of_arcs(graph, weight, entering, {options.tolerance, options.max_iterations},
                                         "eigenvector", job);
  if (!dominant) return tl::unexpected(dominant.error());
  Eigenvector answer{entering.ranks().in_user_order(dominant->vector.span()), dominant->value * scale,
                     dominant->products, dominant->residual, dominant->converged};
  if (options.normalized) scale_to_maximum(answer.score);
  return answer;
}

Card eigenvector_card() {
  return describe<EigenvectorOptions, Eigenvector>("eigenvector", "centrality")
      .summary("A node matters as much as those who point to it.")
      .cost("O(n + m) per product with the matrix; tens to hundreds of products")
      .convention(
          "Scores come in along directions (both ways along a mutual tie) and have unit Euclidean norm. Weights are "
          "strengths, at least 0; parallel ties add up; a self-loop counts once. Isolates, nodes that no cycle leads "
          "to, and components with a smaller eigenvalue than the largest have 0; so has everybody where there is no "
          "cycle. Parts with equal eigenvalues share the scores; where directions lead from one such part to another "
          "no sum of walks settles, and the answer says so.")
      .flag("normalized", &EigenvectorOptions::normalized, "scale so that the largest score is 1")
      .option("tolerance", &EigenvectorOptions::tolerance, {1e-15, 1}, "relative residual accepted")
      .option("max_iterations", &EigenvectorOptions::max_iterations, {1, 1e9}, "products with the matrix allowed")
      .per_node("eigenvector", &Eigenvector::score, "", "unit Euclidean norm; largest 1 with normalized")
      .figure("eigenvalue", &Eigenvector::eigenvalue, "weight", "the largest eigenvalue of the matrix of weights")
      .figure("iterations", &Eigenvector::iterations, "products", "products with the matrix made")
      .figure("residual", &Eigenvector::residual, "", "relative residual of the answer")
      .figure("converged", &Eigenvector::converged, "", "whether the residual is within the tolerance")
      .also([](Eigenvector& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back("eigenvector did not settle (" + std::to_string(answer.iterations) +
                                   " products); raise max_iterations, or take one strongly connected component.");
        }
        if (answer.eigenvalue == 0) {
          findings.notes.push_back(
              "The network has no cycle, so every eigenvector score is 0; katz or pagerank tell more.");
        }
      })
      .source("bonacich1972factoring")
      .source("saad2011numerical")
      .source("lanczos1950iteration")
      .source("paige1972variants")
      .source("dhillon2004multiple")
      .verified_by(verified_eigenvector)
      .runs([](const Problem& problem, const EigenvectorOptions& options, const Job& job) -> Result<Eigenvector> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return eigenvector(*graph, problem.weight, options, job); });
      });
}

}  // namespace entente

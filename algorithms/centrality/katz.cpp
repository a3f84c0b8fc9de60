#include "algorithms/centrality/katz.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <limits>
#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/dominant.hpp"
#include "algorithms/centrality/input.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr double eigenvalue_tolerance = 1e-10;  // relative

Result<void> check_katz_options(const KatzOptions& options) {
  if (!(options.alpha >= 0 && std::isfinite(options.alpha))) {
    return fail(ErrorCode::bad_argument, "alpha must be at least 0.", "option alpha");
  }
  if (!(options.beta > 0 && std::isfinite(options.beta))) {
    return fail(ErrorCode::bad_argument, "beta must be above 0.", "option beta");
  }
  if (!(options.tolerance > 0)) {
    return fail(ErrorCode::bad_argument, "tolerance must be above 0.", "option tolerance");
  }
  if (options.max_iterations < 1) {
    return fail(ErrorCode::bad_argument, "max_iterations must be at least 1.", "option max_iterations");
  }
  return {};
}

std::string six_digits(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 6).ptr;
  return {text.data(), end};
}

}  // namespace

Result<Katz> katz(const Graph& graph, const EdgeColumn<double>* weight, const KatzOptions& options, const Job& job) {
  if (auto checked = check_katz_options(options); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());

  const double scale = weight_scale(weight);
  const auto weighted_sum = [&](const NodeColumn<double>& x, NodeColumn<double>& y) {
    sum_over_in_arcs(graph, weight, scale, x, y, job);
  };
  const auto dominant = dominant_eigenvector(weighted_sum, downstream_of_cycles(graph, weight),
                                             {eigenvalue_tolerance, 1000}, "katz: largest eigenvalue", job);
  if (!dominant) return tl::unexpected(dominant.error());
  const double lambda = dominant->value * scale;
  if (options.alpha * lambda >= 1 - eigenvalue_tolerance) {
    return fail(ErrorCode::bad_argument,
                "Here Katz centrality exists only for alpha below " + six_digits(1 / lambda) +
                    " (1 / the largest eigenvalue " + six_digits(lambda) + "); alpha was " + six_digits(options.alpha) +
                    ".",
                "option alpha");
  }

  const double alpha = options.alpha * scale;
  NodeColumn<double> x(graph.node_count(), options.beta), next = x;
  Katz answer;
  answer.eigenvalue = lambda;
  answer.residual = std::numeric_limits<double>::infinity();
  while (answer.residual > options.tolerance && answer.iterations < options.max_iterations) {
    weighted_sum(x, next);
    for_each_node(graph, job, [&](NodeId v) { next[v] = options.beta + alpha * next[v]; });
    const double change = sum_over_nodes(graph, job, [&](NodeId v) { return std::abs(next[v] - x[v]); });
    const double total = sum_over_nodes(graph, job, [&](NodeId v) { return next[v]; });
    if (job.cancelled()) return interrupted();
    std::swap(x, next);
    answer.residual = total > 0 ? change / total : 0.0;
    ++answer.iterations;
    job.report("katz", static_cast<std::size_t>(answer.iterations), static_cast<std::size_t>(options.max_iterations));
  }
  answer.converged = answer.residual <= options.tolerance;
  if (options.normalized) {
    const double norm = euclidean_norm(x, job);
    for_each_node(graph, job, [&](NodeId v) { x[v] /= norm; });
    if (job.cancelled()) return interrupted();
  }
  answer.score = std::move(x);
  return answer;
}

Card katz_card() {
  return describe<KatzOptions, Katz>("katz", "centrality")
      .summary("All walks that end at a node, each step of a walk costing a factor alpha.")
      .cost("O(n + m) per sweep; about log(tolerance) / log(alpha * eigenvalue) sweeps")
      .convention(
          "x = beta + alpha * (weighted sum over those who point to the node); not normalized unless asked. Mutual "
          "ties point both ways; parallel ties add up; a self-loop counts once. Isolates have beta.")
      .option("alpha", &KatzOptions::alpha, {0, 1e300}, "factor per step; must be below 1 / the largest eigenvalue")
      .option("beta", &KatzOptions::beta, {1e-300, 1e300}, "what each node has of its own")
      .flag("normalized", &KatzOptions::normalized, "scale to unit Euclidean norm")
      .option("tolerance", &KatzOptions::tolerance, {1e-15, 1}, "relative L1 change of a sweep accepted")
      .option("max_iterations", &KatzOptions::max_iterations, {1, 1e9}, "sweeps allowed")
      .per_node("katz", &Katz::score, "", "at least beta; unit Euclidean norm with normalized")
      .figure("eigenvalue", &Katz::eigenvalue, "weight", "the largest eigenvalue; alpha must be below its inverse")
      .figure("iterations", &Katz::iterations, "sweeps", "sweeps made")
      .figure("residual", &Katz::residual, "", "relative L1 change of the last sweep")
      .figure("converged", &Katz::converged, "", "whether the residual is within the tolerance")
      .also([](Katz& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back("katz did not settle within " + std::to_string(answer.iterations) +
                                   " sweeps; lower alpha or raise max_iterations.");
        }
      })
      .source("katz1953new")
      .runs([](const Problem& problem, const KatzOptions& options, const Job& job) -> Result<Katz> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return katz(*graph, problem.weight, options, job); });
      });
}

}  // namespace entente

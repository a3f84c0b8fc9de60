#include "algorithms/centrality/katz.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/arc_matrix.hpp"
#include "algorithms/centrality/dominant.hpp"
#include "algorithms/centrality/fixed_point.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/lanczos.hpp"
#include "algorithms/centrality/residuals.hpp"
#include "engine/text.hpp"

namespace entente {

namespace {

constexpr double eigenvalue_tolerance = 1e-10;  // relative
constexpr double eigenvalue_residual = 1e-5;    // of a symmetric matrix: its square is the error of the eigenvalue
constexpr int eigenvalue_products = 1000, products_for_a_figure = 100;

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

/// How far the scores have come before the first plain sweep, and the largest eigenvalue.
struct KatzApproach {
  Buffer<double> x;
  double eigenvalue = 0;  // of the scaled matrix
  bool eigenvalue_settled = true;
  int products = 0;  // spent on x
};

/// The first step of Lanczos' method from (1, …, 1): its product with A is known, the sums of the rows. Returns alpha.
double step_from_ones(const ArcMatrix& A, LanczosVector& next, const Job& job) {
  const double n = static_cast<double>(A.size());
  next.value = A.row_sums(job);
  const double alpha = A.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> sum{};
    for (std::size_t v = first; v < last; ++v) sum[0] += next.value[v];
    return sum;
  })[0] / n;
  next.norm = std::sqrt(A.for_rows(job, [&](std::size_t first, std::size_t last) {
    Sums<1> square{};
    for (std::size_t v = first; v < last; ++v) {
      next.value[v] = (next.value[v] - alpha) / std::sqrt(n);
      square[0] += next.value[v] * next.value[v];
    }
    return square;
  })[0]);
  return alpha;
}

/// Scores and eigenvalue from one Krylov space, without directions. Lanczos' method from (1, …, 1) gives the largest
/// eigenvalue of A; factoring I - alpha T = L D Lᵀ on the way also gives the solution, as conjugate gradients
/// would, with one vector more (the direct Lanczos algorithm of [saad2003iterative]). A pivot that is not
/// above 0 proves that alpha is not below 1 / lambda; then only the eigenvalue is followed.
KatzApproach approach_katz_by_lanczos(const ArcMatrix& A, double alpha, const KatzOptions& options, const Job& job) {
  SymmetricMatrix S(A);
  const double n = static_cast<double>(A.size());
  KatzApproach found{Buffer<double>(A.size(), 0.0), 0, false, 0};
  Buffer<double> p(A.size(), 0.0);
  std::array<LanczosVector, 3> q;
  for (LanczosVector& vector : q) vector.value = Buffer<double>(A.size());
  q[0].value.fill(1);
  q[0].norm = std::sqrt(n);

  Tridiagonal T;
  double pivot = 1, in_basis = options.beta * std::sqrt(n), size_of_A = 0;
  bool x_done = false, eigenvalue_done = options.scores_only;
  for (int steps = 1, next_check = 1; !(x_done && eigenvalue_done) && !job.cancelled(); ++steps) {
    const auto place = [&](int k) -> LanczosVector& { return q[static_cast<std::size_t>(k + 2) % 3]; };
    const LanczosVector& now = place(steps);
    T.alpha.push_back(steps > 1 ? lanczos_step(S, &place(steps - 1), now, place(steps + 1), job)
                                : step_from_ones(A, place(2), job));
    const double joint = steps > 1 ? T.beta.back() : 0.0;
    T.beta.push_back(place(steps + 1).norm);
    size_of_A = std::max(size_of_A, std::abs(T.alpha.back()) + T.beta.back());
    const bool closed = T.beta.back() <= lanczos_closed * size_of_A;

    if (!x_done) {
      const double lower = steps > 1 ? -alpha * joint / pivot : 0.0;
      pivot = 1 - alpha * T.alpha.back() + lower * alpha * joint;
      in_basis *= steps > 1 ? -lower : 1.0;
      const double stride = in_basis / pivot;
      const double total = A.for_rows(job, [&](std::size_t first, std::size_t last) {
        Sums<1> sum{};
        for (std::size_t v = first; v < last; ++v) {
          p[v] = now.value[v] / now.norm - lower * p[v];
          found.x[v] += stride * p[v];
          sum[0] += found.x[v];
        }
        return sum;
      })[0];
      const double left = alpha * T.beta.back() * std::abs(stride) * std::sqrt(n);  // bounds the L1 norm
      found.products = steps - 1;
      if (!(pivot > 0)) {
        eigenvalue_done = false;
        next_check = steps;
      }
      x_done = closed || !(pivot > 0) || left <= options.tolerance * total || steps >= options.max_iterations;
    }
    if (!eigenvalue_done && (steps >= next_check || closed)) {
      found.eigenvalue = T.largest_eigenvalue(found.eigenvalue);
      const double leaving = T.beta.back() * T.eigenvector(found.eigenvalue).back();
      found.eigenvalue_settled = closed || leaving <= eigenvalue_residual * found.eigenvalue;
      eigenvalue_done = found.eigenvalue_settled || steps >= (pivot > 0 ? products_for_a_figure : eigenvalue_products);
      next_check = steps + 1 + steps / 32;
    }
    job.report("katz", static_cast<std::size_t>(std::min(steps, options.max_iterations)),
               static_cast<std::size_t>(options.max_iterations));
  }
  if (options.scores_only && found.eigenvalue == 0 && !job.cancelled()) {
    found.eigenvalue = T.largest_eigenvalue();
    const double leaving = T.beta.back() * T.eigenvector(found.eigenvalue).back();
    found.eigenvalue_settled = leaving <= eigenvalue_residual * found.eigenvalue;
  }
  return found;
}

/// The same for directions: the eigenvalue first, then the solution.
Result<KatzApproach> approach_katz_with_directions(const Graph& graph, const EdgeColumn<double>* weight,
                                                   const ArcMatrix& A, double alpha, const KatzOptions& options,
                                                   const Job& job) {
  const auto dominant = dominant_of_arcs(graph, weight, A, {eigenvalue_tolerance, eigenvalue_products},
                                         "katz: largest eigenvalue", job);
  if (!dominant) return tl::unexpected(dominant.error());
  KatzApproach found{Buffer<double>(A.size(), options.beta), dominant->value, dominant->converged, 0};
  const double gain = alpha * dominant->value;  // of a plain sweep
  if (!(gain > 0 && gain < 1)) return found;    // without cycles sweeps end by themselves

  Buffer<double> x(A.size(), 0.0), residual(A.size(), options.beta);
  const Buffer<double> share(A.size(), 1.0);
  const int most = std::min(options.max_iterations - 1, sweeps_to_gain(options.tolerance, gain));
  const Approach done =
      approach_fixed_point({&A, &share, alpha, "katz"}, x, residual, 0.5 * options.tolerance, most, job);
  found.products = done.products;
  if (done.residual < options.beta * static_cast<double>(A.size())) found.x = std::move(x);
  return found;
}

}  // namespace

Result<Katz> katz(const Graph& graph, const EdgeColumn<double>* weight, const KatzOptions& options, const Job& job) {
  if (auto checked = check_katz_options(options); !checked) return tl::unexpected(checked.error());
  if (auto checked = check_weights(graph.edge_count(), weight); !checked) return tl::unexpected(checked.error());
  if (graph.node_count() == 0) return Katz{};

  const double scale = weight_scale(weight), alpha = options.alpha * scale;
  const ArcMatrix A(graph, ArcMatrix::Of::entering, weight, scale, job);
  auto found = A.symmetric() ? Result<KatzApproach>(approach_katz_by_lanczos(A, alpha, options, job))
                             : approach_katz_with_directions(graph, weight, A, alpha, options, job);
  if (!found) return tl::unexpected(found.error());
  if (job.cancelled()) return interrupted();
  Katz answer;
  answer.eigenvalue = found->eigenvalue * scale;
  answer.eigenvalue_settled = found->eigenvalue_settled;
  answer.iterations = found->products;
  const auto too_large = [&] {
    return fail(ErrorCode::bad_argument,
                "Here Katz centrality exists only for alpha below " + six_digits(1 / answer.eigenvalue) +
                    " (1 / the largest eigenvalue " + six_digits(answer.eigenvalue) + "); alpha was " +
                    six_digits(options.alpha) + ".",
                "option alpha");
  };
  if (options.alpha * answer.eigenvalue >= 1 - eigenvalue_tolerance) return too_large();

  const auto by_eigenvalue = [&] {  // where the scores alone prove nothing
    KatzOptions full = options;
    full.scores_only = false;
    return katz(graph, weight, full, job);
  };
  Buffer<double> x = std::move(found->x), next(A.size());
  bool proven = false;
  do {
    const auto [change, total, not_positive, not_below] = A.multiply(x, next, job, [&](std::size_t first, std::size_t last) {
      Sums<4> sum{};
      for (std::size_t v = first; v < last; ++v) {
        const double flows_in = alpha * next[v];
        next[v] = options.beta + flows_in;
        sum[3] += x[v] > std::max(flows_in, 0.0) ? 0.0 : 1.0;
        sum[0] += std::abs(next[v] - x[v]);
        sum[1] += next[v];
        sum[2] += next[v] > 0 ? 0.0 : 1.0;
      }
      return sum;
    });
    if (job.cancelled()) return interrupted();
    // Where alpha is below 1 / lambda, every score is at least beta.
    if (not_positive > 0) return options.scores_only ? by_eigenvalue() : too_large();
    std::swap(x, next);
    proven = not_below == 0;  // the largest quotient (A x)(v) / x(v) is above lambda
    answer.residual = change / total;
    ++answer.iterations;
    job.report("katz", static_cast<std::size_t>(answer.iterations), static_cast<std::size_t>(options.max_iterations));
  } while (answer.residual > options.tolerance && answer.iterations < options.max_iterations);
  if (options.scores_only && !proven && answer.iterations < options.max_iterations) return by_eigenvalue();
  answer.converged = answer.residual <= options.tolerance;
  answer.score = A.ranks().in_user_order(std::as_const(x).span());
  if (options.normalized) {
    const double norm = euclidean_norm(A, x, job);
    for (double& score : answer.score.values()) score /= norm;
  }
  if (job.cancelled()) return interrupted();
  return answer;
}

Card katz_card() {
  return describe<KatzOptions, Katz>("katz", "centrality")
      .summary("All walks that end at a node, each step of a walk costing a factor alpha.")
      .cost("O(n + m) per sweep; tens of sweeps, more as alpha nears 1 / the eigenvalue")
      .convention(
          "x = beta + alpha * (weighted sum over those who point to the node); not normalized unless asked. Mutual "
          "ties point both ways; weights are strengths, at least 0; parallel ties add up; a self-loop counts once. "
          "Isolates have beta; an unconnected network is no obstacle.")
      .option("alpha", &KatzOptions::alpha, {0, 1e300}, "factor per step; must be below 1 / the largest eigenvalue")
      .option("beta", &KatzOptions::beta, {1e-300, 1e300}, "what each node has of its own")
      .flag("normalized", &KatzOptions::normalized, "scale to unit Euclidean norm")
      .option("tolerance", &KatzOptions::tolerance, {1e-15, 1}, "relative L1 change of a sweep accepted")
      .option("max_iterations", &KatzOptions::max_iterations, {1, 1e9}, "sweeps allowed")
      .flag("scores_only", &KatzOptions::scores_only, "stop once the scores are proven; the eigenvalue is then a lower bound")
      .per_node("katz", &Katz::score, "", "at least beta; unit Euclidean norm with normalized")
      .figure("eigenvalue", &Katz::eigenvalue, "weight", "the largest eigenvalue; alpha must be below its inverse")
      .figure("iterations", &Katz::iterations, "sweeps", "sweeps made")
      .figure("residual", &Katz::residual, "", "relative L1 change of the last sweep")
      .figure("converged", &Katz::converged, "", "whether the residual is within the tolerance")
      .also([](Katz& answer, Findings& findings) {
        if (!answer.converged) {
          findings.notes.push_back("katz did not settle within " +
                                   counted(static_cast<std::size_t>(answer.iterations), "sweep", "sweeps") + "; lower alpha or raise max_iterations.");
        }
        if (!answer.eigenvalue_settled) {
          findings.notes.push_back("The eigenvalue beside katz has not settled: the largest is at least this.");
        }
      })
      .source("katz1953new")
      .source("lanczos1950iteration")
      .source("saad2003iterative")
      .source("vandervorst1992bicgstab")
      .verified_by(verified_katz)
      .runs([](const Problem& problem, const KatzOptions& options, const Job& job) -> Result<Katz> {
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return katz(*graph, problem.weight, options, job); });
      });
}

}  // namespace entente

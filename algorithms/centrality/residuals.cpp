#include "algorithms/centrality/residuals.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

constexpr double of_rounding = 1e-13;           // what adding in another order may change, relatively
constexpr double eigenvector_rounding = 1e-11;  // also entries below 1e-14 that were taken for 0

std::string three_digits(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::general, 3).ptr;
  return {text.data(), end};
}

tl::unexpected<Error> does_not_hold(std::string what) { return fail(ErrorCode::bad_argument, std::move(what)); }

/// The scores that the findings claim, finite and >= 0.
Result<const NodeColumn<double>*> claimed_scores(const Findings& findings, const std::string& name, std::size_t count) {
  for (const auto& [column_name, values] : findings.per_node) {
    const auto* column = std::get_if<NodeColumn<double>>(&values);
    if (column_name != name || !column) continue;
    if (column->size() != count) return does_not_hold("There is not one " + name + " score for each node.");
    for (std::size_t v = 0; v < count; ++v) {
      if (!(column->values()[v] >= 0 && std::isfinite(column->values()[v]))) {
        return does_not_hold("node " + std::to_string(v) + " has no finite " + name + " score of at least 0.");
      }
    }
    return column;
  }
  return does_not_hold("The findings have no " + name + " scores.");
}

/// A figure of the findings, or 0.
double claimed_figure(const Findings& findings, std::string_view name) {
  for (const auto& [figure_name, value] : findings.figures) {
    if (const auto* number = std::get_if<double>(&value); number && figure_name == name) return *number;
  }
  return 0;
}

/// y(v) = sum over arcs u -> v of x(u) w(u,v) / scale, and the same along the arcs backwards.
std::vector<double> sums_over_entering(const Graph& graph, const EdgeColumn<double>* weight, double scale,
                                       const std::vector<double>& x) {
  const StrengthOf w(weight);
  std::vector<double> y(x.size(), 0.0);
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) y[v.index] += x[u.index] * (w(edge) / scale);
  }
  return y;
}
std::vector<double> sums_over_leaving(const Graph& graph, const EdgeColumn<double>* weight, double scale,
                                      const std::vector<double>& x) {
  const StrengthOf w(weight);
  std::vector<double> y(x.size(), 0.0);
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) y[u.index] += x[v.index] * (w(edge) / scale);
  }
  return y;
}

double euclidean(const std::vector<double>& x) {
  double square = 0;
  for (const double value : x) square += value * value;
  return std::sqrt(square);
}

double largest_weight(const EdgeColumn<double>* weight) {
  double largest = 0;
  if (weight) {
    for (const double value : weight->values()) largest = std::max(largest, value);
  }
  return largest > 0 ? largest : 1;
}

/// |M x - value x| / (value |x|), and a complaint where x is not of the scale that was promised.
Result<double> residual_of_eigenvector(const std::string& name, const std::vector<double>& x,
                                       const std::vector<double>& Mx, double value, bool normalized) {
  const double norm = euclidean(x), most = *std::ranges::max_element(x);
  if (!(std::abs((normalized ? most : norm) - 1) <= 1e-9)) {
    return does_not_hold("The " + name + " scores are not of the scale that was asked for.");
  }
  std::vector<double> left(x.size());
  for (std::size_t v = 0; v < x.size(); ++v) left[v] = Mx[v] - value * x[v];
  return euclidean(left) / (value * norm);
}

/// Whether peeling off the nodes that nobody enters leaves any.
bool has_cycle(const Graph& graph, const EdgeColumn<double>* weight) {
  const StrengthOf w(weight);
  NodeColumn<std::size_t> entering(graph.node_count());
  for (const NodeId u : graph.nodes()) {
    for (const auto [v, edge] : graph.out(u)) entering[v] += w(edge) > 0 ? 1u : 0u;
  }
  std::vector<NodeId> peeled;
  for (const NodeId v : graph.nodes()) {
    if (entering[v] == 0) peeled.push_back(v);
  }
  for (std::size_t i = 0; i < peeled.size(); ++i) {
    for (const auto [v, edge] : graph.out(peeled[i])) {
      if (w(edge) > 0 && --entering[v] == 0) peeled.push_back(v);
    }
  }
  return peeled.size() < graph.node_count();
}

}  // namespace

Result<std::string> verified_pagerank(const Problem& problem, const PageRankOptions& options,
                                      const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const std::size_t n = (*graph)->node_count();
  const auto scores = claimed_scores(findings, "pagerank", n);
  if (!scores) return tl::unexpected(scores.error());
  if (n == 0) return std::string("There is no node.");

  const StrengthOf w(problem.weight);
  std::vector<double> q(n, problem.from.empty() ? 1.0 / static_cast<double>(n) : 0.0);
  for (const NodeId place : problem.from) {
    if (place.index >= n) return does_not_hold("There is no node " + std::to_string(place.index) + " to restart at.");
    q[place.index] = 1;
  }
  double places = 0;
  for (const double place : q) places += problem.from.empty() ? 0 : place;
  for (double& place : q) place /= problem.from.empty() ? 1.0 : places;

  const double d = options.damping;
  std::vector<double> next(n, 0.0);
  double total = 0, stranded = 0, change = 0;
  for (const NodeId u : (*graph)->nodes()) {
    const double r = (**scores)[u];
    double leaving = 0;
    for (const auto [v, edge] : (*graph)->out(u)) leaving += w(edge);
    for (const auto [v, edge] : (*graph)->out(u)) {
      if (leaving > 0) next[v.index] += d * (r / leaving) * w(edge);
    }
    total += r;
    if (!(leaving > 0)) stranded += r;
  }
  for (std::size_t v = 0; v < n; ++v) {
    change += std::abs(next[v] + (1 - d + d * stranded) * q[v] - (*scores)->values()[v]);
  }
  if (!(std::abs(total - 1) <= 1e-12)) {
    return does_not_hold("The scores do not sum to 1 but to " + three_digits(total) + ".");
  }
  const double error = change / (1 - d);
  const double promised = std::max(options.tolerance, claimed_figure(findings, "error"));
  if (!(error <= promised + of_rounding / (1 - d))) {
    return does_not_hold("One sweep changes the scores by " + three_digits(change) +
                         " in all, which proves them only to be within " + three_digits(error) +
                         " of the exact ones; " + three_digits(promised) + " was promised.");
  }
  return "The scores sum to 1, and one more sweep over the ties changes them by " + three_digits(change) +
         " in all: they are within " + three_digits(error) + " of the exact ones.";
}

Result<std::string> verified_eigenvector(const Problem& problem, const EigenvectorOptions& options,
                                         const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const std::size_t n = (*graph)->node_count();
  const auto scores = claimed_scores(findings, "eigenvector", n);
  if (!scores) return tl::unexpected(scores.error());

  const double scale = largest_weight(problem.weight), value = claimed_figure(findings, "eigenvalue") / scale;
  const std::vector<double> x((*scores)->values().begin(), (*scores)->values().end());
  if (!(value > 0)) {
    if (std::ranges::any_of(x, [](double score) { return score != 0; })) {
      return does_not_hold("The largest eigenvalue is said to be 0, yet there are scores above 0.");
    }
    if (has_cycle(**graph, problem.weight)) {
      return does_not_hold("The largest eigenvalue is said to be 0, yet there is a cycle of ties.");
    }
    return std::string("The network has no cycle, so its only eigenvalue is 0.");
  }
  const std::vector<double> Mx = sums_over_entering(**graph, problem.weight, scale, x);
  const auto residual = residual_of_eigenvector("eigenvector", x, Mx, value, options.normalized);
  if (!residual) return tl::unexpected(residual.error());
  const double promised = std::max(options.tolerance, claimed_figure(findings, "residual"));
  if (!(*residual <= promised + eigenvector_rounding)) {
    return does_not_hold("The scores are an eigenvector only to a residual of " + three_digits(*residual) + "; " +
                         three_digits(promised) + " was promised.");
  }
  std::string shown = "The scores are an eigenvector to a relative residual of " + three_digits(*residual);
  if (std::ranges::all_of(x, [](double score) { return score > 0; })) {
    double most = 0;
    for (std::size_t v = 0; v < n; ++v) most = std::max(most, Mx[v] / x[v]);
    return shown + ", and as all are above 0, no eigenvalue is above " + three_digits(most * scale) + ".";
  }
  return shown + "; that no other eigenvalue is larger is not shown, as some scores are 0.";
}

Result<std::string> verified_katz(const Problem& problem, const KatzOptions& options, const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const std::size_t n = (*graph)->node_count();
  const auto scores = claimed_scores(findings, "katz", n);
  if (!scores) return tl::unexpected(scores.error());
  if (n == 0) return std::string("There is no node.");

  const std::vector<double> x((*scores)->values().begin(), (*scores)->values().end());
  if (options.normalized && !(std::abs(euclidean(x) - 1) <= 1e-9)) {
    return does_not_hold("The katz scores are not of unit norm.");
  }
  const double scale = largest_weight(problem.weight);
  const std::vector<double> Mx = sums_over_entering(**graph, problem.weight, scale, x);
  std::vector<double> own(n);  // x - alpha M x: beta everywhere, in the scale of the scores
  double beta = options.beta, total = 0, left = 0;
  for (std::size_t v = 0; v < n; ++v) {
    own[v] = x[v] - options.alpha * scale * Mx[v];
    total += x[v];
  }
  if (options.normalized) {
    beta = 0;
    for (const double value : own) beta += value / static_cast<double>(n);
  }
  for (const double value : own) left += std::abs(value - beta);
  const double promised = std::max(options.tolerance, claimed_figure(findings, "residual"));
  if (!(left <= (promised + of_rounding) * total)) {
    return does_not_hold("The scores leave " + three_digits(left / total) + " of their sum unbalanced; " +
                         three_digits(promised) + " was promised.");
  }
  std::string shown = "The scores solve their equation to " + three_digits(left / total) + " of their sum";
  if (std::ranges::all_of(own, [](double value) { return value > 0; })) {
    return shown + ", and as each is above alpha times what flows in, alpha is below 1 / the largest eigenvalue.";
  }
  return shown + ".";
}

Result<std::string> verified_hits(const std::string& name, const Problem& problem, const HitsOptions& options,
                                  const Findings& findings) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto scores = claimed_scores(findings, name, (*graph)->node_count());
  if (!scores) return tl::unexpected(scores.error());

  const EdgeColumn<double>* weight = problem.weight;
  const double scale = largest_weight(weight);
  const std::vector<double> x((*scores)->values().begin(), (*scores)->values().end());
  if (std::ranges::all_of(x, [](double score) { return score == 0; })) {
    const StrengthOf w(weight);
    for (const EdgeId edge : (*graph)->edges()) {
      if (w(edge) > 0) return does_not_hold("Every " + name + " score is 0, yet there are ties.");
    }
    return std::string("No tie has a weight, so every score is 0.");
  }
  // A hub's worth passes on to authorities and comes back; both ways together have the value s².
  const bool hubs = name == "hub";
  const std::vector<double> there =
      hubs ? sums_over_entering(**graph, weight, scale, x) : sums_over_leaving(**graph, weight, scale, x);
  const std::vector<double> back =
      hubs ? sums_over_leaving(**graph, weight, scale, there) : sums_over_entering(**graph, weight, scale, there);
  const double s = euclidean(there) / euclidean(x);
  const auto residual = residual_of_eigenvector(name, x, back, s * s, options.normalized);
  if (!residual) return tl::unexpected(residual.error());
  // Without directions the scores are those of the matrix itself, whose residual at most doubles when it is squared.
  const double promised = 2 * std::max(options.tolerance, claimed_figure(findings, "residual"));
  if (!(*residual <= promised + eigenvector_rounding)) {
    return does_not_hold("The " + name + " scores come back from there with a residual of " + three_digits(*residual) +
                         "; " + three_digits(promised) + " was promised.");
  }
  return "The " + name + " scores, passed along the ties and back, return in proportion, to a relative residual of " +
         three_digits(*residual) + ".";
}

}  // namespace entente

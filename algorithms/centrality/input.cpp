#include "algorithms/centrality/input.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <string>

namespace entente {

namespace {

std::string in_words(double value) {
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

/// `what` is "weight" or "length"; `allowed` tells which finite values are.
template <class Allowed>
Result<void> check_edge_values(std::size_t edge_count, const EdgeColumn<double>* column, const std::string& what,
                               const std::string& rule, Allowed&& allowed) {
  if (!column) return {};
  if (column->size() != edge_count) {
    return fail(ErrorCode::bad_argument, "The column of " + what + "s has " + std::to_string(column->size()) +
                                             " values for " + std::to_string(edge_count) + " edges.");
  }
  double total = 0;
  for (const EdgeId edge : ids_below<EdgeId>(edge_count)) {
    const double value = (*column)[edge];
    if (!std::isfinite(value) || !allowed(value)) {
      return fail(ErrorCode::bad_argument, "edge " + std::to_string(edge.index) + " has the " + what + " " +
                                               in_words(value) + "; " + rule);
    }
    total += value;
  }
  if (!std::isfinite(total)) {
    return fail(ErrorCode::bad_argument, "The sum of the " + what + "s is beyond 1.8e308; give them in a larger unit.");
  }
  return {};
}

}  // namespace

Result<void> check_weights(std::size_t edge_count, const EdgeColumn<double>* weight) {
  return check_edge_values(edge_count, weight, "weight", "a weight must be 0 or a number of at least 1e-300.",
                           [](double value) { return value == 0 || value >= 1e-300; });
}

Result<void> check_lengths(std::size_t edge_count, const EdgeColumn<double>* length) {
  return check_edge_values(edge_count, length, "length",
                           "a length must be a number of at least 1e-300. Leave the edge out if it cannot be walked.",
                           [](double value) { return value >= 1e-300; });
}

Result<const Graph*> walkable_graph(const Problem& problem) {
  if (problem.undirected && problem.symmetric) return &problem.symmetric->both_ways();
  if (problem.graph) return problem.graph;
  return fail(ErrorCode::bad_argument, "This measure follows directions, but the problem holds no directed graph.");
}

Result<const Symmetric*> symmetric_graph(const Problem& problem) {
  if (problem.symmetric) return problem.symmetric;
  return fail(ErrorCode::bad_argument, "This measure ignores directions, but the problem holds no undirected graph.");
}

}  // namespace entente

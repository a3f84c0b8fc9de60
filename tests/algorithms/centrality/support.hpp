#pragma once

#include <algorithm>
#include <cmath>
#include <string_view>
#include <variant>
#include <vector>

#include <catch2/catch.hpp>

#include "algorithms/centrality/cards.hpp"
#include "support/random_graphs.hpp"

/// What the tests of this folder share.
namespace entente::test {

inline Job with_threads(int threads) {
  Job job;
  job.threads = threads;
  return job;
}

template <class Value>
std::vector<Value> list(const NodeColumn<Value>& column) {
  return {column.values().begin(), column.values().end()};
}

/// The largest difference of two lists of equal length; infinite for other lists and for NaN.
inline double largest_difference(const std::vector<double>& a, const std::vector<double>& b) {
  if (a.size() != b.size()) return INFINITY;
  double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    const double difference = std::abs(a[i] - b[i]);
    if (!(difference <= largest)) largest = std::isnan(difference) ? INFINITY : difference;
  }
  return largest;
}
inline double largest_difference(const NodeColumn<double>& a, const std::vector<double>& b) {
  return largest_difference(list(a), b);
}

inline const Card& centrality_card(std::string_view name) {
  static const std::vector<Card> cards = centrality_cards();
  const auto found = std::ranges::find(cards, name, &Card::name);
  if (found == cards.end()) FAIL("there is no card " << name);
  return *found;
}

/// The first column of findings, as doubles.
inline std::vector<double> first_column(const Findings& findings) {
  return std::visit(
      [](const auto& column) { return std::vector<double>(column.values().begin(), column.values().end()); },
      findings.per_node.at(0).second);
}

/// A graph both with and without its directions, ready for cards.
struct Asked {
  Graph graph;
  Symmetric symmetric;
  Problem problem;

  Asked(std::size_t n, const std::vector<Ends>& edges, bool is_undirected)
      : graph(is_undirected ? undirected(n, edges).both_ways() : directed(n, edges)), symmetric(undirected(n, edges)) {
    problem.graph = &graph;
    problem.symmetric = &symmetric;
    problem.undirected = is_undirected;
  }
  Asked(const Asked&) = delete;
  Asked& operator=(const Asked&) = delete;
};

}  // namespace entente::test

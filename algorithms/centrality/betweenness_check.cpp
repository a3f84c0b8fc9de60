#include "algorithms/centrality/betweenness_check.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <span>
#include <variant>
#include <vector>

#include "algorithms/centrality/input.hpp"

namespace entente {

namespace {

/// Over ordered pairs of different nodes that have a path.
struct PathSums {
  double hops = 0;
  double inner_nodes = 0;
};

PathSums sums_of_paths(const Graph& graph) {
  const std::size_t n = graph.node_count();
  std::vector<std::uint64_t> seen(n), frontier(n), next(n);
  PathSums sums;
  for (std::size_t first = 0; first < n; first += 64) {
    std::ranges::fill(seen, 0);
    std::ranges::fill(frontier, 0);
    for (std::size_t s = first; s < std::min(n, first + 64); ++s) {
      seen[s] = frontier[s] = std::uint64_t{1} << (s - first);
    }
    for (std::uint64_t hops = 1, reached = 1; reached > 0; ++hops) {
      std::ranges::fill(next, 0);
      for (const NodeId u : graph.nodes()) {
        if (frontier[u.index] == 0) continue;
        for (const NodeId v : graph.out_neighbours(u)) next[v.index] |= frontier[u.index];
      }
      reached = 0;
      for (std::size_t v = 0; v < n; ++v) {
        frontier[v] = next[v] & ~seen[v];
        seen[v] |= frontier[v];
        reached += static_cast<std::uint64_t>(std::popcount(frontier[v]));
      }
      sums.hops += static_cast<double>(reached * hops);
      sums.inner_nodes += static_cast<double>(reached * (hops - 1));
    }
  }
  return sums;
}

/// `pairs` are the ordered pairs that a value of 1 stands for, `most` those that any value can stand for.
Result<std::string> check_sum(std::span<const double> values, double pairs, double most, const double* expected) {
  double sum = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (!(values[i] >= 0 && values[i] * pairs <= most * (1 + 1e-9))) {
      return fail(ErrorCode::bad_argument,
                  "Value " + std::to_string(i) + " is not between 0 and the number of pairs that could depend on it.");
    }
    sum += values[i] * pairs;
  }
  if (!expected) return "Every value is between 0 and the number of pairs that could depend on it.";
  if (std::abs(sum - *expected) > 1e-9 * *expected) {
    return fail(ErrorCode::bad_argument, "All values add up to " + std::to_string(sum) +
                                             " ordered pairs, but the shortest paths of all pairs give " +
                                             std::to_string(*expected) + ".");
  }
  return "All values add up to what the distances of all pairs of nodes demand.";
}

}  // namespace

Result<std::string> check_betweenness_sum(const Problem& problem, const Findings& findings, bool normalized) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto* values =
      findings.per_node.empty() ? nullptr : std::get_if<NodeColumn<double>>(&findings.per_node[0].second);
  if (!values || values->size() != (*graph)->node_count()) {
    return fail(ErrorCode::bad_argument, "There is not one value of betweenness for each node.");
  }
  const double n = static_cast<double>(values->size());
  const double most = values->size() < 3 ? 0 : (n - 1) * (n - 2);
  const double pairs = normalized ? most : problem.undirected && problem.symmetric ? 2 : 1;
  if (problem.length) return check_sum(values->values(), pairs, most, nullptr);
  const double expected = sums_of_paths(**graph).inner_nodes;
  return check_sum(values->values(), pairs, most, &expected);
}

Result<std::string> check_edge_betweenness_sum(const Problem& problem, const Findings& findings, bool normalized) {
  const auto graph = walkable_graph(problem);
  if (!graph) return tl::unexpected(graph.error());
  const auto* values =
      findings.per_edge.empty() ? nullptr : std::get_if<EdgeColumn<double>>(&findings.per_edge[0].second);
  if (!values || values->size() != (*graph)->edge_count()) {
    return fail(ErrorCode::bad_argument, "There is not one value of betweenness for each edge.");
  }
  const double n = static_cast<double>((*graph)->node_count());
  const double most = n < 2 ? 0 : n * (n - 1);
  const double pairs = normalized ? most : problem.undirected && problem.symmetric ? 2 : 1;
  if (problem.length) return check_sum(values->values(), pairs, most, nullptr);
  const double expected = sums_of_paths(**graph).hops;
  return check_sum(values->values(), pairs, most, &expected);
}

}  // namespace entente

#include "algorithms/centrality/betweenness.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>
#include <utility>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/centrality/distances.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/centrality/sources.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr double equal_lengths = 1e-12;  // relative

/// Brandes' accumulation [brandes2001faster] from one source after the other:
///
///     sigma(w) = sum of sigma(v) over the v before w
///     delta(v) = sigma(v) * sum of share(w) over the w after v,    share(w) = (1 + delta(w)) / sigma(w)
///
/// v is before w, and w after v, where an arc v -> w lies on a shortest path from the source.
class Dependencies {
 public:
  Dependencies(const Graph& graph, const EdgeColumn<double>* length)
      : graph_(graph),
        length_(length),
        distances_(graph, length),
        sigma_(graph.node_count()),
        share_(graph.node_count()) {}

  /// Adds delta(v) of this source to sum[v], for every v but the source.
  void add_from(NodeId source, NodeColumn<double>& sum) {
    distances_.search_from(source);
    for (const NodeId v : distances_.reached()) sigma_[v] = 0;
    sigma_[source] = 1;
    for (const NodeId v : distances_.reached()) {
      if (!std::isfinite(sigma_[v])) sum[v] = std::numeric_limits<double>::quiet_NaN();  // found at the end
      for_each_after(v, [&, paths = sigma_[v]](NodeId w) { sigma_[w] += paths; });
    }
    for (const NodeId v : distances_.reached() | std::views::reverse) {
      double shares = 0;
      for_each_after(v, [&](NodeId w) { shares += share_[w]; });
      const double delta = sigma_[v] * shares;
      share_[v] = (1 + delta) / sigma_[v];
      if (v != source) sum[v] += delta;
    }
  }

 private:
  template <class Visit>
  void for_each_after(NodeId v, Visit&& visit) {
    const double here = distances_.to(v);
    if (!length_) {
      for_each_next_node(graph_, nullptr, v, [&](NodeId w, double) {
        if (distances_.to(w) == here + 1) visit(w);
      });
      return;
    }
    // Rounding may place w a hair before the end of v -> w; the ranks keep such an arc from closing a ring.
    for_each_next_node(graph_, length_, v, [&](NodeId w, double length) {
      if (here + length <= distances_.to(w) * (1 + equal_lengths) && distances_.rank(v) < distances_.rank(w)) visit(w);
    });
  }

  const Graph& graph_;
  const EdgeColumn<double>* length_;
  Distances distances_;
  NodeColumn<double> sigma_;
  NodeColumn<double> share_;
};

Result<NodeColumn<double>> sum_of_dependencies(const Graph& graph, const EdgeColumn<double>* length, const Job& job) {
  if (auto checked = check_lengths(graph.edge_count(), length); !checked) return tl::unexpected(checked.error());
  const std::size_t n = graph.node_count();
  NodeColumn<double> total(n);
  std::vector<NodeColumn<double>> part(lanes);
  const auto searched = for_sources_in_rounds(
      n, job, "betweenness",
      [&](std::size_t lane, std::size_t first, std::size_t last) {
        Dependencies dependencies(graph, length);
        part[lane] = NodeColumn<double>(n);
        for (std::size_t i = first; i < last && !job.cancelled(); ++i) {
          dependencies.add_from(NodeId{static_cast<std::uint32_t>(i)}, part[lane]);
        }
      },
      [&](std::size_t used) {
        for_each_node(graph, job, [&](NodeId v) {
          for (std::size_t lane = 0; lane < used; ++lane) total[v] += part[lane][v];
        });
      });
  if (!searched) return tl::unexpected(searched.error());
  if (job.cancelled()) return interrupted();
  if (!std::ranges::all_of(total.values(), [](double value) { return std::isfinite(value); })) {
    return fail(ErrorCode::overflow,
                "Two nodes are joined by more than 1e308 shortest paths, so betweenness cannot count them; "
                "take a part of the network or give lengths.");
  }
  return total;
}

Betweenness scaled_betweenness(NodeColumn<double> total, double factor) {
  for (double& value : total.values()) value *= factor;
  return {std::move(total)};
}

/// 1 / the number of ordered pairs of other nodes, which is 0 below three nodes; then so is every score.
double per_ordered_pair(std::size_t node_count) {
  const double n = static_cast<double>(node_count);
  return node_count < 3 ? 0.0 : 1 / ((n - 1) * (n - 2));
}

}  // namespace

Result<Betweenness> betweenness(const Graph& graph, const EdgeColumn<double>* length, const BetweennessOptions& options,
                                const Job& job) {
  return sum_of_dependencies(graph, length, job).map([&](NodeColumn<double> total) {
    return scaled_betweenness(std::move(total), options.normalized ? per_ordered_pair(graph.node_count()) : 1.0);
  });
}

Result<Betweenness> betweenness(const Symmetric& graph, const EdgeColumn<double>* length,
                                const BetweennessOptions& options, const Job& job) {
  return sum_of_dependencies(graph.both_ways(), length, job).map([&](NodeColumn<double> total) {
    return scaled_betweenness(std::move(total), options.normalized ? per_ordered_pair(graph.node_count()) : 0.5);
  });
}

Card betweenness_card() {
  return describe<BetweennessOptions, Betweenness>("betweenness", "centrality")
      .summary("The number of pairs of other nodes whose shortest paths run through a node.")
      .cost("O(n (n + m)) in hops, O(n (n + m log m)) with lengths")
      .convention(
          "Exact. Paths follow directions; where there are none, each pair counts once, else ordered pairs count. Ends "
          "are not between. Hops, or lengths where given (all above 0; lengths within 1e-12 of each other are equal). "
          "Paths are sequences of nodes: parallel ties count as one, their shortest; self-loops change nothing. "
          "Isolates have 0.")
      .flag("normalized", &BetweennessOptions::normalized,
            "divide by the number of pairs of other nodes: (n - 1)(n - 2), and half of it without directions")
      .per_node("betweenness", &Betweenness::betweenness, "pairs", "a share of all pairs with normalized")
      .source("freeman1977set")
      .source("brandes2001faster")
      .runs([](const Problem& problem, const BetweennessOptions& options, const Job& job) -> Result<Betweenness> {
        if (problem.undirected && problem.symmetric) {
          return betweenness(*problem.symmetric, problem.length, options, job);
        }
        return walkable_graph(problem).and_then(
            [&](const Graph* graph) { return betweenness(*graph, problem.length, options, job); });
      });
}

}  // namespace entente

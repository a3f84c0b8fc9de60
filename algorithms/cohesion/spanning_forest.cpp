#include "algorithms/cohesion/spanning_forest.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <utility>
#include <vector>

#include "algorithms/cohesion/checks.hpp"
#include "engine/buffer.hpp"

namespace entente {

namespace {

constexpr std::size_t forest_patience = std::size_t{1} << 16;  // edges between two looks at job.cancelled()

/// An edge with the place of its value among all doubles: whole numbers in the same order.
struct RankedEdge {
  std::uint64_t rank;
  std::uint32_t edge;
};

std::uint64_t rank_of_double(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0
  return bits >> 63 ? ~bits : bits | std::uint64_t{1} << 63;
}

/// Stable radix sort by rank, 11 bits a pass from the lowest up; bits that are the same everywhere are skipped.
void sort_by_rank(Buffer<RankedEdge>& edges, Buffer<RankedEdge>& scratch, std::size_t count) {
  constexpr int digit = 11;
  std::uint64_t varying = 0;
  for (std::size_t i = 1; i < count; ++i) varying |= edges[i].rank ^ edges[0].rank;
  while (varying != 0) {
    const int shift = std::countr_zero(varying);
    std::array<std::size_t, 1 << digit> place{};
    const auto digit_of = [&](const RankedEdge& edge) { return edge.rank >> shift & ((1u << digit) - 1); };
    for (std::size_t i = 0; i < count; ++i) ++place[digit_of(edges[i])];
    std::size_t before = 0;
    for (std::size_t& first : place) before += std::exchange(first, before);
    for (std::size_t i = 0; i < count; ++i) scratch[place[digit_of(edges[i])]++] = edges[i];
    std::swap(edges, scratch);
    varying = shift + digit < 64 ? varying >> (shift + digit) << (shift + digit) : 0;
  }
}

/// Kruskal's algorithm [kruskal1956shortest]: edges enter from the best to the worst, each that joins two trees.
///
/// Filtered [osipov2009filter]: the best 2 n or so are sorted and entered first; then nearly all others have both ends
/// in one tree and are dropped by one look at each end, unsorted.
class ForestGrowth {
 public:
  ForestGrowth(const Symmetric& graph, const EdgeColumn<double>* value, bool maximum)
      : graph_(graph), value_(value), sign_(maximum ? -1.0 : 1.0), above_(graph.node_count()) {
    for (std::uint32_t v = 0; v < above_.size(); ++v) above_[v] = v;
    forest.in_forest = EdgeColumn<std::uint8_t>(graph.edge_count(), 0);
    forest.trees = static_cast<std::int64_t>(graph.node_count());
  }

  bool run(const Job& job) {
    const std::size_t m = graph_.edge_count();
    const std::size_t enough = 2 * above_.size() + 1024;
    if (m > enough) {
      const std::uint64_t pivot = rank_below_which(enough);
      if (!enter_all([&](const RankedEdge& edge) { return edge.rank <= pivot; }, job)) return false;
      flatten();
    }
    // Edges that entered or were in vain have both ends in one tree, so they are not met again.
    return enter_all([&](const RankedEdge& edge) {
      const auto [a, b] = graph_.ends(EdgeId{edge.edge});
      return above_[a.index] != above_[b.index];
    }, job);
  }

  SpanningForest forest;

 private:
  double value(std::uint32_t edge) const { return value_ ? (*value_)[EdgeId{edge}] : 1.0; }
  std::uint64_t rank(std::uint32_t edge) const { return rank_of_double(sign_ * value(edge)); }

  /// About `wanted` of the edges have this rank or a lower one: from 4096 edges spread evenly.
  std::uint64_t rank_below_which(std::size_t wanted) const {
    const std::size_t m = graph_.edge_count(), step = m / 4096 + 1;
    std::vector<std::uint64_t> sample;
    for (std::size_t e = 0; e < m; e += step) sample.push_back(rank(static_cast<std::uint32_t>(e)));
    const auto at = sample.begin() + static_cast<std::ptrdiff_t>(wanted / step);
    std::ranges::nth_element(sample, at);
    return *at;
  }

  /// Sorts and enters the edges that are `wanted`.
  template <class Wanted>
  bool enter_all(Wanted&& wanted, const Job& job) {
    const auto m = static_cast<std::uint32_t>(graph_.edge_count());
    Buffer<RankedEdge> edges(std::size_t{m} + 1);  // one more to write what is not kept
    std::size_t count = 0;
    for (std::uint32_t e = 0; e < m; ++e) {
      if (e % forest_patience == 0 && job.cancelled()) return false;
      edges[count] = {rank(e), e};
      count += wanted(edges[count]);
    }
    Buffer<RankedEdge> scratch(count);
    sort_by_rank(edges, scratch, count);
    for (std::size_t i = 0; i < count; ++i) {
      if (i % forest_patience == 0) {
        if (job.cancelled()) return false;
        job.report("spanning forest", static_cast<std::size_t>(forest.edges), above_.size());
      }
      const auto [source, target] = graph_.ends(EdgeId{edges[i].edge});
      std::uint32_t a = root(source.index), b = root(target.index);
      if (a == b) continue;
      if (a > b) std::swap(a, b);
      above_[b] = a;
      forest.in_forest[EdgeId{edges[i].edge}] = 1;
      forest.total += value(edges[i].edge);
      ++forest.edges;
      --forest.trees;
    }
    return true;
  }

  /// The root of a tree is its smallest node; paths are halved on the way.
  std::uint32_t root(std::uint32_t v) {
    while (above_[v] != v) v = above_[v] = above_[above_[v]];
    return v;
  }
  void flatten() {
    for (std::size_t v = 0; v < above_.size(); ++v) above_[v] = above_[above_[v]];
  }

  const Symmetric& graph_;
  const EdgeColumn<double>* value_;
  double sign_;
  Buffer<std::uint32_t> above_;
};

}  // namespace

Result<SpanningForest> spanning_forest(const Symmetric& graph, const EdgeColumn<double>* value,
                                       const SpanningForestOptions& options, const Job& job) {
  if (options.objective != "minimum" && options.objective != "maximum") {
    return fail(ErrorCode::bad_argument, "The objective is \"minimum\" or \"maximum\".", "option objective");
  }
  if (value) {
    if (value->size() != graph.edge_count()) {
      return fail(ErrorCode::bad_argument, "There is not one value per edge.");
    }
    const auto not_finite = std::ranges::find_if_not(value->values(), [](double x) { return std::isfinite(x); });
    if (not_finite != value->values().end()) {
      return fail(ErrorCode::bad_argument, "A spanning forest needs finite values.",
                  "edge " + std::to_string(not_finite - value->values().begin()));
    }
  }
  ForestGrowth growth(graph, value, options.objective == "maximum");
  if (!growth.run(job)) return interrupted();
  if (!std::isfinite(growth.forest.total)) {
    return fail(ErrorCode::bad_argument, "The values of the forest add up to more than a number can hold.");
  }
  return std::move(growth.forest);
}

Card spanning_forest_card() {
  return describe<SpanningForestOptions, SpanningForest>("spanning_forest", "cohesion")
      .summary("The fewest ties that keep together what is together, of the smallest total length or the largest "
               "total weight.")
      .cost("O(m + n log n)")
      .convention("minimum: by length; maximum: by weight; without these every edge counts 1; any finite number is "
                  "allowed, also 0 and below, as long as the total is finite too; directions ignored; ties of "
                  "equal value: the smaller edge id enters first; a self-loop never enters, and of parallel edges "
                  "one at most; a tree for each component, an isolated node included; an empty network has none")
      .source("kruskal1956shortest")
      .source("osipov2009filter")
      .choice("objective", &SpanningForestOptions::objective, {"minimum", "maximum"},
              "smallest total length or largest total weight")
      .per_edge("in_forest", &SpanningForest::in_forest, "", "1 for the edges of the forest")
      .figure("total", &SpanningForest::total, "", "length or weight of the forest")
      .figure("edges", &SpanningForest::edges, "edges", "in the forest")
      .figure("trees", &SpanningForest::trees, "trees", "one for each component")
      .verified_by(verified_spanning_forest)
      .runs([](const Problem& problem, const SpanningForestOptions& options, const Job& job) {
        return spanning_forest(*problem.symmetric, options.objective == "maximum" ? problem.weight : problem.length,
                               options, job);
      });
}

}  // namespace entente

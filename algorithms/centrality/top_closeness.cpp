#include "algorithms/centrality/top_closeness.hpp"

#include <algorithm>
#include <array>
#include <numeric>
#include <span>
#include <utility>

#include "algorithms/card.hpp"
#include "algorithms/centrality/input.hpp"
#include "algorithms/traversal/lanes.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

/// At most how many nodes are at 1, 2 and 3 hops, and how many can be reached at all.
struct HopBounds {
  std::array<std::uint64_t, 3> at{};
  std::uint64_t reachable = 0;
};

/// Which measure, how it follows from sums, and how it is bounded.
class NearnessScore {
 public:
  NearnessScore(const TopClosenessOptions& options, std::size_t node_count)
      : harmonic_(options.measure == "harmonic"), others_(static_cast<double>(node_count) - 1) {}

  double of(const ReachSums& sums) const {
    if (harmonic_) return to_double(sums.inverses);
    return wasserman_faust(static_cast<double>(sums.reached) - 1, static_cast<double>(sums.hops));
  }

  /// Not below the score of any node within the bounds.
  double most(const HopBounds& bounds) const {
    constexpr double slack = 1 + 1e-12;  // more than rounding takes away
    double nodes = 0, sum = 0, inverse = 0, best = 0;
    const auto left = static_cast<double>(bounds.reachable);
    for (std::size_t hops = 1; hops <= 4; ++hops) {
      const double here = hops == 4 ? left - nodes : std::min(left - nodes, static_cast<double>(bounds.at[hops - 1]));
      nodes += here;
      sum += here * static_cast<double>(hops);
      inverse += here / static_cast<double>(hops);
      // Who reaches fewer nodes may score more; between these steps the quotient has no maximum.
      best = std::max(best, wasserman_faust(nodes, sum));
    }
    return (harmonic_ ? inverse : best) * slack;
  }

 private:
  double wasserman_faust(double reached, double sum) const {
    return reached > 0 ? reached / sum * (reached / others_) : 0;
  }

  bool harmonic_;
  double others_;
};

/// Each neighbour once, the node itself left out.
template <class Visit>
void top_for_each_partner(const Rows& rows, std::uint32_t v, Visit&& visit) {
  std::uint32_t last = v;
  for (const std::uint32_t u : rows[v]) {
    if (u != last && u != v) visit(u);
    last = u;
  }
}

/// The highest possible score of each rank.
std::vector<double> score_bounds(const HubFirst& ranks, const NearnessScore& score, const Job& job) {
  const Rows& rows = ranks.out();
  const Rows& in = ranks.in(job);
  const std::size_t n = rows.node_count();
  std::vector<std::uint64_t> one(n), two(n);
  const std::uint64_t back = ranks.symmetric() ? 1 : 0;  // each partner has the node itself for a partner
  for_each_index(n, job, [&](std::size_t v) {
    top_for_each_partner(rows, static_cast<std::uint32_t>(v), [&](std::uint32_t) { ++one[v]; });
  });
  for_each_index(n, job, [&](std::size_t v) {
    top_for_each_partner(rows, static_cast<std::uint32_t>(v), [&](std::uint32_t u) { two[v] += one[u] - back; });
  });
  std::uint64_t entered = 0;
  for (std::uint32_t v = 0; v < n; ++v) entered += in.degree(v) > 0;
  std::vector<double> most(n);
  for_each_index(n, job, [&](std::size_t i) {
    const auto v = static_cast<std::uint32_t>(i);
    if (one[v] == 0) return;
    HopBounds bounds{{one[v], two[v], 0}, entered - (in.degree(v) > 0)};
    top_for_each_partner(rows, v, [&](std::uint32_t u) { bounds.at[2] += two[u]; });
    most[v] = score.most(bounds);
  });
  return most;
}

}  // namespace

Result<TopCloseness> top_closeness(const Graph& graph, const TopClosenessOptions& options, const Job& job) {
  if (options.top < 1) return fail(ErrorCode::bad_argument, "At least one node must be asked for.", "option top");
  if (options.measure != "harmonic" && options.measure != "closeness") {
    return fail(ErrorCode::bad_argument, "The measure is harmonic or closeness.", "option measure");
  }
  const HubFirst& ranks = graph.hub_first(job);
  const std::size_t n = graph.node_count();
  const std::size_t top = std::min(n, static_cast<std::size_t>(options.top));
  const NearnessScore score(options, n);
  const std::vector<double> most = score_bounds(ranks, score, job);
  std::vector<std::uint32_t> candidates(n);
  std::iota(candidates.begin(), candidates.end(), 0u);
  std::ranges::stable_sort(candidates, std::ranges::greater(), [&](std::uint32_t v) { return most[v]; });

  std::vector<std::pair<double, NodeId>> found;  // the best so far, best first
  const auto better = [](const auto& a, const auto& b) {
    return a.first != b.first ? a.first > b.first : a.second < b.second;
  };
  std::size_t searched = 0;
  for (std::size_t round = 512; searched < n; round *= 2) {  // the sizes do not depend on the threads
    const auto worth_it = [&](std::uint32_t v) { return found.size() < top || most[v] >= found.back().first; };
    const auto rest = std::span(candidates).subspan(searched, std::min(round, n - searched));
    const auto end = std::ranges::find_if_not(rest, worth_it);
    const auto sources = rest.first(static_cast<std::size_t>(end - rest.begin()));
    if (sources.empty()) break;
    const auto sums = sum_hops_from(ranks, sources, "top_closeness", job);
    if (!sums) return tl::unexpected(sums.error());
    for (std::size_t i = 0; i < sources.size(); ++i) {
      found.emplace_back(score.of((*sums)[i]), ranks.node_at(sources[i]));
    }
    std::ranges::sort(found, better);
    found.resize(std::min(found.size(), top));
    searched += sources.size();
  }
  if (job.cancelled()) return interrupted();
  TopCloseness answer;
  answer.searched = searched;
  for (const auto& [value, node] : found) {
    answer.node.push_back(node);
    answer.score.push_back(value);
  }
  return answer;
}

namespace {

struct TopClosenessFindings {
  NodeColumn<std::int64_t> place;
  NodeColumn<double> score;
  std::int64_t searched = 0;
};

}  // namespace

Card top_closeness_card() {
  return describe<TopClosenessOptions, TopClosenessFindings>("top_closeness", "centrality")
      .summary("The nodes nearest to all others, exactly, without measuring everybody.")
      .cost("O(n + m), and O(n + m) for each node that could be among them, up to 512 at a time")
      .convention("In hops, from the node along directions. Lengths are ignored, parallel ties and self-loops change "
                  "nothing, nodes out of reach add nothing. Of nodes with the same score the first by "
                  "number comes first. An empty graph has no nodes to list.")
      .option("top", &TopClosenessOptions::top, {1, 1e9}, "how many nodes")
      .choice("measure", &TopClosenessOptions::measure, {"harmonic", "closeness"},
              "as harmonic, or as closeness with normalized")
      .per_node("place", &TopClosenessFindings::place, "", "1 for the nearest; 0 for nodes that are not listed")
      .per_node("score", &TopClosenessFindings::score, "1/hops", "of the nodes listed; 0 for others")
      .figure("searched", &TopClosenessFindings::searched, "nodes", "from which distances were counted")
      .source("bergamini2017computing")
      .source("boldi2014axioms")
      .source("wasserman1994social")
      .runs([](const Problem& problem, const TopClosenessOptions& options,
               const Job& job) -> Result<TopClosenessFindings> {
        const auto graph = walkable_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        const auto top = top_closeness(**graph, options, job);
        if (!top) return tl::unexpected(top.error());
        const std::size_t n = (*graph)->node_count();
        TopClosenessFindings answer{NodeColumn<std::int64_t>(n), NodeColumn<double>(n),
                                    static_cast<std::int64_t>(top->searched)};
        for (std::size_t i = 0; i < top->node.size(); ++i) {
          answer.place[top->node[i]] = static_cast<std::int64_t>(i) + 1;
          answer.score[top->node[i]] = top->score[i];
        }
        return answer;
      });
}

}  // namespace entente

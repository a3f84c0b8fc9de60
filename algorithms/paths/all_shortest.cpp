#include "algorithms/paths/all_shortest.hpp"

#include <algorithm>
#include <limits>
#include <optional>
#include <utility>

#include "algorithms/paths/path_cards.hpp"
#include "algorithms/paths/question.hpp"

namespace entente {

namespace {

constexpr std::int64_t countless = std::numeric_limits<std::int64_t>::max();

std::int64_t saturated_sum(std::int64_t a, std::int64_t b) { return a > countless - b ? countless : a + b; }

/// The tight steps of a graph, one for each next node: every walk along them is a shortest path.
class ShortestPathDag {
 public:
  ShortestPathDag(const PathQuestion& question, NodeColumn<std::uint64_t> to_ends)
      : question_(question), to_ends_(std::move(to_ends)) {
    for (const NodeId start : question.from) distance_ = std::min(distance_, to_ends_[start]);
    if (distance_ == out_of_reach) return;
    for (const NodeId start : question.from) {
      if (to_ends_[start] == distance_) starts_.push_back(start);
    }
  }

  const std::vector<NodeId>& starts() const { return starts_; }
  bool connected() const { return distance_ != out_of_reach; }
  double distance() const { return question_.length.given(distance_); }
  bool at_end(NodeId v) const { return to_ends_[v] == 0; }

  /// The position in u's arcs, from `position` on, of the next step that leads to a node not yet taken.
  std::size_t next_step(NodeId u, std::size_t position) const {
    const ArcRange arcs = question_.graph->out(u);
    const auto first = arcs.begin();
    const auto size = arcs.size();
    if (at_end(u)) return size;
    if (position > 0) {  // parallels of the step just taken come next: one edge a step
      const NodeId taken = first[static_cast<std::ptrdiff_t>(position - 1)].node;
      while (position < size && first[static_cast<std::ptrdiff_t>(position)].node == taken) ++position;
    }
    while (position < size &&
           !is_tight(question_, to_ends_, to_ends_[u], first[static_cast<std::ptrdiff_t>(position)])) {
      ++position;
    }
    return position;
  }
  Arc step(NodeId u, std::size_t position) const {
    return question_.graph->out(u).begin()[static_cast<std::ptrdiff_t>(position)];
  }
  bool has_step(NodeId u, std::size_t position) const { return position < question_.graph->out(u).size(); }

  /// The number of walks: paths(u) = sum over tight steps u -> v of paths(v), from the ends on.
  std::int64_t count() const {
    std::vector<NodeId> nodes = starts_;
    NodeColumn<std::uint8_t> seen(to_ends_.size());
    for (const NodeId start : starts_) seen[start] = 1;
    for (std::size_t i = 0; i < nodes.size(); ++i) {
      const NodeId u = nodes[i];
      for (std::size_t p = next_step(u, 0); has_step(u, p); p = next_step(u, p + 1)) {
        const NodeId v = step(u, p).node;
        if (!std::exchange(seen[v], std::uint8_t{1})) nodes.push_back(v);
      }
    }
    std::ranges::sort(nodes, {}, [&](NodeId v) { return std::pair(to_ends_[v], v); });
    NodeColumn<std::int64_t> paths(to_ends_.size());
    for (const NodeId u : nodes) {
      if (at_end(u)) paths[u] = 1;
      for (std::size_t p = next_step(u, 0); has_step(u, p); p = next_step(u, p + 1)) {
        paths[u] = saturated_sum(paths[u], paths[step(u, p).node]);
      }
    }
    std::int64_t total = 0;
    for (const NodeId start : starts_) total = saturated_sum(total, paths[start]);
    return total;
  }

 private:
  const PathQuestion& question_;
  NodeColumn<std::uint64_t> to_ends_;
  std::uint64_t distance_ = out_of_reach;
  std::vector<NodeId> starts_;
};

/// Depth first through the tight steps; every branch ends in a path. False once `visit` says stop.
bool visit_paths_from(const ShortestPathDag& dag, NodeId start, const std::function<bool(const Walk&)>& visit,
                      const Job& job) {
  Walk walk;
  walk.length = dag.distance();
  walk.nodes.push_back(start);
  std::vector<std::size_t> position{0};  // per node of the walk: where to look for its next step
  while (!walk.nodes.empty()) {
    if (job.cancelled()) return false;
    const NodeId u = walk.nodes.back();
    if (dag.at_end(u) && !visit(walk)) return false;
    const std::size_t p = dag.next_step(u, position.back());
    if (dag.has_step(u, p)) {
      const auto [v, edge] = dag.step(u, p);
      position.back() = p + 1;
      position.push_back(0);
      walk.nodes.push_back(v);
      walk.edges.push_back(edge);
    } else {
      position.pop_back();
      walk.nodes.pop_back();
      if (!walk.edges.empty()) walk.edges.pop_back();
    }
  }
  return true;
}

}  // namespace

Result<ShortestPathCount> for_each_shortest_path(const Graph& graph, std::span<const NodeId> from,
                                                 std::span<const NodeId> to, const PathRules& rules,
                                                 const std::function<bool(const Walk&)>& visit, const Job& job) {
  const auto question = path_question(graph, from, to, rules);
  if (!question) return tl::unexpected(question.error());
  auto to_ends = distances_on_shortest_paths(*question, job);
  if (!to_ends) return tl::unexpected(to_ends.error());

  const ShortestPathDag dag(*question, *std::move(to_ends));
  if (!dag.connected()) return ShortestPathCount{};
  const std::int64_t total = dag.count();
  for (const NodeId start : dag.starts()) {
    if (!visit_paths_from(dag, start, visit, job)) break;
  }
  if (job.cancelled()) return interrupted();
  return ShortestPathCount{true, dag.distance(), total, total < countless};
}

Result<AllShortestPaths> all_shortest_paths(const Graph& graph, std::span<const NodeId> from,
                                            std::span<const NodeId> to, const PathRules& rules,
                                            const AllShortestOptions& options, const Job& job) {
  if (options.max_paths < 0) {
    return fail(ErrorCode::bad_argument, "max_paths must not be negative.", "option max_paths");
  }
  const auto limit = static_cast<std::size_t>(options.max_paths);
  AllShortestPaths answer;
  const auto count = for_each_shortest_path(
      graph, from, to, rules,
      [&](const Walk& walk) {
        if (answer.walks.size() < limit) answer.walks.push_back(walk);
        return answer.walks.size() < limit;
      },
      job);
  if (!count) return tl::unexpected(count.error());

  answer.count = *count;
  answer.complete = static_cast<std::int64_t>(answer.walks.size()) == count->total;
  if (!count->connected) {
    answer.completeness = "complete: there is no path";
  } else if (answer.complete) {
    answer.completeness = count->total == 1 ? "complete: there is only one shortest path"
                                            : "complete: all " + std::to_string(count->total) + " shortest paths";
  } else {
    answer.completeness = "stopped at " + std::to_string(answer.walks.size()) + " of " +
                          (count->total_is_exact ? "" : "at least ") + std::to_string(count->total) +
                          " shortest paths";
  }
  return answer;
}

namespace {

struct AllShortestAnswer {
  bool connected = false;
  std::optional<double> distance;
  std::int64_t paths = 0;
  AllShortestPaths listing;
};

}  // namespace

Card all_shortest_paths_card() {
  return describe<AllShortestOptions, AllShortestAnswer>("all-shortest-paths", "paths")
      .summary("All shortest paths from any of some nodes to any of some others, and how many there are.")
      .cost("as shortest-path, then O(length * largest degree) a path")
      .convention(path_convention)
      .needs_ends()
      .option("max_paths", &AllShortestOptions::max_paths, {0, 1e9}, "paths listed at most")
      .figure("connected", &AllShortestAnswer::connected, "", "whether there is a path")
      .figure("distance", &AllShortestAnswer::distance, "length",
              "steps, or the sum of lengths; absent without a path")
      .figure("paths", &AllShortestAnswer::paths, "paths", "their number, listed or not; at most 2^63 - 1")
      .also([](AllShortestAnswer& answer, Findings& findings) { tell_listing(answer.listing, findings); })
      .source("dijkstra1959note")
      .source("brandes2001faster")
      .verified_by([](const Problem& problem, const AllShortestOptions& options,
                      const Findings& findings) -> Result<std::string> {
        if (options.max_paths == 0) return "nothing to verify: no path was to be listed.";
        const double length = findings.walks.empty() ? 0 : findings.walks.front().length;
        for (const Walk& walk : findings.walks) {
          if (walk.length != length) return fail(ErrorCode::bad_argument, "The paths are not equally long.");
        }
        return verify_shortest_listing(problem, findings);
      })
      .runs([](const Problem& problem, const AllShortestOptions& options, const Job& job) {
        return ask_about_paths(problem, [&](const Graph& graph, const auto& from, const auto& to, const auto& rules) {
          return all_shortest_paths(graph, from, to, rules, options, job).map([](AllShortestPaths&& listing) {
            const ShortestPathCount& count = listing.count;
            const auto distance = count.connected ? std::optional(count.distance) : std::nullopt;
            return AllShortestAnswer{count.connected, distance, count.total, std::move(listing)};
          });
        });
      });
}

}  // namespace entente

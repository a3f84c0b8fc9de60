#include "algorithms/paths/k_shortest.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <utility>

#include "algorithms/certificates/paths.hpp"
#include "algorithms/paths/path_cards.hpp"
#include "algorithms/paths/prefix_search.hpp"

// The set of all paths is cut into parts, each made of the paths that begin alike (the kept prefix) and do not go on
// to certain nodes (the banned ones) [lawler1972procedure]. The best path of the best part is the next answer;
// removing it cuts its part into smaller ones:
//
//     kept prefix of the part    banned: the part's own and the path's node after the prefix
//     one node longer            banned: the path's node after that
//     ...                        up to the whole path without its last node
//
// A part waits in the queue under a lower bound of its best path, in length and then in node order; only when its
// turn comes, the path is looked for. Parts never overlap, so no path is found twice.

namespace entente {

namespace {

/// A part, with its best path once that is known.
struct PathPart {
  Prefix prefix;
  PathBound bound;  // the best path's length and its node after the prefix, or less
  std::shared_ptr<const NodePath> best;

  /// The node sequence as far as it is known; what is not known yet can only make it come later.
  std::size_t known() const { return best ? best->nodes.size() : prefix.keep + 1; }
  NodeId node(std::size_t i) const {
    if (best) return best->nodes[i];
    return i < prefix.keep ? prefix.path->nodes[i] : bound.next;
  }
};

/// The queue's order: by length, then by node sequence. A sequence known only so far comes before those that go on
/// from there: it is to be looked for first.
struct ComesLater {
  bool operator()(const PathPart& a, const PathPart& b) const {
    if (a.bound.length != b.bound.length) return a.bound.length > b.bound.length;
    const std::size_t shared = std::min(a.known(), b.known());
    for (std::size_t i = 0; i < shared; ++i) {
      if (a.node(i) != b.node(i)) return a.node(i) > b.node(i);
    }
    return a.known() > b.known();
  }
};

using PathParts = std::priority_queue<PathPart, std::vector<PathPart>, ComesLater>;

/// Replaces a part whose best path was taken by the parts that hold the rest of it.
void cut_part(const PathQuestion& question, PrefixSearch& search, PathPart part, PathParts& parts) {
  const std::shared_ptr<const NodePath>& path = part.best;
  Prefix prefix = std::move(part.prefix);
  prefix.path = path;
  for (; prefix.keep < path->nodes.size(); ++prefix.keep) {
    prefix.banned.push_back(path->nodes[prefix.keep]);
    if (const auto bound = search.lower_bound(prefix)) parts.push({prefix, *bound, nullptr});
    prefix.banned.clear();
    if (prefix.keep > 0) prefix.length += question.length(path->edges[prefix.keep - 1]);
  }
}

/// Lists paths up to the length `radius`. False where that is not far enough to answer.
Result<bool> list_within(const PathQuestion& question, std::uint64_t radius, const KShortestOptions& options,
                         KShortestPaths& answer, const Job& job) {
  auto search = PrefixSearch::make(question, options.max_length, radius, job);
  if (!search) return tl::unexpected(search.error());
  const auto k = static_cast<std::size_t>(options.k);
  PathParts parts;
  if (const auto bound = search->lower_bound({})) parts.push({{}, *bound, nullptr});
  while (!parts.empty() && parts.top().bound.length <= radius) {
    PathPart part = parts.top();
    parts.pop();
    if (!part.best) {
      const auto found = search->best(part.prefix);
      if (!found) return tl::unexpected(found.error());
      if (!*found) continue;  // no path in this part
      part.best = std::make_shared<const NodePath>(*std::move(*found));
      part.bound.length = part.best->length;
      parts.push(std::move(part));
      continue;
    }
    if (answer.walks.size() == k) {
      answer.complete = false;
      return true;
    }
    answer.walks.push_back({part.best->nodes, part.best->edges, question.length.given(part.bound.length), 0});
    job.report("paths", answer.walks.size(), k);
    cut_part(question, *search, std::move(part), parts);
  }
  return radius == out_of_reach;
}

std::string k_shortest_completeness(std::size_t count, bool complete, int max_length) {
  const std::string within =
      max_length == 0 ? "" : " of at most " + std::to_string(max_length) + (max_length == 1 ? " step" : " steps");
  const std::string paths = std::to_string(count) + (count == 1 ? " path" : " paths");
  if (!complete) return "stopped at " + paths + within + "; there are more";
  if (count == 0) return "complete: there is no path" + within;
  return count == 1 ? "complete: there is only one path" + within : "complete: all " + paths + within;
}

}  // namespace

Result<KShortestPaths> k_shortest_paths(const Graph& graph, std::span<const NodeId> from, std::span<const NodeId> to,
                                        const PathRules& rules, const KShortestOptions& options, const Job& job) {
  if (options.k < 1) return fail(ErrorCode::bad_argument, "k must be at least 1.", "option k");
  if (options.max_length < 0) {
    return fail(ErrorCode::bad_argument, "max_length must not be negative.", "option max_length");
  }
  const auto question = path_question(graph, from, to, rules);
  if (!question) return tl::unexpected(question.error());
  const auto on_shortest = distances_on_shortest_paths(*question, job);
  if (!on_shortest) return tl::unexpected(on_shortest.error());
  std::uint64_t nearest = out_of_reach;
  for (const NodeId start : question->from) nearest = std::min(nearest, (*on_shortest)[start]);

  KShortestPaths answer;
  if (nearest != out_of_reach) {
    // Most listings hold paths little longer than the shortest: see only so far first, then farther. What is seen
    // grows much faster than the radius, so the passes before the last cost little.
    std::uint64_t radius = nearest + std::max<std::uint64_t>(1, nearest / 4);
    while (true) {
      answer = {};
      const auto settled = list_within(*question, radius, options, answer, job);
      if (!settled) return tl::unexpected(settled.error());
      if (*settled) break;
      radius = radius / 4 >= nearest ? out_of_reach : radius + std::max<std::uint64_t>(1, radius / 2);
    }
  }
  answer.completeness = k_shortest_completeness(answer.walks.size(), answer.complete, options.max_length);
  return answer;
}

namespace {

struct KShortestAnswer {
  std::int64_t listed = 0;
  bool complete = true;
  KShortestPaths listing;
};

}  // namespace

Card k_shortest_paths_card() {
  return describe<KShortestOptions, KShortestAnswer>("k-shortest-paths", "paths")
      .summary("The k shortest paths without loops from any of some nodes to any of some others.")
      .cost("O(k l (n + m) log n) at worst for paths of l nodes; as a rule one search for all and O(l degree) a path")
      .convention(path_convention)
      .needs_ends()
      .option("k", &KShortestOptions::k, {1, 1e6}, "paths listed at most")
      .option("max_length", &KShortestOptions::max_length, {0, 1e9}, "steps that a path may have; 0: any number")
      .figure("listed", &KShortestAnswer::listed, "paths", "paths listed")
      .figure("complete", &KShortestAnswer::complete, "", "whether there are no others")
      .also([](KShortestAnswer& answer, Findings& findings) { tell_listing(answer.listing, findings); })
      .source("yen1971finding")
      .source("lawler1972procedure")
      .source("hart1968formal")
      .verified_by([](const Problem& problem, const KShortestOptions& options,
                      const Findings& findings) -> Result<std::string> {
        if (options.max_length == 0) return verify_shortest_listing(problem, findings);
        for (const Walk& walk : findings.walks) {
          if (walk.edges.size() > static_cast<std::size_t>(options.max_length)) {
            return fail(ErrorCode::bad_argument, "A path has more steps than max_length.");
          }
        }
        const auto graph = walkable_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        return check_listing(**graph, problem.from, problem.to, path_rules_of(problem), findings.walks).map([] {
          return std::string("verified: every step is a tie, no node comes twice, and the paths are in order.");
        });
      })
      .runs([](const Problem& problem, const KShortestOptions& options, const Job& job) {
        return ask_about_paths(problem, [&](const Graph& graph, const auto& from, const auto& to, const auto& rules) {
          return k_shortest_paths(graph, from, to, rules, options, job).map([](KShortestPaths&& listing) {
            const auto listed = static_cast<std::int64_t>(listing.walks.size());
            return KShortestAnswer{listed, listing.complete, std::move(listing)};
          });
        });
      });
}

}  // namespace entente

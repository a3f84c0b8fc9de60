#include "algorithms/paths/k_shortest.hpp"

#include <algorithm>
#include <memory>
#include <optional>
#include <queue>
#include <string>
#include <utility>

#include "algorithms/certificates/paths.hpp"
#include "algorithms/paths/path_cards.hpp"
#include "algorithms/paths/suffix_search.hpp"

// The set of all paths is cut into parts, each made of the paths that share an end piece (the kept
// suffix) and do not enter it from certain nodes (the banned ones) [lawler1972procedure]. The best path
// of the best part is the next answer; removing it cuts its part into smaller ones:
//
//     kept suffix of the part    banned: the part's own and the path's node before the suffix
//     one node longer            banned: the path's node before that
//     ...                        up to the whole path without its first node
//
// A part waits in the queue under a lower bound of its best path; only when its turn comes, the
// path is searched for. Parts never overlap, so no path is found twice.

namespace entente {

namespace {

/// A part, with its best path once that is known.
struct PathPart {
  Suffix suffix;
  std::uint64_t length = 0;  // of the best path, or a lower bound
  std::shared_ptr<const NodePath> best;
};

/// The queue's order: by length; at equal lengths what is still to be searched for comes first, so that
/// among known paths the first node sequence wins.
struct ComesLater {
  bool operator()(const PathPart& a, const PathPart& b) const {
    if (a.length != b.length) return a.length > b.length;
    if (!a.best || !b.best) return a.best && !b.best;
    return a.best->nodes > b.best->nodes;
  }
};

using PathParts = std::priority_queue<PathPart, std::vector<PathPart>, ComesLater>;

/// Replaces a part whose best path was taken by the parts that hold the rest of it.
void cut_part(const PathQuestion& question, SuffixSearch& search, const PathPart& part, PathParts& parts) {
  const std::shared_ptr<const NodePath>& path = part.best;
  Suffix suffix = part.suffix;
  std::size_t keep = path->nodes.size() - suffix.size();
  suffix.path = path;
  for (;; --keep) {
    suffix.keep = keep;
    suffix.banned.push_back(path->nodes[keep - 1]);
    if (const auto bound = search.lower_bound(suffix)) parts.push({suffix, *bound, nullptr});
    if (keep == 1) return;
    if (keep < path->nodes.size()) suffix.length += question.length(path->edges[keep - 1]);
    suffix.banned.clear();
  }
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
  auto search = SuffixSearch::make(*question, options.max_length, job);
  if (!search) return tl::unexpected(search.error());

  const auto k = static_cast<std::size_t>(options.k);
  KShortestPaths answer;
  PathParts parts;
  if (const auto bound = search->lower_bound({})) parts.push({{}, *bound, nullptr});
  while (!parts.empty()) {
    PathPart part = parts.top();
    parts.pop();
    if (!part.best) {
      const auto found = search->best(part.suffix);
      if (!found) return tl::unexpected(found.error());
      if (!*found) continue;  // no path in this part
      part.best = std::make_shared<const NodePath>(*std::move(*found));
      part.length = part.best->length;
      parts.push(std::move(part));
      continue;
    }
    if (answer.walks.size() == k) {
      answer.complete = false;
      break;
    }
    answer.walks.push_back({part.best->nodes, part.best->edges, question->length.given(part.length), 0});
    job.report("paths", answer.walks.size(), k);
    cut_part(*question, *search, part, parts);
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
      .cost("O(k l (n + m) log n) at worst for paths of l nodes; usually far less")
      .convention(path_convention)
      .needs_ends()
      .option("k", &KShortestOptions::k, {1, 1e6}, "paths listed at most")
      .option("max_length", &KShortestOptions::max_length, {0, 1e9}, "steps that a path may have; 0: any number")
      .figure("listed", &KShortestAnswer::listed, "paths", "paths listed")
      .figure("complete", &KShortestAnswer::complete, "", "whether there are no others")
      .also([](KShortestAnswer& answer, Findings& findings) {
        findings.walks = std::move(answer.listing.walks);
        findings.complete = answer.listing.complete;
        findings.completeness = answer.listing.completeness;
      })
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
      .runs([](const Problem& problem, const KShortestOptions& options, const Job& job) -> Result<KShortestAnswer> {
        const auto graph = walkable_graph(problem);
        if (!graph) return tl::unexpected(graph.error());
        auto listing = k_shortest_paths(**graph, problem.from, problem.to, path_rules_of(problem), options, job);
        if (!listing) return tl::unexpected(listing.error());
        KShortestAnswer answer;
        answer.listed = static_cast<std::int64_t>(listing->walks.size());
        answer.complete = listing->complete;
        answer.listing = *std::move(listing);
        return answer;
      });
}

}  // namespace entente

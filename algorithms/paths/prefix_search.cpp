#include "algorithms/paths/prefix_search.hpp"

#include <algorithm>
#include <queue>
#include <utility>

namespace entente {

/// A label still to be settled; `whole` is the least length a path through it can have.
struct PrefixSearch::Entry {
  std::uint64_t whole;
  std::uint64_t steps;
  std::uint64_t length;
  NodeId node;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

Result<PrefixSearch> PrefixSearch::make(const PathQuestion& question, int max_steps, std::uint64_t radius,
                                        const Job& job) {
  PrefixSearch search(question, job);
  auto to_ends = distances_within(question, radius, job);
  if (!to_ends) return tl::unexpected(to_ends.error());
  if (max_steps > 0) {
    search.max_steps_ = static_cast<std::uint64_t>(max_steps);
    PathQuestion in_steps = question;
    in_steps.length = ExactLengths{};
    auto steps = distances_within(in_steps, search.max_steps_, job);
    if (!steps) return tl::unexpected(steps.error());
    search.steps_to_ends_ = *std::move(steps);
  }
  search.to_ends_ = *std::move(to_ends);
  const std::size_t n = question.graph->node_count();
  search.on_path_ = search.is_banned_ = search.labelled_ = NodeColumn<std::uint64_t>(n);
  search.place_ = NodeColumn<std::uint32_t>(n);
  search.last_label_ = NodeColumn<std::size_t>(n);
  return search;
}

void PrefixSearch::mark(const Prefix& prefix) {
  ++search_;
  for (const NodeId v : prefix.banned) is_banned_[v] = search_;
  if (!prefix.path || prefix.path == marked_path_) return;
  marked_path_ = prefix.path;
  ++path_mark_;
  for (std::size_t i = 0; i < marked_path_->nodes.size(); ++i) {
    on_path_[marked_path_->nodes[i]] = path_mark_;
    place_[marked_path_->nodes[i]] = static_cast<std::uint32_t>(i);
  }
}

/// The steps from u that a path with this prefix may take, the lowest node first. `visit` returns false to stop.
template <class Visit>
void PrefixSearch::for_each_step(NodeId u, const Prefix& prefix, bool at_end_of_prefix, Visit&& visit) const {
  for (const auto [v, edge] : question_->graph->out(u)) {
    if (to_ends_[v] == out_of_reach || (at_end_of_prefix && is_banned_[v] == search_)) continue;
    if (!question_->open(edge) || !may_follow(v) || in_prefix(v, prefix)) continue;
    if (!visit(v, edge)) return;
  }
}

std::optional<PathBound> PrefixSearch::lower_bound(const Prefix& prefix) {
  mark(prefix);
  PathBound least{out_of_reach, {}};
  if (prefix.keep == 0) {
    for (const NodeId start : question_->from) {
      if (to_ends_[start] < least.length && is_banned_[start] != search_ && !too_long(start, 0)) {
        least = {to_ends_[start], start};
      }
    }
  } else {
    for_each_step(prefix.path->nodes[prefix.keep - 1], prefix, true, [&](NodeId v, EdgeId edge) {
      const std::uint64_t whole = prefix.length + question_->length(edge) + to_ends_[v];
      if (whole < least.length && !too_long(v, prefix.keep)) least = {whole, v};
      return true;
    });
  }
  if (least.length == out_of_reach) return std::nullopt;
  return least;
}

/// Depth first, the lowest node first, for a path of exactly this length. `open` says whether a node at this distance
/// from the start may still lead to one; `fail` is told where none was found.
template <class Open, class Fail>
std::optional<NodePath> PrefixSearch::first_path(const Prefix& prefix, std::uint64_t length, Open&& open,
                                                 Fail&& fail) const {
  struct Visit {
    NodeId node;
    EdgeId edge;            // that led here
    std::uint64_t so_far;
    std::size_t position;   // of the next step to try
  };
  const Graph& graph = *question_->graph;
  std::vector<Visit> way;
  const std::uint64_t per_step = max_steps_ > 0 ? 1 : 0;
  const auto from = [&](NodeId root) {
    way.assign(1, {root, {}, prefix.length, 0});
    const std::size_t before = std::max<std::size_t>(prefix.keep, 1) - 1;  // steps that led to the root
    while (!way.empty()) {
      Visit& visit = way.back();
      const bool at_root = way.size() == 1;
      const bool kept = at_root && prefix.keep > 0;
      if (question_->ends[visit.node] && !kept) return true;
      const ArcRange steps = graph.out(visit.node);
      const std::uint64_t steps_taken = (before + way.size()) * per_step;
      bool went_on = false;
      while (!went_on && visit.position < steps.size()) {  // in this order: `visit` may be gone
        const auto [v, edge] = steps.begin()[static_cast<std::ptrdiff_t>(visit.position++)];
        if (to_ends_[v] == out_of_reach) continue;
        const std::uint64_t so_far = visit.so_far + question_->length(edge);
        if (so_far + to_ends_[v] > length || (kept && is_banned_[v] == search_)) continue;
        if (!question_->open(edge) || !may_follow(v) || in_prefix(v, prefix) || !open(v, so_far, steps_taken)) continue;
        way.push_back({v, edge, so_far, 0});  // `visit` is no more
        went_on = true;
      }
      if (went_on) continue;
      if (!kept) fail(way.back().node, way.back().so_far, (before + way.size() - 1) * per_step);
      way.pop_back();
    }
    return false;
  };

  bool found = false;
  if (prefix.keep > 0) {
    found = from(prefix.path->nodes[prefix.keep - 1]);
  } else {
    for (const NodeId start : question_->from) {
      if (found || is_banned_[start] == search_ || !open(start, 0, 0)) continue;
      found = from(start);
    }
  }
  if (!found) return std::nullopt;
  NodePath path;
  path.length = length;
  if (prefix.keep > 0) {
    const auto nodes = prefix.path->nodes.begin();
    const auto edges = prefix.path->edges.begin();
    path.nodes.assign(nodes, nodes + static_cast<std::ptrdiff_t>(prefix.keep - 1));
    path.edges.assign(edges, edges + static_cast<std::ptrdiff_t>(prefix.keep - 1));
  }
  for (std::size_t i = 0; i < way.size(); ++i) {
    path.nodes.push_back(way[i].node);
    if (i > 0) path.edges.push_back(way[i].edge);
  }
  return path;
}

/// False where an earlier label of v is at least as good: no longer and with no more steps.
bool PrefixSearch::settle(NodeId v, std::uint64_t length, std::uint64_t steps) {
  const bool first = labelled_[v] != search_;
  if (!first && labels_[last_label_[v]].steps <= steps) return false;  // labels come by growing length
  labels_.push_back({length, steps, out_of_reach, first ? labels_.size() : last_label_[v]});
  last_label_[v] = labels_.size() - 1;
  labelled_[v] = search_;
  return true;
}

/// The label of that length, if so many steps may still lead to a best path from it.
PrefixSearch::Label* PrefixSearch::label(NodeId v, std::uint64_t length, std::uint64_t steps) {
  if (labelled_[v] != search_) return nullptr;
  for (std::size_t i = last_label_[v];; i = labels_[i].next) {
    if (labels_[i].length == length) return steps < labels_[i].failed ? &labels_[i] : nullptr;
    if (labels_[i].next == i) return nullptr;
  }
}

/// Settles every label that a best path can have; returns its length, or out_of_reach.
Result<std::uint64_t> PrefixSearch::label_all(const Prefix& prefix) {
  ++search_;
  for (const NodeId v : prefix.banned) is_banned_[v] = search_;
  labels_.clear();
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  const std::uint64_t per_step = max_steps_ > 0 ? 1 : 0;
  const auto step_on = [&](NodeId u, std::uint64_t so_far, std::uint64_t steps, bool at_end_of_prefix) {
    for_each_step(u, prefix, at_end_of_prefix, [&](NodeId v, EdgeId edge) {
      const std::uint64_t length = so_far + question_->length(edge);
      if (!too_long(v, steps + per_step)) queue.push({length + to_ends_[v], steps + per_step, length, v});
      return true;
    });
  };
  if (prefix.keep > 0) {
    step_on(prefix.path->nodes[prefix.keep - 1], prefix.length, (prefix.keep - 1) * per_step, true);
  } else {
    for (const NodeId start : question_->from) {
      if (is_banned_[start] == search_ || to_ends_[start] == out_of_reach || too_long(start, 0)) continue;
      queue.push({to_ends_[start], 0, 0, start});
    }
  }
  std::uint64_t best = out_of_reach;
  std::size_t taken = 0;
  while (!queue.empty() && queue.top().whole <= best) {
    const Entry entry = queue.top();
    queue.pop();
    if ((++taken & 0xFFF) == 0 && job_->cancelled()) return interrupted();
    if (!settle(entry.node, entry.length, entry.steps)) continue;
    if (question_->ends[entry.node]) best = entry.whole;
    else step_on(entry.node, entry.length, entry.steps, false);
  }
  return best;
}

Result<std::optional<NodePath>> PrefixSearch::best(const Prefix& prefix) {
  if (job_->cancelled()) return interrupted();
  const auto bound = lower_bound(prefix);
  if (!bound) return std::optional<NodePath>{};
  if (max_steps_ == 0) {  // along tight steps; a node is always at the same distance then
    const auto tight = [&](NodeId v, std::uint64_t so_far, std::uint64_t) {
      return so_far + to_ends_[v] == bound->length && labelled_[v] != search_;
    };
    auto path = first_path(prefix, bound->length, tight,
                           [&](NodeId v, std::uint64_t, std::uint64_t) { labelled_[v] = search_; });
    if (path) return path;
  }
  const auto length = label_all(prefix);
  if (!length) return tl::unexpected(length.error());
  if (*length == out_of_reach) return std::optional<NodePath>{};
  return first_path(
      prefix, *length,
      [&](NodeId v, std::uint64_t so_far, std::uint64_t steps) {
        return !too_long(v, steps) && label(v, so_far, steps) != nullptr;
      },
      [&](NodeId v, std::uint64_t so_far, std::uint64_t steps) {
        if (Label* const dead = label(v, so_far, steps)) dead->failed = steps;
      });
}

}  // namespace entente

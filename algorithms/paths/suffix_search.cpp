#include "algorithms/paths/suffix_search.hpp"

#include <algorithm>
#include <queue>
#include <tuple>
#include <utility>

namespace entente {

/// A label still to be settled; `whole` is the least length a path through it can have.
struct SuffixSearch::Entry {
  std::uint64_t whole;
  std::uint64_t steps;
  std::uint64_t length;
  NodeId node;
  friend auto operator<=>(const Entry&, const Entry&) = default;
};

Result<SuffixSearch> SuffixSearch::make(const PathQuestion& question, int max_steps, const Job& job) {
  SuffixSearch search(question, job);
  auto from_starts = distances_from_starts(question, job);
  if (!from_starts) return tl::unexpected(from_starts.error());
  if (max_steps > 0) {
    search.max_steps_ = static_cast<std::uint64_t>(max_steps);
    PathQuestion in_steps = question;
    in_steps.length = ExactLengths{};
    auto steps = distances_from_starts(in_steps, job);
    if (!steps) return tl::unexpected(steps.error());
    search.steps_from_starts_ = *std::move(steps);
  }
  search.from_starts_ = *std::move(from_starts);
  const std::size_t n = question.graph->node_count();
  search.in_suffix_ = search.is_banned_ = search.labelled_ = NodeColumn<std::uint64_t>(n);
  search.last_label_ = NodeColumn<std::size_t>(n);
  return search;
}

std::optional<std::uint64_t> SuffixSearch::lower_bound(const Suffix& suffix) const {
  std::uint64_t least = out_of_reach;
  const auto banned = [&](NodeId u) { return std::ranges::find(suffix.banned, u) != suffix.banned.end(); };
  if (suffix.size() == 0) {
    for (const NodeId end : question_->to) {
      if (from_starts_[end] < least && !too_long(end, 0) && !banned(end)) least = from_starts_[end];
    }
  } else {
    for (const auto [u, edge] : question_->graph->in(suffix.front())) {
      if (!question_->open(edge) || !may_precede(u) || from_starts_[u] == out_of_reach) continue;
      const std::uint64_t whole = suffix.length + question_->length(edge) + from_starts_[u];
      if (whole < least && !too_long(u, suffix.steps() + 1) && !banned(u)) least = whole;
    }
  }
  if (least == out_of_reach) return std::nullopt;
  return least;
}

void SuffixSearch::mark(const Suffix& suffix) {
  ++search_;
  labels_.clear();
  for (std::size_t i = 0; i < suffix.size(); ++i) in_suffix_[suffix.path->nodes[suffix.keep + i]] = search_;
  for (const NodeId u : suffix.banned) is_banned_[u] = search_;
}

/// False where an earlier label of v is at least as good: no longer and with no more steps.
bool SuffixSearch::settle(NodeId v, std::uint64_t length, std::uint64_t steps) {
  const bool first = labelled_[v] != search_;
  if (!first && labels_[last_label_[v]].steps <= steps) return false;  // labels come by growing length
  labels_.push_back({length, steps, first ? labels_.size() : last_label_[v]});
  last_label_[v] = labels_.size() - 1;
  labelled_[v] = search_;
  return true;
}

bool SuffixSearch::has_label(NodeId v, std::uint64_t length, std::uint64_t most_steps) const {
  if (labelled_[v] != search_) return false;
  for (std::size_t i = last_label_[v];; i = labels_[i].next) {
    if (labels_[i].length == length && labels_[i].steps <= most_steps) return true;
    if (labels_[i].next == i) return false;
  }
}

Result<std::optional<NodePath>> SuffixSearch::best(const Suffix& suffix) {
  mark(suffix);
  std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
  const std::uint64_t per_step = max_steps_ > 0 ? 1 : 0;
  if (suffix.size() > 0) {
    queue.push({0, suffix.steps() * per_step, suffix.length, suffix.front()});
  } else {
    for (const NodeId end : question_->to) {
      if (is_banned_[end] != search_ && from_starts_[end] != out_of_reach && !too_long(end, 0)) {
        queue.push({from_starts_[end], 0, 0, end});
      }
    }
  }

  // All labels up to the best length are settled, so that every path of that length can be followed.
  std::uint64_t best = out_of_reach;
  NodeId best_start;
  std::size_t taken = 0;
  while (!queue.empty() && queue.top().whole <= best) {
    const Entry entry = queue.top();
    queue.pop();
    if ((++taken & 0xFFF) == 0 && job_->cancelled()) return interrupted();
    const NodeId v = entry.node;
    if (!settle(v, entry.length, entry.steps)) continue;
    if (question_->starts[v]) {
      if (entry.whole < best || v < best_start) best_start = v;
      best = entry.whole;
      continue;
    }
    const bool at_suffix = suffix.size() > 0 && v == suffix.front();
    for (const auto [u, edge] : question_->graph->in(v)) {
      if (!question_->open(edge) || from_starts_[u] == out_of_reach || !may_precede(u)) continue;
      if (in_suffix_[u] == search_ || (at_suffix && is_banned_[u] == search_)) continue;
      const std::uint64_t length = entry.length + question_->length(edge);
      const std::uint64_t steps = entry.steps + per_step;
      if (!too_long(u, steps)) queue.push({length + from_starts_[u], steps, length, u});
    }
  }
  if (job_->cancelled()) return interrupted();
  if (best == out_of_reach) return std::optional<NodePath>{};
  return std::optional<NodePath>(forwards(best_start, best, suffix));
}

NodePath SuffixSearch::forwards(NodeId start, std::uint64_t length, const Suffix& suffix) const {
  NodePath path;
  path.length = length;
  path.nodes.push_back(start);
  const std::uint64_t kept = suffix.length;
  std::uint64_t left = length, steps_left = max_steps_;
  NodeId u = start;
  while (left > kept) {
    for (const auto [v, edge] : question_->graph->out(u)) {
      const std::uint64_t step = question_->length(edge);
      if (!question_->open(edge) || step > left || !has_label(v, left - step, steps_left - (max_steps_ > 0))) continue;
      if (suffix.size() > 0 && v == suffix.front() && is_banned_[u] == search_) continue;
      path.nodes.push_back(v);
      path.edges.push_back(edge);
      left -= step;
      if (max_steps_ > 0) --steps_left;
      u = v;
      break;
    }
  }
  for (std::size_t i = 1; i < suffix.size(); ++i) {
    path.nodes.push_back(suffix.path->nodes[suffix.keep + i]);
    path.edges.push_back(suffix.path->edges[suffix.keep + i - 1]);
  }
  return path;
}

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "algorithms/paths/question.hpp"

namespace entente {

/// A path with its exact length.
struct NodePath {
  std::vector<NodeId> nodes;
  std::vector<EdgeId> edges;
  std::uint64_t length = 0;
};

/// The last nodes of a path, from position `keep` on, and the nodes from which they may not be entered.
/// Without a path nothing is kept: any end will do that is not banned.
struct Suffix {
  std::shared_ptr<const NodePath> path;
  std::size_t keep = 0;
  std::uint64_t length = 0;  // of the kept steps
  std::vector<NodeId> banned;

  std::size_t size() const { return path ? path->nodes.size() - keep : 0; }
  std::size_t steps() const { return size() == 0 ? 0 : size() - 1; }
  NodeId front() const { return path->nodes[keep]; }
};

/// Finds the best path that ends in a given suffix: searches backwards from the suffix, guided by the
/// distances from the starts (a lower bound that the suffix can only raise) [hart1968formal], then
/// walks forwards along tight steps, taking the lowest node each time.
class SuffixSearch {
 public:
  /// max_steps 0: any number of steps. Errors: interrupted.
  static Result<SuffixSearch> make(const PathQuestion& question, int max_steps, const Job& job);

  /// No path with this suffix is shorter; nothing where there clearly is none. O(arcs into the suffix).
  std::optional<std::uint64_t> lower_bound(const Suffix& suffix) const;

  /// The shortest path with this suffix, among equals the first node sequence. Errors: interrupted.
  Result<std::optional<NodePath>> best(const Suffix& suffix);

 private:
  /// A node reached backwards from the suffix, `length` and `steps` away from it.
  struct Label {
    std::uint64_t length;
    std::uint64_t steps;  // always 0 where steps are not bounded: they do not matter then
    std::size_t next;     // an earlier label of the same node
  };
  struct Entry;

  SuffixSearch(const PathQuestion& question, const Job& job) : question_(&question), job_(&job) {}

  bool may_precede(NodeId u) const {
    return (question_->starts[u] && !question_->ends[u]) || question_->may_lie_inside(u);
  }
  bool too_long(NodeId u, std::uint64_t steps_from_u) const {
    if (max_steps_ == 0) return false;
    return steps_from_starts_[u] == out_of_reach || steps_from_u + steps_from_starts_[u] > max_steps_;
  }
  void mark(const Suffix& suffix);
  bool settle(NodeId v, std::uint64_t length, std::uint64_t steps);
  bool has_label(NodeId v, std::uint64_t length, std::uint64_t most_steps) const;
  NodePath forwards(NodeId start, std::uint64_t length, const Suffix& suffix) const;

  const PathQuestion* question_;
  const Job* job_;
  std::uint64_t max_steps_ = 0;
  NodeColumn<std::uint64_t> from_starts_;        // lengths
  NodeColumn<std::uint64_t> steps_from_starts_;  // only where steps are bounded

  // Marks of the current search are those that bear its number, so that none has to be wiped.
  std::uint64_t search_ = 0;
  NodeColumn<std::uint64_t> in_suffix_, is_banned_, labelled_;
  NodeColumn<std::size_t> last_label_;
  std::vector<Label> labels_;
};

}  // namespace entente

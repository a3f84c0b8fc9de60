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

/// The first `keep` nodes of a path, and the nodes that may not come next.
/// Without a path nothing is kept: any start will do that is not banned.
struct Prefix {
  std::shared_ptr<const NodePath> path;
  std::size_t keep = 0;
  std::uint64_t length = 0;  // of the kept steps
  std::vector<NodeId> banned;
};

/// What is known of the best path with a prefix before it is searched for.
struct PathBound {
  std::uint64_t length;  // no path is shorter
  NodeId next;           // and none of this length goes on to a lower node
};

/// Finds the best path that begins with a given prefix. The distances to the ends bound every path from below; where
/// a path of that length avoids the prefix, it is read off by walking along tight steps, the lowest node first.
/// Only where none does, a search guided by the same distances finds how much longer it has to be [hart1968formal].
class PrefixSearch {
 public:
  /// max_steps 0: any number of steps. Only paths that are no longer than `radius` will be found for sure: then
  /// what is farther from the ends need not be looked at. Errors: interrupted.
  static Result<PrefixSearch> make(const PathQuestion& question, int max_steps, std::uint64_t radius, const Job& job);

  /// Nothing where there clearly is no path. O(arcs of the last kept node) for prefixes of one path in a row.
  std::optional<PathBound> lower_bound(const Prefix& prefix);

  /// The shortest path with this prefix, among equals the first node sequence. Errors: interrupted.
  Result<std::optional<NodePath>> best(const Prefix& prefix);

 private:
  /// A node reached from the prefix; `length` and `steps` count from the start.
  struct Label {
    std::uint64_t length;
    std::uint64_t steps;   // always 0 where steps are not bounded: they do not matter then
    std::uint64_t failed;  // with so many steps or more it leads to no best path
    std::size_t next;      // an earlier label of the same node
  };
  struct Entry;

  PrefixSearch(const PathQuestion& question, const Job& job) : question_(&question), job_(&job) {}

  bool may_follow(NodeId v) const {
    return (question_->ends[v] && !question_->starts[v]) || question_->may_lie_inside(v);
  }
  bool too_long(NodeId v, std::uint64_t steps) const {
    if (max_steps_ == 0) return false;
    return steps_to_ends_[v] == out_of_reach || steps + steps_to_ends_[v] > max_steps_;
  }
  bool in_prefix(NodeId v, const Prefix& prefix) const { return on_path_[v] == path_mark_ && place_[v] < prefix.keep; }
  void mark(const Prefix& prefix);
  template <class Visit>
  void for_each_step(NodeId u, const Prefix& prefix, bool at_end_of_prefix, Visit&& visit) const;
  Result<std::uint64_t> label_all(const Prefix& prefix);
  bool settle(NodeId v, std::uint64_t length, std::uint64_t steps);
  Label* label(NodeId v, std::uint64_t length, std::uint64_t steps);
  template <class Open, class Fail>
  std::optional<NodePath> first_path(const Prefix& prefix, std::uint64_t length, Open&& open, Fail&& fail) const;

  const PathQuestion* question_;
  const Job* job_;
  std::uint64_t max_steps_ = 0;
  NodeColumn<std::uint64_t> to_ends_;        // lengths
  NodeColumn<std::uint64_t> steps_to_ends_;  // only where steps are bounded

  // Marks bear the number of their search or path, so that none has to be wiped.
  std::shared_ptr<const NodePath> marked_path_;
  std::uint64_t path_mark_ = 0, search_ = 0;
  NodeColumn<std::uint64_t> on_path_, is_banned_, labelled_;
  NodeColumn<std::uint32_t> place_;
  NodeColumn<std::size_t> last_label_;
  std::vector<Label> labels_;
};

}  // namespace entente

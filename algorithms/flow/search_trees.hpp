#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "algorithms/flow/residual.hpp"
#include "engine/buffer.hpp"
#include "engine/job.hpp"

namespace entente {

/// Maximum flow by two search trees, one from the sources along residual arcs, one from the targets against
/// them, both breadth first [goldberg2011maximum]. They grow level by level, the smaller one next; where they
/// meet, what the way carries is pushed along it, and nodes cut off by a full arc look for a new parent
/// instead of the search starting over. Best where ways are short: then most of the graph is never seen. Between
/// one source and one target the ways of two arcs are filled first, from the two rows alone.
///
///     d(v)            fewest residual arcs between v and the root of its tree; a parent is one nearer
///     current arc     arcs of v before it lead to no possible parent at distance d(v) - 1
///     orphan          lost its parent: takes another at the same distance, else moves away from the root
///                     by as little as possible (and its children become orphans), else falls out of the tree
///     gap             once no node of a tree has some distance, what lies beyond is cut off and falls out at once;
///                     else a tree whose roots are shut in would climb level by level until it is past the farthest
///
/// When a tree can grow no further, no way is left. O(n^2 m) at worst.
class SearchTrees {
 public:
  enum class Outcome : std::uint8_t { done, too_slow, interrupted };

  /// Room for any number of runs, one after the other, each on the flow that it finds in the residual.
  explicit SearchTrees(Residual& residual);

  /// Augments until no way is left, or, if it may, gives up once ways or repairs turn out to be long. The question
  /// must outlive what is asked about the run.
  Outcome run(const FlowQuestion& question, bool may_give_up, const Job& job = {});

  std::int64_t value() const { return effort_.value; }
  int passes() const { return effort_.passes; }
  /// Once done: 1 for each node to which the sources could send still more. Their tree holds many of them already, and
  /// only nodes at its rim may lead on to others.
  NodeColumn<std::uint8_t> reached_from_sources() const;

 private:
  enum class Side : std::uint8_t { source, target };
  static constexpr std::uint32_t none = Residual::none;

  struct TreeNode {
    std::uint32_t parent;      // none: a root
    std::uint32_t parent_arc;  // in the row of the parent
    std::uint32_t current;     // in the node's own row; none: its first
    std::uint32_t first_child;
    std::uint32_t next, previous;  // among siblings, or among orphans of the same distance (next only)
  };
  struct Tree {
    std::vector<std::uint32_t> level, next_level;  // nodes at `distance` and beyond; some have left since
    std::int32_t distance = 1;                     // roots are at 1
    bool growing = false;
    std::vector<std::uint32_t> orphans;  // by distance: the first of a list
    std::int32_t nearest_orphan = 0;
    std::vector<std::uint32_t> count;  // of nodes, by distance

    std::uint32_t& count_at(std::int32_t at) {
      const auto place = static_cast<std::size_t>(at);
      if (count.size() <= place) count.resize(2 * place + 1, 0);
      return count[place];
    }
  };

  template <Side side>
  Tree& tree() { return trees_[side == Side::target]; }
  /// Distance from the root where the node belongs to the tree of that side, else 0 or less.
  template <Side side>
  std::int32_t distance(std::uint32_t v) const { return side == Side::source ? label_[v] : -label_[v]; }
  template <Side side>
  void set_distance(std::uint32_t v, std::int32_t d) { label_[v] = side == Side::source ? d : -d; }
  /// Whether the tree can grow along an arc of one of its nodes.
  template <Side side>
  static bool grows_along(const Residual::ResidualArc& arc) {
    return (side == Side::source ? arc.open : arc.back_open) != 0;
  }
  /// Whether the head of an arc can be the parent of its tail.
  template <Side side>
  static bool hangs_on(const Residual::ResidualArc& arc) {
    return (side == Side::source ? arc.back_open : arc.open) != 0;
  }

  /// How a run goes.
  struct Effort {
    std::int64_t value = 0;
    std::uint64_t seen = 0, repaired = 0;                // arcs looked at to grow, and to find parents
    std::uint64_t augmentations = 0, nodes_handled = 0;  // since the last look at them
    std::uint64_t strain = 0, accounted = 0, next_look = 0;
    Outcome outcome = Outcome::done;
    int passes = 0;
  };

  void push_over_two_arcs(std::uint32_t source, std::uint32_t target);
  bool should_stop();
  template <Side side>
  void plant(const std::vector<NodeId>& roots);
  template <Side side>
  Outcome grow();
  void augment(std::uint32_t tail, std::uint32_t arc);
  template <Side side>
  void attach(std::uint32_t v, std::uint32_t parent, std::uint32_t parent_arc);
  template <Side side>
  void orphan(std::uint32_t v);
  template <Side side>
  void await_adoption(std::uint32_t v, std::int32_t at);
  template <Side side>
  void adopt_all();
  template <Side side>
  bool finds_sibling_parent(std::uint32_t v, std::int32_t at);
  template <Side side>
  void move_away(std::uint32_t v);
  template <Side side>
  void drop_beyond(std::int32_t gap);

  Residual& residual_;
  Buffer<std::int32_t> label_;  // distance in the sources' tree, minus the distance in the targets', or 0: in neither
  Buffer<TreeNode> node_;       // set where label_ is not 0
  std::array<Tree, 2> trees_;
  const FlowQuestion* question_ = nullptr;
  const Job* job_ = nullptr;
  bool may_give_up_ = false;
  Effort effort_;
};

}  // namespace entente

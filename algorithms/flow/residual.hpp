#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/flow/capacity.hpp"
#include "engine/buffer.hpp"

namespace entente {

/// What can still pass between each two neighbours, either way: for each node its residual arcs side by side, one for
/// each neighbour, ascending. Edges that join the same two nodes, whatever their directions, share one pair of
/// arcs, each the mate of the other; so ties that are returned cost half, and nothing is sent back and forth.
/// Self-loops and neighbours without capacity have no arc.
///
/// Rows come into being when they are first asked for, one behind the other, so that a search which stays
/// near its ends costs what it sees; an arc finds its mate when its amount is first asked for. Once a
/// good part of the rows is there, the others and all mates follow in one sweep. In a dense network most arcs are only
/// ever asked whether they are open: there amounts too are looked up when first asked for, until the sweep.
///
/// What was pushed can be forgotten, at the cost of what was pushed: so rows and mates serve many questions.
///
/// Edges side by side count up to 2^63 together, one more than any flow can be: then they are never full, and a minimum
/// cut never holds them. So a pair of arcs fits 64 bits whatever flows.
class Residual {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  using Units = std::uint64_t;

  /// All that a search looks at, in 4 bytes; left() and mate() are for those who push.
  struct ResidualArc {
    std::uint32_t head : 29;      // the node it leads to
    std::uint32_t open : 1;       // whether something can be pushed along it
    std::uint32_t back_open : 1;  // whether something can be pushed along the mate
    std::uint32_t known : 1;      // whether left() was asked of either
  };

  /// The arcs of one node: positions first … last - 1.
  struct Row {
    std::uint32_t first = none;
    std::uint32_t last = none;
  };

  /// What each edge carries, from its source to its target.
  struct EdgeFlow {
    EdgeColumn<std::int64_t> units;                // negative: backwards
    std::optional<std::vector<EdgeId>> carrying;  // the edges that carry something, ascending; only where they are few
  };

  explicit Residual(const FlowCapacities& network);

  /// Errors: resource where 29 bits do not number the nodes or 32 the arcs.
  static Result<void> fits(const Graph& graph);

  const FlowCapacities& network() const { return network_; }
  const Graph& graph() const { return *network_.graph; }
  /// Arcs of all rows once they are open, at most.
  std::size_t most_arcs() const { return arcs_.size(); }

  Row row(std::uint32_t node) {
    if (rows_[node].first == none) open_row(node);
    return rows_[node];
  }
  /// Asks for the memory that row() will read; inlined, since GCC drops calls of functions that only do this.
  [[gnu::always_inline]] void fetch_row(std::uint32_t node) const {
    if (rows_[node].first != none) return __builtin_prefetch(&arcs_[rows_[node].first]);
    if (amounts_later_) return;
    for (const auto [v, edge] : graph().out(NodeId{node})) {
      __builtin_prefetch(network_.capacity->values().data() + edge.index);
    }
  }
  const ResidualArc& operator[](std::uint32_t arc) const { return arcs_[arc]; }

  /// The arc of the same pair the other way round; `tail` is the node in whose row `arc` stands.
  std::uint32_t mate(std::uint32_t tail, std::uint32_t arc) {
    if (mates_[arc] == none) find_mate(tail, arc);
    return mates_[arc];
  }

  /// What can still be pushed along an arc in the row of `tail`.
  Units left(std::uint32_t tail, std::uint32_t arc) {
    if (!arcs_[arc].known) first_look(tail, arc);
    return left_[arc];
  }
  /// At most left(), which must have been asked of the arc or its mate.
  void push(std::uint32_t arc, Units amount) {
    const std::uint32_t back = mates_[arc];
    set(arc, back, left_[arc] - amount, left_[back] + amount);
  }
  /// The mate of an arc that left() was asked of.
  std::uint32_t known_mate(std::uint32_t arc) const { return mates_[arc]; }

  /// Opens every row, with all mates and amounts. O(n + m).
  void open_all();
  /// Takes back all that was pushed. O(pairs that left() was asked of).
  void forget();

  /// Net flow per edge. Parallel edges are filled in the order of their ids.
  EdgeFlow flow() const;
  /// 1 for each node to which the sources could send still more.
  NodeColumn<std::uint8_t> reached_from_sources(const FlowQuestion& question) const;
  /// The same where some of these nodes are marked already, and of them only the frontier may lead on to others.
  NodeColumn<std::uint8_t> reached_from(const FlowQuestion& question, NodeColumn<std::uint8_t> marked,
                                        std::span<const std::uint32_t> frontier) const;

 private:
  /// Of a pair that was asked for its amounts: what one of its arcs could carry before anything was pushed.
  struct FirstLook {
    std::uint32_t tail, arc;
    Units left;
  };

  void set(std::uint32_t arc, std::uint32_t back, Units there, Units back_there) {
    left_[arc] = there;
    left_[back] = back_there;
    arcs_[arc].open = arcs_[back].back_open = there > 0;
    arcs_[arc].back_open = arcs_[back].open = back_there > 0;
  }
  void open_row(std::uint32_t node);
  void fill_row(std::uint32_t node);
  void fill_row_without_amounts(std::uint32_t node);
  void fill_amounts(std::uint32_t node);
  void find_mate(std::uint32_t tail, std::uint32_t arc);
  void first_look(std::uint32_t tail, std::uint32_t arc);
  Units look_up(std::uint32_t tail, std::uint32_t head) const;
  template <class Take>
  void spread(NodeId from, ArcRange::iterator step, Units amount, Take&& take) const;
  std::vector<EdgeId> flow_pair_by_pair(EdgeColumn<std::int64_t>& flow) const;
  void flow_row_by_row(EdgeColumn<std::int64_t>& flow) const;

  FlowCapacities network_;
  Buffer<Row> rows_;
  Buffer<ResidualArc> arcs_;
  Buffer<Units> left_;           // per arc
  Buffer<std::uint32_t> mates_;  // per arc; none: not yet looked up
  Buffer<FirstLook> first_looks_;
  std::size_t known_pairs_ = 0;
  std::uint32_t opened_ = 0;  // arcs in use
  bool amounts_later_;        // left_ is not set until known
  bool all_open_ = false;
};

}  // namespace entente

#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "algorithms/flow/capacity.hpp"
#include "engine/buffer.hpp"

namespace entente {

/// What can still pass between each two neighbours, either way: for each node its residual arcs side by side, one for
/// each neighbour, ascending. Edges that join the same two nodes, whatever their directions, share one pair of
/// arcs, each the mate of the other; so ties that are returned cost half, and nothing is sent back and forth.
/// Self-loops and neighbours without capacity have no arc.
///
/// Rows come into being when they are first asked for, one behind the other, so that a search which stays
/// near its ends costs what it sees; an arc finds its mate when something is first pushed along it. Once a
/// good part of the rows is there, the others and all mates follow in one sweep.
///
/// Capacities count up to `limit`, one more than any flow can be: a larger one is never full, and a minimum cut never
/// holds it. So two of them in one pair fit 64 bits.
class Residual {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;
  using Units = std::uint64_t;

  /// 16 bytes, four to a cache line.
  struct ResidualArc {
    Units left;                   // what can still be pushed along this arc
    std::uint32_t head : 30;      // the node it leads to
    std::uint32_t back_open : 1;  // whether something can be pushed along the mate: saves a look at it
    std::uint32_t used : 1;       // whether something was ever pushed along either
    std::uint32_t mate;           // none: not yet looked up
  };

  /// The arcs of one node: positions first … last - 1.
  struct Row {
    std::uint32_t first = none;
    std::uint32_t last = none;
  };

  explicit Residual(const FlowQuestion& question);

  /// Errors: resource where 30 bits do not number the nodes or 32 the arcs.
  static Result<void> fits(const Graph& graph);

  Row row(std::uint32_t node) {
    if (rows_[node].first == none) open_row(node);
    return rows_[node];
  }
  /// Asks for the memory that row() will read; inlined, since GCC drops calls of functions that only do this.
  [[gnu::always_inline]] void fetch_row(std::uint32_t node) const {
    if (rows_[node].first != none) return __builtin_prefetch(&arcs_[rows_[node].first]);
    for (const auto [v, edge] : question_->graph->out(NodeId{node})) {
      __builtin_prefetch(question_->capacity->values().data() + edge.index);
    }
  }
  const ResidualArc& operator[](std::uint32_t arc) const { return arcs_[arc]; }

  /// The arc of the same pair the other way round; `tail` is the node in whose row `arc` stands.
  std::uint32_t mate(std::uint32_t tail, std::uint32_t arc) {
    if (arcs_[arc].mate == none) find_mate(tail, arc);
    return arcs_[arc].mate;
  }

  void push(std::uint32_t tail, std::uint32_t arc, Units amount) {
    ResidualArc& back = arcs_[mate(tail, arc)];
    ResidualArc& there = arcs_[arc];
    there.left -= amount;
    back.left += amount;
    there.back_open = there.used = back.used = 1;
    back.back_open = there.left > 0;
    passed_on_[tail] = passed_on_[there.head] = 1;
  }

  /// Opens every row and finds every mate. O(n + m).
  void open_all();

  /// Net flow per edge, from its source to its target. Parallel edges are filled in the order of their ids.
  EdgeColumn<std::int64_t> flow() const;
  /// 1 for each node to which the sources could send still more.
  NodeColumn<std::uint8_t> reached_from_sources() const;
  /// The same where some of these nodes are marked already, and of them only the frontier may lead on to others.
  NodeColumn<std::uint8_t> reached_from(NodeColumn<std::uint8_t> marked, std::span<const std::uint32_t> frontier) const;

 private:
  void open_row(std::uint32_t node);
  void fill_row(std::uint32_t node);
  void find_mate(std::uint32_t tail, std::uint32_t arc);

  const FlowQuestion* question_;
  Units limit_;
  Buffer<Row> rows_;
  Buffer<ResidualArc> arcs_;
  Buffer<std::uint8_t> passed_on_;  // whether an arc of the node was ever pushed along
  std::uint32_t opened_ = 0;        // arcs in use
  bool all_open_ = false;
};

}  // namespace entente

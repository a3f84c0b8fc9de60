#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "algorithms/flow/capacity.hpp"
#include "engine/buffer.hpp"

namespace entente {

/// What each edge can still carry, forwards and backwards: for each node its residual arcs side by side, in
/// the order of graph.out() and then of graph.in() (of a graph without directions: of graph.out() alone).
///
/// Rows come into being when they are first asked for, one behind the other, so that a search which stays
/// near its ends costs what it sees, and neighbours in a search are neighbours in memory. An arc finds its
/// mate, the same edge the other way round, when something is first pushed along it. The arcs
/// of self-loops and of edges without capacity are there but carry nothing.
class Residual {
 public:
  static constexpr std::uint32_t none = 0xFFFFFFFF;

  /// 16 bytes, four to a cache line.
  struct ResidualArc {
    std::int64_t left;            // what can still be pushed along this arc
    std::uint32_t head : 31;      // the node it leads to
    std::uint32_t back_open : 1;  // whether something can be pushed along the mate: saves a look at it
    std::uint32_t mate;           // none: not yet looked up
  };

  /// The arcs of one node: positions first … last - 1; from `in` on those of graph.in().
  struct Row {
    std::uint32_t first = none;
    std::uint32_t in = none;
    std::uint32_t last = none;
  };

  explicit Residual(const FlowQuestion& question);

  /// Errors: resource where 31 bits do not number the nodes or 32 the arcs.
  static Result<void> fits(const Graph& graph);

  Row row(std::uint32_t node) {
    if (rows_[node].first == none) open_row(node);
    return rows_[node];
  }
  bool has_row(std::uint32_t node) const { return rows_[node].first != none; }
  const ResidualArc& operator[](std::uint32_t arc) const { return arcs_[arc]; }

  /// The arc of the same edge the other way round; `tail` is the node in whose row `arc` stands.
  std::uint32_t mate(std::uint32_t tail, std::uint32_t arc) {
    if (arcs_[arc].mate == none) find_mate(tail, arc);
    return arcs_[arc].mate;
  }

  void push(std::uint32_t tail, std::uint32_t arc, std::int64_t amount) {
    ResidualArc& back = arcs_[mate(tail, arc)];
    ResidualArc& there = arcs_[arc];
    there.left -= amount;
    back.left += amount;
    there.back_open = 1;
    back.back_open = there.left > 0;
  }

  /// Net flow per edge, from its source to its target.
  EdgeColumn<std::int64_t> flow() const;
  /// 1 for each node to which the sources could send still more.
  NodeColumn<std::uint8_t> reached_from_sources() const;

 private:
  /// An arc along which, or against which, something was pushed, and the node in whose row it stands.
  struct Used {
    std::uint32_t tail, arc;
  };

  EdgeId edge_of(std::uint32_t tail, std::uint32_t arc) const;
  void open_row(std::uint32_t node);
  void find_mate(std::uint32_t tail, std::uint32_t arc);

  const FlowQuestion* question_;
  Buffer<Row> rows_;
  Buffer<ResidualArc> arcs_;
  std::uint32_t opened_ = 0;  // arcs in use
  std::vector<Used> used_;
};

}  // namespace entente

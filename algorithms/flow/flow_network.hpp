#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// The capacities of a graph kept ready for many questions about maximum flow. Each is answered for itself, as by
/// max_flow() and with the same bits, but what the graph alone decides is done once: the capacities are checked, and
/// rows that one question has opened serve the next. What a question does not ask for is not made: value and minimum
/// cut need no flow edge by edge.
///
///     auto network = FlowNetwork::make(graph, capacity);
///     const auto value = network->send(sources, targets);
///     network->source_side();                              // of that question, until the next
///
/// Graph and column must outlive it. Memory: 16 bytes for each neighbour, either way, of the nodes that questions
/// looked at, 16 for each pair that carries something, 38 bytes a node. Not for use by several threads at a time.
class FlowNetwork {
 public:
  /// Errors: bad_argument: a negative capacity, a column of the wrong size. overflow: a mutual edge beyond 2^62.
  /// resource: more than 2^29 - 1 nodes or 2^32 - 2 arcs.
  static Result<FlowNetwork> make(const Graph& graph, const EdgeColumn<std::int64_t>& capacity);
  FlowNetwork(FlowNetwork&&) noexcept;
  FlowNetwork& operator=(FlowNetwork&&) noexcept;
  ~FlowNetwork();

  /// Opens all rows at once, faster than one by one: for questions that will see most of the graph. O(n + m).
  void prepare();

  /// The value of the maximum flow; the question before is forgotten.
  /// Errors: bad_argument: a node in both groups, no node in one, a node that the graph lacks. overflow: the value might
  /// exceed 64 bits. interrupted; then, as after any error, there is no last question.
  Result<std::int64_t> send(std::span<const NodeId> sources, std::span<const NodeId> targets, const Job& job = {});

  // Of the last question; send() must have answered it.
  int phases() const;                          // as in MaxFlow
  NodeColumn<std::uint8_t> source_side() const;  // as in MaxFlow; O(n + m) at worst
  EdgeColumn<std::int64_t> flow() const;       // as in MaxFlow; O(n + m) at worst

 private:
  struct State;
  explicit FlowNetwork(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace entente

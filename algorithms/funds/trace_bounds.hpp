#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "algorithms/flow/max_flow.hpp"
#include "algorithms/funds/trace_network.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

/// A way in which the money can have gone, and how much of it then ends where it was asked for.
struct ExtremeWay {
  std::int64_t amount = 0;
  EdgeColumn<std::int64_t> carried;  // per tie
};

/// How little and how much of the traced money can have ended at some bodies, whichever of its money each body
/// passed on and kept. A way of the money is possible when
///
///     0 <= carried <= amount on each move, all of it on those of the sources,
///     received = passed on + stays  and  0 <= stays <= kept  at each place,
///
/// and all that is put in ends somewhere; then what is not carried adds up as well, as the bodies' own and
/// others' money.
///
/// At most: a maximum flow from the sources to the bodies asked for; the rest of the money finds its way to other
/// ends without taking anything back from these, for further augmenting paths lead to other ends. At least: from one
/// possible way, as much as can be is rerouted from the bodies asked for to other ends, along moves that have room.
///
/// Cost     a maximum flow for each bound, over m + n arcs for the most and 2m + 2n for the least, whose graphs are
///          made once; a second flow for a way that attains the most.
/// Errors   interrupted; those of max_flow.
/// Source   [ford1956maximal]
class FundsBounds {
 public:
  /// `way` must be possible in the network, and the network outlive this.
  static Result<FundsBounds> prepare(const FundsNetwork& network, Carriage way, std::size_t ties);

  /// `at`: bodies, each once.
  Result<ExtremeWay> at_least(std::span<const NodeId> at, const Job& job = {});
  Result<ExtremeWay> at_most(std::span<const NodeId> at, const Job& job = {});
  /// The amount of at_most alone.
  Result<std::int64_t> most_units(std::span<const NodeId> at, const Job& job = {});

 private:
  /// What may still move where some does: a graph, and the room on each arc.
  struct Room {
    Graph graph;
    EdgeColumn<std::int64_t> units;
    std::size_t first_end = 0;  // position of the first of the arcs at ends
  };

  FundsBounds(const FundsNetwork& network, Carriage way, std::size_t ties)
      : network_(&network), way_(std::move(way)), ties_(ties) {}
  Result<void> prepare_forward();
  Result<void> prepare_rerouting();
  /// A maximum flow from the sources to ends at the bodies; without a value where nothing can.
  Result<std::optional<MaxFlow>> flow_to(std::span<const NodeId> at, const Job& job);
  /// Calls visit(i) for each position of `ends_` at one of the bodies.
  template <class Visit>
  void for_each_end(std::span<const NodeId> at, Visit&& visit) const {
    for (const NodeId body : at) {
      if (body.index + 1u >= end_of_body_.size()) continue;
      for (std::size_t i = end_of_body_[body.index]; i < end_of_body_[body.index + 1]; ++i) visit(i);
    }
  }
  NodeId asked() const { return NodeId{network_->origin() + 1}; }
  NodeId elsewhere() const { return NodeId{network_->origin() + 2}; }

  const FundsNetwork* network_;
  Carriage way_;
  std::size_t ties_;
  std::vector<std::uint32_t> ends_;       // places that can keep something, by body
  std::vector<std::size_t> end_of_body_;  // those of body b: from end_of_body_[b] to before end_of_body_[b + 1]
  Room forward_;    // the moves, and an arc from each end to `asked`, open for the ends of a question
  Room rerouting_;  // what each move may carry more or less, and arcs from `asked` and to `elsewhere` at each end
};

}  // namespace entente

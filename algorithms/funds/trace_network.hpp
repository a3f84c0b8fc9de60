#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Who paid whom how much, as far as ties say so, checked at the door.
struct Payments {
  struct Payment {
    NodeId payer, taker;  // the same where a body spends money itself
    std::int64_t amount;  // > 0
    bool spent() const { return payer == taker; }
    EdgeId edge;
  };
  std::size_t bodies = 0;
  std::vector<Payment> paid;      // by edge; without what runs inside the group of the sources
  NodeColumn<std::uint8_t> source;  // 1: one of the group whose money is traced
  const EdgeColumn<DayRange>* days = nullptr;
  std::vector<EdgeId> unknown;  // one-way ties and self-loops that state no amount
  std::size_t mutual = 0;       // ties without a direction: who paid is not said
  std::size_t undated = 0;      // payments that may have moved on any day
  std::size_t imprecise = 0;    // dated payments that may have moved on one of several days
};

/// Errors: bad_argument for a negative amount, columns of the wrong size, no source, a source that the graph
/// lacks, a network none of whose ties has a direction; overflow where what a body pays or is paid, with what it
/// spends, or what the sources give together exceeds 64 bits.
Result<Payments> payments_from(const Graph& graph, const EdgeColumn<std::int64_t>& amount,
                               const EdgeColumn<std::uint8_t>* stated, const EdgeColumn<DayRange>* days,
                               std::span<const NodeId> from);

inline constexpr EdgeId no_tie{std::numeric_limits<std::uint32_t>::max()};

/// The network through which traced money moves: payments between places. A place is a body or, where days
/// count, a body on one of the days on which it pays or is paid; the places of a body follow each other by
/// day, joined by what it holds from one to the next. All that the group of sources gives begins at the
/// origin, and the places of its members only take: money that comes back to them has returned.
///
/// What a body spends itself, by ties to itself, moves to one more place of it that passes nothing on, whatever the
/// day: money spent has ended. These places come after all others.
///
/// At each place   received + own = handled = passed on + kept   with   own = 0 or kept = 0:
/// a body is taken to bring as little of its own as its payments force, and to bring it as late as it can.
struct FundsNetwork {
  struct Move {
    std::uint32_t tail, head;  // places, or the origin as tail
    std::int64_t amount;
    EdgeId edge;               // no_tie: held by the body from one day to the next
  };
  std::vector<NodeId> body;              // of each place
  std::vector<Move> moves;               // by head, then by tie
  std::vector<std::size_t> in_begin;     // the moves into place v: in_begin[v] … in_begin[v + 1]
  std::vector<std::size_t> out_begin;    // positions in `out` of the moves out of v, with a row for the origin
  std::vector<std::uint32_t> out;        // moves by tail
  std::vector<std::int64_t> handled;     // of each place: the larger of what it received and passed on; not of widest
  std::vector<std::int64_t> kept;        // the most of anybody's money that can end at the place
  std::int64_t put_in = 0;               // what leaves the origin
  std::uint32_t first_spending = 0;      // places from here on hold what their bodies spent

  bool spends(const Move& move) const { return move.head >= first_spending; }
  std::size_t places() const { return body.size(); }
  std::uint32_t origin() const { return static_cast<std::uint32_t>(body.size()); }
};

/// All payments as if in one period: a place is a body, the order of payments does not matter. O(n + m).
FundsNetwork undated_network(const Payments& payments);

/// On which day of its range a payment is taken to move.
enum class Reading { earliest, latest };

/// Money moves on its day and is not passed on before; what a body takes on a day it may pass on that day.
/// At most 2m places for days and 3m moves; O(m log m).
FundsNetwork dated_network(const Payments& payments, Reading reading);

/// Holds whatever any reading of the days allows: a payment may take what its payer has by the latest of its days
/// and reaches its taker on the earliest, a body may hold all that it can have received, and keep the most that any
/// reading leaves it. Where all days are precise, dated_network is this network without the slack.
FundsNetwork widest_network(const Payments& payments);

/// What each move carries when the payments carry `carried`, and what is left at each place: bodies hold what they
/// have received and not yet passed on. Errors: bad_argument where a payment carries less than 0 or more than
/// its amount, a payment of a source is not carried whole, a place passes on what it has not received, or holds
/// or keeps more than it can.
struct Carriage {
  std::vector<std::int64_t> move;  // per move of the network
  std::vector<std::int64_t> stay;  // per place
};
Result<Carriage> carriage_of(const FundsNetwork& network, const EdgeColumn<std::int64_t>& carried);

}  // namespace entente

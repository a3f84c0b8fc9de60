#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// One tie that says who gives, who takes and how much.
struct Gift {
  NodeId giver, taker;
  EdgeId edge;
  std::int64_t units = 0;  // >= 0
};

/// The stated money of a network, seen as an account book: what this folder counts and changes.
///
/// A tie counts as a gift where it has a direction, joins two different bodies and states an amount. A self-loop is
/// money that a body spends itself. A tie whose amount nobody stated is counted at both ends and never added; a
/// mutual tie names no giver, so it is left out and counted.
struct FundsLedger {
  std::vector<Gift> gifts;                           // in the order of the ties
  std::vector<Gift> spendings;                       // the self-loops that state an amount, in the same order
  NodeColumn<std::int64_t> received, given, spent;   // sums of the gifts and of the self-loops
  /// How many ties each of these sums is of, and how many more state no amount.
  struct Count {
    std::int64_t stated = 0, unknown = 0;
    bool is_unknown() const { return stated == 0 && unknown > 0; }  // the sum of 0 is then no amount
  };
  NodeColumn<Count> ties_in, ties_out, loops;
  std::int64_t total = 0;    // of all gifts
  std::int64_t spending = 0; // of all self-loops; both together fit 64 bits, so that no sum of parts can overflow
  std::int64_t unknown = 0;  // ties without a stated amount, mutual ones aside
  std::int64_t mutual = 0;   // ties without a giver, left out

  std::size_t node_count() const { return received.size(); }
};

/// Input    units: one whole number >= 0 per edge; stated: 0 where nobody stated it (null: all are stated).
/// Cost     O(n + m).
/// Errors   bad_argument: a negative amount, a column of the wrong size. overflow: all amounts together exceed 64 bits.
Result<FundsLedger> money_ledger(const Graph& graph, const EdgeColumn<std::int64_t>& units,
                            const EdgeColumn<std::uint8_t>* stated = nullptr);

/// The ledger of a card's problem. Errors: also bad_argument where it has no money.
Result<FundsLedger> money_ledger(const Problem& problem);

/// What a reader should know about the ties that a ledger could not count.
std::vector<std::string> ledger_notes(const FundsLedger& ledger);

/// The sum of the gifts between each giver and taker, row by row.
class GiftRows {
 public:
  struct Entry {
    NodeId node;  // the other body
    std::int64_t units = 0;
  };
  enum class Of : std::uint8_t { takers, givers };

  /// Rows of takers (entries are their donors) or of givers (entries are whom they fund); ascending by the other
  /// body, gifts of nothing left out. O(n + m log m).
  GiftRows(const FundsLedger& ledger, Of side);

  std::span<const Entry> operator[](NodeId v) const {
    return {entries_.data() + begin_[v.index], begin_[v.index + 1] - begin_[v.index]};
  }
  std::size_t entry_count() const { return entries_.size(); }

 private:
  std::vector<std::size_t> begin_;
  std::vector<Entry> entries_;
};

}  // namespace entente

#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/funds/ledger.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/random.hpp"

namespace entente {

/// What a body's money is laid out in before it is dealt anew.
enum class NullPieces : std::uint8_t {
  gifts,   // each gift a piece, on either side: at most 2m - 1 pieces come out, besides exchanges
  bodies,  // all that a body gives one piece, all that it receives another: the fewest ties such a network can do with
};

/// Random networks in which every body gives and receives exactly what it does, to the unit, and who gives to whom is
/// left to chance.
///
/// All gifts are laid on a line in random order, each as long as its amount, as their givers gave them; on a second
/// line in another random order as their takers took them. Both lines are as long as all money. Where a giver's piece
/// lies over a taker's, the length that they share becomes a gift:
///
///     x(e, f) = length of (piece e of the first line  meets  piece f of the second)
///     sum over f of x(e, f) = units of e,   sum over e of x(e, f) = units of f
///
/// All orders are equally likely, and independent from network to network: there is no chain that has to mix. It is the
/// configuration model [molloy1995critical] for amounts: with equal amounts its stubs are dealt, with unequal ones a
/// piece is cut where it does not fit, since hardly any network but the one observed has these sums with as few ties.
/// So a test against it is about amounts, shares and ways of money, not about the number of ties or partners.
///
/// No body gives to itself: while a piece x would go from a to a, another piece of y from c to d, neither of them a, is
/// drawn at random, and min(x, y) of both goes from a to d and from c to a. There is always one: what a gives
/// and receives is not more than all money.
///
/// Cost     O(m log m) for each network, besides the exchanges.
/// Repeats  a network depends on the seed and its number alone.
class MoneyNull {
 public:
  MoneyNull(const FundsLedger& ledger, NullPieces pieces);

  /// The gifts of random network number `run`, by tie and taker. `edge` is the gift of the same giver that a
  /// piece was cut from (of all that a body gave: its first).
  std::vector<Gift> sample(Seed seed, std::uint64_t run) const;

 private:
  struct Piece {
    NodeId body;
    EdgeId edge;
    std::int64_t units = 0;
  };
  static std::vector<Piece> laid_out(const FundsLedger& ledger, NullPieces pieces, bool givers);
  static void exchange_own(std::vector<Gift>& gifts, Random& random);

  std::vector<Piece> given_, taken_;
};

/// A network of gifts that a card can be run on. Days and costs are those of the tie that each gift was cut from;
/// nothing is unknown, and no tie must carry anything.
class GiftNetwork {
 public:
  /// Money that bodies spend themselves stays as it is. With `dated` false no tie has a day.
  /// Errors: those of make_graph.
  static Result<GiftNetwork> make(std::vector<Gift> gifts, const std::vector<Gift>& spendings, const Problem& asked,
                                  bool dated = true);

  /// The question of `asked` on this network; points into this object.
  Problem problem(const Problem& asked) const;
  std::size_t tie_count() const { return money_.units.size(); }

 private:
  Graph graph_;
  Symmetric symmetric_;
  MoneyColumn money_;
  EdgeColumn<std::uint8_t> stated_;
  std::optional<EdgeColumn<DayRange>> days_;
  std::optional<CostColumn> cost_;
};

Card significance_card();

}  // namespace entente

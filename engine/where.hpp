#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string_view>

#include "engine/network.hpp"

namespace entente {

/// A condition such as  kind = 'funding.grant' and amount >= 1000000 and source.country = 'KR'.
///
///     or, and, not, ( )
///     = != < <= > >=     between two columns, or a column and a value
///     like 'Korea*'      * any letters, ? one letter, \* a star
///     in ('KR', 'UZ')    is empty     is not empty     is funding     is not funding
///     'text' (doubled '' for a quote), 12.5, true, false, date '2021-04'
///
/// Bare names are columns of ties (id, source, target, kind, status, start, end, amount, currency, agreement,
/// directed, and further ones); source.X and target.X are columns of the ends (id, kind, name, country,
/// and further ones); node.X makes it a condition on nodes instead, and the two cannot be mixed.
/// "double quotes" hold a name with blanks, or one that is a word of the language.
///
/// A value that is not stated makes every comparison false but `is empty`; `not` turns the answer
/// round, so `not status = 'signed'` holds where no status is stated and `status != 'signed'` does not.
/// Text is compared letter by letter, case included. `is` asks for a kind or any kind below it.
/// Numbers and amounts are compared exactly. A bare number is compared with the figure of an amount,
/// whatever its currency; 'USD 1000.50' with amounts in USD, and with others the comparison is false.
/// A date D is a stretch of days, and so is a column; a comparison holds where it certainly does:
/// c < D all of c lies before D, c <= D none of c lies after D, c = D all of c lies within D. A date
/// marked ~, ? or % is read as it stands.
class Condition {
 public:
  /// A condition for this very network. O(length + distinct values of the columns named).
  /// Errors: bad_argument, where = "option where, letter 17": not in the language, no such column or
  /// kind, a value that the column cannot hold, beyond 100 000 bytes or 200 levels of nesting.
  static Result<Condition> parse(std::string_view text, const Network& network);

  bool on_nodes() const { return on_nodes_; }
  /// One of the two, as on_nodes() says.
  bool holds(const Network& network, NodeId node) const { return test_(network, node.index); }
  bool holds(const Network& network, EdgeId edge) const { return test_(network, edge.index); }

  /// Asked of one row, the index of a node or tie.
  using Test = std::function<bool(const Network&, std::uint32_t)>;

 private:
  bool on_nodes_ = false;
  Test test_;
  std::shared_ptr<const void> texts_;  // keeps alive the texts that the test compares with
};

}  // namespace entente

#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "engine/network.hpp"

namespace entente {

/// A condition such as  kind = 'funding.grant' and amount >= 1000000 and source.country = 'KR'.
///
///     or, and, not, ( )
///     = != < <= > >=  like 'Korea*'  in ('KR', 'UZ')  is empty   is not empty
///     'text' (doubled '' for a quote), 12.5, true, false, date '2021-04'
///
/// Bare names are columns of ties (id, kind, status, start, end, amount, currency, agreement, directed,
/// and further ones); source.X and target.X are columns of the ends (id, kind, name, country, and further
/// ones); node.X makes it a condition on nodes instead. Kinds compare by ancestry with `is`:
/// kind is funding. A value that is not stated makes every comparison false but `is empty`.
/// Amounts compare exactly; comparing across currencies is false.
class Condition {
 public:
  /// Errors: bad_argument, where = "option where, letter 17".
  static Result<Condition> parse(std::string_view text, const Network& network);

  bool on_nodes() const { return on_nodes_; }
  bool holds(const Network& network, NodeId node) const { return node_test_(network, node); }
  bool holds(const Network& network, EdgeId edge) const { return edge_test_(network, edge); }

 private:
  bool on_nodes_ = false;
  std::function<bool(const Network&, NodeId)> node_test_;
  std::function<bool(const Network&, EdgeId)> edge_test_;
};

}  // namespace entente

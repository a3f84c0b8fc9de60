#pragma once

#include <cstdint>
#include <initializer_list>
#include <vector>

#include "engine/column.hpp"
#include "engine/selection.hpp"

namespace entente {

/// These ties of a selection and no nodes but their ends and the named ones, so that many small parts cost what they hold.
Selection small_part(const Selection& selection, std::vector<EdgeId> edges, std::initializer_list<NodeId> named = {});

/// Whether money can get from one of some nodes to one of some others at all: over ties of an amount other than 0, in the
/// directions that they state.
class FundsReach {
 public:
  /// O(n).
  FundsReach(const Network& network, const std::vector<NodeId>& from, const std::vector<NodeId>& to);

  /// O(ties of the part, and sorting its nodes).
  bool leads(const Selection& part);

 private:
  const Network& network_;
  NodeColumn<std::uint8_t> starts_, ends_, seen_;
};

}  // namespace entente

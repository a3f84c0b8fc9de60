#pragma once

#include <cstdint>
#include <span>

#include "algorithms/funds/trace_network.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"

namespace entente {

/// Whether money that moves as `carried` says is mixed at each place: each move carries what its payer's place
/// received, times the move's part of all that the place handled, and what stays likewise. A figure may differ by the
/// rounding of itself and of what the place received, and by `open` units. With sums alone, in whole
/// numbers of 128 bits. O(n + m). Errors: bad_argument with the first place where it does not hold.
Result<void> check_mixed(const FundsNetwork& network, const Carriage& carried, double open);

/// Whether no more than now of the money can end at the bodies `at` (or no less): no unit that ends elsewhere (or
/// there) could be rerouted to them (or away), along moves that have room. By the theorem of [ford1956maximal]
/// that is enough. One search, O(n + m). Returns what ends at the bodies. Errors: bad_argument.
enum class Extreme { most, least };
Result<std::int64_t> check_extreme(const FundsNetwork& network, const Carriage& carried, std::span<const NodeId> at,
                                   Extreme which);

}  // namespace entente

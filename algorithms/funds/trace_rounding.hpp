#pragma once

#include <vector>

#include "algorithms/funds/trace_network.hpp"
#include "engine/error.hpp"
#include "engine/job.hpp"

namespace entente {

/// What each move carries and what stays at each place, before it is rounded to whole units.
struct Portions {
  std::vector<double> move;  // per move
  std::vector<double> stay;  // per place
};

/// Rounds portions to whole units such that at each place what arrives is what leaves and stays, exactly: all
/// figures at once, each to one of the two whole numbers around it, none below 0 or above its amount. Such a
/// rounding exists, since a network with whole capacities whose flow is balanced has a balanced whole flow next to
/// it; first each is rounded to the nearest, then units are moved along the figures that may go either way until
/// every place balances, by one maximum flow. With `origin_whole` the sources' moves keep their full amount.
///
/// Where the portions themselves are only known to some digits, so that no such rounding exists, the figures may
/// go as far as these digits leave open.
/// Cost     O(n + m) and a maximum flow over the figures that are not whole.
/// Errors   interrupted; those of max_flow.
/// Source   [ford1962flows], integrality.
Result<Carriage> whole_units(const FundsNetwork& network, const Portions& portions, bool origin_whole,
                             const Job& job = {});

}  // namespace entente

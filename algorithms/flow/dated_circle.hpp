#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "engine/column.hpp"
#include "engine/date.hpp"
#include "engine/graph.hpp"

namespace entente {

/// A circle of bodies along which money can return to where it started.
struct DatedCircle {
  std::vector<NodeId> nodes;         // from the start round to it again
  std::vector<EdgeId> widest;        // per step the tie with the largest amount among those that fit
  std::vector<std::int64_t> carries; // per step what the ties that fit state together
  std::int64_t amount = 0;           // the smallest step: no more can go round
  std::int64_t ties = 0;             // that fit, over all steps
  std::optional<Day> begins;         // the earliest day on which the first step can happen; empty: not stated
  std::optional<Day> ends;           // the latest day on which the last can
  std::optional<std::int64_t> fewest_days;  // from the first step to the last, at least; empty where no date is stated
};

/// What the ties of a circle allow.
struct CircleRules {
  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* amount = nullptr;
  const EdgeColumn<DayRange>* days = nullptr;  // null: no tie states a date
  std::int64_t window = 0;                     // most days from the first step to the last; 0: any
};

/// Puts a circle (its nodes, each once) to the test: from which start its ties can follow each other in time.
///
/// Parallel ties of a step count together. A tie fits if a day within its dates can be chosen for it and, at every other
/// step, a day for some tie, so that no step happens before the one before it, and all within the window; a tie without a
/// date fits any day. Of several positions of the window, and then of several starts among `starts` (flags; empty: any),
/// the one that lets most go round is taken, then the earliest position, the start that comes first in `nodes`.
/// Nothing: the dates allow no order, or nothing is stated on a step.
///
/// In a circle of two steps a mutual tie plays no part: it carries in one net direction. O(k p (k p)) for k steps of p
/// parallel ties, O(k p) without a window.
std::optional<DatedCircle> dated_circle(const CircleRules& rules, std::span<const NodeId> nodes,
                                        const NodeColumn<std::uint8_t>& starts);

}  // namespace entente

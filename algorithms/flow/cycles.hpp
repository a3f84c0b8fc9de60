#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "algorithms/card.hpp"
#include "algorithms/flow/dated_circle.hpp"
#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct CyclesQuestion {
  const Graph* graph = nullptr;
  const EdgeColumn<std::int64_t>* amount = nullptr;
  const EdgeColumn<DayRange>* days = nullptr;  // null: no tie states a date
  std::span<const NodeId> from;                // circles start at one of these; empty: at any
  std::int64_t steps = 5;                      // at most
  std::int64_t window = 0;                     // most days from first to last step; 0: any
  std::int64_t count = 1000;                   // at most so many circles, the largest
  std::int64_t work = 200'000'000;             // at most so many arcs looked at
};

struct Cycles {
  std::vector<DatedCircle> circles;  // by falling amount, then fewer steps, then the nodes' ids
  bool all = true;                   // every circle there is
  bool worked_out = true;            // false: stopped at the bound on work
  std::optional<std::int64_t> none_missing_from;  // no circle of this amount or more is missing; empty: not known
};

/// The circles of up to `steps` steps along which money can return to where it started, the largest first.
///
/// A circle passes each of its bodies once; what it can carry is its smallest step, where the ties of a step that fit in
/// time count together, see dated_circle(). A circle is listed once, from the start that lets most go round.
///
/// Searched among the largest steps first: when the widest few thousand of them hold `count` circles, the others need not
/// be looked at. From each start, a search forwards goes on only where a search backwards from the start says that the
/// steps that are left suffice [gupta2021finding]; a start is then left out [johnson1975finding]. Starts by falling degree.
///
/// Cost     O(m log m), and O(n d^(steps/2)) and O(steps) for each circle for rows of d arcs as a rule; at most `work` arcs.
/// Errors   bad_argument: a negative amount, a column of the wrong size, a node that the graph lacks, a bound below what
///          makes sense. overflow: parallel ties beyond 64 bits together. interrupted.
/// Source   [johnson1975finding; gupta2021finding].
Result<Cycles> money_cycles(const CyclesQuestion& question, const Job& job = {});

Card cycles_card();

}  // namespace entente

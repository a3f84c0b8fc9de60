#include "algorithms/flow/dated_circle.hpp"

#include <algorithm>
#include <limits>
#include <utility>

// Once the day on which the window opens is fixed, a tie fits just where the earliest day on which the steps before it
// can be done is not after the latest on which those behind it can still begin, with its own dates between: one sweep
// forwards and one backwards. The window need only open on a day on which some tie's dates end: opened later, as late as
// the first such day, it loses nothing.

namespace entente {

namespace {

/// Days with room for sums.
using WideDay = std::int64_t;
constexpr WideDay never = std::numeric_limits<WideDay>::max();

struct StepTie {
  EdgeId edge;
  std::int64_t amount = 0;
  WideDay earliest = beginning_of_time, latest = end_of_time;
  bool stated = false;
  bool fits = false;
};
using Steps = std::vector<std::vector<StepTie>>;

/// The ties of each step that state an amount above 0.
Steps ties_of_steps(const CircleRules& rules, std::span<const NodeId> nodes) {
  Steps steps(nodes.size());
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const NodeId u = nodes[i], v = nodes[(i + 1) % nodes.size()];
    const auto neighbours = rules.graph->out_neighbours(u);
    const auto out = rules.graph->out(u);
    const auto first = static_cast<std::ptrdiff_t>(std::ranges::lower_bound(neighbours, v) - neighbours.begin());
    for (auto arc = out.begin() + first; arc != out.end() && (*arc).node == v; ++arc) {
      const EdgeId edge = (*arc).edge;
      if ((*rules.amount)[edge] <= 0) continue;
      StepTie tie{edge, (*rules.amount)[edge]};
      if (rules.days && (*rules.days)[edge].stated) {
        tie.earliest = (*rules.days)[edge].earliest;
        tie.latest = (*rules.days)[edge].latest;
        tie.stated = true;
      }
      steps[i].push_back(tie);
    }
  }
  if (steps.size() == 2) {
    const auto in_both = [](const std::vector<StepTie>& step, EdgeId edge) {
      return std::ranges::find(step, edge, &StepTie::edge) != step.end();
    };
    std::vector<EdgeId> mutual;
    for (const StepTie& tie : steps[0]) {
      if (in_both(steps[1], tie.edge)) mutual.push_back(tie.edge);
    }
    for (auto& step : steps) {
      std::erase_if(step, [&](const StepTie& tie) { return std::ranges::find(mutual, tie.edge) != mutual.end(); });
    }
  }
  return steps;
}

/// Marks what fits between two days; false where some step has nothing that does. `arrival`: when the last step is done at
/// the earliest.
bool fit_between(Steps& steps, WideDay opens, WideDay closes, WideDay& arrival) {
  WideDay done = opens;
  for (auto& step : steps) {
    WideDay next = never;
    for (StepTie& tie : step) {
      tie.fits = tie.latest >= done && tie.earliest <= closes;
      if (tie.fits) next = std::min(next, std::max(done, tie.earliest));
    }
    if (next == never) return false;
    done = next;
  }
  arrival = done;
  WideDay must_begin = closes;
  for (std::size_t i = steps.size(); i-- > 0;) {
    WideDay before = std::numeric_limits<WideDay>::min();
    for (StepTie& tie : steps[i]) {
      tie.fits = tie.fits && tie.earliest <= must_begin;
      if (tie.fits) before = std::max(before, std::min(must_begin, tie.latest));
    }
    must_begin = before;
  }
  return true;
}

/// What goes round through the ties that fit.
DatedCircle fitted(const Steps& steps) {
  DatedCircle circle;
  circle.amount = std::numeric_limits<std::int64_t>::max();
  for (const auto& step : steps) {
    std::int64_t carries = 0;
    const StepTie* widest = nullptr;
    for (const StepTie& tie : step) {
      if (!tie.fits) continue;
      if (__builtin_add_overflow(carries, tie.amount, &carries)) carries = std::numeric_limits<std::int64_t>::max();
      if (!widest || tie.amount > widest->amount) widest = &tie;
      ++circle.ties;
    }
    circle.widest.push_back(widest->edge);
    circle.carries.push_back(carries);
    circle.amount = std::min(circle.amount, carries);
  }
  const auto outer_day = [](const std::vector<StepTie>& step, auto&& later, auto&& day) -> std::optional<Day> {
    std::optional<Day> outer;
    for (const StepTie& tie : step) {
      if (!tie.fits) continue;
      const auto at = static_cast<Day>(day(tie));
      if (!tie.stated || at == beginning_of_time || at == end_of_time) return std::nullopt;
      if (!outer || later(at, *outer)) outer = at;
    }
    return outer;
  };
  circle.begins = outer_day(steps.front(), std::less<>{}, [](const StepTie& tie) { return tie.earliest; });
  circle.ends = outer_day(steps.back(), std::greater<>{}, [](const StepTie& tie) { return tie.latest; });
  return circle;
}

/// The best position of the window for one start.
std::optional<DatedCircle> best_from_start(Steps& steps, std::int64_t window) {
  WideDay arrival = 0;
  std::vector<WideDay> openings;
  bool any_stated = false;
  for (const auto& step : steps) {
    for (const StepTie& tie : step) openings.push_back(tie.latest), any_stated |= tie.stated;
  }
  std::ranges::sort(openings);
  openings.erase(std::ranges::unique(openings).begin(), openings.end());

  std::optional<std::int64_t> fewest_days;
  for (const WideDay opens : openings) {
    if (any_stated && fit_between(steps, opens, never - 1, arrival)) {
      fewest_days = std::min(fewest_days.value_or(arrival - opens), arrival - opens);
    }
  }
  std::optional<DatedCircle> best;
  if (window == 0) {
    if (!fit_between(steps, beginning_of_time, never - 1, arrival)) return best;
    best = fitted(steps);
  } else {
    for (const WideDay opens : openings) {
      if (!fit_between(steps, opens, opens + window, arrival)) continue;
      DatedCircle circle = fitted(steps);
      if (!best || circle.amount > best->amount) best = std::move(circle);
    }
  }
  if (best) best->fewest_days = fewest_days;
  return best;
}

}  // namespace

std::optional<DatedCircle> dated_circle(const CircleRules& rules, std::span<const NodeId> nodes,
                                        const NodeColumn<std::uint8_t>& starts) {
  Steps steps = ties_of_steps(rules, nodes);
  if (std::ranges::any_of(steps, [](const auto& step) { return step.empty(); })) return std::nullopt;
  std::optional<DatedCircle> best;
  for (std::size_t shift = 0; shift < nodes.size(); ++shift) {
    if (starts.empty() || starts[nodes[shift]]) {
      auto circle = best_from_start(steps, rules.window);
      if (circle && (!best || circle->amount > best->amount)) {
        best = std::move(circle);
        best->nodes.clear();
        for (std::size_t i = 0; i <= nodes.size(); ++i) best->nodes.push_back(nodes[(shift + i) % nodes.size()]);
      }
    }
    std::ranges::rotate(steps, steps.begin() + 1);
  }
  return best;
}

}  // namespace entente

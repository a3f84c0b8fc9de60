#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "algorithms/card.hpp"
#include "algorithms/cohesion/spanning_forest.hpp"

namespace entente {

/// Certificates of the cards of this folder. Each says what it checked, and fails with bad_argument and the first
/// thing that does not hold.

/// No tie leaves a component, each component holds together, and they are numbered as promised. O(n + m)
Result<std::string> verified_components(const Problem& problem, const Findings& findings);

/// Each component is reached from one of its nodes and reaches it, ties between components form no cycle, and they are
/// numbered as promised. O(n + m)
Result<std::string> verified_strong_components(const Problem& problem, const Findings& findings);

/// Each bicomponent holds together, no cycle runs through two of them, and articulation points, bridges and numbers
/// follow from them. Not checked: that none falls apart without one of its nodes. O(n + m log m)
Result<std::string> verified_bicomponents(const Problem& problem, const Findings& findings);

/// The forest has no cycle and joins what is joined, and every other edge is no better than the worst edge of the
/// path that it would close. O(n log n + m log n)
Result<std::string> verified_spanning_forest(const Problem& problem, const SpanningForestOptions& options,
                                             const Findings& findings);

/// The column of that name and type; null where there is none of `size` values.
template <class ColumnOfValues, class Named>
const ColumnOfValues* found_column(const Named& columns, std::string_view name, std::size_t size) {
  for (const auto& [column, values] : columns) {
    const auto* found = std::get_if<ColumnOfValues>(&values);
    if (column == name && found && found->size() == size) return found;
  }
  return nullptr;
}

/// Whether the findings state this figure with this value.
template <class Value>
bool states_figure(const Findings& findings, std::string_view name, Value value) {
  for (const auto& [figure, stated] : findings.figures) {
    const auto* found = std::get_if<Value>(&stated);
    if (figure == name) return found && *found == value;
  }
  return false;
}

}  // namespace entente

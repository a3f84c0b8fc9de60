#pragma once

#include <span>
#include <string_view>

#include "algorithms/funds/scenario_days.hpp"
#include "algorithms/funds/scenario_passing.hpp"

namespace entente {

/// The words of the scenario cards' options.
inline PassingRule passing_rule_named(std::string_view word) {
  return word == "priority" ? PassingRule::priority : word == "reserve" ? PassingRule::reserve : PassingRule::proportional;
}
inline DayReading day_reading_named(std::string_view word) {
  return word == "earliest" ? DayReading::earliest : DayReading::latest;
}

/// 1 for the bodies to tell about: those named, or all where none is. Errors: bad_argument for one the graph lacks.
Result<NodeColumn<std::uint8_t>> bodies_told(std::size_t node_count, std::span<const NodeId> named);

}  // namespace entente

#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/error.hpp"
#include "engine/selection.hpp"
#include "viz/sankey_data.hpp"

namespace entente {

/// One tie that carries money, stated or not. Steps on the way from a selection to SankeyData.
struct SankeyTie {
  EdgeId edge;
  std::uint32_t source = 0, target = 0;  // bodies
  std::size_t kind = 0;                  // index into SankeyData::kinds
  StatusClass status = StatusClass::open;
  std::int64_t units = 0;
  bool stated = false;
};

/// A body, or a group of them where the diagram is to show groups.
struct SankeyBody {
  std::string key, name;
  std::vector<NodeId> members;
  std::int64_t in = 0, out = 0, self = 0;
  std::size_t ties = 0;
  std::size_t level = 0;

  std::int64_t size() const { return (in > out ? in : out) + self; }
};

/// The bodies that have a part in these ties, by falling size and then by key; the ties are pointed at them.
/// Errors: bad_argument for an unknown group.
Result<std::vector<SankeyBody>> sankey_bodies(const Network& network, const SankeySpec& spec, std::vector<SankeyTie>& ties);

/// Sets the level of every body and returns the names of the levels in order; none for "hop".
/// Errors: bad_argument for unknown levels.
Result<std::vector<std::string>> sankey_levels(const Network& network, const SankeySpec& spec,
                                               const std::vector<SankeyTie>& ties, std::vector<SankeyBody>& bodies);

}  // namespace entente

#pragma once

#include <cstdint>

#include "engine/column.hpp"

namespace entente {

/// What a path may use. A null pointer is no restriction, and steps of length 1.
///
/// A path from the nodes A to the nodes B starts in A, ends in B and has no other node in A or B; it
/// visits no node twice. A node in both is a path by itself, of length 0.
///
/// Paths are sequences of nodes: parallel edges do not multiply them. Each step lists one edge, the
/// shortest of its parallels and of those the lowest id; the caller finds the others between the ends.
/// A mutual edge is walked either way; a self-loop lies on no path.
struct PathRules {
  /// Length of each edge, finite and above 0, in any unit. Lengths are added as whole multiples of
  /// 2^-62 of their total, so sums of whole numbers are exact, ties are real, and the answer is the
  /// same in both directions. (0.1 + 0.2 and 0.3 differ, as they do in binary.)
  const EdgeColumn<double>* length = nullptr;

  /// Not 0: the node may start or end a path but not lie inside one, as a country does not make
  /// partners of two of its universities.
  const NodeColumn<std::uint8_t>* no_stepping_stone = nullptr;

  /// Not 0: the edge is not walked.
  const EdgeColumn<std::uint8_t>* closed = nullptr;
};

}  // namespace entente

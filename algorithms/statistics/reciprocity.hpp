#pragma once

#include <optional>

#include "engine/graph.hpp"

namespace entente {

/// Reciprocity: the share of the directed ties that are returned.
///
///     reciprocity = number of ordered pairs (u, v), u != v, with directed ties u -> v and v -> u
///                   / number of ordered pairs (u, v), u != v, with a directed tie u -> v
///
/// Only directed ties count: a mutual tie is neither given nor returned. Parallel ties count once,
/// self-loops not at all.
///
/// Output   in [0, 1]; absent where no directed tie runs between different nodes.
/// Cost     O(n + m log d) for the largest degree d.
/// Source   [wasserman1994social]
std::optional<double> reciprocity(const Graph& graph);

}  // namespace entente

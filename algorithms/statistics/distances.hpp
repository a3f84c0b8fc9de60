#pragma once

#include <cstdint>
#include <optional>

#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct DistanceOptions {
  std::int64_t most_nodes = 20000;  // no answer for a larger component: the cost grows with its square
};

struct ComponentDistances {
  std::int64_t nodes = 0;                // of the largest component
  std::optional<std::int64_t> diameter;  // hops between its two nodes furthest apart
  std::optional<double> average;         // hops between two of its nodes, over all pairs
};

/// Distances within the largest component, directions ignored, each tie one hop; exact.
///
/// Of several largest components the one with the smallest node is measured.
///
/// Output   diameter: absent without nodes; average: absent below two nodes; both absent where the component
///          has more than most_nodes nodes.
/// Cost     O(n m) bit operations for a component of n nodes and m edges, up to 512 of them at once:
///          sum_hops(); some 200 bytes a node and thread.
/// Repeats  exactly, whatever the number of threads.
/// Errors   interrupted.
/// Source   [then2014more]
Result<ComponentDistances> distances_in_largest_component(const Symmetric& graph,
                                                          const DistanceOptions& options = {}, const Job& job = {});

}  // namespace entente

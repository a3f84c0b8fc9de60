#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/graph.hpp"
#include "engine/job.hpp"

namespace entente {

struct Card;

struct TopClosenessOptions {
  std::int64_t top = 10;
  std::string measure = "harmonic";  // or "closeness", normalized
};

struct TopCloseness {
  std::vector<NodeId> node;   // the nearest first; ties: the lowest NodeId first
  std::vector<double> score;  // of each of them
  std::size_t searched = 0;   // nodes from which distances were counted
};

/// The `top` nodes of highest harmonic centrality, or normalized closeness, in hops: exactly those, and with
/// exactly the scores, that harmonic() or closeness() with `normalized` would give, mostly for a small share of
/// the cost.
///
/// No node has more others at two hops than its neighbours have neighbours, nor more at three than its
/// neighbours have at two; all others are at least four hops away. That bounds the score of each node
/// [bergamini2017computing]. Nodes are searched from in the order of their bounds, up to 512 at a time, until the
/// bound of the next is below the score of the last that would be listed.
///
/// Output   min(top, n) nodes.
/// Cost     O(n + arcs), and sum_hops_from() the nodes whose bound is high enough: hundreds where there are hubs,
///          all where there are none, such as in a grid. Distances run along directions.
/// Repeats  exactly, whatever the number of threads.
/// Errors   bad_argument: top below 1, another measure. interrupted.
Result<TopCloseness> top_closeness(const Graph& graph, const TopClosenessOptions& options = {}, const Job& job = {});

Card top_closeness_card();

}  // namespace entente

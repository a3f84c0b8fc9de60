#include "algorithms/cohesion/bicomponents.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <utility>
#include <vector>

#include "algorithms/cohesion/breadth_forest.hpp"
#include "algorithms/cohesion/checks.hpp"
#include "algorithms/cohesion/disjoint_sets.hpp"
#include "algorithms/cohesion/numbering.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t bicomponent_block = std::size_t{1} << 14;  // nodes or edges: about 100 µs of work

/// Whether the tie of each place to the one above leaves the branch of that one: whether some tie from the place or
/// from below leads to a node that is not below what is above it.
std::vector<std::uint8_t> ties_that_escape(const Rows& rows, const BreadthForest& forest, const Job& job) {
  const std::size_t n = rows.node_count();
  // Numbered depth-first, a branch is an interval: [first, first + size).
  Buffer<std::uint32_t> size(n, 1), first(n), next(n);
  for (std::size_t i = n; i-- > 0;) {
    if (forest.above[i] != i) size[forest.above[i]] += size[i];
  }
  std::uint32_t roots_end = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    first[i] = forest.is_root(i) ? std::exchange(roots_end, roots_end + size[i])
                                 : std::exchange(next[forest.above[i]], next[forest.above[i]] + size[i]);
    next[i] = first[i] + 1;
  }
  // The first and last number that a tie from the branch of a place leads to.
  Buffer<std::uint32_t> number(n), low(n), high(n);
  for (std::size_t v = 0; v < n; ++v) number[v] = first[forest.place[v]];
  for_each_index(n, job, [&](std::size_t v) {
    std::uint32_t least = number[v], most = number[v];
    for (const std::uint32_t w : rows[static_cast<std::uint32_t>(v)]) {
      least = std::min(least, number[w]);
      most = std::max(most, number[w]);
    }
    low[forest.place[v]] = least;
    high[forest.place[v]] = most;
  }, bicomponent_block);
  std::vector<std::uint8_t> escapes(n, 0);
  for (std::size_t i = n; i-- > 0;) {
    const std::uint32_t up = forest.above[i];
    escapes[i] = low[i] < first[up] || high[i] >= first[up] + size[up];
    low[up] = std::min(low[up], low[i]);
    high[up] = std::max(high[up], high[i]);
  }
  return escapes;
}

/// Sets of places: two are in one set where the ties that lead up from them are in one bicomponent. A root is
/// alone.
DisjointSets sets_of_bicomponents(const Rows& rows, const BreadthForest& forest, const Job& job) {
  const std::size_t n = rows.node_count();
  DisjointSets sets(n);
  const auto flatten = [&] {
    for_each_index(n, job, [&](std::size_t i) { sets.flatten(static_cast<std::uint32_t>(i)); }, bicomponent_block);
  };
  const auto escapes = ties_that_escape(rows, forest, job);
  if (job.cancelled()) return sets;
  for (std::uint32_t i = 0; i < n; ++i) sets.place(i, escapes[i] ? forest.above[i] : i);
  flatten();

  /// Unites a node with up to `most` nodes it is tied to across the forest.
  const auto unite_across = [&](std::size_t v, std::size_t most) {
    const std::uint32_t i = forest.place[v];
    for (const std::uint32_t w : rows[static_cast<std::uint32_t>(v)]) {
      const std::uint32_t j = forest.place[w];
      if (i == j || forest.above[i] == j || forest.above[j] == i) continue;
      sets.unite(i, j);
      if (--most == 0) return;
    }
  };
  // As in Afforest: a few ties of each node, then all ties of the nodes outside the giant set.
  for_each_index(n, job, [&](std::size_t v) { unite_across(v, 1); }, bicomponent_block);
  flatten();
  const std::uint32_t giant = sets.frequent(n).root;
  for_each_index(n, job, [&](std::size_t v) {
    if (sets.above(forest.place[v]) != giant) unite_across(v, std::numeric_limits<std::size_t>::max());
  }, bicomponent_block);
  flatten();
  return sets;
}

}  // namespace

// Bicomponents from any spanning forest, here a breadth-first one, without a depth-first search
// [tarjan1985efficient], [dong2023provably]. The tie from a node up to its parent names the bicomponent that
// both are in; two such ties are in the same one where
//   a tie runs across between their nodes, neither above the other, or
//   one is right above the other and the branch below has a tie out of the branch of the upper one's node.
// In a breadth-first forest every tie beside the forest runs across. Edges are read once, in their own order, at the
// end: an edge is in the bicomponent of that end which was found later.
Result<Bicomponents> bicomponents(const Symmetric& graph, const Job& job) {
  const HubFirst& order = graph.hub_first(job);
  const Rows& rows = order.out();
  const std::size_t n = rows.node_count();
  const std::size_t m = graph.edge_count();
  const BreadthForest forest(rows, job);
  if (job.cancelled()) return interrupted();
  job.report("bicomponents", 1, 3);
  const DisjointSets sets = sets_of_bicomponents(rows, forest, job);
  if (job.cancelled()) return interrupted();
  job.report("bicomponents", 2, 3);

  // A set is called by its smallest place: right below the node where its bicomponent hangs.
  Buffer<std::uint32_t> members(n, 0);
  for (std::uint32_t i = 0; i < n; ++i) ++members[sets.above(i)];

  Buffer<std::uint32_t> place(n), set_at(n);  // by the user's node
  const auto rank = order.rank_of();
  for (std::size_t v = 0; v < n; ++v) {
    place[v] = forest.place[rank[v]];
    set_at[v] = sets.above(place[v]);
  }
  const auto loop = static_cast<std::uint32_t>(n);  // the set of self-loops
  Buffer<std::uint32_t> set_of(m);
  for_each_index(m, job, [&](std::size_t e) {
    const auto [source, target] = graph.ends(EdgeId{static_cast<std::uint32_t>(e)});
    std::uint32_t set = set_at[source.index];
    if (set != set_at[target.index]) {
      if (place[source.index] < place[target.index]) set = set_at[target.index];
    } else if (source == target) {
      set = loop;
    }
    set_of[e] = set;
  }, bicomponent_block);
  if (job.cancelled()) return interrupted();

  std::vector<std::uint32_t> found(n + 1);  // sets in the order of their smallest edges
  std::size_t count = 0;
  Buffer<std::uint8_t> seen(n + 1, 0);
  seen[loop] = 1;
  for (const std::uint32_t set : set_of) {
    found[count] = set;
    count += seen[set] == 0;
    seen[set] = 1;
  }
  found.resize(count);
  sort_by_falling_size(found, members.span());

  Bicomponents result;
  result.count = static_cast<std::int64_t>(count);
  result.largest = count == 0 ? 0 : members[found.front()] + 1;
  Buffer<std::int64_t> number(n + 1, -1);
  Buffer<std::uint8_t> is_bridge(n + 1, 0);
  Buffer<std::uint8_t> hanging(n, 0);  // bicomponents that hang below a place: 0, 1, or 2 for more
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint32_t set = found[i], up = forest.above[set];
    number[set] = static_cast<std::int64_t>(i);
    hanging[up] = std::min<std::uint8_t>(2, static_cast<std::uint8_t>(hanging[up] + 1));
    if (members[set] > 1) continue;
    const auto parallel = std::ranges::equal_range(rows[forest.node[set]], forest.node[up]);
    is_bridge[set] = parallel.size() == 1;
    result.bridges += is_bridge[set];
  }

  std::vector<std::int64_t> bicomponent(m);
  std::vector<std::uint8_t> bridge(m), articulation(n);
  for_each_index(m, job, [&](std::size_t e) {
    bicomponent[e] = number[set_of[e]];
    bridge[e] = is_bridge[set_of[e]];
  }, bicomponent_block);
  if (job.cancelled()) return interrupted();
  for (std::size_t v = 0; v < n; ++v) {
    articulation[v] = hanging[place[v]] > (forest.is_root(place[v]) ? 1 : 0);
    result.articulation_points += articulation[v];
  }
  result.bicomponent = EdgeColumn<std::int64_t>(std::move(bicomponent));
  result.bridge = EdgeColumn<std::uint8_t>(std::move(bridge));
  result.articulation = NodeColumn<std::uint8_t>(std::move(articulation));
  return result;
}

namespace {
struct NoBicomponentOptions {};
}  // namespace

Card bicomponents_card() {
  return describe<NoBicomponentOptions, Bicomponents>("bicomponents", "cohesion")
      .summary("The parts that hold together when any one node is removed, and the nodes and ties that join them.")
      .cost("O(n + m)")
      .convention("directions and weights ignored; parallel edges share a bicomponent and are no bridges; a "
                  "self-loop (-1) and an isolated node belong to none; an empty network has none; numbered by "
                  "falling number of nodes, ties by the smallest edge")
      .source("hopcroft1973algorithm")
      .source("tarjan1985efficient")
      .source("dong2023provably")
      .per_edge("bicomponent", &Bicomponents::bicomponent, "", "number of the bicomponent; -1 for a self-loop")
      .per_node("articulation", &Bicomponents::articulation, "", "1 where removing the node parts those who stay")
      .per_edge("bridge", &Bicomponents::bridge, "", "1 where the edge is the only tie between two parts")
      .figure("count", &Bicomponents::count, "bicomponents", "how many bicomponents there are")
      .figure("articulation_points", &Bicomponents::articulation_points, "nodes", "nodes that join bicomponents")
      .figure("bridges", &Bicomponents::bridges, "edges", "edges that are the only tie between two parts")
      .figure("largest", &Bicomponents::largest, "nodes", "nodes of the largest bicomponent")
      .verified_by([](const Problem& problem, const NoBicomponentOptions&, const Findings& findings) {
        return verified_bicomponents(problem, findings);
      })
      .runs([](const Problem& problem, const NoBicomponentOptions&, const Job& job) {
        return bicomponents(*problem.symmetric, job);
      });
}

}  // namespace entente

#include "algorithms/cohesion/components.hpp"

#include <algorithm>
#include <ranges>
#include <utility>

#include "algorithms/cohesion/checks.hpp"
#include "algorithms/cohesion/disjoint_sets.hpp"
#include "algorithms/cohesion/numbering.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::size_t component_block = std::size_t{1} << 15;  // nodes: about 100 µs of work

/// Nodes with a row: in hub-first order they are the first.
std::size_t tied_nodes(const Rows& rows) {
  const auto all = std::views::iota(std::size_t{0}, rows.node_count());
  const auto end = std::ranges::partition_point(
      all, [&](std::size_t v) { return rows.degree(static_cast<std::uint32_t>(v)) > 0; });
  return static_cast<std::size_t>(end - all.begin());
}

}  // namespace

// Afforest [sutton2018optimizing]: unite each node with a few neighbours only, which nearly always makes a
// giant, then walk all ties of just the nodes outside it. Every tie that was left out has an end
// outside the giant, or both in it.
//
// In hub-first order the first neighbour of a node is its greatest hub, so one neighbour is enough, and the
// first round needs no search for roots at all: a node hangs below its first neighbour where that comes
// before it, and one sweep flattens all trees. Where there are no hubs to speak of, further rounds follow.
Result<Components> components(const Symmetric& graph, const Job& job) {
  const HubFirst& order = graph.hub_first(job);
  const Rows& rows = order.out();
  const std::size_t n = rows.node_count();
  DisjointSets sets(n);
  const std::size_t tied = tied_nodes(rows);  // the others come last
  for (std::size_t v = tied; v < n; ++v) sets.place(static_cast<std::uint32_t>(v), static_cast<std::uint32_t>(v));
  const auto for_all = [&](auto&& work) {
    for_each_index(tied, job, [&](std::size_t v) { work(static_cast<std::uint32_t>(v)); }, component_block);
    return !job.cancelled();
  };
  const auto flatten = [&](std::uint32_t v) { sets.flatten(v); };

  const bool placed = for_all([&](std::uint32_t v) {
    sets.place(v, std::min(v, rows[v].front()));
  });
  if (!placed || !for_all(flatten)) return interrupted();

  for (std::size_t round = 1; round <= 2 && !sets.frequent(tied).giant; ++round) {
    const bool met = for_all([&](std::uint32_t v) {
      if (rows.degree(v) > round) sets.unite(v, rows[v][round]);
    });
    if (!met || !for_all(flatten)) return interrupted();
  }

  job.report("components", 1, 2);
  const std::uint32_t giant = sets.frequent(tied).root;
  const bool united = for_all([&](std::uint32_t v) {
    if (sets.above(v) == giant) return;
    for (const std::uint32_t w : rows[v]) sets.unite(v, w);
  });
  if (!united || !for_all(flatten)) return interrupted();

  Buffer<std::uint32_t> code(n);
  const auto rank = order.rank_of();
  for (std::size_t v = 0; v < n; ++v) code[v] = sets.above(rank[v]);
  Numbering numbering = numbered_by_size(code.span());
  return Components{std::move(numbering.group), numbering.count, numbering.largest};
}

namespace {
struct NoComponentOptions {};
}  // namespace

Card components_card() {
  return describe<NoComponentOptions, Components>("components", "cohesion")
      .summary("Which nodes reach each other over any ties.")
      .cost("O(n + m)")
      .convention("directions and weights ignored; parallel edges and self-loops change nothing; an isolated node is a "
                  "component of its own, an empty network has none; numbered by falling size, ties by the smallest node")
      .source("sutton2018optimizing")
      .per_node("component", &Components::component, "", "number of the component; 0 is the largest")
      .figure("count", &Components::count, "components", "how many components there are")
      .figure("largest", &Components::largest, "nodes", "nodes of the largest component")
      .verified_by([](const Problem& problem, const NoComponentOptions&, const Findings& findings) {
        return verified_components(problem, findings);
      })
      .runs([](const Problem& problem, const NoComponentOptions&, const Job& job) {
        return components(*problem.symmetric, job);
      });
}

}  // namespace entente

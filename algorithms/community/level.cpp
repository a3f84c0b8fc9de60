#include "algorithms/community/level.hpp"

#include <algorithm>
#include <array>
#include <limits>
#include <numeric>
#include <utility>

#include "algorithms/community/ties.hpp"
#include "engine/hub_first.hpp"
#include "engine/parallel.hpp"

namespace entente {

namespace {

constexpr std::uint32_t no_group_yet = std::numeric_limits<std::uint32_t>::max();

/// Rows whose arcs become ties of the ground level.
struct RowSource {
  const Rows* rows = nullptr;
  Buffer<double> weight;  // of each arc; empty where all weigh 1

  template <class Use>
  void for_each_arc(std::uint32_t v, Use&& use) const {
    if (!rows) return;
    for (std::uint64_t a = rows->begin[v]; a < rows->begin[v + 1]; ++a) {
      use(rows->node[a], weight.empty() ? 1.0 : weight[a]);
    }
  }
};

/// An array of at least `size`, with nothing to be read in it.
template <class T>
void reserve_level_array(Buffer<T>& buffer, std::size_t size) {
  if (buffer.size() < size) buffer = Buffer<T>(size);
}

}  // namespace

Grouping singletons(std::size_t size) {
  Grouping group(size);
  std::iota(group.begin(), group.end(), 0u);
  return group;
}

Level ground_level(const Graph& graph, const ScaledWeights& weights, ClusterQuality quality, const Job& job) {
  const HubFirst& hubs = graph.hub_first(job);
  const std::size_t n = hubs.node_count();
  const bool directed = quality == ClusterQuality::directed_modularity;
  const Rows& out = hubs.out();

  Level level;
  level.nodes = n;
  // Counts below 2^32 are exact in 32 bits, and their weights need not be read.
  level.counted = weights.equal && !directed && graph.edge_count() < (std::uint64_t{1} << 31);
  if (level.counted) level.unit = weights.weight[EdgeId{0}];
  std::array<RowSource, 2> sources{RowSource{&out, {}}, RowSource{}};
  if (!level.counted) sources[0].weight = HubFirst::values_of_arcs<double>(hubs.out_edge(job), weights.weight);
  if (directed) {
    sources[1] = {&hubs.in(job), HubFirst::values_of_arcs<double>(hubs.in_edge(job), weights.weight)};
  }

  level.strength = Buffer<double>(n);
  level.tied = Buffer<double>(n);
  level.mass = Buffer<double>(n, 1.0);
  if (directed) level.mass_in = Buffer<double>(n);
  level.own_begin = Buffer<std::uint64_t>(n + 1, 0);
  for_each_index(n, job, [&](std::size_t i) {
    const auto v = static_cast<std::uint32_t>(i);
    std::array<double, 2> all{0, 0};  // by source
    double loops = 0;
    std::uint64_t ties = 0;
    for (std::size_t s = 0; s < 2; ++s) {
      sources[s].for_each_arc(v, [&](std::uint32_t u, double w) {
        all[s] += w;
        loops += u == v ? w : 0;
        ties += u != v && w > 0;
      });
    }
    level.strength[v] = directed ? all[0] + all[1] : all[0] + loops;
    level.tied[v] = all[0] + all[1] - loops;
    if (quality != ClusterQuality::cpm) level.mass[v] = directed ? all[0] : level.strength[v];
    if (directed) level.mass_in[v] = all[1];
    level.own_begin[v + 1] = ties;
  });
  for (std::size_t v = 0; v < n; ++v) level.doubled += level.strength[v];
  std::partial_sum(level.own_begin.begin(), level.own_begin.end(), level.own_begin.begin());

  if (!directed && level.own_begin[n] == out.arc_count()) {  // no self-loops, no weights of 0
    level.begin = out.begin.span();
    level.neighbour = out.node.span();
    level.own_weight = std::move(sources[0].weight);
  } else {
    level.own_neighbour = Buffer<std::uint32_t>(level.own_begin[n]);
    if (!level.counted) level.own_weight = Buffer<double>(level.own_begin[n]);
    for_each_index(n, job, [&](std::size_t i) {
      const auto v = static_cast<std::uint32_t>(i);
      std::uint64_t next = level.own_begin[v];
      for (const RowSource& source : sources) {
        source.for_each_arc(v, [&](std::uint32_t u, double w) {
          if (u == v || !(w > 0)) return;
          level.own_neighbour[next] = u;
          if (!level.counted) level.own_weight[next] = w;
          ++next;
        });
      }
    });
    level.begin = level.own_begin.span();
    level.neighbour = level.own_neighbour.span();
  }
  level.weight = level.own_weight.span();
  return level;
}

bool hubs_should_wait(const Level& ground) {
  constexpr std::size_t large = 10000;
  return ground.size() >= large && ground.begin[ground.size() / 32] <= ground.arc_count() / 2;
}

namespace {

/// The rows above, of few groups: a small matrix, filled while the rows below are read one after the other.
template <class Ties>
std::uint64_t aggregate_rows_of_few(const Ties& ties, const Grouping& group, std::size_t tied_groups, Level& above,
                                    const Job& job) {
  const Level& level = ties.level;
  Buffer<typename Ties::Weight> weight(tied_groups * tied_groups, {});
  for (std::uint32_t v = 0; v < level.size() && !(v % 2048 == 0 && job.cancelled()); ++v) {
    auto* row = weight.data() + group[v] * tied_groups;
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      row[group[level.neighbour[a]]] += ties.weight(a);
    }
  }
  std::uint64_t next = 0;
  for (std::uint32_t g = 0; g < tied_groups; ++g) {
    for (std::uint32_t h = 0; h < tied_groups; ++h) {
      const auto w = static_cast<double>(weight[g * tied_groups + h]);
      if (h == g || !(w > 0)) continue;
      above.own_neighbour[next] = h;
      above.own_weight[next++] = w;
    }
    above.own_begin[g + 1] = next;
  }
  return next;
}

/// The rows above, of any number of groups: one group after the other.
template <class Ties>
std::uint64_t aggregate_rows(const Ties& ties, const Grouping& group, std::size_t count, std::size_t tied_groups,
                             Level& above, const Job& job) {
  const Level& level = ties.level;
  Buffer<std::uint32_t> first(count + 1, 0), member(level.size());
  for (const std::uint32_t g : group) ++first[g + 1];
  std::partial_sum(first.begin(), first.end(), first.begin());
  Buffer<std::uint32_t> place(count);
  std::copy_n(first.begin(), count, place.begin());
  for (std::uint32_t v = 0; v < level.size(); ++v) member[place[group[v]]++] = v;

  Buffer<double> weight_to(count, 0);
  std::uint64_t next = 0;
  for (std::uint32_t g = 0; g < tied_groups && !(g % 1024 == 0 && job.cancelled()); ++g) {
    std::uint32_t* touched = above.own_neighbour.data() + next;  // becomes the row
    std::size_t neighbours = 0;
    for (std::uint32_t i = first[g]; i < first[g + 1]; ++i) {
      if (i + 8 < level.size()) prefetch_row(level, member[i + 8]);
      const std::uint32_t v = member[i];
      for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
        const std::uint32_t h = group[level.neighbour[a]];
        touched[neighbours] = h;
        neighbours += weight_to[h] == 0;  // no branch: it would be wrong too often
        weight_to[h] += ties.weight(a);
      }
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < neighbours; ++i) {
      const std::uint32_t h = touched[i];
      const double w = std::exchange(weight_to[h], 0);
      if (h == g) continue;
      touched[kept] = h;
      above.own_weight[next + kept++] = w;
    }
    next += kept;
    above.own_begin[g + 1] = next;
  }
  return next;
}

}  // namespace

void aggregate(const Level& level, const Grouping& group, std::size_t count, Level& above, const Job& job) {
  reserve_level_array(above.own_begin, count + 1);
  reserve_level_array(above.own_neighbour, level.arc_count());
  reserve_level_array(above.own_weight, level.arc_count());
  std::array<std::pair<Buffer<double>*, const Buffer<double>*>, 3> sums{
      {{&above.strength, &level.strength}, {&above.mass, &level.mass}, {&above.mass_in, &level.mass_in}}};
  for (const auto& [to, of] : sums) {
    if (of->empty()) continue;
    reserve_level_array(*to, count);
    std::fill_n(to->begin(), count, 0.0);
    for (std::uint32_t v = 0; v < level.size(); ++v) (*to)[group[v]] += (*of)[v];
  }

  // Nodes without ties are the last of a network with its hubs first, and so are their groups.
  std::size_t tied_nodes = level.size();
  while (tied_nodes > 0 && level.begin[tied_nodes - 1] == level.begin[tied_nodes]) --tied_nodes;
  std::size_t tied_groups = 0;
  for (std::size_t v = 0; v < tied_nodes; ++v) tied_groups = std::max<std::size_t>(tied_groups, group[v] + 1);
  constexpr std::size_t few = 512;  // a matrix that the second-level cache nearly holds
  std::fill_n(above.own_begin.begin(), count + 1, 0);
  const std::uint64_t arcs = with_ties(level, [&](const auto& ties) {
    return tied_groups <= few && tied_groups * tied_groups <= level.arc_count()
               ? aggregate_rows_of_few(ties, group, tied_groups, above, job)
               : aggregate_rows(ties, group, count, tied_groups, above, job);
  });
  std::fill_n(above.own_begin.begin() + tied_groups, count + 1 - tied_groups, arcs);

  reserve_level_array(above.tied, count);
  for (std::uint32_t g = 0; g < count; ++g) {
    above.tied[g] = 0;
    for (std::uint64_t a = above.own_begin[g]; a < above.own_begin[g + 1]; ++a) above.tied[g] += above.own_weight[a];
  }
  above.nodes = count;
  above.doubled = level.doubled;
  above.unit = level.unit;
  above.counted = false;
  above.begin = {above.own_begin.data(), count + 1};
  above.neighbour = {above.own_neighbour.data(), static_cast<std::size_t>(arcs)};
  above.weight = {above.own_weight.data(), static_cast<std::size_t>(arcs)};
}

std::size_t close_gaps(Grouping& group) {
  Grouping number(group.size(), no_group_yet);
  std::uint32_t count = 0;
  for (std::uint32_t& g : group) {
    if (number[g] == no_group_yet) number[g] = count++;
    g = number[g];
  }
  return count;
}

std::size_t split_disconnected(const Level& level, Grouping& group) {
  const std::size_t n = level.size();
  const std::size_t before = close_gaps(group);
  Grouping root = singletons(n);  // the smallest node of the piece, by way of others
  const auto find = [&](std::uint32_t v) {
    while (root[v] != v) v = root[v] = root[root[v]];
    return v;
  };
  const auto join = [&](std::uint32_t u, std::uint32_t v) {
    const std::uint32_t a = find(u), b = find(v);
    root[std::max(a, b)] = std::min(a, b);
  };
  // Two ties within the group, mostly to hubs, join nearly every node to the piece of its group's first node. Only
  // the others must be asked for all their ties, as in [sutton2018optimizing].
  constexpr int sample = 2;
  for (std::uint32_t v = 0; v < n; ++v) {
    int found = 0;
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1] && found < sample; ++a) {
      if (group[level.neighbour[a]] != group[v]) continue;
      join(v, level.neighbour[a]);
      ++found;
    }
  }
  Grouping first_node(before, no_group_yet);
  for (std::uint32_t v = 0; v < n; ++v) {
    if (first_node[group[v]] == no_group_yet) first_node[group[v]] = v;
  }
  for (std::uint32_t v = 0; v < n; ++v) {
    if (find(v) == find(first_node[group[v]])) continue;
    for (std::uint64_t a = level.begin[v]; a < level.begin[v + 1]; ++a) {
      if (group[level.neighbour[a]] == group[v]) join(v, level.neighbour[a]);
    }
  }
  for (std::uint32_t v = 0; v < n; ++v) group[v] = find(v);
  return close_gaps(group) - before;
}

}  // namespace entente

#include "algorithms/flow/residual.hpp"

#include <algorithm>
#include <utility>

namespace entente {

namespace {

constexpr Residual::Units most_side_by_side = Residual::Units{1} << 63;
constexpr std::uint32_t head_bits = 0x1FFFFFFF;

/// At most one for each edge at each of its ends.
std::size_t most_residual_arcs(const Graph& graph, FlowCapacities::Mutual mutual) {
  return graph.arc_count() * (mutual == FlowCapacities::Mutual::all ? 1 : 2);
}

/// A step to a neighbour: over an edge that leaves, over one that enters, or over one of each.
struct NeighbourStep {
  std::uint32_t to;
  bool onwards, backwards;
  std::uint32_t place;            // of the leaving edge in its row; anything where none leaves
  std::uint32_t edge, back_edge;  // any edge where there is none
};

/// Two ascending rows, of what leaves a node and of what enters it, in one order: take(step). Which of them is next
/// cannot be foretold, so no jump depends on it: that is most of the time that it takes.
template <class Take>
void each_neighbour_step(const FlowCapacities& network, NodeId node, Take&& take) {
  const ArcRange out = network.graph->out(node);
  const auto leaving = static_cast<std::uint32_t>(out.size());
  const auto steps = out.begin();
  if (network.mutual == FlowCapacities::Mutual::all) {
    for (std::uint32_t i = 0; i < leaving; ++i) {
      const auto [to, edge] = steps[i];
      take(NeighbourStep{to.index, true, true, i, edge.index, edge.index});
    }
    return;
  }
  const ArcRange in = network.graph->in(node);
  const auto entering = static_cast<std::uint32_t>(in.size());
  const auto back_steps = in.begin();
  std::uint32_t i = 0, j = 0;
  while (i < leaving && j < entering) {
    const auto [to, edge] = steps[i];
    const auto [from, back_edge] = back_steps[j];
    const bool onwards = to <= from, backwards = from <= to;
    take(NeighbourStep{std::min(to, from).index, onwards, backwards, i, edge.index, back_edge.index});
    i += onwards;
    j += backwards;
  }
  for (; i < leaving; ++i) {
    const auto [to, edge] = steps[i];
    take(NeighbourStep{to.index, true, false, i, edge.index, edge.index});
  }
  for (; j < entering; ++j) {
    const auto [from, edge] = back_steps[j];
    take(NeighbourStep{from.index, false, true, 0, edge.index, edge.index});
  }
}

}  // namespace

Result<void> Residual::fits(const Graph& graph) {
  const std::size_t arcs = most_residual_arcs(graph, mutual_among(graph));
  if (graph.node_count() > std::size_t{0x1FFFFFFF} || arcs >= none) {
    return fail(ErrorCode::resource,
                "Maximum flow takes at most 2^29 - 1 nodes and 2^32 - 2 arcs, counting each way of an edge; merge "
                "parallel edges or select fewer.");
  }
  return {};
}

Residual::Residual(const FlowCapacities& network)
    : network_(network),
      rows_(network.graph->node_count(), Row{}),
      arcs_(most_residual_arcs(*network.graph, network.mutual)),
      left_(arcs_.size()),
      mates_(arcs_.size()),
      first_looks_(arcs_.size() / 2 + 1),
      amounts_later_(!network.any_empty && arcs_.size() > 32 * rows_.size()) {}

void Residual::open_row(std::uint32_t node) {
  fill_row(node);
  // A sweep is several times faster than row by row, but no faster where amounts can wait.
  if (opened_ > arcs_.size() / (amounts_later_ ? 2 : 4)) open_all();
}

/// Arc by arc: one is in hand until a step to another node comes, and is kept where anything can pass.
void Residual::fill_row(std::uint32_t node) {
  if (amounts_later_) return fill_row_without_amounts(node);
  const std::int64_t* capacity = network_.capacity->values().data();
  const bool any_empty = network_.any_empty;
  std::uint32_t next = opened_, head = node;  // of the arc in hand; none leads to the node itself
  Units there = 0;
  bool back = false;
  const auto lay_down = [&](bool last) {
    arcs_[next] = {head & head_bits, there > 0, back, 0};
    left_[next] = there;
    mates_[next] = none;
    next += static_cast<std::uint32_t>(last & (head != node) & (back | (there > 0)));
  };
  each_neighbour_step(network_, NodeId{node}, [&](const NeighbourStep& step) {
    const bool same = step.to == head;
    lay_down(!same);
    const Units more = static_cast<Units>(capacity[step.edge]) & (Units{0} - Units{step.onwards});
    there = std::min(most_side_by_side, (same ? there : 0) + more);
    back = (same & back) | (step.backwards & (!any_empty || capacity[step.back_edge] > 0));
    head = step.to;
  });
  if (head != node) lay_down(true);
  rows_[node] = {opened_, next};
  opened_ = next;
}

/// The same without a look at the amounts, none of which is 0.
void Residual::fill_row_without_amounts(std::uint32_t node) {
  std::uint32_t next = opened_, head = node;  // of the arc at `next`; one to the node itself is written over
  bool there = false, back = false;
  each_neighbour_step(network_, NodeId{node}, [&](const NeighbourStep& step) {
    const bool same = step.to == head;
    next += static_cast<std::uint32_t>(!same & (head != node));
    there = (same & there) | step.onwards;
    back = (same & back) | step.backwards;
    head = step.to;
    arcs_[next] = {head & head_bits, there, back, 0};
    mates_[next] = none;
  });
  next += head != node ? 1 : 0;
  rows_[node] = {opened_, next};
  opened_ = next;
}

/// Finds the mate, and both amounts where they are looked up late.
void Residual::first_look(std::uint32_t tail, std::uint32_t arc) {
  const std::uint32_t back = mate(tail, arc);
  if (amounts_later_) {
    left_[arc] = arcs_[arc].open ? look_up(tail, arcs_[arc].head) : 0;
    left_[back] = arcs_[back].open ? look_up(arcs_[arc].head, tail) : 0;
  }
  arcs_[arc].known = arcs_[back].known = 1;
  first_looks_[known_pairs_++] = {tail, arc, left_[arc]};
}

Residual::Units Residual::look_up(std::uint32_t tail, std::uint32_t head) const {
  const std::span<const NodeId> heads = graph().out_neighbours(NodeId{tail});
  const auto first = std::ranges::lower_bound(heads, NodeId{head}) - heads.begin();
  const ArcRange out = graph().out(NodeId{tail});
  Units units = 0;
  for (auto step = out.begin() + first; step != out.end() && (*step).node.index == head; ++step) {
    units = std::min(most_side_by_side, units + static_cast<Units>((*network_.capacity)[(*step).edge]));
  }
  return units;
}

/// Rows are ascending, so seen from the tails in ascending order, the mates in each row come one after the other.
void Residual::open_all() {
  if (std::exchange(all_open_, true)) return;
  const bool amounts_missing = std::exchange(amounts_later_, false);
  const auto n = static_cast<std::uint32_t>(rows_.size());
  Buffer<std::uint32_t> mate(n);
  constexpr std::uint32_t ahead = 8;  // rows between asking for capacities and reading them
  for (std::uint32_t u = 0; u < n; ++u) {
    if (u + ahead < n) fetch_row(u + ahead);
    if (rows_[u].first == none) fill_row(u);
    else if (amounts_missing) fill_amounts(u);
    mate[u] = rows_[u].first;
  }
  for (std::uint32_t u = 0; u < n; ++u) {
    for (std::uint32_t arc = rows_[u].first; arc < rows_[u].last; ++arc) mates_[arc] = mate[arcs_[arc].head]++;
  }
}

/// Of arcs that nobody has asked for theirs.
void Residual::fill_amounts(std::uint32_t node) {
  const ArcRange out = graph().out(NodeId{node});
  auto step = out.begin();
  for (std::uint32_t arc = rows_[node].first; arc < rows_[node].last; ++arc) {
    if (arcs_[arc].known) continue;
    const NodeId head{arcs_[arc].head};
    while (step != out.end() && (*step).node < head) ++step;
    Units units = 0;
    for (; step != out.end() && (*step).node == head; ++step) {
      units = std::min(most_side_by_side, units + static_cast<Units>((*network_.capacity)[(*step).edge]));
    }
    left_[arc] = units;
  }
}

void Residual::find_mate(std::uint32_t tail, std::uint32_t arc) {
  const Row there = row(arcs_[arc].head);
  if (mates_[arc] != none) return;  // all were found when that row was opened
  const auto below = [](const ResidualArc& a, std::uint32_t node) { return a.head < node; };
  const ResidualArc* found = std::lower_bound(arcs_.data() + there.first, arcs_.data() + there.last, tail, below);
  const auto mate = static_cast<std::uint32_t>(found - arcs_.data());
  mates_[arc] = mate;
  mates_[mate] = arc;
}

void Residual::forget() {
  constexpr std::size_t ahead = 8;  // pairs between asking for them and writing them
  for (std::size_t i = 0; i < known_pairs_; ++i) {
    if (i + 2 * ahead < known_pairs_) {
      const std::uint32_t soon = first_looks_[i + ahead].arc, later = first_looks_[i + 2 * ahead].arc;
      __builtin_prefetch(&mates_[later]);
      __builtin_prefetch(&left_[soon], 1);
      __builtin_prefetch(&left_[mates_[soon]], 1);
      __builtin_prefetch(&arcs_[soon], 1);
      __builtin_prefetch(&arcs_[mates_[soon]], 1);
    }
    const auto [tail, arc, left] = first_looks_[i];
    const std::uint32_t back = mates_[arc];
    set(arc, back, left, left_[back] + left_[arc] - left);
    arcs_[arc].known = arcs_[back].known = 0;
  }
  known_pairs_ = 0;
}

/// What passes from one node to another, over their edges from `step` on: take(edge, units from its source to its target).
template <class Take>
void Residual::spread(NodeId from, ArcRange::iterator step, Units amount, Take&& take) const {
  const bool one_way = network_.mutual == FlowCapacities::Mutual::none;
  for (; amount > 0; ++step) {
    const EdgeId edge = (*step).edge;
    const Units carried = std::min(amount, static_cast<Units>((*network_.capacity)[edge]));
    const auto units = static_cast<std::int64_t>(carried);
    take(edge, one_way || graph().ends(edge).source == from ? units : -units);
    amount -= carried;
  }
}

Residual::EdgeFlow Residual::flow() const {
  EdgeFlow flow{EdgeColumn<std::int64_t>(graph().edge_count()), std::nullopt};
  if (known_pairs_ < rows_.size() / 16) flow.carrying = flow_pair_by_pair(flow.units);
  else flow_row_by_row(flow.units);
  return flow;
}

std::vector<EdgeId> Residual::flow_pair_by_pair(EdgeColumn<std::int64_t>& flow) const {
  std::vector<EdgeId> carrying;
  for (std::size_t i = 0; i < known_pairs_; ++i) {
    const FirstLook& look = first_looks_[i];
    const Units left = left_[look.arc];
    const NodeId tail{look.tail}, head{arcs_[look.arc].head};
    const NodeId from = left < look.left ? tail : head, to = left < look.left ? head : tail;
    const std::span<const NodeId> heads = graph().out_neighbours(from);
    const auto step = graph().out(from).begin() + (std::ranges::lower_bound(heads, to) - heads.begin());
    spread(from, step, left < look.left ? look.left - left : left - look.left, [&](EdgeId edge, std::int64_t units) {
      flow[edge] = units;
      if (units != 0) carrying.push_back(edge);
    });
  }
  std::ranges::sort(carrying);
  return carrying;
}

/// An arc with less left than its edges can carry is the one of its pair along which something passes.
void Residual::flow_row_by_row(EdgeColumn<std::int64_t>& flow) const {
  for (const NodeId u : graph().nodes()) {
    const ArcRange out = graph().out(u);
    auto step = out.begin();
    for (std::uint32_t arc = rows_[u.index].first; arc < rows_[u.index].last; ++arc) {
      if (!arcs_[arc].known) continue;
      const NodeId v{arcs_[arc].head};
      while (step != out.end() && (*step).node < v) ++step;
      const auto first = step;
      Units there = 0;
      for (; step != out.end() && (*step).node == v; ++step) {
        there = std::min(most_side_by_side, there + static_cast<Units>((*network_.capacity)[(*step).edge]));
      }
      if (left_[arc] >= there) continue;
      spread(u, first, there - left_[arc], [&](EdgeId edge, std::int64_t units) { flow[edge] = units; });
    }
  }
}

NodeColumn<std::uint8_t> Residual::reached_from_sources(const FlowQuestion& question) const {
  std::vector<std::uint32_t> sources;
  for (const NodeId source : question.from) sources.push_back(source.index);
  return reached_from(question, question.starts, sources);
}

NodeColumn<std::uint8_t> Residual::reached_from(const FlowQuestion& question, NodeColumn<std::uint8_t> reached,
                                                std::span<const std::uint32_t> frontier) const {
  Buffer<std::uint32_t> queue(rows_.size() + 1);
  std::size_t waiting = 0;
  const auto known = static_cast<std::size_t>(std::ranges::count(reached.values(), std::uint8_t{1}));
  const std::size_t at_most = rows_.size() - question.to.size() - known + frontier.size();  // no target is reached
  const auto reach = [&](std::uint32_t v, bool open) {  // without a jump: half of the arcs would take it
    std::uint8_t& seen = reached[NodeId{v}];
    queue[waiting] = v;
    waiting += open & (seen == 0);
    seen = static_cast<std::uint8_t>(seen | (open ? 1 : 0));
  };
  for (const std::uint32_t v : frontier) queue[waiting++] = v;
  for (std::size_t next = 0; next < waiting && waiting < at_most; ++next) {
    constexpr std::size_t ahead = 6;  // nodes between asking for a row and walking it
    if (next + 2 * ahead < waiting) __builtin_prefetch(&rows_[queue[next + 2 * ahead]]);
    if (next + ahead < waiting) fetch_row(queue[next + ahead]);
    const auto [first, last] = rows_[queue[next]];
    if (first == none) {  // nothing was ever pushed to or from it
      for (const auto [v, edge] : graph().out(NodeId{queue[next]})) {
        reach(v.index, (*network_.capacity)[edge] > 0);
      }
    } else {
      for (std::uint32_t arc = first; arc < last; ++arc) reach(arcs_[arc].head, arcs_[arc].open);
    }
  }
  return reached;
}

}  // namespace entente

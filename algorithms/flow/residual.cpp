#include "algorithms/flow/residual.hpp"

#include <algorithm>
#include <utility>
#include <vector>

namespace entente {

namespace {

/// At most one for each edge at each of its ends.
std::size_t most_residual_arcs(const Graph& graph, FlowQuestion::Mutual mutual) {
  return graph.arc_count() * (mutual == FlowQuestion::Mutual::all ? 1 : 2);
}

}  // namespace

Result<void> Residual::fits(const Graph& graph) {
  const std::size_t arcs = most_residual_arcs(graph, mutual_among(graph));
  if (graph.node_count() > std::size_t{0x3FFFFFFF} || arcs >= none) {
    return fail(ErrorCode::resource,
                "Maximum flow takes at most 2^30 - 1 nodes and 2^32 - 2 arcs, counting each way of an edge; merge "
                "parallel edges or select fewer.");
  }
  return {};
}

Residual::Residual(const FlowQuestion& question)
    : question_(&question),
      limit_(static_cast<Units>(question.most) + 1),
      rows_(question.graph->node_count(), Row{}),
      arcs_(most_residual_arcs(*question.graph, question.mutual)),
      passed_on_(question.graph->node_count(), 0) {}

void Residual::open_row(std::uint32_t node) {
  fill_row(node);
  if (opened_ > arcs_.size() / 4) open_all();  // a sweep is several times faster than row by row
}

void Residual::fill_row(std::uint32_t node) {
  const NodeId u{node};
  const EdgeColumn<std::int64_t>& capacity = *question_->capacity;
  const bool symmetric = question_->mutual == FlowQuestion::Mutual::all;
  std::uint32_t next = opened_;
  const auto sum_to = [&](NodeId v, auto& step, const auto& end) {
    Units sum = 0;
    for (; step != end && (*step).node == v; ++step) {
      sum = std::min(limit_, sum + static_cast<Units>(capacity[(*step).edge]));
    }
    return sum;
  };
  const auto add = [&](NodeId v, Units there, Units back) {
    if (v == u || (there == 0 && back == 0)) return;
    arcs_[next++] = {there, v.index & 0x3FFFFFFF, back > 0, 0, none};
  };
  const ArcRange out = question_->graph->out(u);
  auto step = out.begin();
  if (symmetric) {
    while (step != out.end()) {
      const NodeId v = (*step).node;
      const Units both = sum_to(v, step, out.end());
      add(v, both, both);
    }
  } else {
    const ArcRange in = question_->graph->in(u);
    auto back_step = in.begin();
    while (step != out.end() || back_step != in.end()) {
      const bool out_first = back_step == in.end() || (step != out.end() && (*step).node <= (*back_step).node);
      const NodeId v = out_first ? (*step).node : (*back_step).node;
      const Units there = sum_to(v, step, out.end());
      add(v, there, sum_to(v, back_step, in.end()));
    }
  }
  rows_[node] = {opened_, next};
  opened_ = next;
}

/// Rows are ascending, so seen from the tails in ascending order, the mates in each row come one after the other.
void Residual::open_all() {
  if (std::exchange(all_open_, true)) return;
  const auto n = static_cast<std::uint32_t>(rows_.size());
  Buffer<std::uint32_t> mate(n);
  constexpr std::uint32_t ahead = 8;  // rows between asking for capacities and reading them
  for (std::uint32_t u = 0; u < n; ++u) {
    if (u + ahead < n) fetch_row(u + ahead);
    if (rows_[u].first == none) fill_row(u);
    mate[u] = rows_[u].first;
  }
  for (std::uint32_t u = 0; u < n; ++u) {
    for (std::uint32_t arc = rows_[u].first; arc < rows_[u].last; ++arc) arcs_[arc].mate = mate[arcs_[arc].head]++;
  }
}

void Residual::find_mate(std::uint32_t tail, std::uint32_t arc) {
  const Row there = row(arcs_[arc].head);
  if (arcs_[arc].mate != none) return;  // all were found when that row was opened
  const auto below = [](const ResidualArc& a, std::uint32_t node) { return a.head < node; };
  const ResidualArc* found = std::lower_bound(arcs_.data() + there.first, arcs_.data() + there.last, tail, below);
  const auto mate = static_cast<std::uint32_t>(found - arcs_.data());
  arcs_[arc].mate = mate;
  arcs_[mate].mate = arc;
}

EdgeColumn<std::int64_t> Residual::flow() const {
  const Graph& graph = *question_->graph;
  const EdgeColumn<std::int64_t>& capacity = *question_->capacity;
  const bool symmetric = question_->mutual == FlowQuestion::Mutual::all;
  EdgeColumn<std::int64_t> flow(capacity.size());
  for (const NodeId u : graph.nodes()) {
    if (!passed_on_[u.index]) continue;
    const Row row = rows_[u.index];
    const ArcRange steps = graph.out(u);
    auto step = steps.begin();
    for (std::uint32_t arc = row.first; arc < row.last; ++arc) {
      const NodeId v{arcs_[arc].head};
      if (!arcs_[arc].used || (symmetric && v < u)) continue;
      while (step != steps.end() && (*step).node < v) ++step;
      auto end = step;
      Units there = 0;  // what this direction could carry at first
      for (; end != steps.end() && (*end).node == v; ++end) {
        there = std::min(limit_, there + static_cast<Units>(capacity[(*end).edge]));
      }
      const Units left = arcs_[arc].left;
      if (left > there && !symmetric) continue;  // what comes back is told where v is the tail
      const bool onwards = left <= there;
      for (Units amount = onwards ? there - left : left - there; amount > 0; ++step) {
        const EdgeId edge = (*step).edge;
        const auto carried = static_cast<std::int64_t>(std::min(amount, static_cast<Units>(capacity[edge])));
        const bool from_u = question_->mutual == FlowQuestion::Mutual::none || graph.ends(edge).source == u;
        flow[edge] = from_u == onwards ? carried : -carried;
        amount -= static_cast<Units>(carried);
      }
      step = end;
    }
  }
  return flow;
}

NodeColumn<std::uint8_t> Residual::reached_from_sources() const {
  std::vector<std::uint32_t> sources;
  for (const NodeId source : question_->from) sources.push_back(source.index);
  return reached_from(question_->starts, sources);
}

NodeColumn<std::uint8_t> Residual::reached_from(NodeColumn<std::uint8_t> reached,
                                                std::span<const std::uint32_t> frontier) const {
  Buffer<std::uint32_t> queue(rows_.size() + 1);
  std::size_t waiting = 0;
  const auto known = static_cast<std::size_t>(std::ranges::count(reached.values(), std::uint8_t{1}));
  const std::size_t at_most = rows_.size() - question_->to.size() - known + frontier.size();  // no target is reached
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
      for (const auto [v, edge] : question_->graph->out(NodeId{queue[next]})) {
        reach(v.index, (*question_->capacity)[edge] > 0);
      }
    } else {
      for (std::uint32_t arc = first; arc < last; ++arc) reach(arcs_[arc].head, arcs_[arc].left > 0);
    }
  }
  return reached;
}

}  // namespace entente

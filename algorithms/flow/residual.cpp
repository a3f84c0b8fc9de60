#include "algorithms/flow/residual.hpp"

#include <algorithm>
#include <utility>

namespace entente {

namespace {

/// Every edge stands in the out-row of its source and, unless all run both ways, in the in-row of its target.
std::size_t residual_arc_count(const Graph& graph, FlowQuestion::Mutual mutual) {
  return graph.arc_count() * (mutual == FlowQuestion::Mutual::all ? 1 : 2);
}

}  // namespace

Result<void> Residual::fits(const Graph& graph) {
  const std::size_t arcs = residual_arc_count(graph, mutual_among(graph));
  if (graph.node_count() > std::size_t{0x7FFFFFFF} || arcs >= none) {
    return fail(ErrorCode::resource,
                "Maximum flow takes at most 2^31 - 1 nodes and 2^32 - 2 arcs, counting each way of an edge; merge "
                "parallel edges or select fewer.");
  }
  return {};
}

Residual::Residual(const FlowQuestion& question)
    : question_(&question),
      rows_(question.graph->node_count(), Row{}),
      arcs_(residual_arc_count(*question.graph, question.mutual)) {}

void Residual::open_row(std::uint32_t node) {
  const NodeId u{node};
  const EdgeColumn<std::int64_t>& capacity = *question_->capacity;
  rows_[node].first = opened_;
  for (const auto [v, edge] : question_->graph->out(u)) {
    const std::int64_t units = u == v ? 0 : capacity[edge];
    arcs_[opened_++] = {units, v.index & 0x7FFFFFFF, units > 0 && question_->is_mutual(edge), none};
  }
  rows_[node].in = opened_;
  if (question_->mutual != FlowQuestion::Mutual::all) {
    for (const auto [v, edge] : question_->graph->in(u)) {
      const bool carries = u != v && !question_->is_mutual(edge) && (!question_->any_empty || capacity[edge] > 0);
      arcs_[opened_++] = {0, v.index & 0x7FFFFFFF, carries, none};
    }
  }
  rows_[node].last = opened_;
}

EdgeId Residual::edge_of(std::uint32_t tail, std::uint32_t arc) const {
  const Row row = rows_[tail];
  const NodeId u{tail};
  return arc < row.in ? question_->graph->out(u).begin()[arc - row.first].edge
                      : question_->graph->in(u).begin()[arc - row.in].edge;
}

void Residual::find_mate(std::uint32_t tail, std::uint32_t arc) {
  const std::uint32_t head = arcs_[arc].head;
  const Row here = rows_[tail], there = row(head);
  used_.push_back({tail, arc});
  std::uint32_t mate = none;
  if (question_->mutual == FlowQuestion::Mutual::some) {
    const EdgeId edge = edge_of(tail, arc);
    const bool among_out = arc >= here.in || question_->is_mutual(edge);
    const ArcRange row_of_mate = among_out ? question_->graph->out(NodeId{head}) : question_->graph->in(NodeId{head});
    const auto found = std::ranges::lower_bound(row_of_mate, Arc{NodeId{tail}, edge});
    mate = (among_out ? there.first : there.in) + static_cast<std::uint32_t>(found - row_of_mate.begin());
  } else {  // parallel edges stand in the same order in both rows
    const std::uint32_t own = arc < here.in ? here.first : here.in;
    std::uint32_t among_parallels = arc;
    while (among_parallels > own && arcs_[among_parallels - 1].head == head) --among_parallels;
    const bool among_out = arc >= here.in || question_->mutual == FlowQuestion::Mutual::all;
    const ResidualArc* first = arcs_.data() + (among_out ? there.first : there.in);
    const ResidualArc* last = arcs_.data() + (among_out ? there.in : there.last);
    const auto below = [](const ResidualArc& a, std::uint32_t node) { return a.head < node; };
    mate = static_cast<std::uint32_t>(std::lower_bound(first, last, tail, below) - arcs_.data());
    mate += arc - among_parallels;
  }
  arcs_[arc].mate = mate;
  arcs_[mate].mate = arc;
}

EdgeColumn<std::int64_t> Residual::flow() const {
  const Graph& graph = *question_->graph;
  const EdgeColumn<std::int64_t>& capacity = *question_->capacity;
  EdgeColumn<std::int64_t> flow(capacity.size());
  for (const auto [tail, arc] : used_) {
    const EdgeId edge = edge_of(tail, arc);
    const bool forwards = graph.ends(edge).source.index == tail;
    flow[edge] = capacity[edge] - arcs_[forwards ? arc : arcs_[arc].mate].left;
  }
  return flow;
}

NodeColumn<std::uint8_t> Residual::reached_from_sources() const {
  NodeColumn<std::uint8_t> reached = question_->starts;
  std::vector<NodeId> queue = question_->from;
  for (std::size_t next = 0; next < queue.size(); ++next) {
    const auto [first, in, last] = rows_[queue[next].index];
    for (std::uint32_t arc = first; arc < last; ++arc) {
      const NodeId v{arcs_[arc].head};
      if (arcs_[arc].left > 0 && !std::exchange(reached[v], std::uint8_t{1})) queue.push_back(v);
    }
    if (first != none) continue;
    for (const auto [v, edge] : question_->graph->out(queue[next])) {  // nothing was ever pushed to or from it
      if (!reached[v] && (*question_->capacity)[edge] > 0) {
        reached[v] = 1;
        queue.push_back(v);
      }
    }
  }
  return reached;
}

}  // namespace entente

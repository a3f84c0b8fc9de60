#include "algorithms/flow/push_relabel.hpp"

#include <algorithm>
#include <utility>

namespace entente {

PushRelabel::PushRelabel(const FlowQuestion& question, Residual& residual, const Job& job)
    : question_(question),
      residual_(residual),
      job_(job),
      n_(static_cast<std::uint32_t>(residual.graph().node_count())),
      node_(n_),
      height_(n_),
      levels_(std::size_t{n_} + 1) {}

bool PushRelabel::run(std::int64_t at_most) {
  residual_.open_all();
  for (const NodeId target : question_.to) {
    const Residual::Row row = residual_.row(target.index);
    for (std::uint32_t arc = row.first; arc < row.last; ++arc) {
      const std::uint32_t u = residual_[arc].head;
      if (!residual_[arc].back_open || question_.ends[NodeId{u}]) continue;
      const std::uint32_t towards = residual_.mate(target.index, arc);
      const Residual::Units left = residual_.left(u, towards);
      const auto units = static_cast<std::int64_t>(left);
      residual_.push(towards, left);
      if (question_.starts[NodeId{u}]) value_ += units;
      else node_[u].demand += units;
    }
  }
  update_heights();
  while (true) {
    while (highest_ > 0 && levels_[highest_].waiting == none) --highest_;
    if (highest_ == 0 || value_ == at_most) return !job_.cancelled();
    const std::uint32_t v = levels_[highest_].waiting;
    levels_[highest_].waiting = node_[v].next;
    discharge(v);
    if (work_ > 12 * std::uint64_t{n_} + 2 * arcs_) {
      if (job_.cancelled()) return false;
      job_.report("units of flow", static_cast<std::size_t>(value_), static_cast<std::size_t>(at_most));
      update_heights();
    }
  }
}

/// Exact heights, breadth first from the sources along residual arcs.
void PushRelabel::update_heights() {
  ++updates_;
  work_ = 0;
  arcs_ = 0;
  height_.fill(n_);
  std::fill_n(levels_.begin(), std::size_t{top_} + 1, Level{});
  highest_ = top_ = 0;
  entries_.clear();
  queue_.clear();
  for (const NodeId source : question_.from) {
    height_[source.index] = 0;
    queue_.push_back(source.index);
  }
  for (std::size_t i = 0; i < queue_.size(); ++i) {
    constexpr std::size_t ahead = 6;  // nodes between asking for a row and walking it
    if (i + ahead < queue_.size()) residual_.fetch_row(queue_[i + ahead]);
    const std::uint32_t v = queue_[i];
    const Residual::Row row = residual_.row(v);
    arcs_ += row.last - row.first;
    node_[v].current = row.first;
    for (std::uint32_t arc = row.first; arc < row.last; ++arc) {
      const std::uint32_t w = residual_[arc].head;
      if (!residual_[arc].open || height_[w] != n_ || question_.ends[NodeId{w}]) continue;
      enter(w, height_[v] + 1);
      if (node_[w].demand > 0) wait(w);
      queue_.push_back(w);
    }
  }
}

void PushRelabel::wait(std::uint32_t v) {
  const std::uint32_t h = height_[v];
  node_[v].next = std::exchange(levels_[h].waiting, v);
  highest_ = std::max(highest_, h);
}

/// Passes the demand of a node downhill, raising the node as often as it takes.
void PushRelabel::discharge(std::uint32_t v) {
  const Residual::Row row = residual_.row(v);
  Node& node = node_[v];
  do {
    const std::uint32_t below = height_[v] - 1;
    for (; node.current < row.last; ++node.current) {
      const std::uint32_t u = residual_[node.current].head;
      if (height_[u] != below || !residual_[node.current].back_open) continue;
      const std::uint32_t towards = residual_.mate(v, node.current);
      const Residual::Units pushed =
          std::min(static_cast<Residual::Units>(node.demand), residual_.left(u, towards));
      const auto units = static_cast<std::int64_t>(pushed);
      residual_.push(towards, pushed);
      node.demand -= units;
      if (below == 0) value_ += units;  // only sources have the height 0
      else if (std::exchange(node_[u].demand, node_[u].demand + units) == 0) wait(u);
      if (node.demand == 0) return;
    }
  } while (relabel(v));
}

/// False where no source reaches the node any more.
bool PushRelabel::relabel(std::uint32_t v) {
  const Residual::Row row = residual_.row(v);
  const std::uint32_t old = height_[v];
  std::uint32_t lowest = n_;
  for (std::uint32_t arc = row.first; arc < row.last; ++arc) {
    if (residual_[arc].back_open && height_[residual_[arc].head] < lowest) {
      lowest = height_[residual_[arc].head];
      node_[v].current = arc;
    }
  }
  work_ += 12 + (row.last - row.first);
  height_[v] = n_;
  if (--levels_[old].count == 0) {
    drop_above(old);
    return false;
  }
  if (lowest + 1 >= n_) return false;
  enter(v, lowest + 1);
  return true;
}

void PushRelabel::enter(std::uint32_t v, std::uint32_t height) {
  height_[v] = height;
  ++levels_[height].count;
  levels_[height].newest = append(v, levels_[height].newest);
  top_ = std::max(top_, height);
}

/// No node is left at `gap`: no source reaches those above it.
void PushRelabel::drop_above(std::uint32_t gap) {
  for (std::uint32_t h = gap; h <= top_; ++h) {
    for (std::uint32_t i = levels_[h].newest; i != none; i = entries_[i].older) {
      if (height_[entries_[i].node] == h) height_[entries_[i].node] = n_;
    }
    levels_[h] = {};
  }
  top_ = gap - 1;
  highest_ = std::min(highest_, top_);
}

void drop_unmet_demands(const Graph& graph, const FlowQuestion& question, const Carrying& carrying,
                        EdgeColumn<std::int64_t>& flow) {
  NodeColumn<std::int64_t> demand(graph.node_count());
  NodeColumn<std::uint32_t> entering(graph.node_count());  // edges from nodes that are still to come
  for (const NodeId u : graph.nodes()) {
    for (std::size_t i = carrying.first(u); i < carrying.last(u); ++i) {
      const auto [v, edge] = carrying[i];
      if (flow[edge] == 0) continue;
      demand[u] += carried(flow[edge]);
      demand[v] -= carried(flow[edge]);
      ++entering[v];
    }
  }
  std::vector<NodeId> order;
  for (const NodeId u : graph.nodes()) {
    if (entering[u] == 0 && demand[u] > 0) order.push_back(u);
  }
  for (std::size_t next = 0; next < order.size(); ++next) {
    const NodeId u = order[next];
    std::int64_t unmet = question.starts[u] || question.ends[u] ? 0 : demand[u];
    for (std::size_t i = carrying.first(u); i < carrying.last(u); ++i) {
      const auto [v, edge] = carrying[i];
      if (flow[edge] == 0) continue;
      const std::int64_t dropped = std::min(unmet, carried(flow[edge]));
      relieve(flow[edge], dropped);
      unmet -= dropped;
      demand[v] += dropped;
      if (--entering[v] == 0) order.push_back(v);
    }
  }
}

}  // namespace entente

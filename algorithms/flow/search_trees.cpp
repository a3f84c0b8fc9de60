#include "algorithms/flow/search_trees.hpp"

#include <algorithm>
#include <utility>

namespace entente {

SearchTrees::SearchTrees(const FlowQuestion& question, Residual& residual, const Job& job)
    : residual_(residual),
      job_(job),
      label_(question.graph->node_count(), 0),
      node_(question.graph->node_count()),
      most_(question.most),
      arcs_in_all_(question.graph->arc_count()) {
  if (question.from.size() == 1 && question.to.size() == 1) {
    push_over_two_arcs(question.from[0].index, question.to[0].index);
  }
  plant<Side::source>(question.from);
  plant<Side::target>(question.to);
}

/// All that ways of two arcs carry, before any tree stands: common neighbours, from two ascending rows. What is full
/// then needs no place in a tree and loses none.
void SearchTrees::push_over_two_arcs(std::uint32_t source, std::uint32_t target) {
  const Residual::Row from = residual_.row(source), to = residual_.row(target);
  std::uint32_t there = from.first, back = to.first;
  while (there < from.last && back < to.last) {
    const std::uint32_t v = residual_[there].head, w = residual_[back].head;
    if (v == w && residual_[there].left > 0 && residual_[back].back_open) {
      const std::uint32_t onwards = residual_.mate(target, back);
      const Residual::Units amount = std::min(residual_[there].left, residual_[onwards].left);
      residual_.push(source, there, amount);
      residual_.push(v, onwards, amount);
      value_ += static_cast<std::int64_t>(amount);
    }
    there += v <= w;
    back += w <= v;
  }
}

template <SearchTrees::Side side>
void SearchTrees::plant(const std::vector<NodeId>& roots) {
  for (const NodeId root : roots) {
    node_[root.index] = {none, none, none, none, none, none};
    set_distance<side>(root.index, 1);
    tree<side>().level.push_back(root.index);
  }
}

SearchTrees::Outcome SearchTrees::run(bool may_give_up) {
  may_give_up_ = may_give_up;
  while (true) {
    if (job_.cancelled()) return Outcome::interrupted;
    if (value_ == most_ || trees_[0].level.empty() || trees_[1].level.empty()) return Outcome::done;
    const bool from_sources = trees_[0].level.size() <= trees_[1].level.size();
    const Outcome grown = from_sources ? grow<Side::source>() : grow<Side::target>();
    ++passes_;
    if (grown != Outcome::done) return grown;
  }
}

/// No node nearer to the root than the level in hand has a residual arc to a node outside the tree.
NodeColumn<std::uint8_t> SearchTrees::reached_from_sources() const {
  NodeColumn<std::uint8_t> reached(label_.size());
  std::vector<std::uint32_t> frontier;
  for (std::uint32_t v = 0; v < label_.size(); ++v) {
    if (label_[v] <= 0) continue;
    reached[NodeId{v}] = 1;
    if (label_[v] >= trees_[0].distance) frontier.push_back(v);
  }
  return residual_.reached_from(std::move(reached), frontier);
}

/// Looks around now and then: whether the job was cancelled, and whether another algorithm would do better: repairs
/// are wide, and that has by now cost more than to look at every arc once, as any other must. A node looks at an arc
/// about once for each distance it is at; so where ways are short, there is an end in sight, and it pays to wait; a
/// little longer also where half of what the ends can ever take has been found.
bool SearchTrees::should_stop() {
  if (outcome_ != Outcome::done || seen_ + repaired_ < next_look_) return outcome_ != Outcome::done;
  next_look_ = seen_ + repaired_ + 0x4000;
  job_.report("units of flow", static_cast<std::size_t>(value_), static_cast<std::size_t>(most_));
  constexpr std::uint64_t many_nodes = 32;  // handled for each augmentation; 4 to 16 where trees do well
  if (nodes_handled_ > many_nodes * augmentations_) strain_ += nodes_handled_ + seen_ + repaired_ - accounted_;
  accounted_ = seen_ + repaired_;
  nodes_handled_ = augmentations_ = 0;
  constexpr int short_ways = 32;  // levels
  const bool half_done = value_ >= most_ / 2;
  const std::uint64_t looks_at_each = passes_ < short_ways ? 16 : half_done ? 4 : 1;
  if (job_.cancelled()) outcome_ = Outcome::interrupted;
  else if (may_give_up_ && strain_ > looks_at_each * arcs_in_all_) outcome_ = Outcome::too_slow;
  return outcome_ != Outcome::done;
}

/// One level. Done: no node of the level has a residual arc to a node outside the tree.
template <SearchTrees::Side side>
SearchTrees::Outcome SearchTrees::grow() {
  Tree& own = tree<side>();
  own.growing = true;
  for (std::size_t i = 0; i < own.level.size(); ++i) {  // adoptions may append to it
    const std::uint32_t v = own.level[i];
    constexpr std::size_t ahead = 6;  // nodes between asking for a row and walking it
    if (i + ahead < own.level.size()) residual_.fetch_row(own.level[i + ahead]);
    if (distance<side>(v) != own.distance) continue;
    const Residual::Row row = residual_.row(v);
    seen_ += row.last - row.first;
    for (std::uint32_t arc = row.first; arc < row.last;) {
      const Residual::ResidualArc& step = residual_[arc];
      const std::uint32_t w = step.head;
      if (!grows_along<side>(step) || distance<side>(w) > 0) {
        ++arc;
      } else if (label_[w] == 0) {
        set_distance<side>(w, own.distance + 1);
        ++own.count_at(own.distance + 1);
        node_[w].current = none;
        node_[w].first_child = none;
        attach<side>(w, v, arc);
        own.next_level.push_back(w);
        ++arc;
      } else {  // the trees meet
        if (side == Side::source) augment(v, arc);
        else augment(w, residual_.mate(v, arc));
        if (value_ == most_ || should_stop()) return outcome_;
        if (distance<side>(v) != own.distance) break;
      }
    }
  }
  std::swap(own.level, own.next_level);
  own.next_level.clear();
  ++own.distance;
  own.growing = false;
  return Outcome::done;
}

/// Pushes what the way over `arc` carries; the arc leads from the sources' tree to the targets'.
void SearchTrees::augment(std::uint32_t tail, std::uint32_t arc) {
  const std::uint32_t head = residual_[arc].head;
  Residual::Units amount = residual_[arc].left;
  for (std::uint32_t v = tail; node_[v].parent != none; v = node_[v].parent) {
    amount = std::min(amount, residual_[node_[v].parent_arc].left);
    ++nodes_handled_, ++repaired_;
  }
  for (std::uint32_t v = head; node_[v].parent != none; v = node_[v].parent) {
    amount = std::min(amount, residual_[residual_.mate(node_[v].parent, node_[v].parent_arc)].left);
    ++nodes_handled_, ++repaired_;
  }
  ++augmentations_;
  residual_.push(tail, arc, amount);
  value_ += static_cast<std::int64_t>(amount);
  for (std::uint32_t v = tail; node_[v].parent != none;) {
    const auto [parent, parent_arc, current, child, next, previous] = node_[v];
    residual_.push(parent, parent_arc, amount);
    if (residual_[parent_arc].left == 0) orphan<Side::source>(v);
    v = parent;
  }
  for (std::uint32_t v = head; node_[v].parent != none;) {
    const std::uint32_t parent = node_[v].parent;
    const std::uint32_t up = residual_.mate(parent, node_[v].parent_arc);
    residual_.push(v, up, amount);
    if (residual_[up].left == 0) orphan<Side::target>(v);
    v = parent;
  }
  adopt_all<Side::source>();
  adopt_all<Side::target>();
}

template <SearchTrees::Side side>
void SearchTrees::attach(std::uint32_t v, std::uint32_t parent, std::uint32_t parent_arc) {
  TreeNode& child = node_[v];
  child.parent = parent;
  child.parent_arc = parent_arc;
  child.previous = none;
  child.next = node_[parent].first_child;
  if (child.next != none) node_[child.next].previous = v;
  node_[parent].first_child = v;
}

/// Takes a node from its parent and lets it wait for another one.
template <SearchTrees::Side side>
void SearchTrees::orphan(std::uint32_t v) {
  const TreeNode& node = node_[v];
  if (node.previous != none) node_[node.previous].next = node.next;
  else node_[node.parent].first_child = node.next;
  if (node.next != none) node_[node.next].previous = node.previous;
  await_adoption<side>(v, distance<side>(v));
}

template <SearchTrees::Side side>
void SearchTrees::await_adoption(std::uint32_t v, std::int32_t at) {
  Tree& own = tree<side>();
  const auto place = static_cast<std::size_t>(at);
  if (own.orphans.size() <= place) own.orphans.resize(2 * place + 1, none);
  node_[v].next = std::exchange(own.orphans[place], v);
  residual_.fetch_row(v);  // its turn comes soon
  if (own.nearest_orphan == 0 || at < own.nearest_orphan) own.nearest_orphan = at;
}

/// The nearest to the root first: then whatever is nearer than the orphan in hand has a place already.
template <SearchTrees::Side side>
void SearchTrees::adopt_all() {
  Tree& own = tree<side>();
  if (own.nearest_orphan == 0) return;
  for (auto at = static_cast<std::size_t>(own.nearest_orphan); at < own.orphans.size(); ++at) {
    while (own.orphans[at] != none) {
      const std::uint32_t v = own.orphans[at];
      own.orphans[at] = node_[v].next;
      ++nodes_handled_;
      if (!finds_sibling_parent<side>(v, static_cast<std::int32_t>(at))) move_away<side>(v);
      if (should_stop()) return;  // with the flow as it is; the trees are of no use any more
    }
  }
  own.nearest_orphan = 0;
}

/// Another parent at the same distance from the root.
template <SearchTrees::Side side>
bool SearchTrees::finds_sibling_parent(std::uint32_t v, std::int32_t at) {
  const Residual::Row row = residual_.row(v);
  std::uint32_t arc = node_[v].current == none ? row.first : node_[v].current;
  const std::uint32_t begin = arc;
  while (arc < row.last && !(distance<side>(residual_[arc].head) == at - 1 && hangs_on<side>(residual_[arc]))) ++arc;
  repaired_ += arc - begin;
  node_[v].current = arc;
  if (arc == row.last) return false;
  const std::uint32_t parent = residual_[arc].head;
  attach<side>(v, parent, residual_.mate(v, arc));
  return true;
}

/// To the least distance that any neighbour in the tree offers, or out of it.
template <SearchTrees::Side side>
void SearchTrees::move_away(std::uint32_t v) {
  Tree& own = tree<side>();
  const Residual::Row row = residual_.row(v);
  const std::int32_t farthest = own.distance + (own.growing ? 1 : 0);
  const std::int32_t least = distance<side>(v);  // none is nearer, or it would have been found
  std::int32_t nearest = farthest;
  std::uint32_t arc = row.first;
  for (; arc < row.last && nearest > least; ++arc) {
    const std::int32_t d = distance<side>(residual_[arc].head);
    if (d > 0 && d < nearest && hangs_on<side>(residual_[arc])) {
      nearest = d;
      node_[v].current = arc;
    }
  }
  repaired_ += arc - row.first;
  while (node_[v].first_child != none) orphan<side>(node_[v].first_child);
  const bool gap = --own.count_at(least) == 0;
  if (gap || nearest == farthest) {
    label_[v] = 0;
    if (gap) drop_beyond<side>(least);
    return;
  }
  const std::int32_t at = nearest + 1;
  set_distance<side>(v, at);
  ++own.count_at(at);
  await_adoption<side>(v, at);
  if (at == own.distance) own.level.push_back(v);
  if (at == own.distance + 1) own.next_level.push_back(v);
}

/// No node is left at `gap`: all beyond are orphans or descend from orphans.
template <SearchTrees::Side side>
void SearchTrees::drop_beyond(std::int32_t gap) {
  Tree& own = tree<side>();
  for (auto at = static_cast<std::size_t>(gap) + 1; at < own.orphans.size(); ++at) {
    while (own.orphans[at] != none) {
      const std::uint32_t v = own.orphans[at];
      own.orphans[at] = node_[v].next;
      while (node_[v].first_child != none) orphan<side>(node_[v].first_child);
      --own.count[at];
      label_[v] = 0;
      ++repaired_;
    }
  }
}

}  // namespace entente

#include "algorithms/flow/search_trees.hpp"

#include <algorithm>
#include <utility>

namespace entente {

SearchTrees::SearchTrees(Residual& residual)
    : residual_(residual), label_(residual.graph().node_count()), node_(residual.graph().node_count()) {}

/// All that ways of two arcs carry, before any tree stands: common neighbours, from two ascending rows. What is full
/// then needs no place in a tree and loses none.
void SearchTrees::push_over_two_arcs(std::uint32_t source, std::uint32_t target) {
  const Residual::Row from = residual_.row(source), to = residual_.row(target);
  std::uint32_t there = from.first, back = to.first;
  while (there < from.last && back < to.last) {
    const std::uint32_t v = residual_[there].head, w = residual_[back].head;
    if (v == w && residual_[there].open && residual_[back].back_open) {
      const std::uint32_t onwards = residual_.mate(target, back);
      const Residual::Units amount = std::min(residual_.left(source, there), residual_.left(v, onwards));
      residual_.push(there, amount);
      residual_.push(onwards, amount);
      effort_.value += static_cast<std::int64_t>(amount);
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

SearchTrees::Outcome SearchTrees::run(const FlowQuestion& question, bool may_give_up, const Job& job) {
  question_ = &question;
  job_ = &job;
  may_give_up_ = may_give_up;
  effort_ = {};
  trees_ = {};
  label_.fill(0);
  if (question.from.size() == 1 && question.to.size() == 1) {
    push_over_two_arcs(question.from[0].index, question.to[0].index);
  }
  plant<Side::source>(question.from);
  plant<Side::target>(question.to);
  while (true) {
    if (job.cancelled()) return Outcome::interrupted;
    if (effort_.value == question.most || trees_[0].level.empty() || trees_[1].level.empty()) return Outcome::done;
    const bool from_sources = trees_[0].level.size() <= trees_[1].level.size();
    const Outcome grown = from_sources ? grow<Side::source>() : grow<Side::target>();
    ++effort_.passes;
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
  return residual_.reached_from(*question_, std::move(reached), frontier);
}

/// Looks around now and then: whether the job was cancelled, and whether push-relabel would do better. On networks of
/// many kinds the trees were the faster ones wherever they came to an end within two and a half looks at each arc, and
/// slower wherever they took three: then nothing is lost by turning over what they found. Sometimes that can be foreseen:
/// after one look at each arc, where six at this pace would not find what the ends could take; and where ways are long and
/// repairs are wide, once repairs have cost a look at each arc, a little later with half of that found.
bool SearchTrees::should_stop() {
  Effort& so_far = effort_;
  const std::uint64_t looks = so_far.seen + so_far.repaired;
  if (so_far.outcome != Outcome::done || looks < so_far.next_look) return so_far.outcome != Outcome::done;
  so_far.next_look = looks + 0x4000;
  job_->report("units of flow", static_cast<std::size_t>(so_far.value), static_cast<std::size_t>(question_->most));
  constexpr std::uint64_t many_nodes = 32;  // handled for each augmentation; 4 to 16 where trees do well
  if (so_far.nodes_handled > many_nodes * so_far.augmentations) {
    so_far.strain += so_far.nodes_handled + looks - so_far.accounted;
  }
  so_far.accounted = looks;
  so_far.nodes_handled = so_far.augmentations = 0;
  const double looks_at_each = static_cast<double>(looks) / static_cast<double>(residual_.most_arcs());
  const double found = static_cast<double>(so_far.value) / static_cast<double>(question_->most);
  constexpr int long_ways = 32;  // levels
  const bool long_and_wide =
      so_far.passes >= long_ways && so_far.strain > (found < 0.5 ? 1 : 4) * residual_.graph().arc_count();
  const bool slow = looks_at_each > 2.5 || (looks_at_each > 1 && 6 * found < looks_at_each) || long_and_wide;
  if (job_->cancelled()) so_far.outcome = Outcome::interrupted;
  else if (may_give_up_ && slow) so_far.outcome = Outcome::too_slow;
  return so_far.outcome != Outcome::done;
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
    effort_.seen += row.last - row.first;
    for (std::uint32_t arc = row.first; arc < row.last;) {
      const Residual::ResidualArc step = residual_[arc];
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
        if (effort_.value == question_->most || should_stop()) return effort_.outcome;
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
  Residual::Units amount = residual_.left(tail, arc);
  for (std::uint32_t v = tail; node_[v].parent != none; v = node_[v].parent) {
    amount = std::min(amount, residual_.left(node_[v].parent, node_[v].parent_arc));
    ++effort_.nodes_handled, ++effort_.repaired;
  }
  for (std::uint32_t v = head; node_[v].parent != none; v = node_[v].parent) {
    amount = std::min(amount, residual_.left(v, residual_.mate(node_[v].parent, node_[v].parent_arc)));
    ++effort_.nodes_handled, ++effort_.repaired;
  }
  ++effort_.augmentations;
  residual_.push(arc, amount);
  effort_.value += static_cast<std::int64_t>(amount);
  for (std::uint32_t v = tail; node_[v].parent != none;) {
    const auto [parent, parent_arc, current, child, next, previous] = node_[v];
    residual_.push(parent_arc, amount);
    if (!residual_[parent_arc].open) orphan<Side::source>(v);
    v = parent;
  }
  for (std::uint32_t v = head; node_[v].parent != none;) {
    const std::uint32_t parent = node_[v].parent;
    const std::uint32_t up = residual_.known_mate(node_[v].parent_arc);
    residual_.push(up, amount);
    if (!residual_[up].open) orphan<Side::target>(v);
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
      ++effort_.nodes_handled;
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
  effort_.repaired += arc - begin;
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
  effort_.repaired += arc - row.first;
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
      ++effort_.repaired;
    }
  }
}

}  // namespace entente

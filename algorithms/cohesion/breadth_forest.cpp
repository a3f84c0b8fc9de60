#include "algorithms/cohesion/breadth_forest.hpp"

namespace entente {

BreadthForest::BreadthForest(const Rows& rows, const Job& job)
    : place(rows.node_count(), unseen),
      node(rows.node_count() + 1),  // one more to write what is not kept
      above(rows.node_count() + 1),
      rows_(rows),
      arcs_ahead_(rows.arc_count()) {
  for (std::uint32_t root = 0; root < place.size(); ++root) {
    if (place[root] != unseen) continue;
    std::uint32_t head = tail_++;
    place[root] = above[head] = head;
    node[head] = root;
    for (std::uint32_t level_end = tail_; head < level_end; level_end = tail_) {
      if (worth_looking_back(head, level_end)) {
        if (job.cancelled()) return;
        look_back(level_end);
        head = level_end;
      }
      for (; head < level_end; ++head) {
        if (head % 4096 == 0 && job.cancelled()) return;
        look_ahead(head);
      }
    }
  }
}

/// Whether the level [begin, end) has so many arcs that it is cheaper for the nodes not yet found to look for it, even
/// though all of these have to be walked over.
bool BreadthForest::worth_looking_back(std::uint32_t begin, std::uint32_t end) {
  std::uint64_t arcs = 0;
  for (std::uint32_t at = begin; at < end; ++at) arcs += rows_.degree(node[at]);
  arcs_ahead_ -= arcs;
  return arcs > arcs_ahead_ / 15 && arcs > rows_.node_count() / 8;
}

void BreadthForest::look_ahead(std::uint32_t head) {
  if (head + 16 < tail_) __builtin_prefetch(&rows_.begin[node[head + 16]]);
  if (head + 8 < tail_) __builtin_prefetch(rows_.node.data() + rows_.begin[node[head + 8]]);
  std::uint32_t tail = tail_;
  for (const std::uint32_t v : rows_[node[head]]) {  // no branch on what was seen before: nobody can guess it
    const std::uint32_t before = place[v];
    const bool fresh = before == unseen;
    place[v] = fresh ? tail : before;
    node[tail] = v;
    above[tail] = head;
    tail += fresh;
  }
  tail_ = tail;
}

void BreadthForest::look_back(std::uint32_t level_end) {
  if (missing_.empty()) {
    for (std::uint32_t v = 0; v < place.size(); ++v) {
      if (place[v] == unseen) missing_.push_back(v);
    }
  }
  std::size_t kept = 0;
  for (const std::uint32_t v : missing_) {
    if (place[v] != unseen) continue;
    missing_[kept++] = v;
    for (const std::uint32_t w : rows_[v]) {
      if (place[w] >= level_end) continue;  // not found, or only in this level
      place[v] = tail_;
      node[tail_] = v;
      above[tail_] = place[w];
      ++tail_;
      --kept;
      break;
    }
  }
  missing_.resize(kept);
}

}  // namespace entente

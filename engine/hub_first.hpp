#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/buffer.hpp"
#include "engine/column.hpp"
#include "engine/ids.hpp"
#include "engine/job.hpp"
#include "engine/rows.hpp"

namespace entente {

struct EdgeList;

/// A graph renumbered by falling degree, for kernels that touch every arc.
///
/// The rank of a node is its place in the order of falling degree (arcs in and out; ties by NodeId), so
/// the few nodes that most arcs lead to lie side by side at the front of every array and stay in the
/// cache, rows begin with the hubs, and isolated nodes are the last. Kernels work in ranks
/// and hand their results back in the user's order.
///
/// Memory: 8 bytes a node and 4 bytes an arc for the rows, 8 bytes a node for the two permutations.
/// The rows of the other direction and the edge of each arc come into being at first use, once, and
/// may be asked for from several threads.
class HubFirst {
 public:
  HubFirst(std::shared_ptr<const EdgeList> edges, const Job& job);
  ~HubFirst();
  HubFirst(const HubFirst&) = delete;
  HubFirst& operator=(const HubFirst&) = delete;

  std::size_t node_count() const { return node_at_.size(); }
  std::size_t arc_count() const { return out_.arc_count(); }
  bool symmetric() const;

  /// Where an arc of each node leads to, in ranks.
  const Rows& out() const { return out_; }
  /// Where the arcs that reach a node come from; the very rows of out() when every edge runs both ways.
  const Rows& in(const Job& job = {}) const;

  /// The index of the edge of each arc, in the order of out().node and in().node.
  const Buffer<std::uint32_t>& out_edge(const Job& job = {}) const;
  const Buffer<std::uint32_t>& in_edge(const Job& job = {}) const;

  std::uint32_t rank_of(NodeId node) const { return rank_of_[node.index]; }
  NodeId node_at(std::uint32_t rank) const { return NodeId{node_at_[rank]}; }
  std::span<const std::uint32_t> rank_of() const { return rank_of_.span(); }
  std::span<const std::uint32_t> node_at() const { return node_at_.span(); }

  /// Values by rank, as a column of the user's nodes.
  template <class T>
  NodeColumn<T> in_user_order(std::span<const T> by_rank) const {
    std::vector<T> values(by_rank.size());
    for (std::size_t v = 0; v < values.size(); ++v) values[v] = by_rank[rank_of_[v]];
    return NodeColumn<T>(std::move(values));
  }

  /// The value of each arc's edge, in the order of out() (or in()).
  template <class Arc, class T>
  static Buffer<Arc> values_of_arcs(const Buffer<std::uint32_t>& edge_of_arc, const EdgeColumn<T>& value) {
    Buffer<Arc> values(edge_of_arc.size());
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<Arc>(value[EdgeId{edge_of_arc[i]}]);
    return values;
  }

 private:
  struct Later;
  std::shared_ptr<const EdgeList> edges_;
  Buffer<std::uint32_t> rank_of_;
  Buffer<std::uint32_t> node_at_;
  Rows out_;
  std::unique_ptr<Later> later_;  // what is built at first use
};

}  // namespace entente

#pragma once

#include <array>
#include <atomic>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/column.hpp"
#include "engine/edge_list.hpp"
#include "engine/error.hpp"
#include "engine/hub_first.hpp"
#include "engine/ids.hpp"
#include "engine/job.hpp"
#include "engine/rows.hpp"

namespace entente {

/// One step from a node: over which edge, to which node.
struct Arc {
  NodeId node;
  EdgeId edge;
  friend auto operator<=>(const Arc&, const Arc&) = default;
};

/// The steps from one node, sorted by node, then by edge: `for (const auto [v, edge] : graph.out(u))`.
class ArcRange {
 public:
  class iterator {
   public:
    using iterator_category = std::random_access_iterator_tag;
    using iterator_concept = std::random_access_iterator_tag;
    using value_type = Arc;
    using difference_type = std::ptrdiff_t;
    using reference = Arc;
    using pointer = void;

    iterator() = default;
    iterator(const NodeId* node, const EdgeId* edge) : node_(node), edge_(edge) {}
    Arc operator*() const { return {*node_, *edge_}; }
    Arc operator[](difference_type n) const { return {node_[n], edge_[n]}; }
    iterator& operator++() { ++node_; ++edge_; return *this; }
    iterator operator++(int) { iterator old = *this; ++*this; return old; }
    iterator& operator--() { --node_; --edge_; return *this; }
    iterator operator--(int) { iterator old = *this; --*this; return old; }
    iterator& operator+=(difference_type n) { node_ += n; edge_ += n; return *this; }
    iterator& operator-=(difference_type n) { node_ -= n; edge_ -= n; return *this; }
    friend iterator operator+(iterator i, difference_type n) { return i += n; }
    friend iterator operator+(difference_type n, iterator i) { return i += n; }
    friend iterator operator-(iterator i, difference_type n) { return i -= n; }
    friend difference_type operator-(iterator a, iterator b) { return a.node_ - b.node_; }
    friend bool operator==(iterator a, iterator b) { return a.node_ == b.node_; }
    friend auto operator<=>(iterator a, iterator b) { return a.node_ <=> b.node_; }

   private:
    const NodeId* node_ = nullptr;
    const EdgeId* edge_ = nullptr;
  };

  ArcRange(const NodeId* node, const EdgeId* edge, std::size_t size) : node_(node), edge_(edge), size_(size) {}
  iterator begin() const { return {node_, edge_}; }
  iterator end() const { return {node_ + size_, edge_ + size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  const NodeId* node_;
  const EdgeId* edge_;
  std::size_t size_;
};

/// For each node its arcs with their edges, in the user's node numbers.
struct ArcRows {
  Buffer<std::uint64_t> begin;  // n + 1 offsets into the two below
  Buffer<NodeId> node;
  Buffer<EdgeId> edge;

  ArcRange operator[](NodeId u) const {
    const std::uint64_t first = begin[u.index];
    return {node.data() + first, edge.data() + first, static_cast<std::size_t>(begin[u.index + 1] - first)};
  }
  std::span<const NodeId> neighbours(NodeId u) const {
    return {node.data() + begin[u.index], static_cast<std::size_t>(begin[u.index + 1] - begin[u.index])};
  }
};

/// A directed graph: topology and nothing else. Parallel edges and self-loops are welcome.
///
/// A directed edge is one arc. In a mixed network a mutual edge is two arcs, one each way, with the
/// same EdgeId (a mutual self-loop is one arc). Copies are cheap: they share everything.
///
/// Memory: 8 bytes an edge. What else is needed comes into being at first use, once, and may be
/// asked for from several threads: for each direction walked through out() or in() 8 bytes a node and 8
/// bytes an arc; for hub_first(), which most kernels use, 16 bytes a node and 4 bytes an arc.
class Graph {
 public:
  Graph();

  std::size_t node_count() const { return list_->node_count; }
  std::size_t edge_count() const { return list_->ends.size(); }
  std::size_t arc_count() const { return arc_count_; }

  /// Arcs leaving `u`, and arcs entering it (whose `node` is where they come from).
  ArcRange out(NodeId u) const { return rows(RowsOf::sources)[u]; }
  ArcRange in(NodeId u) const { return rows(RowsOf::targets)[u]; }
  std::span<const NodeId> out_neighbours(NodeId u) const { return rows(RowsOf::sources).neighbours(u); }
  std::span<const NodeId> in_neighbours(NodeId u) const { return rows(RowsOf::targets).neighbours(u); }

  /// The ends as given, whether or not the edge also runs backwards.
  Ends ends(EdgeId edge) const { return list_->ends[edge.index]; }

  auto nodes() const { return ids_below<NodeId>(node_count()); }
  auto edges() const { return ids_below<EdgeId>(edge_count()); }

  /// The same graph renumbered by falling degree; built at first use on the job's threads.
  const HubFirst& hub_first(const Job& job = {}) const;

 private:
  friend Result<Graph> make_graph(std::size_t, std::span<const Ends>);
  friend Result<Graph> make_graph(std::size_t, std::vector<Ends>&&);
  friend Result<Graph> make_mixed_graph(std::size_t, std::span<const Ends>, const EdgeColumn<std::uint8_t>&);
  friend class Symmetric;
  friend Result<class Symmetric> make_symmetric(std::size_t, std::span<const Ends>);
  friend Result<class Symmetric> make_symmetric(std::size_t, std::vector<Ends>&&);
  struct Later;
  explicit Graph(EdgeList list);

  const ArcRows& rows(RowsOf side) const {
    const ArcRows* built = ready_[side == RowsOf::targets]->load(std::memory_order_acquire);
    return built ? *built : build(side);
  }
  const ArcRows& build(RowsOf side) const;

  std::shared_ptr<const EdgeList> list_;
  std::size_t arc_count_ = 0;
  std::shared_ptr<Later> later_;  // what is built at first use
  std::array<const std::atomic<const ArcRows*>*, 2> ready_{};
};

/// An undirected graph: every edge can be walked both ways. That it is symmetric is part of the type,
/// so a kernel that needs it says so in its signature.
///
/// An edge stands in the rows of both its ends; a self-loop stands once in its row.
class Symmetric {
 public:
  Symmetric() = default;

  std::size_t node_count() const { return graph_.node_count(); }
  std::size_t edge_count() const { return graph_.edge_count(); }
  std::size_t arc_count() const { return graph_.arc_count(); }

  ArcRange arcs(NodeId u) const { return graph_.out(u); }
  std::span<const NodeId> neighbours(NodeId u) const { return graph_.out_neighbours(u); }
  Ends ends(EdgeId edge) const { return graph_.ends(edge); }

  auto nodes() const { return graph_.nodes(); }
  auto edges() const { return graph_.edges(); }

  /// The same rows seen as a directed graph in which every edge runs both ways. Costs nothing.
  const Graph& both_ways() const { return graph_; }

  /// The same graph renumbered by falling degree; built at first use on the job's threads.
  const HubFirst& hub_first(const Job& job = {}) const { return graph_.hub_first(job); }

 private:
  friend Result<Symmetric> make_symmetric(std::size_t, std::span<const Ends>);
  friend Result<Symmetric> make_symmetric(std::size_t, std::vector<Ends>&&);
  explicit Symmetric(Graph graph) : graph_(std::move(graph)) {}
  Graph graph_;
};

/// A directed graph; edge i gets EdgeId{i}. O(m); rows are built when they are first needed.
/// Errors: bad_argument for an end outside [0, n) and for more than 2^32 - 2 nodes or edges,
/// which is refused before memory is asked for.
Result<Graph> make_graph(std::size_t node_count, std::span<const Ends> edges);
/// The same without a copy of the edges.
Result<Graph> make_graph(std::size_t node_count, std::vector<Ends>&& edges);

/// As make_graph, but an edge runs one way only where `directed` is not 0.
Result<Graph> make_mixed_graph(std::size_t node_count, std::span<const Ends> edges,
                               const EdgeColumn<std::uint8_t>& directed);

/// As make_graph; every edge runs both ways.
Result<Symmetric> make_symmetric(std::size_t node_count, std::span<const Ends> edges);
/// The same without a copy of the edges.
Result<Symmetric> make_symmetric(std::size_t node_count, std::vector<Ends>&& edges);

}  // namespace entente

#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <utility>

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>

#include "engine/column.hpp"
#include "engine/graph.hpp"

/// Graph and Symmetric in the vocabulary of Boost.Graph [siek2002boost], so that its algorithms run on
/// them without a copy. Include this only in sources that call Boost.Graph: it is heavy to compile.
///
///     boost::strong_components(graph, column_map(component));       // NodeColumn<int> component
///     boost::kruskal_minimum_spanning_tree(symmetric, out, boost::weight_map(column_map(symmetric, length)));
///
/// Both model VertexListGraph, EdgeListGraph, IncidenceGraph, BidirectionalGraph, AdjacencyGraph and
/// AdjacencyMatrix (by binary search). vertex_index and edge_index are the ids.
///
/// Graph is directed. Its Boost edges are arcs: num_edges is arc_count(), and the two arcs of a mutual
/// edge are different edges with the same edge_index and the same column value. Algorithms that need a
/// unique edge_index want a graph without mutual edges (make_graph) or a Symmetric.
/// Symmetric is undirected. A self-loop stands once among the out-edges of its node (Boost's own
/// adjacency_list shows it twice).
namespace entente {

/// An edge seen from one of its ends. In a Symmetric both views are the same edge, and compare equal.
template <class AnyGraph>
struct BoostEdge {
  NodeId source;
  NodeId target;
  EdgeId edge;

  friend auto operator<=>(const BoostEdge& a, const BoostEdge& b) {
    if constexpr (std::is_same_v<AnyGraph, Graph>) {
      if (const auto order = a.edge <=> b.edge; order != 0) return order;
      return a.source <=> b.source;
    } else {
      return a.edge <=> b.edge;
    }
  }
  friend bool operator==(const BoostEdge& a, const BoostEdge& b) { return (a <=> b) == 0; }
};

namespace bgl {

inline ArcRange out_arcs(const Graph& graph, NodeId u) { return graph.out(u); }
inline ArcRange out_arcs(const Symmetric& graph, NodeId u) { return graph.arcs(u); }
inline ArcRange in_arcs(const Graph& graph, NodeId u) { return graph.in(u); }
inline ArcRange in_arcs(const Symmetric& graph, NodeId u) { return graph.arcs(u); }

class NodeIterator : public boost::iterator_facade<NodeIterator, NodeId, boost::random_access_traversal_tag, NodeId> {
 public:
  NodeIterator() = default;
  explicit NodeIterator(std::size_t index) : index_(index) {}

 private:
  friend class boost::iterator_core_access;
  NodeId dereference() const { return NodeId{static_cast<std::uint32_t>(index_)}; }
  bool equal(NodeIterator other) const { return index_ == other.index_; }
  void increment() { ++index_; }
  void decrement() { --index_; }
  void advance(std::ptrdiff_t n) { index_ += static_cast<std::size_t>(n); }
  std::ptrdiff_t distance_to(NodeIterator other) const { return static_cast<std::ptrdiff_t>(other.index_ - index_); }

  std::size_t index_ = 0;
};

/// The out-edges of a node, or its in-edges, which are arcs read from their far end.
template <class AnyGraph, bool incoming>
class IncidenceIterator
    : public boost::iterator_facade<IncidenceIterator<AnyGraph, incoming>, BoostEdge<AnyGraph>,
                                    boost::random_access_traversal_tag, BoostEdge<AnyGraph>> {
 public:
  IncidenceIterator() = default;
  IncidenceIterator(NodeId here, ArcRange::iterator arc) : here_(here), arc_(arc) {}

 private:
  friend class boost::iterator_core_access;
  BoostEdge<AnyGraph> dereference() const {
    const Arc arc = *arc_;
    if constexpr (incoming) return {arc.node, here_, arc.edge};
    return {here_, arc.node, arc.edge};
  }
  bool equal(const IncidenceIterator& other) const { return arc_ == other.arc_; }
  void increment() { ++arc_; }
  void decrement() { --arc_; }
  void advance(std::ptrdiff_t n) { arc_ += n; }
  std::ptrdiff_t distance_to(const IncidenceIterator& other) const { return other.arc_ - arc_; }

  NodeId here_;
  ArcRange::iterator arc_;
};

/// All arcs of a Graph, row by row.
class ArcIterator
    : public boost::iterator_facade<ArcIterator, BoostEdge<Graph>, boost::forward_traversal_tag, BoostEdge<Graph>> {
 public:
  ArcIterator() = default;
  ArcIterator(const Graph& graph, std::size_t row) : graph_(&graph), row_(row) { skip_empty_rows(); }

 private:
  friend class boost::iterator_core_access;
  NodeId here() const { return NodeId{static_cast<std::uint32_t>(row_)}; }
  void skip_empty_rows() {
    while (row_ < graph_->node_count() && place_ == graph_->out(here()).size()) {
      ++row_;
      place_ = 0;
    }
  }
  BoostEdge<Graph> dereference() const {
    const Arc arc = graph_->out(here()).begin()[static_cast<std::ptrdiff_t>(place_)];
    return {here(), arc.node, arc.edge};
  }
  bool equal(const ArcIterator& other) const { return row_ == other.row_ && place_ == other.place_; }
  void increment() {
    ++place_;
    skip_empty_rows();
  }

  const Graph* graph_ = nullptr;
  std::size_t row_ = 0;
  std::size_t place_ = 0;  // in the row; 0 behind the last row
};

/// The edges of a Symmetric by id.
class TieIterator : public boost::iterator_facade<TieIterator, BoostEdge<Symmetric>,
                                                  boost::random_access_traversal_tag, BoostEdge<Symmetric>> {
 public:
  TieIterator() = default;
  TieIterator(const Symmetric& graph, std::size_t index) : graph_(&graph), index_(index) {}

 private:
  friend class boost::iterator_core_access;
  BoostEdge<Symmetric> dereference() const {
    const EdgeId edge{static_cast<std::uint32_t>(index_)};
    return {graph_->ends(edge).source, graph_->ends(edge).target, edge};
  }
  bool equal(const TieIterator& other) const { return index_ == other.index_; }
  void increment() { ++index_; }
  void decrement() { --index_; }
  void advance(std::ptrdiff_t n) { index_ += static_cast<std::size_t>(n); }
  std::ptrdiff_t distance_to(const TieIterator& other) const {
    return static_cast<std::ptrdiff_t>(other.index_ - index_);
  }

  const Symmetric* graph_ = nullptr;
  std::size_t index_ = 0;
};

struct Traversal : virtual boost::vertex_list_graph_tag,
                   virtual boost::edge_list_graph_tag,
                   virtual boost::bidirectional_graph_tag,
                   virtual boost::adjacency_graph_tag,
                   virtual boost::adjacency_matrix_tag {};

template <class AnyGraph, class Direction, class EdgeIterator>
struct Traits {
  using vertex_descriptor = NodeId;
  using edge_descriptor = BoostEdge<AnyGraph>;
  using directed_category = Direction;
  using edge_parallel_category = boost::allow_parallel_edge_tag;
  using traversal_category = Traversal;
  using vertices_size_type = std::size_t;
  using edges_size_type = std::size_t;
  using degree_size_type = std::size_t;
  using vertex_iterator = NodeIterator;
  using edge_iterator = EdgeIterator;
  using out_edge_iterator = IncidenceIterator<AnyGraph, false>;
  using in_edge_iterator = IncidenceIterator<AnyGraph, true>;
  using adjacency_iterator = const NodeId*;

  static NodeId null_vertex() { return NodeId{std::numeric_limits<std::uint32_t>::max()}; }
};

/// The id of a node or an edge as its index.
struct NodeIndex : boost::put_get_helper<std::size_t, NodeIndex> {
  using key_type = NodeId;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;
  std::size_t operator[](NodeId v) const { return v.index; }
};

template <class AnyGraph>
struct EdgeIndex : boost::put_get_helper<std::size_t, EdgeIndex<AnyGraph>> {
  using key_type = BoostEdge<AnyGraph>;
  using value_type = std::size_t;
  using reference = std::size_t;
  using category = boost::readable_property_map_tag;
  std::size_t operator[](const key_type& edge) const { return edge.edge.index; }
};

/// A column as a property map. Value is const where the column is.
template <class Value>
struct NodeColumnMap : boost::put_get_helper<Value&, NodeColumnMap<Value>> {
  using key_type = NodeId;
  using value_type = std::remove_const_t<Value>;
  using reference = Value&;
  using category = boost::lvalue_property_map_tag;
  Value* values = nullptr;
  explicit NodeColumnMap(Value* first = nullptr) : values(first) {}
  Value& operator[](NodeId v) const { return values[v.index]; }
};

/// Its key is an edge of either kind of graph.
template <class AnyGraph, class Value>
struct EdgeColumnMap : boost::put_get_helper<Value&, EdgeColumnMap<AnyGraph, Value>> {
  using key_type = BoostEdge<AnyGraph>;
  using value_type = std::remove_const_t<Value>;
  using reference = Value&;
  using category = boost::lvalue_property_map_tag;
  Value* values = nullptr;
  explicit EdgeColumnMap(Value* first = nullptr) : values(first) {}
  Value& operator[](const key_type& edge) const { return values[edge.edge.index]; }
};

template <class AnyGraph>
concept OneOfOurs = std::is_same_v<AnyGraph, Graph> || std::is_same_v<AnyGraph, Symmetric>;

}  // namespace bgl

/// A node column as a property map that reads and, where the column is not const, writes it in place.
template <class Value>
auto column_map(NodeColumn<Value>& column) {
  return bgl::NodeColumnMap<Value>(column.values().data());
}
template <class Value>
auto column_map(const NodeColumn<Value>& column) {
  return bgl::NodeColumnMap<const Value>(column.values().data());
}

/// An edge column as a property map; the graph names the kind of edge.
template <bgl::OneOfOurs AnyGraph, class Value>
auto column_map(const AnyGraph&, EdgeColumn<Value>& column) {
  return bgl::EdgeColumnMap<AnyGraph, Value>(column.values().data());
}
template <bgl::OneOfOurs AnyGraph, class Value>
auto column_map(const AnyGraph&, const EdgeColumn<Value>& column) {
  return bgl::EdgeColumnMap<AnyGraph, const Value>(column.values().data());
}

// The free functions that Boost.Graph finds by argument.

template <bgl::OneOfOurs AnyGraph>
std::size_t num_vertices(const AnyGraph& graph) {
  return graph.node_count();
}
template <bgl::OneOfOurs AnyGraph>
std::pair<bgl::NodeIterator, bgl::NodeIterator> vertices(const AnyGraph& graph) {
  return {bgl::NodeIterator(0), bgl::NodeIterator(graph.node_count())};
}
template <bgl::OneOfOurs AnyGraph>
NodeId vertex(std::size_t index, const AnyGraph&) {
  return NodeId{static_cast<std::uint32_t>(index)};
}

inline std::size_t num_edges(const Graph& graph) { return graph.arc_count(); }
inline std::size_t num_edges(const Symmetric& graph) { return graph.edge_count(); }
inline std::pair<bgl::ArcIterator, bgl::ArcIterator> edges(const Graph& graph) {
  return {bgl::ArcIterator(graph, 0), bgl::ArcIterator(graph, graph.node_count())};
}
inline std::pair<bgl::TieIterator, bgl::TieIterator> edges(const Symmetric& graph) {
  return {bgl::TieIterator(graph, 0), bgl::TieIterator(graph, graph.edge_count())};
}

template <bgl::OneOfOurs AnyGraph>
NodeId source(const BoostEdge<AnyGraph>& edge, const AnyGraph&) {
  return edge.source;
}
template <bgl::OneOfOurs AnyGraph>
NodeId target(const BoostEdge<AnyGraph>& edge, const AnyGraph&) {
  return edge.target;
}

template <bgl::OneOfOurs AnyGraph>
auto out_edges(NodeId u, const AnyGraph& graph) {
  using Iterator = bgl::IncidenceIterator<AnyGraph, false>;
  const ArcRange arcs = bgl::out_arcs(graph, u);
  return std::pair(Iterator(u, arcs.begin()), Iterator(u, arcs.end()));
}
template <bgl::OneOfOurs AnyGraph>
auto in_edges(NodeId u, const AnyGraph& graph) {
  using Iterator = bgl::IncidenceIterator<AnyGraph, true>;
  const ArcRange arcs = bgl::in_arcs(graph, u);
  return std::pair(Iterator(u, arcs.begin()), Iterator(u, arcs.end()));
}
template <bgl::OneOfOurs AnyGraph>
std::size_t out_degree(NodeId u, const AnyGraph& graph) {
  return bgl::out_arcs(graph, u).size();
}
template <bgl::OneOfOurs AnyGraph>
std::size_t in_degree(NodeId u, const AnyGraph& graph) {
  return bgl::in_arcs(graph, u).size();
}
inline std::size_t degree(NodeId u, const Graph& graph) { return graph.out(u).size() + graph.in(u).size(); }
inline std::size_t degree(NodeId u, const Symmetric& graph) { return graph.arcs(u).size(); }

inline std::pair<const NodeId*, const NodeId*> adjacent_vertices(NodeId u, const Graph& graph) {
  const auto row = graph.out_neighbours(u);
  return {row.data(), row.data() + row.size()};
}
inline std::pair<const NodeId*, const NodeId*> adjacent_vertices(NodeId u, const Symmetric& graph) {
  return adjacent_vertices(u, graph.both_ways());
}

/// The first edge from u to v, if there is one: O(log degree).
template <bgl::OneOfOurs AnyGraph>
std::pair<BoostEdge<AnyGraph>, bool> edge(NodeId u, NodeId v, const AnyGraph& graph) {
  const auto [first, last] = adjacent_vertices(u, graph);
  const NodeId* const found = std::lower_bound(first, last, v);
  if (found == last || *found != v) return {{}, false};
  return {{u, v, bgl::out_arcs(graph, u).begin()[found - first].edge}, true};
}

template <bgl::OneOfOurs AnyGraph>
bgl::NodeIndex get(boost::vertex_index_t, const AnyGraph&) {
  return {};
}
template <bgl::OneOfOurs AnyGraph>
std::size_t get(boost::vertex_index_t, const AnyGraph&, NodeId v) {
  return v.index;
}
template <bgl::OneOfOurs AnyGraph>
bgl::EdgeIndex<AnyGraph> get(boost::edge_index_t, const AnyGraph&) {
  return {};
}
template <bgl::OneOfOurs AnyGraph>
std::size_t get(boost::edge_index_t, const AnyGraph&, const BoostEdge<AnyGraph>& edge) {
  return edge.edge.index;
}

}  // namespace entente

namespace boost {

// Some algorithms take the graph by non-const reference and so ask about the const type.
template <>
struct graph_traits<entente::Graph>
    : entente::bgl::Traits<entente::Graph, bidirectional_tag, entente::bgl::ArcIterator> {};
template <>
struct graph_traits<const entente::Graph> : graph_traits<entente::Graph> {};
template <>
struct graph_traits<entente::Symmetric>
    : entente::bgl::Traits<entente::Symmetric, undirected_tag, entente::bgl::TieIterator> {};
template <>
struct graph_traits<const entente::Symmetric> : graph_traits<entente::Symmetric> {};

template <entente::bgl::OneOfOurs AnyGraph>
struct property_map<AnyGraph, vertex_index_t> {
  using type = entente::bgl::NodeIndex;
  using const_type = type;
};
template <entente::bgl::OneOfOurs AnyGraph>
struct property_map<const AnyGraph, vertex_index_t> : property_map<AnyGraph, vertex_index_t> {};
template <entente::bgl::OneOfOurs AnyGraph>
struct property_map<AnyGraph, edge_index_t> {
  using type = entente::bgl::EdgeIndex<AnyGraph>;
  using const_type = type;
};
template <entente::bgl::OneOfOurs AnyGraph>
struct property_map<const AnyGraph, edge_index_t> : property_map<AnyGraph, edge_index_t> {};

}  // namespace boost

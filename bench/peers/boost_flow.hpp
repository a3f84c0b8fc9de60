#pragma once

// Both maximum flows of Boost.Graph, on its fastest graph.

#include <boost/graph/boykov_kolmogorov_max_flow.hpp>
#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/graph/push_relabel_max_flow.hpp>

#include <utility>
#include <vector>

#include "bench/peers/by_source.hpp"
#include "bench/protocol.hpp"

namespace bench {

/// A flow network: every edge is two arcs, each the reverse of the other. Where it carries either way both have its
/// capacity, else the way back has none.
class BoostFlow {
  using Csr = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, boost::no_property, boost::no_property, std::uint32_t, std::uint32_t>;
  using Arc = boost::graph_traits<Csr>::edge_descriptor;

  boost::property_map<Csr, boost::vertex_index_t>::const_type nodes() const { return get(boost::vertex_index, graph_); }
  template <class Value>
  auto per_arc(std::vector<Value>& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::edge_index, graph_));
  }
  template <class Value>
  auto per_node(std::vector<Value>& values) {
    return boost::make_iterator_property_map(values.begin(), get(boost::vertex_index, graph_));
  }

 public:
  explicit BoostFlow(const EdgeList& edges) : BoostFlow(edges, BySource(edges, true)) {}

  long push_relabel(std::uint32_t source, std::uint32_t target) {
    return boost::push_relabel_max_flow(graph_, source, target, per_arc(capacity_), per_arc(residual_), per_arc(reverse_), nodes());
  }
  long boykov_kolmogorov(std::uint32_t source, std::uint32_t target) {
    return boost::boykov_kolmogorov_max_flow(graph_, per_arc(capacity_), per_arc(residual_), per_arc(reverse_), per_node(parent_), per_node(color_),
                                             per_node(distance_), nodes(), source, target);
  }

 private:
  BoostFlow(const EdgeList& edges, const BySource& arcs)
      : capacity_(arcs.count), residual_(arcs.count), reverse_(arcs.count), parent_(edges.nodes), color_(edges.nodes), distance_(edges.nodes) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> ends(arcs.count);
    for (std::size_t at = 0; at < arcs.count; ++at) ends[at] = {arcs.source[at], arcs.target[at]};
    graph_ = Csr(boost::edges_are_sorted, ends.begin(), ends.end(), edges.nodes);
    std::vector<Arc> arc;
    arc.reserve(arcs.count);
    for (auto [at, end] = boost::edges(graph_); at != end; ++at) arc.push_back(*at);
    for (std::size_t i = 0, m = edges.size(); i < m; ++i) {
      const auto there = arcs.place[i], back = arcs.place[m + i];
      capacity_[there] = edges.weight[i];
      capacity_[back] = edges.directed ? 0 : edges.weight[i];
      reverse_[there] = arc[back];
      reverse_[back] = arc[there];
    }
  }

  Csr graph_;
  std::vector<long> capacity_, residual_;
  std::vector<Arc> reverse_, parent_;
  std::vector<boost::default_color_type> color_;
  std::vector<long> distance_;
};

}  // namespace bench

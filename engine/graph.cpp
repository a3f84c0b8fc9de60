#include "engine/graph.hpp"

#include <limits>
#include <optional>
#include <string>
#include <utility>

namespace entente {

namespace {

constexpr std::size_t id_limit = std::numeric_limits<std::uint32_t>::max() - 1;

std::optional<Error> refused(std::size_t node_count, std::span<const Ends> edges) {
  if (node_count > id_limit || edges.size() > id_limit) {
    return Error{ErrorCode::bad_argument,
                 "A graph holds at most 4294967294 nodes and as many edges; " + std::to_string(node_count) +
                     " nodes and " + std::to_string(edges.size()) + " edges were asked for.",
                 {}};
  }
  for (std::size_t i = 0; i < edges.size(); ++i) {
    if (edges[i].source.index >= node_count || edges[i].target.index >= node_count) {
      return Error{ErrorCode::bad_argument,
                   "edge " + std::to_string(i) + " runs from node " + std::to_string(edges[i].source.index) +
                       " to node " + std::to_string(edges[i].target.index) + ", but there are only " +
                       std::to_string(node_count) + " nodes.",
                   {}};
    }
  }
  return std::nullopt;
}

/// Rows by counting sort. `for_each_arc(put)` must call put(from, to, edge) for each arc, in the same
/// order each time. Two stable passes, first by the far end, then by the near end, sort every
/// row by neighbour and, among parallel edges, by edge.
template <class ForEachArc>
std::shared_ptr<const ArcRows> rows(std::size_t node_count, ForEachArc&& for_each_arc) {
  struct Step {
    NodeId from, to;
    EdgeId edge;
  };
  std::vector<std::uint64_t> begin(node_count + 1, 0);
  for_each_arc([&](NodeId, NodeId to, EdgeId) { ++begin[to.index + 1]; });
  for (std::size_t i = 0; i < node_count; ++i) begin[i + 1] += begin[i];
  std::vector<Step> by_far_end(begin[node_count]);
  std::vector<std::uint64_t> place(begin.begin(), begin.end() - 1);
  for_each_arc([&](NodeId from, NodeId to, EdgeId edge) { by_far_end[place[to.index]++] = {from, to, edge}; });

  auto result = std::make_shared<ArcRows>();
  result->begin.assign(node_count + 1, 0);
  for (const Step& step : by_far_end) ++result->begin[step.from.index + 1];
  for (std::size_t i = 0; i < node_count; ++i) result->begin[i + 1] += result->begin[i];
  result->node.resize(by_far_end.size());
  result->edge.resize(by_far_end.size());
  place.assign(result->begin.begin(), result->begin.end() - 1);
  for (const Step& step : by_far_end) {
    const std::uint64_t at = place[step.from.index]++;
    result->node[at] = step.to;
    result->edge[at] = step.edge;
  }
  return result;
}

EdgeId edge_id(std::size_t i) { return EdgeId{static_cast<std::uint32_t>(i)}; }

}  // namespace

Graph::Graph(std::size_t node_count, std::vector<Ends> ends, std::shared_ptr<const ArcRows> out,
             std::shared_ptr<const ArcRows> in)
    : node_count_(node_count),
      ends_(std::make_shared<const std::vector<Ends>>(std::move(ends))),
      out_(std::move(out)),
      in_(std::move(in)) {
  if (!out_) out_ = in_ = std::make_shared<const ArcRows>(ArcRows{{0}, {}, {}});
}

Result<Graph> make_graph(std::size_t node_count, std::span<const Ends> edges) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  auto out = rows(node_count, [&](auto&& put) {
    for (std::size_t i = 0; i < edges.size(); ++i) put(edges[i].source, edges[i].target, edge_id(i));
  });
  auto in = rows(node_count, [&](auto&& put) {
    for (std::size_t i = 0; i < edges.size(); ++i) put(edges[i].target, edges[i].source, edge_id(i));
  });
  return Graph(node_count, {edges.begin(), edges.end()}, std::move(out), std::move(in));
}

Result<Graph> make_mixed_graph(std::size_t node_count, std::span<const Ends> edges,
                               const EdgeColumn<std::uint8_t>& directed) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  if (directed.size() != edges.size()) {
    return fail(ErrorCode::bad_argument, "The column of directions has " + std::to_string(directed.size()) +
                                             " values for " + std::to_string(edges.size()) + " edges.");
  }
  const auto arcs = [&](bool forwards) {
    return [&, forwards](auto&& put) {
      for (std::size_t i = 0; i < edges.size(); ++i) {
        const auto [source, target] = edges[i];
        const bool mutual = !directed[edge_id(i)] && source != target;
        if (forwards || mutual) put(source, target, edge_id(i));
        if (!forwards || mutual) put(target, source, edge_id(i));
      }
    };
  };
  return Graph(node_count, {edges.begin(), edges.end()}, rows(node_count, arcs(true)),
               rows(node_count, arcs(false)));
}

Result<Symmetric> make_symmetric(std::size_t node_count, std::span<const Ends> edges) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  auto both = rows(node_count, [&](auto&& put) {
    for (std::size_t i = 0; i < edges.size(); ++i) {
      const auto [source, target] = edges[i];
      put(source, target, edge_id(i));
      if (source != target) put(target, source, edge_id(i));
    }
  });
  return Symmetric(Graph(node_count, {edges.begin(), edges.end()}, both, both));
}

}  // namespace entente

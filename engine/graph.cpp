#include "engine/graph.hpp"

#include <algorithm>
#include <limits>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

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

}  // namespace

/// Each part is published once it is whole; a reader that finds it does not wait for anyone.
struct Graph::Later {
  std::array<std::once_flag, 2> once;
  std::array<std::unique_ptr<const ArcRows>, 2> kept;
  std::array<std::atomic<const ArcRows*>, 2> ready{nullptr, nullptr};
  std::once_flag hub_first_once;
  std::unique_ptr<const HubFirst> hub_first;
};

Graph::Graph() : Graph(EdgeList{}) {}

Graph::Graph(EdgeList list)
    : list_(std::make_shared<const EdgeList>(std::move(list))),
      arc_count_(list_->arc_count()),
      later_(std::make_shared<Later>()),
      ready_{&later_->ready[0], &later_->ready[1]} {
  if (list_->ways == EdgeList::Ways::both) ready_[1] = ready_[0];
}

const ArcRows& Graph::build(RowsOf side) const {
  if (list_->ways == EdgeList::Ways::both) side = RowsOf::sources;
  const std::size_t slot = side == RowsOf::targets;
  std::call_once(later_->once[slot], [&] {
    Buffer<std::uint32_t> edge;
    Rows rows = build_rows(*list_, side, {}, &edge, {});
    auto built = std::make_unique<ArcRows>();
    built->node = std::move(rows.node).wrapped<NodeId>();
    built->edge = std::move(edge).wrapped<EdgeId>();
    built->begin = std::move(rows.begin);
    later_->kept[slot] = std::move(built);
    later_->ready[slot].store(later_->kept[slot].get(), std::memory_order_release);
  });
  return *later_->kept[slot];
}

const HubFirst& Graph::hub_first(const Job& job) const {
  std::call_once(later_->hub_first_once,
                 [&] { later_->hub_first = std::make_unique<const HubFirst>(list_, job); });
  return *later_->hub_first;
}

Result<Graph> make_graph(std::size_t node_count, std::span<const Ends> edges) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  return Graph(EdgeList{node_count, {edges.begin(), edges.end()}, EdgeList::Ways::one, {}});
}

Result<Graph> make_graph(std::size_t node_count, std::vector<Ends>&& edges) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  return Graph(EdgeList{node_count, std::move(edges), EdgeList::Ways::one, {}});
}

Result<Graph> make_mixed_graph(std::size_t node_count, std::span<const Ends> edges,
                               const EdgeColumn<std::uint8_t>& directed) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  if (directed.size() != edges.size()) {
    return fail(ErrorCode::bad_argument, "The column of directions has " + std::to_string(directed.size()) +
                                             " values for " + std::to_string(edges.size()) + " edges.");
  }
  Buffer<std::uint8_t> one_way(edges.size());
  std::ranges::copy(directed.values(), one_way.begin());
  return Graph(EdgeList{node_count, {edges.begin(), edges.end()}, EdgeList::Ways::mixed, std::move(one_way)});
}

Result<Symmetric> make_symmetric(std::size_t node_count, std::span<const Ends> edges) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  return Symmetric(Graph(EdgeList{node_count, {edges.begin(), edges.end()}, EdgeList::Ways::both, {}}));
}

Result<Symmetric> make_symmetric(std::size_t node_count, std::vector<Ends>&& edges) {
  if (auto error = refused(node_count, edges)) return tl::unexpected(std::move(*error));
  return Symmetric(Graph(EdgeList{node_count, std::move(edges), EdgeList::Ways::both, {}}));
}

}  // namespace entente

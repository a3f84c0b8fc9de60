#pragma once

#include <cstdint>
#include <vector>

#include "engine/column.hpp"
#include "engine/graph.hpp"

namespace entente {

/// The edges that carry something, in the direction in which they carry it: per node its outgoing ones, by
/// edge id. O(n + m), and sequential for the edges that carry nothing.
class Carrying {
 public:
  Carrying(const Graph& graph, const EdgeColumn<std::int64_t>& flow) : begin_(graph.node_count() + 1) {
    std::vector<EdgeId> edges;
    const auto tail = [&](EdgeId e) { return flow[e] > 0 ? graph.ends(e).source : graph.ends(e).target; };
    for (const EdgeId edge : graph.edges()) {
      if (flow[edge] == 0) continue;
      edges.push_back(edge);
      ++begin_[tail(edge).index + 1];
    }
    for (std::size_t i = 1; i < begin_.size(); ++i) begin_[i] += begin_[i - 1];
    arcs_.resize(begin_.back());
    std::vector<std::uint32_t> next(begin_.begin(), begin_.end() - 1);
    for (const EdgeId edge : edges) {
      const NodeId head = flow[edge] > 0 ? graph.ends(edge).target : graph.ends(edge).source;
      arcs_[next[tail(edge).index]++] = {head, edge};
    }
  }

  std::size_t first(NodeId u) const { return begin_[u.index]; }
  std::size_t last(NodeId u) const { return begin_[u.index + 1]; }
  std::size_t size() const { return arcs_.size(); }
  Arc operator[](std::size_t position) const { return arcs_[position]; }

 private:
  std::vector<std::uint32_t> begin_;  // n + 1 offsets
  std::vector<Arc> arcs_;
};

/// What an edge carries, whatever its direction.
inline std::int64_t carried(std::int64_t flow) { return flow < 0 ? -flow : flow; }
/// Takes `amount` off what an edge carries.
inline void relieve(std::int64_t& flow, std::int64_t amount) { flow += flow < 0 ? amount : -amount; }

}  // namespace entente

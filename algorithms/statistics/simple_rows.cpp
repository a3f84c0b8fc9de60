#include "algorithms/statistics/simple_rows.hpp"

namespace entente {

SimpleRows::SimpleRows(const Symmetric& graph) {
  begin_.reserve(graph.node_count() + 1);
  neighbour_.reserve(graph.arc_count());
  for (const NodeId u : graph.nodes()) {
    for (const NodeId v : graph.neighbours(u)) {  // ascending, so equal ones stand side by side
      const bool again = neighbour_.size() > begin_.back() && neighbour_.back() == v;
      if (v != u && !again) neighbour_.push_back(v);
    }
    begin_.push_back(neighbour_.size());
  }
}

}  // namespace entente

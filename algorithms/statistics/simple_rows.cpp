#include "algorithms/statistics/simple_rows.hpp"

namespace entente {

SimpleRows::SimpleRows(const Symmetric& graph) : begin_(graph.node_count() + 1), neighbour_(graph.arc_count() + 1) {
  std::uint64_t kept = 0;
  for (const NodeId u : graph.nodes()) {
    begin_[u.index] = kept;
    NodeId last = u;
    for (const NodeId v : graph.neighbours(u)) {  // ascending, so equal ones stand side by side
      neighbour_[kept] = v;
      kept += v != u && v != last;
      last = v;
    }
  }
  begin_[graph.node_count()] = kept;
}

}  // namespace entente

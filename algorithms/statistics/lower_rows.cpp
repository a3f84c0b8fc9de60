#include "algorithms/statistics/lower_rows.hpp"

#include <algorithm>

namespace entente {

LowerRows::LowerRows(const HubFirst& order)
    : begin(order.node_count() + 1),
      node(order.arc_count() + lookahead),
      hub_line(std::min<std::size_t>(order.node_count(), lines), simd::U64x8{}),
      hub_count(hub_line.size(), 0),
      partners(order.node_count()) {
  const Rows& rows = order.out();
  std::uint32_t kept = 0;
  for (std::uint32_t u = 0; u < rows.node_count(); ++u) {
    begin[u] = kept;
    const auto row = rows[u];
    std::size_t i = 0;
    for (std::uint32_t last = UINT32_MAX; i < row.size() && row[i] < u; last = row[i++]) {
      node[kept] = row[i];
      kept += row[i] != last;
    }
    std::uint32_t upper = 0;
    for (std::uint32_t last = u; i < row.size(); last = row[i++]) upper += row[i] != last;
    partners[u] = kept - begin[u] + upper;
  }
  begin[rows.node_count()] = kept;
  std::fill_n(node.data() + kept, lookahead, 0);

  for (std::uint32_t u = 0; u < hub_line.size(); ++u) {
    for (const std::uint32_t v : (*this)[u]) {
      if (v >= hubs) break;
      hub_line[u][v / 64] |= std::uint64_t{1} << v % 64;
      ++hub_count[u];
    }
  }
}

}  // namespace entente

#pragma once

// Random networks of money with cycles, and the laws that every Sankey diagram of one must hold. Also used by the
// fuzz target.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/network_builder.hpp"
#include "engine/random.hpp"
#include "engine/selection.hpp"
#include "viz/sankey_layout.hpp"

namespace entente::testing {

struct MoneyRow {
  std::string key, source, target, kind = "funding", status, start, amount, currency = "USD";
  std::string directed = {};
};

inline Selection money_network(const std::vector<MoneyRow>& rows) {
  NetworkInfo info;
  info.name = "money";
  info.title = "Money & <cycles>";
  info.checksum = std::string(64, 'b');
  BuilderOptions options;
  options.implicit_nodes = false;
  NetworkBuilder builder(info, options);
  std::set<std::string> keys;
  for (const MoneyRow& row : rows) keys.insert({row.source, row.target});
  for (const std::string& key : keys) {
    const std::string kind = std::vector<std::string>{"institution.bank", "institution.company", "programme", "", "city"}[key.size() % 5];
    const std::string country = std::vector<std::string>{"KR", "UZ", "VN", ""}[static_cast<unsigned char>(key.back()) % 4];
    const std::string name = "Name of " + key;
    NodeRow node;
    node.key.text = key;
    node.kind.text = kind;
    node.name.text = name;
    node.country.text = country;
    builder.add(node);
  }
  for (const MoneyRow& row : rows) {
    EdgeRow edge;
    edge.key.text = row.key;
    edge.source.text = row.source;
    edge.target.text = row.target;
    edge.kind.text = row.kind;
    edge.directed.text = row.directed;
    edge.status.text = row.status;
    edge.start.text = row.start;
    edge.amount.text = row.amount;
    edge.currency.text = row.amount.empty() ? std::string_view() : std::string_view(row.currency);
    builder.add(edge);
  }
  return whole(builder.build());
}

/// Up to 40 bodies and 120 ties with cycles, parallel ties, self-flows, unknown and zero amounts, and amounts that
/// differ by up to 10^9.
inline std::vector<MoneyRow> random_money(Seed seed) {
  Random random(seed, 0x73616E);
  const std::size_t bodies = 1 + random.below(seed % 3 == 0 ? 40 : 8), ties = 1 + random.below(seed % 3 == 0 ? 120 : 24);
  const std::vector<std::string> kinds{"funding.grant", "funding.loan", "funding", "trade", "funding.own"};
  const std::vector<std::string> statuses{"", "completed", "planned", "discussed", "sought"};
  std::vector<MoneyRow> rows;
  for (std::size_t i = 0; i < ties; ++i) {
    MoneyRow row;
    row.key = "t" + std::to_string(1000 + i);
    row.source = "n" + std::to_string(random.below(bodies));
    row.target = "n" + std::to_string(random.below(bodies));
    row.kind = kinds[random.below(seed % 2 == 0 ? 1 : kinds.size())];
    row.directed = "true";
    row.status = statuses[random.below(statuses.size())];
    if (random.below(2) == 0) row.start = std::to_string(1990 + random.below(40));
    const std::uint64_t sort = random.below(10);
    if (sort == 0) row.amount = "0";
    else if (sort < 8) row.amount = std::to_string(random.below(sort == 1 ? 1000000000000 : 100000)) + "." + std::to_string(10 + random.below(90));
    rows.push_back(row);
  }
  return rows;
}

/// The first law of sums that does not hold, or nothing.
inline std::string broken_sum(const Selection& selection, const SankeyData& data) {
  std::vector<std::int64_t> in(data.nodes.size(), 0), out = in, self = in;
  std::int64_t total = 0;
  std::size_t stated = 0, unknown = 0;
  std::set<EdgeId> ties;
  for (const auto* links : {&data.links, &data.self_flows}) {
    for (const SankeyLink& link : *links) {
      if ((link.source == link.target) != (links == &data.self_flows)) return "a self-flow among the links";
      total += link.units;
      stated += link.stated;
      unknown += link.unknown;
      if (link.stated + link.unknown != link.ties.size() || link.ties.empty()) return "a link does not count its ties";
      std::int64_t units = 0;
      for (const EdgeId tie : link.ties) {
        if (!ties.insert(tie).second) return "a tie in two links";
        if (status_class(data.network->status(tie)) != link.status) return "two classes of status in one link";
        if (const auto amount = data.network->amount(tie)) units += rescale(*amount, data.decimals)->units;
      }
      if (units != link.units) return "a link is not the sum of its ties";
      if (link.source == link.target) self[link.source] += link.units;
      else in[link.target] += link.units, out[link.source] += link.units;
    }
  }
  if (total != data.total || stated != data.stated || unknown != data.unknown) return "bundling changed a total";
  std::int64_t expected = 0;
  std::size_t money_ties = 0;
  for (const EdgeId edge : selection.edges) {
    const auto amount = data.network->amount(edge);
    if (!amount || !data.network->is_directed(edge) || amount->currency != data.currency) continue;
    expected += rescale(*amount, data.decimals)->units;
    ++money_ties;
  }
  if (expected != total || money_ties != stated) return "money was lost or made";
  std::set<NodeId> members;
  std::int64_t own = 0, kept = 0;
  for (std::size_t i = 0; i < data.nodes.size(); ++i) {
    const SankeyNode& node = data.nodes[i];
    if (node.in != in[i] || node.out != out[i] || node.self != self[i]) return "a node does not balance its links";
    if (node.own() + node.in != node.out + node.kept()) return "own + in is not out + kept";
    own += node.own();
    kept += node.kept();
    for (const NodeId member : node.members) {
      if (!members.insert(member).second) return "a body in two nodes";
    }
    if (node.bundle && node.members.size() < 2) return "a bundle of one";
    if (!data.levels.empty() && node.level >= data.levels.size()) return "a level without a name";
  }
  return own == kept ? "" : "what all bodies add is not what all keep";
}

/// The first law of places that does not hold, or nothing.
inline std::string broken_place(const SankeyData& data, const SankeyLayout& layout) {
  constexpr double slack = 1e-6;
  const auto inside = [&](double x, double y) {
    return std::isfinite(x) && std::isfinite(y) && x >= -slack && x <= layout.width + slack && y >= layout.top - slack &&
           y <= layout.bottom + slack;
  };
  if (!std::isfinite(layout.scale) || layout.scale < 0) return "no scale";
  const auto same = [&](double a, double b) { return std::abs(a - b) <= slack * std::max(1.0, std::abs(a)); };
  std::vector<std::vector<std::pair<double, double>>> spans(layout.columns.size());
  for (std::size_t i = 0; i < layout.bars.size(); ++i) {
    const SankeyBar& bar = layout.bars[i];
    const SankeyNode& node = data.nodes[i];
    if (!inside(bar.x, bar.y) || !inside(bar.x + sankey_bar_width, bar.y + bar.height())) return "a bar outside the picture";
    if (!same(bar.in, static_cast<double>(node.in) * layout.scale) || !same(bar.out, static_cast<double>(node.out) * layout.scale) ||
        !same(bar.self, static_cast<double>(node.self) * layout.scale) || !same(bar.through, std::max(bar.in, bar.out))) {
      return "a bar not to scale";
    }
    spans[bar.level].emplace_back(bar.y, bar.y + bar.height());
    // Both stacks tile the bar: no gap, no overlap, and exactly as much as the money.
    for (const bool out : {true, false}) {
      std::vector<std::pair<double, double>> money, stubs;
      for (const SankeyBand& band : layout.bands) {
        if ((out ? data.links[band.link].source : data.links[band.link].target) != i) continue;
        const double top = out ? band.from : band.to;
        (band.unknown ? stubs : money).emplace_back(top, top + band.width);
      }
      for (auto* stack : {&money, &stubs}) {
        std::ranges::sort(*stack);
        double at = stack == &money ? bar.money_top() : bar.foot_top();
        for (const auto& [top, bottom] : *stack) {
          if (!same(top, at)) return "a stack with a gap";
          at = bottom;
        }
        if (stack == &money && !same(at, bar.money_top() + (out ? bar.out : bar.in))) return "a stack that is not its money";
        if (stack == &stubs && at > bar.foot_top() + bar.foot + slack) return "stubs beyond the foot";
      }
    }
  }
  for (const SankeyBand& band : layout.bands) {
    const SankeyLink& link = data.links[band.link];
    const SankeyBar &from = layout.bars[link.source], &to = layout.bars[link.target];
    if (!same(band.width, band.unknown ? sankey_stub_height : static_cast<double>(link.units) * layout.scale)) return "a band not to scale";
    if (band.back != (from.level >= to.level)) return "a loop that is none";
    if (!band.back) {
      if (band.waypoints.size() + 1 != to.level - from.level) return "a band without a place in each level";
      for (std::size_t i = 0; i < band.waypoints.size(); ++i) {
        if (!inside(from.x, band.waypoints[i]) || !inside(from.x, band.waypoints[i] + band.width)) return "a band outside the picture";
        spans[from.level + 1 + i].emplace_back(band.waypoints[i], band.waypoints[i] + band.width);
      }
      continue;
    }
    const double half = band.width / 2;
    if (!inside(band.left - half, band.lane - half) || !inside(band.right + half, band.lane + half)) return "a loop outside the picture";
    for (std::size_t level = to.level; level <= from.level; ++level) {
      if (band.above ? band.lane + half > layout.column_top[level] : band.lane - half < layout.column_bottom[level]) {
        return "a lane through the bars";
      }
    }
    for (const SankeyBand& other : layout.bands) {
      if (&other == &band || !other.back || other.above != band.above) continue;
      const SankeyLink& second = data.links[other.link];
      if (layout.bars[second.target].level > from.level || to.level > layout.bars[second.source].level) continue;
      if (std::abs(other.lane - band.lane) < half + other.width / 2 - slack) return "two lanes in one place";
    }
  }
  for (auto& level : spans) {
    std::ranges::sort(level);
    for (std::size_t i = 1; i < level.size(); ++i) {
      if (level[i].first < level[i - 1].second - slack) return "two bars in one place";
    }
  }
  return "";
}

}  // namespace entente::testing

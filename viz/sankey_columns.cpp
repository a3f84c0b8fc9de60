#include "viz/sankey_columns.hpp"

#include <algorithm>
#include <tuple>
#include <utility>

namespace entente {

namespace {

constexpr int most_sweeps = 24, settling_rounds = 24;

std::vector<std::size_t> positions(const SankeyColumns& columns) {
  std::vector<std::size_t> position(columns.items.size(), 0);
  for (const auto& level : columns.order) {
    for (std::size_t i = 0; i < level.size(); ++i) position[level[i]] = i;
  }
  return position;
}

/// Orders one level by the mean place of its neighbours on one side.
void order_by_barycentre(SankeyColumns& columns, std::size_t level, bool by_left,
                         const std::vector<std::vector<std::size_t>>& segments_of) {
  const auto position = positions(columns);
  std::vector<std::tuple<bool, double, std::size_t, std::size_t>> keys;
  const auto& items = columns.order[level];
  for (const std::size_t item : items) {
    double sum = 0, weight = 0;
    for (const std::size_t s : segments_of[item]) {
      const SankeySegment& segment = columns.segments[s];
      if (by_left != (segment.right == item)) continue;
      const std::size_t other = by_left ? segment.left : segment.right;
      const auto count = static_cast<double>(columns.order[columns.items[other].level].size());
      sum += segment.weight * (static_cast<double>(position[other]) + 0.5) / count;
      weight += segment.weight;
    }
    const double here = (static_cast<double>(position[item]) + 0.5) / static_cast<double>(items.size());
    keys.emplace_back(columns.items[item].last, weight > 0 ? sum / weight : here, position[item], item);
  }
  std::ranges::sort(keys);
  for (std::size_t i = 0; i < keys.size(); ++i) columns.order[level][i] = std::get<3>(keys[i]);
}

std::vector<std::vector<std::size_t>> segments_of_items(const SankeyColumns& columns) {
  std::vector<std::vector<std::size_t>> of(columns.items.size());
  for (std::size_t s = 0; s < columns.segments.size(); ++s) {
    of[columns.segments[s].left].push_back(s);
    of[columns.segments[s].right].push_back(s);
  }
  return of;
}

/// The non-decreasing numbers nearest to `wanted` in weighted squares: neighbours that violate the order are pooled.
std::vector<double> isotonic(const std::vector<double>& wanted, const std::vector<double>& weight) {
  struct Pool {
    double mean, weight;
    std::size_t count;
  };
  std::vector<Pool> pools;
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    pools.push_back({wanted[i], weight[i], 1});
    while (pools.size() > 1 && pools[pools.size() - 2].mean > pools.back().mean) {
      const Pool last = pools.back();
      pools.pop_back();
      Pool& pool = pools.back();
      pool.mean = (pool.mean * pool.weight + last.mean * last.weight) / (pool.weight + last.weight);
      pool.weight += last.weight;
      pool.count += last.count;
    }
  }
  std::vector<double> result;
  for (const Pool& pool : pools) result.insert(result.end(), pool.count, pool.mean);
  return result;
}

/// The places of one level that are best for its segments on one side or both.
void settle_level(SankeyColumns& columns, std::size_t level, bool left, bool right, double height,
                  const std::vector<std::vector<std::size_t>>& segments_of) {
  const auto& order = columns.order[level];
  std::vector<double> wanted, weight;
  double above = 0;
  for (const std::size_t item : order) {
    double sum = 0, total = 0;
    for (const std::size_t s : segments_of[item]) {
      const SankeySegment& segment = columns.segments[s];
      const bool on_left = segment.right == item;
      if (on_left ? !left : !right) continue;
      const double other = on_left ? columns.items[segment.left].y + segment.left_port
                                   : columns.items[segment.right].y + segment.right_port;
      sum += segment.weight * (other - (on_left ? segment.right_port : segment.left_port));
      total += segment.weight;
    }
    wanted.push_back((total > 0 ? sum / total : columns.items[item].y) - above);
    weight.push_back(total > 0 ? total : 1e-4);
    above += columns.items[item].slot;
  }
  const auto places = isotonic(wanted, weight);
  const double most = std::max(0.0, height - above);
  above = 0;
  for (std::size_t i = 0; i < order.size(); ++i) {
    SankeyItem& item = columns.items[order[i]];
    item.y = std::clamp(places[i], 0.0, most) + above;
    above += item.slot;
  }
}

}  // namespace

double crossing_weight(const SankeyColumns& columns) {
  const auto position = positions(columns);
  double sum = 0;
  for (std::size_t begin = 0; begin < columns.segments.size();) {
    const std::size_t level = columns.items[columns.segments[begin].left].level;
    std::size_t end = begin;
    while (end < columns.segments.size() && columns.items[columns.segments[end].left].level == level) ++end;
    for (std::size_t a = begin; a < end; ++a) {
      const SankeySegment& x = columns.segments[a];
      for (std::size_t b = a + 1; b < end; ++b) {
        const SankeySegment& y = columns.segments[b];
        const bool over = position[x.left] < position[y.left] && position[x.right] > position[y.right];
        const bool under = position[x.left] > position[y.left] && position[x.right] < position[y.right];
        if (over || under) sum += x.weight * y.weight;
      }
    }
    begin = end;
  }
  return sum;
}

void reduce_crossings(SankeyColumns& columns) {
  const auto segments_of = segments_of_items(columns);
  for (auto& level : columns.order) {
    std::ranges::stable_sort(level, {}, [&](std::size_t item) { return columns.items[item].last; });
  }
  auto best = columns.order;
  double least = crossing_weight(columns);
  int since_better = 0;
  for (int sweep = 0; sweep < most_sweeps && least > 0 && since_better < 6; ++sweep) {
    const std::size_t levels = columns.order.size();
    if (sweep % 2 == 0) {
      for (std::size_t level = 1; level < levels; ++level) order_by_barycentre(columns, level, true, segments_of);
    } else {
      for (std::size_t level = levels - 1; level-- > 0;) order_by_barycentre(columns, level, false, segments_of);
    }
    const double weight = crossing_weight(columns);
    ++since_better;
    if (weight < least) {
      least = weight;
      best = columns.order;
      since_better = 0;
    }
  }
  columns.order = std::move(best);
}

void settle_heights(SankeyColumns& columns, double height) {
  const auto segments_of = segments_of_items(columns);
  for (const auto& level : columns.order) {
    double total = 0;
    for (const std::size_t item : level) total += columns.items[item].slot;
    double y = std::max(0.0, (height - total) / 2);
    for (const std::size_t item : level) {
      columns.items[item].y = y;
      y += columns.items[item].slot;
    }
  }
  const std::size_t levels = columns.order.size();
  for (int round = 0; round < settling_rounds; ++round) {
    const bool both = round >= settling_rounds / 2;
    for (std::size_t level = 0; level < levels; ++level) settle_level(columns, level, true, both, height, segments_of);
    for (std::size_t level = levels; level-- > 0;) settle_level(columns, level, both, true, height, segments_of);
  }
}

}  // namespace entente

#include "viz/sankey_layout.hpp"

#include <algorithm>
#include <cmath>
#include <tuple>
#include <utility>

#include "viz/sankey_columns.hpp"
#include "viz/sankey_labels.hpp"
#include "viz/sankey_levels.hpp"
#include "viz/sankey_loops.hpp"

namespace entente {

namespace {

constexpr double bar_distance = 12;   // between the slots of bars
constexpr double passing_distance = 5;
constexpr double ear_room = 15;       // above a bar with a self-flow
constexpr double least_gap = 96;      // between columns, for the curves
constexpr double least_weight = 0.002;  // of a flow that has next to no money, in crossings and heights
constexpr double loops_share = 0.28;  // of the height, at most

/// Everything between the data and the finished places.
class SankeyPlacer {
 public:
  SankeyPlacer(const SankeyData& data, const SankeySpec& spec) : data_(data), width_(std::clamp(spec.width, 400.0, 4000.0)) {}

  SankeyLayout place() {
    find_levels();
    make_bands();
    make_columns();
    reduce_crossings(columns_);
    find_scale();
    const auto nested = choose_sides(data_, layout_, relative_places());
    stack_bands(nested);
    settle();
    reserve_trunks(data_, layout_, nested);
    spread_columns();
    place_loops(data_, layout_, nested);
    clear_labels(data_, layout_);
    return std::move(layout_);
  }

 private:
  const SankeyNode& node(std::size_t i) const { return data_.nodes[i]; }
  const SankeyLink& link_of(const SankeyBand& band) const { return data_.links[band.link]; }
  double pixels(std::int64_t units) const { return static_cast<double>(units) * layout_.scale; }

  bool inner(std::size_t level) const { return level > 0 && level + 1 < levels_; }  // as SankeyLayout::inner later

  void find_levels() {
    layout_.bars.resize(data_.nodes.size());
    std::vector<std::size_t> level(data_.nodes.size());
    if (data_.levels.empty()) {
      level = sankey_hop_levels(data_);
    } else {
      for (std::size_t i = 0; i < level.size(); ++i) level[i] = node(i).level;
    }
    levels_ = data_.levels.size();
    for (std::size_t i = 0; i < level.size(); ++i) {
      layout_.bars[i].level = level[i];
      levels_ = std::max(levels_, level[i] + 1);
    }
    const double gaps = static_cast<double>(std::max<std::size_t>(levels_, 2) - 1);
    const double gap = std::max(least_gap, (width_ - 330 - static_cast<double>(levels_) * sankey_bar_width) / gaps);
    const auto columns = static_cast<std::size_t>(std::clamp(gap / 6.0, 15.0, 28.0));
    for (std::size_t i = 0; i < level.size(); ++i) {
      layout_.labels.push_back(sankey_label(data_, node(i), inner(level[i]) ? columns : 26));
    }
  }

  void make_bands() {
    for (std::size_t i = 0; i < data_.links.size(); ++i) {
      const SankeyLink& link = data_.links[i];
      const bool back = layout_.bars[link.source].level >= layout_.bars[link.target].level;
      for (const bool unknown : {false, true}) {
        if ((unknown ? link.unknown : link.stated) == 0) continue;
        SankeyBand& band = layout_.bands.emplace_back();
        band.link = i;
        band.unknown = unknown;
        band.back = back;
      }
    }
  }

  double weight_of(const SankeyBand& band) const {
    const double share = data_.total > 0 && !band.unknown
                             ? static_cast<double>(link_of(band).units) / static_cast<double>(data_.total) : 0;
    return share + least_weight;
  }

  void make_columns() {
    columns_.order.resize(levels_);
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) {
      columns_.order[layout_.bars[i].level].push_back(columns_.items.size());
      columns_.items.push_back({layout_.bars[i].level, i, SankeyItem::none, node(i).bundle, 0, 0});
    }
    for (std::size_t b = 0; b < layout_.bands.size(); ++b) {
      const SankeyBand& band = layout_.bands[b];
      if (band.back) continue;
      const SankeyLink& link = link_of(band);
      std::size_t here = link.source;  // the items of bars have the numbers of their nodes
      for (std::size_t level = layout_.bars[link.source].level + 1; level <= layout_.bars[link.target].level; ++level) {
        std::size_t next = link.target;
        if (level < layout_.bars[link.target].level) {
          next = columns_.items.size();
          columns_.order[level].push_back(next);
          columns_.items.push_back({level, SankeyItem::none, b, false, 0, 0});
        }
        columns_.segments.push_back({here, next, weight_of(band), 0, 0});
        band_of_segment_.push_back(b);
        here = next;
      }
    }
    // By level of the left end, as crossing_weight() reads them.
    std::vector<std::size_t> order(columns_.segments.size());
    for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
    std::ranges::stable_sort(order, {}, [&](std::size_t s) { return columns_.items[columns_.segments[s].left].level; });
    std::vector<SankeySegment> segments;
    std::vector<std::size_t> band_of;
    for (const std::size_t s : order) {
      segments.push_back(columns_.segments[s]);
      band_of.push_back(band_of_segment_[s]);
    }
    columns_.segments = std::move(segments);
    band_of_segment_ = std::move(band_of);
    feet_.assign(data_.nodes.size(), 0);
    std::vector<std::size_t> left(data_.nodes.size(), 0), right(data_.nodes.size(), 0);
    for (const SankeyBand& band : layout_.bands) {
      if (!band.unknown) continue;
      ++right[link_of(band).source];
      ++left[link_of(band).target];
    }
    for (std::size_t i = 0; i < feet_.size(); ++i) {
      const std::size_t stubs = std::max(left[i], right[i]) + (node(i).unknown_self > 0 ? 1 : 0);
      feet_[i] = static_cast<double>(stubs) * sankey_stub_height;
    }
  }

  double slot_of(const SankeyItem& item, double scale) const {
    if (item.node == SankeyItem::none) {
      const SankeyBand& band = layout_.bands[item.band];
      return passing_distance + (band.unknown ? sankey_stub_height : static_cast<double>(link_of(band).units) * scale);
    }
    const bool ear = node(item.node).self > 0 || node(item.node).unknown_self > 0;
    const double bar = static_cast<double>(node(item.node).size()) * scale + feet_[item.node];
    const double label = layout_.labels[item.node].height();
    if (inner(item.level)) return bar + (ear ? ear_room : 0) + label + bar_distance;
    return std::max(bar + (ear ? 2 * ear_room : 0), label) + bar_distance;
  }

  double tallest_level(double scale) const {
    double most = 0;
    for (const auto& level : columns_.order) {
      double sum = 0;
      for (const std::size_t item : level) sum += slot_of(columns_.items[item], scale);
      most = std::max(most, sum);
    }
    return most;
  }

  /// The largest scale at which every level fits the height and the loops do not swamp it.
  void find_scale() {
    std::size_t most_bars = 0;
    double loops = 0, largest = 0;
    for (const auto& level : columns_.order) most_bars = std::max(most_bars, level.size());
    for (const SankeyBand& band : layout_.bands) {
      if (band.back && !band.unknown) loops += static_cast<double>(link_of(band).units);
    }
    for (const SankeyNode& bar : data_.nodes) largest = std::max(largest, static_cast<double>(bar.size()));
    height_ = std::clamp(100 + 60 * static_cast<double>(most_bars), 170.0, 0.56 * width_);
    height_ = std::max(height_, tallest_level(0) + 0.25 * width_);
    if (largest > 0) {
      double low = 0, high = height_ / largest;
      if (loops > 0) high = std::min(high, loops_share * height_ / loops);
      if (tallest_level(high) <= height_) {
        low = high;
      } else {
        for (int step = 0; step < 60; ++step) {
          const double middle = low + (high - low) / 2;
          (tallest_level(middle) <= height_ ? low : high) = middle;
        }
      }
      layout_.scale = low;
    }
    height_ = std::min(height_, tallest_level(layout_.scale) * 1.15);
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) {
      SankeyBar& bar = layout_.bars[i];
      bar.in = pixels(node(i).in);
      bar.out = pixels(node(i).out);
      bar.self = pixels(node(i).self);
      bar.through = std::max(bar.in, bar.out);
      bar.foot = feet_[i];
    }
    for (SankeyBand& band : layout_.bands) {
      band.width = band.unknown ? sankey_stub_height : pixels(link_of(band).units);
    }
    for (SankeyItem& item : columns_.items) item.slot = slot_of(item, layout_.scale);
  }

  std::vector<double> relative_places() const {
    std::vector<double> place(data_.nodes.size(), 0.5);
    for (const auto& level : columns_.order) {
      for (std::size_t i = 0; i < level.size(); ++i) {
        const std::size_t at = columns_.items[level[i]].node;
        if (at != SankeyItem::none) place[at] = (static_cast<double>(i) + 0.5) / static_cast<double>(level.size());
      }
    }
    return place;
  }

  /// Stacks the bands on both sides of every bar in the order in which they arrive; `from` and `to` are then
  /// counted from the top of the bar.
  void stack_bands(const std::vector<std::size_t>& nested) {
    std::vector<std::size_t> position(columns_.items.size(), 0), nest(layout_.bands.size(), 0);
    for (const auto& level : columns_.order) {
      for (std::size_t i = 0; i < level.size(); ++i) position[level[i]] = i;
    }
    for (std::size_t i = 0; i < nested.size(); ++i) nest[nested[i]] = i;
    std::vector<std::size_t> first(layout_.bands.size(), 0), last(layout_.bands.size(), 0);  // neighbouring items
    for (std::size_t s = 0; s < columns_.segments.size(); ++s) {
      const SankeySegment& segment = columns_.segments[s];
      if (columns_.items[segment.left].node != SankeyItem::none) first[band_of_segment_[s]] = segment.right;
      if (columns_.items[segment.right].node != SankeyItem::none) last[band_of_segment_[s]] = segment.left;
    }
    // Loops above: the innermost on top. Then what goes forward. Loops below: the innermost at the bottom.
    const auto key = [&](std::size_t b, std::size_t neighbour) {
      const SankeyBand& band = layout_.bands[b];
      if (!band.back) return std::tuple(1, position[neighbour], b);
      return band.above ? std::tuple(0, nest[b], b) : std::tuple(2, nested.size() - nest[b], b);
    };
    std::vector<std::vector<std::size_t>> outgoing(data_.nodes.size()), incoming(data_.nodes.size());
    for (std::size_t b = 0; b < layout_.bands.size(); ++b) {
      outgoing[link_of(layout_.bands[b]).source].push_back(b);
      incoming[link_of(layout_.bands[b]).target].push_back(b);
    }
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) {
      const SankeyBar& bar = layout_.bars[i];
      for (const bool out : {true, false}) {
        auto& stack = out ? outgoing[i] : incoming[i];
        std::ranges::sort(stack, {}, [&](std::size_t b) { return key(b, out ? first[b] : last[b]); });
        double money = bar.self, foot = bar.self + bar.through;
        for (const std::size_t b : stack) {
          SankeyBand& band = layout_.bands[b];
          double& at = band.unknown ? foot : money;
          (out ? band.from : band.to) = at;
          at += band.width;
        }
      }
    }
  }

  double top_in_slot(std::size_t item) const {
    const SankeyItem& it = columns_.items[item];
    if (it.node == SankeyItem::none) return passing_distance / 2;
    // The label of an inner bar stands above it, that of an outer one beside it.
    const double bar = layout_.bars[it.node].height();
    return inner(it.level) ? it.slot - bar - bar_distance / 2 : (it.slot - bar) / 2;
  }

  void settle() {
    for (std::size_t s = 0; s < columns_.segments.size(); ++s) {
      SankeySegment& segment = columns_.segments[s];
      const SankeyBand& band = layout_.bands[band_of_segment_[s]];
      const bool starts = columns_.items[segment.left].node != SankeyItem::none;
      const bool ends = columns_.items[segment.right].node != SankeyItem::none;
      segment.left_port = top_in_slot(segment.left) + (starts ? band.from : 0) + band.width / 2;
      segment.right_port = top_in_slot(segment.right) + (ends ? band.to : 0) + band.width / 2;
    }
    settle_heights(columns_, height_);
    layout_.column_top.assign(levels_, height_);
    layout_.column_bottom.assign(levels_, 0);
    for (const SankeyItem& item : columns_.items) {
      double &top = layout_.column_top[item.level], &bottom = layout_.column_bottom[item.level];
      top = std::min(top, item.y);
      bottom = std::max(bottom, item.y + item.slot);
    }
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) layout_.bars[i].y = columns_.items[i].y + top_in_slot(i);
    for (SankeyBand& band : layout_.bands) {
      band.from += layout_.bars[link_of(band).source].y;
      band.to += layout_.bars[link_of(band).target].y;
    }
    // Passing items were made from left to right for each band.
    for (std::size_t i = data_.nodes.size(); i < columns_.items.size(); ++i) {
      const SankeyItem& item = columns_.items[i];
      layout_.bands[item.band].waypoints.push_back(item.y + top_in_slot(i));
    }
    layout_.room_left.assign(levels_, 0);
    layout_.room_right.assign(levels_, 0);
  }

  void spread_columns() {
    double left = 20, right = 20;
    for (std::size_t i = 0; i < data_.nodes.size(); ++i) {
      const bool ear = node(i).self > 0 || node(i).unknown_self > 0;
      const double label = layout_.labels[i].width() + 12 + (ear ? sankey_ear_aside : 0);
      if (layout_.bars[i].level + 1 == levels_) right = std::max(right, label);
      else if (layout_.bars[i].level == 0) left = std::max(left, label);
    }
    layout_.margin_left = left;
    layout_.margin_right = right;
    double rooms = 0;
    for (std::size_t level = 0; level < levels_; ++level) rooms += layout_.room_left[level] + layout_.room_right[level];
    const double gaps = static_cast<double>(levels_ - 1);
    const double taken = left + right + rooms + static_cast<double>(levels_) * sankey_bar_width;
    const double gap = levels_ > 1 ? std::max(least_gap, (width_ - taken) / gaps) : 0;
    double x = left;
    for (std::size_t level = 0; level < levels_; ++level) {
      x += layout_.room_left[level];
      layout_.columns.push_back(x);
      x += sankey_bar_width + layout_.room_right[level] + gap;
    }
    layout_.width = std::max(width_, x - gap + right);
    for (SankeyBar& bar : layout_.bars) bar.x = layout_.columns[bar.level];
  }

  const SankeyData& data_;
  double width_, height_ = 0;
  std::size_t levels_ = 1;
  SankeyLayout layout_;
  SankeyColumns columns_;
  std::vector<std::size_t> band_of_segment_;
  std::vector<double> feet_;  // height of the hatched foot of each bar
};

}  // namespace

SankeyLayout sankey_layout(const SankeyData& data, const SankeySpec& spec) { return SankeyPlacer(data, spec).place(); }

}  // namespace entente

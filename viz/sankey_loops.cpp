#include "viz/sankey_loops.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <tuple>
#include <utility>

namespace entente {

namespace {

constexpr double inner_radius = 5;      // of the bends of a loop
constexpr double trunk_distance = 4;    // between neighbouring trunks
constexpr double faint_distance = 1.6;  // the same for loops without a label
constexpr double lane_distance = 13;    // beside a lane with a label
constexpr double plain_distance = 2;    // beside one without
constexpr std::size_t most_named = 12;  // loops
constexpr double first_lane = 14;       // from the bars to the first lane

double trunk_beside(const SankeyBand& band) { return band.named ? trunk_distance : faint_distance; }

std::pair<std::size_t, std::size_t> levels_of(const SankeyData& data, const SankeyLayout& layout, const SankeyBand& band) {
  const SankeyLink& link = data.links[band.link];
  return {layout.bars[link.target].level, layout.bars[link.source].level};
}

/// Corners of the middle line, from the source to the target.
std::array<SankeyPoint, 6> corners(const SankeyLayout& layout, const SankeyData& data, const SankeyBand& band) {
  const SankeyLink& link = data.links[band.link];
  const double half = band.width / 2;
  return {{{layout.bars[link.source].x + sankey_bar_width, band.from + half}, {band.right, band.from + half},
           {band.right, band.lane}, {band.left, band.lane}, {band.left, band.to + half},
           {layout.bars[link.target].x, band.to + half}}};
}

SankeyPoint direction(SankeyPoint a, SankeyPoint b) {
  const double x = b.x - a.x, y = b.y - a.y;
  if (std::abs(x) >= std::abs(y)) return {x < 0 ? -1.0 : 1.0, 0};
  return {0, y < 0 ? -1.0 : 1.0};
}

/// A line along the corners, `aside` to the left of the way, with round bends.
std::string rounded(const std::array<SankeyPoint, 6>& middle, double aside, double half, bool move) {
  std::string path;
  const auto add = [&](char command, SankeyPoint p) {
    path += command;
    path += sankey_number(p.x) + ',' + sankey_number(p.y);
  };
  const SankeyPoint first = direction(middle[0], middle[1]);
  add(move ? 'M' : 'L', {middle[0].x + first.y * aside, middle[0].y - first.x * aside});
  for (std::size_t i = 1; i + 1 < middle.size(); ++i) {
    const SankeyPoint in = direction(middle[i - 1], middle[i]), out = direction(middle[i], middle[i + 1]);
    const double turn = in.x * out.y - in.y * out.x;  // > 0: to the right as seen on the screen
    const double radius = inner_radius + half + turn * aside;
    const SankeyPoint corner{middle[i].x + (in.y + out.y) * aside, middle[i].y - (in.x + out.x) * aside};
    add('L', {corner.x - in.x * radius, corner.y - in.y * radius});
    path += 'A' + sankey_number(radius) + ',' + sankey_number(radius) + (turn > 0 ? " 0 0 1 " : " 0 0 0 ") +
            sankey_number(corner.x + out.x * radius) + ',' + sankey_number(corner.y + out.y * radius);
  }
  const SankeyPoint last = direction(middle[4], middle[5]);
  add('L', {middle[5].x + last.y * aside, middle[5].y - last.x * aside});
  return path;
}

}  // namespace

std::string sankey_number(double value) {
  if (!std::isfinite(value)) return "0";
  std::array<char, 64> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed, 2);
  if (end.ec != std::errc()) return "0";
  std::string text(digits.data(), end.ptr);
  text.erase(text.find_last_not_of('0') + 1);
  if (text.back() == '.') text.pop_back();
  return text == "-0" ? "0" : text;
}

std::vector<std::size_t> choose_sides(const SankeyData& data, SankeyLayout& layout, const std::vector<double>& place) {
  std::vector<std::size_t> nested;
  for (std::size_t band = 0; band < layout.bands.size(); ++band) {
    if (layout.bands[band].back) nested.push_back(band);
  }
  std::ranges::stable_sort(nested, {}, [&](std::size_t band) {
    const auto [low, high] = levels_of(data, layout, layout.bands[band]);
    return std::pair(high - low, -layout.bands[band].width);
  });
  double above = 0, below = 0;
  for (const std::size_t at : nested) {
    SankeyBand& band = layout.bands[at];
    const SankeyLink& link = data.links[band.link];
    const double mean = (place[link.source] + place[link.target]) / 2, weight = band.width + plain_distance;
    const double lean = (above - below) / (above + below + 60);
    band.above = mean + lean / 2 <= 0.5;
    (band.above ? above : below) += weight;
  }
  auto by_width = nested;
  std::ranges::stable_sort(by_width, std::ranges::greater{}, [&](std::size_t band) { return layout.bands[band].width; });
  for (std::size_t i = 0; i < by_width.size() && i < most_named; ++i) layout.bands[by_width[i]].named = true;
  return nested;
}

void reserve_trunks(const SankeyData& data, SankeyLayout& layout, const std::vector<std::size_t>& nested) {
  for (const std::size_t at : nested) {
    const SankeyBand& band = layout.bands[at];
    const auto [low, high] = levels_of(data, layout, band);
    for (auto [room, level] : {std::pair(&layout.room_left, low), std::pair(&layout.room_right, high)}) {
      double& width = (*room)[level];
      if (width == 0) width = inner_radius + 8;
      width += band.width + trunk_beside(band);
    }
  }
}

void place_loops(const SankeyData& data, SankeyLayout& layout, const std::vector<std::size_t>& nested) {
  std::vector<double> left(layout.columns.size(), inner_radius + 6), right = left;
  // How far out each level is taken, above and below.
  std::array<std::vector<double>, 2> taken{layout.column_top, layout.column_bottom};
  for (double& y : taken[0]) y -= first_lane - plain_distance;
  for (double& y : taken[1]) y += first_lane - plain_distance;
  layout.top = *std::ranges::min_element(layout.column_top);
  layout.bottom = *std::ranges::max_element(layout.column_bottom);
  for (const std::size_t at : nested) {
    SankeyBand& band = layout.bands[at];
    const auto [low, high] = levels_of(data, layout, band);
    band.right = layout.columns[high] + sankey_bar_width + right[high] + band.width / 2;
    band.left = layout.columns[low] - left[low] - band.width / 2;
    right[high] += band.width + trunk_beside(band);
    left[low] += band.width + trunk_beside(band);
    auto& side = taken[band.above ? 0 : 1];
    const double outwards = band.above ? -1 : 1;
    const auto begin = side.begin() + static_cast<std::ptrdiff_t>(low), end = side.begin() + static_cast<std::ptrdiff_t>(high) + 1;
    const double near = band.above ? *std::min_element(begin, end) : *std::max_element(begin, end);
    band.lane = near + outwards * (plain_distance + band.width / 2);
    const double far = band.lane + outwards * (band.width / 2 + (band.named ? lane_distance - plain_distance : 0));
    std::fill(begin, end, far);
    layout.top = std::min(layout.top, far - plain_distance);
    layout.bottom = std::max(layout.bottom, far + plain_distance);
  }
}

std::string loop_outline(const SankeyLayout& layout, const SankeyData& data, const SankeyBand& band) {
  const auto middle = corners(layout, data, band);
  auto reversed = middle;
  std::ranges::reverse(reversed);
  const double half = band.width / 2;
  return rounded(middle, half, half, true) + rounded(reversed, half, half, false) + "Z";
}

std::string loop_middle(const SankeyLayout& layout, const SankeyData& data, const SankeyBand& band) {
  return rounded(corners(layout, data, band), 0, band.width / 2, true);
}

}  // namespace entente

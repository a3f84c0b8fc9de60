#include "viz/diagram_widths.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "viz/labels.hpp"

namespace entente {

namespace {

constexpr double least_width = 1.5, most_width = 6.0;
constexpr double one_tie_width = 1.2, width_of_each_more = 1.5;  // of counts
constexpr double alike_width = 2.5;                              // of numbers that are all the same

/// The largest of 1, 2, 5 × 10^k that is not above `value`.
double round_below(double value) {
  const double power = std::pow(10.0, std::floor(std::log10(value) + 1e-12));
  if (power == 0) return value;  // there is none among the numbers
  for (const double step : {5.0, 2.0}) {
    if (step * power <= value * (1 + 1e-12)) return step * power;
  }
  return power;
}

}  // namespace

double WidthScale::width(double value) const {
  const double thin = of == Of::counts ? one_tie_width : least_width;
  if (most <= 0 || value <= 0) return thin;
  const double low = of == Of::counts ? 1 : 0;
  const double wide = of == Of::counts ? std::min(most_width, one_tie_width + width_of_each_more * (most - 1)) : most_width;
  if (most <= low) return thin;
  if (of == Of::numbers && least == most && !zero) return alike_width;
  double share = std::max(0.0, (value - low) / (most - low));
  if (logarithmic) share = (std::log(std::max(value, least)) - std::log(least)) / (std::log(most) - std::log(least));
  else if (of == Of::money || most / least > 20) share = std::sqrt(share);
  return thin + (wide - thin) * share;
}

WidthScale scale_of(WidthScale::Of of, std::span<const double> values) {
  WidthScale scale{.of = of};
  for (const double value : values) {
    scale.zero = scale.zero || value == 0;
    if (!(value > 0)) continue;
    scale.most = std::max(scale.most, value);
    scale.least = scale.least == 0 ? value : std::min(scale.least, value);
  }
  scale.logarithmic = scale.least > 0 && scale.most / scale.least > 1000;
  return scale;
}

LegendEntry line_sample(Rgb color, LineStyle style, double width, std::string text) {
  LegendEntry entry;
  entry.sample = LegendEntry::Sample::line;
  entry.fill = entry.border = color;
  entry.style = style;
  entry.width = width;
  entry.text = std::move(text);
  return entry;
}

LegendGroup width_legend(const WidthScale& scale, std::string meaning, Rgb color, double shrunk) {
  LegendGroup group{"Line width: " + std::move(meaning) + (scale.logarithmic ? ", log scale" : ""), {}};
  std::set<double> examples;
  if (scale.most > 0) examples.insert(round_below(scale.most));
  if (scale.logarithmic) {
    examples.insert(round_below(std::sqrt(scale.most) * std::sqrt(scale.least)));
    examples.insert(round_below(scale.least));
  } else {
    for (const double part : {5.0, 25.0}) {
      if (scale.most > 0 && scale.most / part >= scale.least * 0.5) examples.insert(round_below(scale.most / part));
    }
  }
  if (scale.of == WidthScale::Of::counts) {
    std::erase_if(examples, [](double example) { return example < 1; });
    examples.insert(1);
  }
  if (scale.zero && scale.of == WidthScale::Of::numbers) examples.insert(0);
  for (auto value = examples.rbegin(); value != examples.rend(); ++value) {
    group.entries.push_back(line_sample(color, LineStyle::solid, scale.width(*value) * shrunk, short_number(*value)));
  }
  return group;
}

}  // namespace entente

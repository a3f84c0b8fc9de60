#pragma once

#include <span>
#include <string>

#include "viz/drawing.hpp"
#include "viz/styles.hpp"

namespace entente {

/// Of a line whose value nobody stated, beside lines that have one: unknown is not zero.
inline constexpr double thinnest_line = 0.9;

/// The width of a line by its value. Money: the square root, from 0. Numbers: from 0 in proportion, or by the square root
/// where they differ by more than 20 times. Counts: the same from the thin line of one tie. All of them by the logarithm
/// where values differ by more than 1000 times.
struct WidthScale {
  enum class Of { money, numbers, counts };
  Of of = Of::money;
  double least = 0, most = 0;  // of the values above 0; 0 where there are none
  bool zero = false;           // some value is 0
  bool logarithmic = false;

  /// Of a stated value; 0 is the least width, and more than thinnest_line.
  double width(double value) const;
};

/// The scale of these values, one a line, none below 0; NaN where it is not known.
WidthScale scale_of(WidthScale::Of of, std::span<const double> values);

/// A sample of a line for the legend.
LegendEntry line_sample(Rgb color, LineStyle style, double width, std::string text);

/// "Line width: …" with round examples between the least and the most, the widest first; `shrunk` is what the widths of
/// the picture are multiplied by.
LegendGroup width_legend(const WidthScale& scale, std::string meaning, Rgb color, double shrunk);

}  // namespace entente

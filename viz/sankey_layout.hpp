#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "viz/sankey_data.hpp"
#include "viz/sankey_labels.hpp"

namespace entente {

/// Lengths are pixels, y downwards as in SVG.
struct SankeyPoint {
  double x = 0, y = 0;
};

/// Where a node stands. From top to bottom its bar shows: what passes within the node (`self`), what passes through
/// (`through` = the larger of in and out, to scale), and a hatched foot for flows of unknown amount (never to scale).
///
///     height = self + through + foot          self = self-flow * scale, through = max(in, out) * scale
struct SankeyBar {
  double x = 0, y = 0;       // top left corner
  double self = 0, through = 0, foot = 0;
  double in = 0, out = 0;    // in * scale and out * scale: the stacks of links on the left and right side
  std::size_t level = 0;
  double aside = 0;          // of the outer levels: how far its label stands off, to clear the trunks of loops
  bool label_left = false;   // of the levels between: its label ends at the bar's right side, to clear them

  double height() const { return self + through + foot; }
  double money_top() const { return y + self; }
  double foot_top() const { return y + self + through; }
};

/// One flow as drawn: the stated money of a link as a band of that width, or its ties of unknown amount as a
/// pair of hatched stubs of constant size.
struct SankeyBand {
  std::size_t link = 0;   // index into SankeyData::links
  bool unknown = false;
  bool back = false;      // leads to an earlier level, or stays in its level: drawn as a loop around the picture
  double width = 0;       // units * scale, exactly; of an unknown one sankey_stub_height
  double from = 0, to = 0;             // top of the band at the right side of the source and the left side of the target
  std::vector<double> waypoints;       // a forward one: its top at each level between the two
  bool above = false;                  // a loop: which side it goes around
  bool named = false;                  // a loop: one of the largest, with a label
  double lane = 0, right = 0, left = 0;  // a loop: y of its lane and x of its two trunks, middle of the band
};

/// A Sankey diagram with a place for everything.
struct SankeyLayout {
  double width = 0;                 // of the picture, the width asked for or more
  double top = 0, bottom = 0;       // between them stands everything, loops included
  std::vector<double> column_top, column_bottom;  // and between these the bars and forward bands of each level
  double scale = 0;                 // px per unit of money, 0 where no amount is stated
  std::vector<double> columns;      // left side of the bars of each level
  std::vector<double> room_left, room_right;  // kept free for trunks beside each column
  double margin_left = 0, margin_right = 0;   // for the labels of the outer levels
  std::vector<SankeyLabel> labels;  // one for each node
  std::vector<SankeyBar> bars;      // one for each node
  std::vector<SankeyBand> bands;

  /// Between the first and the last level.
  bool inner(std::size_t level) const { return level > 0 && level + 1 < columns.size(); }
};

inline constexpr double sankey_bar_width = 14;
inline constexpr double sankey_stub_height = 7, sankey_stub_length = 15;
inline constexpr double sankey_ear_aside = 8;     // what the sign of a self-flow takes beside its bar
inline constexpr double sankey_hairline = 0.5;  // bands thinner than this are drawn as a line of another style

/// Places a Sankey diagram, labels included: beside the bars of the outer levels, above those between.
///
/// Levels   as the data says, or by hops after cycles were broken, see viz/sankey_levels.hpp.
/// Order    weighted barycentre sweeps [sugiyama1981methods], 24 at most; the order with the least product of widths
///          over all crossings is kept. A band over several levels holds a place in each. Bundles stand last.
/// Heights  24 rounds of moving every bar to where its bands run level; within a level the exact least-squares
///          answer that keeps order and distances (isotonic regression by pooling adjacent violators [ayer1955empirical]).
/// Loops    leave to the right, go around above or below in a lane of their own, and enter from the left.
/// Cost     bounded whatever the network: sankey_most_nodes bars beside the bundles, and sankey_most_links links, or as
///          many as bundles alone have between them. Same data, same places.
SankeyLayout sankey_layout(const SankeyData& data, const SankeySpec& spec = {});

}  // namespace entente

#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/column.hpp"
#include "engine/error.hpp"
#include "engine/selection.hpp"
#include "viz/drawing.hpp"

namespace entente {

/// How a diagram is to look. Field = command-line flag, but for the width, whose flag is --weight.
struct DiagramSpec {
  std::string layout = "auto";         // dot, neato, fdp, sfdp, circo, twopi, osage, patchwork, or auto
  std::string color = "auto";          // kind, country, cluster, status, none, a node column, a measure's name,
                                       // or auto: cluster if there is one, else country, else kind
  std::string size = "auto";           // none, the name of DiagramData::size, or auto: that, if there is one
  std::string width = "amount";        // of a line, unless DiagramData::width says it: amount, count (its ties) or none
  std::string labels = "auto";         // all, none, the number of nodes to label, or auto: as many as can be read
  std::vector<std::string> languages;  // of the labels, in order of preference, as in Network::label
  int label_letters = 48;              // longer labels end in "…"
  bool boxes = false;                  // a box around each cluster; layouts dot, fdp, osage and patchwork
  bool bundle = true;                  // parallel ties of one kind and status as one line with their number
  std::string isolates = "auto";       // nodes without a tie: show, hide, or auto: hidden where they are more than 10
                                       // and more than a quarter of all, beside some tie that is drawn
  bool legend = true;
  std::string title;                   // or the title of the network
  std::string font;                    // a family to prefer to those of default_fonts()
  std::uint32_t seed = 7;
};

/// A number for each node of the network; not a number (NaN) where none is known.
struct NodeMeasure {
  std::string name;  // "betweenness"
  std::string unit;  // "pairs"; empty if it has none
  NodeColumn<double> value;
};

/// A cluster for each node of the network, named in the picture by this number; -1 where it has none.
struct NodeClusters {
  std::string name;  // "Leiden clusters"
  NodeColumn<int> cluster;
};

/// A number from 0 up for each tie of the network; not a number (NaN) where none is known.
struct TieMeasure {
  std::string name;  // "hours"
  std::string unit;  // "plain numbers"; empty if it has none
  EdgeColumn<double> value;
};

/// What the drawing shows beyond the network. A drawing never computes a measure: it is handed in,
/// one value for each node (or tie) of Selection::network, selected or not.
struct DiagramData {
  std::optional<NodeClusters> clusters;
  std::optional<NodeMeasure> size;
  std::optional<NodeMeasure> color;
  std::optional<TieMeasure> width;  // a line is as wide as all its ties together
  std::vector<NodeId> whole;  // where the selection is only a part to be drawn, the nodes of all: the legend counts these
};

/// The selection as marks, scales and a legend.
///
/// Node       area in proportion to the measure; fill by category (palette for colour-blind eyes) or
///            number (cividis); shape by the first word of its kind, most frequent kind first.
/// Tie        colour by the first word of its kind, line by status_class(), width by amount (square
///            root, or logarithm where amounts differ by more than 1000 times) within the currency
///            that most ties state, or by another number, see DiagramSpec::width; arrowheads only where
///            a tie has a direction. No stated amount is the thinnest line, never a width of zero.
/// Bundles    ties of one first word of kind and one status_class() between the same two nodes are one
///            line with "×3"; its tooltip lists them all. "USD 5 k + ?" has ties without an amount.
/// Isolates   nodes without a tie may be left out, see DiagramSpec::isolates; legend and notes say how many.
/// Degrades   from 500 lines on they are thin, translucent and straight; labels are kept for the
///            nodes that matter most, and the legend says how many are hidden.
/// Cost       O(n + m) beyond sorting. Same input, same drawing.
/// Errors     bad_argument: an unknown layout, colour, size, width or isolates, with the known ones named; a column of
///            another length than the network, or with a width below 0 or infinite; a layout that does not finish on so many nodes, with
///            one that does.
Result<Drawing> diagram(const Selection& selection, const DiagramSpec& spec = {}, const DiagramData& data = {});

}  // namespace entente

#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "viz/drawing.hpp"
#include "viz/geometry.hpp"

// Graphviz's own type, so that only sources that call it include its headers.
struct GVC_s;

namespace entente {

// All of this runs in the child process only: see graphviz.hpp.

/// How large texts are in a font, as Graphviz measures them.
class TextSizes {
 public:
  /// Asks for the size of lines of text, set below each other.
  void want(const std::vector<std::string>& lines, double font_size) { sizes_[{lines, font_size}] = {}; }
  void want(const std::string& line, double font_size) { want(std::vector<std::string>{line}, font_size); }

  /// Measures all that was asked for.
  void measure(GVC_s* context, const std::string& fonts);

  Size of(const std::vector<std::string>& lines, double font_size) const;
  Size of(const std::string& line, double font_size) const { return of(std::vector<std::string>{line}, font_size); }

 private:
  std::map<std::pair<std::vector<std::string>, double>, Size> sizes_;
};

/// Where a layout put things, for boxes of the sizes it was given.
struct Placement {
  std::vector<Point> centre;    // of each node's box
  std::vector<Size> size;       // as given, or as patchwork chose it
  std::vector<Path> path;       // of each edge, from centre to centre; empty where the layout draws none
  std::vector<Box> cluster;     // of each cluster, empty boxes where the layout has none
  std::string error;            // what Graphviz said where it failed
};

Placement lay_out(GVC_s* context, const Drawing& drawing, const std::vector<Size>& boxes);

}  // namespace entente

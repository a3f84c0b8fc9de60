#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "engine/error.hpp"
#include "engine/job.hpp"
#include "viz/drawing.hpp"
#include "viz/isolated.hpp"

namespace entente {

enum class PictureFormat { svg, png, pdf, dot };

/// "svg", "png", "pdf", "dot" (also "gv"), with or without a leading point, in any case.
/// Errors: bad_argument.
Result<PictureFormat> parse_picture_format(std::string_view text);

/// A finished picture, whole in memory.
struct Picture {
  std::string bytes;
  std::vector<std::string> notes;  // "No font for Hangul is installed ..."
};

/// Lays a drawing out with Graphviz and paints it, with title, legend and source line.
///
/// Graphviz runs in a child process with limits on time and memory, and is handed the graph through
/// its library, never as DOT text: a crash, a hang or a greedy layout ends in an Error, and no text
/// of the data is ever read as markup. The bytes are the same on every run with the same libraries
/// and fonts. SVG carries tooltips, links, role="img", a title and a description; its groups have
/// the ids n0, n1, … and e0, e1, … (positions in Drawing::nodes and edges) and data-id, the id in the data.
///
/// Cost     see LayoutStyle::most_nodes. Threads: may be called from any thread.
/// Errors   resource: out of time or memory, or a crash, in one sentence with a way out;
///          interrupted: job.cancel was set; bad_argument: a mark points to a node that does not exist.
/// Source   [gansner2000graphviz]; overlaps are removed as in [gansner2010prism].
Result<Picture> render(const Drawing& drawing, PictureFormat format, const ChildLimits& limits = {}, const Job& job = {});

}  // namespace entente

#pragma once

#include "viz/page.hpp"

namespace entente {

void want_frame_texts(const Drawing& drawing, TextSizes& texts);

/// Sets the title above the drawing, the legend at its right (or below it, where the drawing is wide) and
/// the source line at the foot, and widens the bounds of the page to hold them.
void add_frame(const Drawing& drawing, const TextSizes& texts, Page& page);

}  // namespace entente

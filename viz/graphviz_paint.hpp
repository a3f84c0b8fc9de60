#pragma once

#include <string>

#include "engine/error.hpp"
#include "viz/graphviz.hpp"
#include "viz/page.hpp"

struct GVC_s;

namespace entente {

/// The bytes of a page as Graphviz writes them, before finished_svg() or finished_pdf(). Runs in the child only.
Result<std::string> paint(GVC_s* context, const Drawing& drawing, const Page& page, PictureFormat format);

}  // namespace entente

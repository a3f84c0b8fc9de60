#pragma once

#include <string>
#include <vector>

#include "viz/drawing.hpp"

namespace entente {

/// The scripts of a drawing's texts for which no font is installed here, as sentences: such letters come
/// out as empty boxes. Asks fontconfig. Runs in the child only.
std::vector<std::string> missing_fonts(const Drawing& drawing);

}  // namespace entente

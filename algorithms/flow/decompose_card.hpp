#pragma once

#include "algorithms/card.hpp"

namespace entente {

/// A maximum flow taken apart into its routes, the widest first, at most as many as asked for.
Card decompose_card();

}  // namespace entente

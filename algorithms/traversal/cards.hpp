#pragma once

#include <vector>

#include "algorithms/card.hpp"

namespace entente {

/// Searches from given nodes: how far away everybody is.
std::vector<Card> traversal_cards();

}  // namespace entente

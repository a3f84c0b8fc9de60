#pragma once

#include <vector>

#include "algorithms/card.hpp"

namespace entente {

/// The cards of this folder, in the order in which documentation lists them.
std::vector<Card> paths_cards();

}  // namespace entente

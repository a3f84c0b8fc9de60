#pragma once

#include <vector>

#include "algorithms/card.hpp"

namespace entente {

/// The cards of this folder, in the order in which documentation lists them.
std::vector<Card> funds_cards();

}  // namespace entente

#pragma once

#include <string_view>
#include <vector>

#include "algorithms/card.hpp"

namespace entente {

/// Every algorithm, in the order in which documentation lists them. This is the one list.
const std::vector<Card>& registry();

/// The card of that name, or null.
const Card* find_card(std::string_view name);

}  // namespace entente

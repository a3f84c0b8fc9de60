#include "algorithms/funds/cards.hpp"

namespace entente {

std::vector<Card> funds_cards() { return {}; }

}  // namespace entente

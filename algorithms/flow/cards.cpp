#include "algorithms/flow/cards.hpp"

#include "algorithms/flow/max_flow.hpp"

namespace entente {

std::vector<Card> flow_cards() { return {max_flow_card()}; }

}  // namespace entente

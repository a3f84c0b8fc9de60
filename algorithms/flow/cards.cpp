#include "algorithms/flow/cards.hpp"

#include "algorithms/flow/cycles.hpp"
#include "algorithms/flow/decompose_card.hpp"
#include "algorithms/flow/dominators.hpp"
#include "algorithms/flow/gomory_hu.hpp"
#include "algorithms/flow/max_flow.hpp"
#include "algorithms/flow/min_cost.hpp"

namespace entente {

std::vector<Card> flow_cards() {
  return {max_flow_card(), min_cost_card(), decompose_card(), gomory_hu_card(), cycles_card(), dominators_card()};
}

}  // namespace entente

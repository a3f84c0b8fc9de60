#include "algorithms/cohesion/cards.hpp"

#include "algorithms/cohesion/bicomponents.hpp"
#include "algorithms/cohesion/cohesion.hpp"
#include "algorithms/cohesion/components.hpp"

namespace entente {

std::vector<Card> cohesion_cards() {
  return {components_card(), strong_components_card(), bicomponents_card(), cohesion_card()};
}

}  // namespace entente
